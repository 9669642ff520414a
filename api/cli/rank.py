"""``takstlab rank``: a batch's packages in order of net cost."""

from pathlib import Path
from typing import Literal

import click

from api.cli.options import Number, Whole
from tariffs.errors import InputError


@click.command("rank")
@click.argument("folder", type=click.Path(path_type=Path), metavar="MAPPE")
@click.option(
    "--keep-riders",
    type=Number(0, 1),
    default=0.9,
    show_default=True,
    metavar="ANDEL",
    help="Så stor en andel af den første pakkes passagerer skal blive.",
)
@click.option(
    "--fee",
    type=click.Choice(["alone", "together"]),
    default="alone",
    show_default=True,
    help="Betaling til Movia, når kommunen vælger alene, eller når alle vælger samtidig.",
)
@click.option("--year", type=Whole(), help="Kun dette år.")
@click.option(
    "--municipality", "municipalities", multiple=True, help="Kun denne kommune: kode eller navn; kan gentages."
)
@click.option("--json", "as_json", is_flag=True, help="Skriv tallene som JSON.")
def command(
    folder: Path,
    keep_riders: float,
    fee: Literal["alone", "together"],
    year: int | None,
    municipalities: tuple[str, ...],
    as_json: bool,
) -> None:
    """Stil hver kommunes pakker op efter nettoudgift: hvad de koster, hvem de mister, og hvor sikkert det er.

    MAPPE er den, takstlab batch skrev.
    """
    from sim.batch.packages import packages_of, read_results
    from sim.batch.ranking import ranking_json, rankings
    from sim.batch.ranking_text import ranking_text
    from sim.geography.municipalities import find_municipality

    codes = {find_municipality(text).code for text in municipalities}
    chosen = [
        package
        for package in packages_of(read_results(folder))
        if (year is None or package.year == year) and (not codes or package.municipality in codes)
    ]
    if not chosen:
        raise InputError(
            "Batchen har intet om det valgte år og de valgte kommuner",
            where=str(folder),
            next_step="udelad --year eller --municipality, eller kør en plan, der har dem",
        )
    found = rankings(chosen, fee, keep_riders)
    if as_json:
        import json

        shown = {"fee": fee, "keep_riders": keep_riders, "rankings": [ranking_json(ranking) for ranking in found]}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2, allow_nan=False))
        return
    click.echo(ranking_text(found, fee, keep_riders), nl=False)
