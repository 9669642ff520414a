"""``takstlab fairness``: who lives on either side of the town line, and what each pays."""

from datetime import date
from pathlib import Path

import click

from api.cli.options import DAY, Whole
from api.clock import today


@click.command(name="fairness")
@click.option("--municipality", required=True, metavar="KOMMUNE", help="Kode eller navn.")
@click.option("--on", type=DAY, default=None, metavar="DAG", help="Dagen, hvis priser gælder (standard i dag).")
@click.option(
    "--elements", default=None, metavar="ELEMENTER", help="Serviceelementer; udeladt: kommunens egne den dag."
)
@click.option(
    "--town-zone", "zones", multiple=True, metavar="BY", help="Byområde; kan gentages. Udeladt: kommunens egne."
)
@click.option(
    "--town-areas",
    "areas",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Egne byområder (GeoJSON, GeoPackage, ...).",
)
@click.option(
    "--tariff",
    "tariff_files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Egen prisliste (TOML, som takstlab tariffs enter skriver den); kan gentages.",
)
@click.option(
    "--distance", type=Whole(), default=300, show_default=True, metavar="M", help="Meter uden for grænsen, 100-1000."
)
@click.option("--lang", type=click.Choice(["da", "en"]), default="da", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def command(
    municipality: str,
    on: date | None,
    elements: str | None,
    zones: tuple[str, ...],
    areas: Path | None,
    tariff_files: tuple[Path, ...],
    distance: int,
    lang: str,
    as_json: bool,
) -> None:
    """Bliver naboer behandlet ens ved bygrænsen? Hvor mange bor på hver side, og hvad betaler de for samme tur?"""
    from sim.desk.fairness import fairness, published
    from sim.desk.fairness.tables import tables
    from sim.desk.fairness.words import how_sure, sentences
    from sim.geography.municipalities import find_municipality
    from sim.telling.report.text_table import lay_out
    from sim.words.numbers import english_marks
    from tariffs import load_municipal_choices, parse_package

    day = today() if on is None else on
    code = find_municipality(municipality).code
    package = load_municipal_choices().choices(code, day).package if elements is None else parse_package(elements)
    found = fairness(
        code, package, on=day, zones=zones or None, areas=areas, distance_m=distance, tariff_files=tariff_files
    )
    report = published(found)
    if as_json:
        import json

        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for said in sentences(report, lang):
        click.echo(said)
    for table in tables(report, lang):
        laid_out = "\n".join(lay_out(table))
        click.echo("\n".join(["", table.caption, english_marks(laid_out) if lang == "en" else laid_out]))
    click.echo("")
    for note in how_sure(report, lang):
        click.echo(f"* {note}")
