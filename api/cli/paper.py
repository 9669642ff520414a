"""``takstlab paper``: the decision paper of a comparison, as PDF and HTML."""

from pathlib import Path

import click

from tariffs.errors import InputError


@click.command(
    "paper",
    epilog="PDF'en er tagget (PDF/UA-1) og HTML-filen er én fil. Den sidste side er skrevet til ældrerådet (seniorrådet) og"
    " handicaprådet.",
)
@click.argument("source", metavar="RESULTAT", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Mappe til beslutning.pdf og beslutning.html."
)
@click.option("--overwrite", is_flag=True, help="Erstat et tidligere papir (og ved et scenarie dets resultat).")
@click.pass_context
def command(ctx: click.Context, source: Path, out: Path, overwrite: bool) -> None:
    """Skriv beslutningspapiret til udvalget ud fra en sammenligning.

    RESULTAT er en mappe fra takstlab compare, eller en scenariefil (TOML); den bliver så først sammenlignet, og resultatet lagt
    i mappen resultat ved siden af papiret.
    """
    from sim.telling.paper.folder import COMPARISON, check_out, write_paper

    if not source.exists():
        raise InputError(
            f"{source} findes ikke", next_step="giv mappen, som takstlab compare skrev, eller en scenariefil"
        )
    check_out(out, overwrite=overwrite)
    results = {source: out}
    if source.is_file():
        from api.cli.compare import command as compare

        made = out / "resultat"
        ctx.invoke(compare, scenario=source, out=made, overwrite=overwrite)
        if not (made / COMPARISON).exists():
            # Several municipalities: each has a folder of its own, and its own paper.
            results = {folder: out / folder.name for folder in sorted(made.iterdir()) if folder.is_dir()}
        else:
            results = {made: out}
    for result, place in results.items():
        check_out(place, overwrite=overwrite)
        for path in write_paper(result, place):
            click.echo(f"Skrevet: {path}")
