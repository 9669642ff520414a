"""``takstlab paper``: the decision paper of a comparison, as PDF, HTML and Word."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.options import DAY
from tariffs.errors import InputError

if TYPE_CHECKING:
    from sim.telling.paper.folder import Form
    from sim.telling.sheet import Lang


@click.command(
    "paper",
    epilog="PDF'en er tagget (PDF/UA-1), HTML-filen er én fil, og Word-filen kan rettes til. Den sidste side er skrevet til"
    " ældrerådet (seniorrådet) og handicaprådet.",
)
@click.argument("source", metavar="RESULTAT", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Mappe til papiret.")
@click.option(
    "--format",
    "forms",
    type=click.Choice(["pdf", "html", "docx"]),
    multiple=True,
    help="Kun denne form; kan gentages. Standard: alle tre.",
)
@click.option(
    "--language",
    "lang",
    type=click.Choice(["da", "en"]),
    default="da",
    help="Papirets sprog: da (beslutning.*) eller en (decision.*).",
)
@click.option("--date", "day", type=DAY, metavar="DAG", help="Papirets dato (ÅÅÅÅ-MM-DD); standard er dagen i dag.")
@click.option("--author", metavar="TEKST", help="Forfatter; ellers et felt, der udfyldes.")
@click.option("--journal", metavar="TEKST", help="Journalnummer; ellers et felt, der udfyldes.")
@click.option("--committee", metavar="TEKST", help="Udvalg og møde; ellers et felt, der udfyldes.")
@click.option("--overwrite", is_flag=True, help="Erstat et tidligere papir (og ved et scenarie dets resultat).")
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    out: Path,
    forms: "tuple[Form, ...]",
    lang: "Lang",
    day: date | None,
    author: str | None,
    journal: str | None,
    committee: str | None,
    overwrite: bool,
) -> None:
    """Skriv beslutningspapiret til udvalget ud fra en sammenligning.

    RESULTAT er en mappe fra takstlab compare, eller en scenariefil (TOML); den bliver så først sammenlignet, og resultatet lagt
    i mappen resultat ved siden af papiret.
    """
    from api.clock import today
    from api.web.translation import known_english, speak_of
    from sim.telling.paper.folder import COMPARISON, FORMS, check_out, file_names, read_result, write_paper
    from sim.telling.paper.head import Head

    if not source.exists():
        raise InputError(
            f"{source} findes ikke", next_step="angiv mappen, som takstlab compare skrev, eller en scenariefil"
        )
    wanted = tuple(dict.fromkeys(forms)) or FORMS
    files = file_names(wanted, lang)
    head = Head(day or today(), author, journal, committee)
    check_out(out, files, overwrite=overwrite)
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
        check_out(place, files, overwrite=overwrite)
        speak_of(option.name for option in read_result(result)[0].options)
        for path in write_paper(result, place, wanted, lang, head, known_english):
            click.echo(f"Skrevet: {path}")
