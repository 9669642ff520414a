"""``takstlab fairness``: who lives on either side of the town line, and what each pays."""

from datetime import date
from pathlib import Path

import click

from api.clock import today


@click.command(name="fairness")
@click.option("--municipality", required=True, metavar="KOMMUNE", help="Kode eller navn.")
@click.option("--on", default=None, metavar="DAG", help="Dagen, hvis priser gælder (standard i dag).")
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
    "--distance", type=int, default=300, show_default=True, metavar="M", help="Meter uden for grænsen, 100-1000."
)
@click.option("--lang", type=click.Choice(["da", "en"]), default="da", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def command(
    municipality: str,
    on: str | None,
    elements: str | None,
    zones: tuple[str, ...],
    areas: Path | None,
    tariff_files: tuple[Path, ...],
    distance: int,
    lang: str,
    as_json: bool,
) -> None:
    """Bliver naboer behandlet ens ved bygrænsen? Hvor mange bor på hver side, og hvad betaler de for samme tur?"""
    from sim.fairness import fairness, published
    from sim.fairness.tables import tables
    from sim.fairness.words import how_sure, sentences
    from sim.geography.municipalities import find_municipality
    from sim.report.text_table import lay_out
    from tariffs import load_municipal_choices, parse_package
    from tariffs.errors import InputError

    try:
        day = today() if on is None else date.fromisoformat(on)
    except ValueError:
        raise InputError(f"--on '{on}' er ikke en dag", next_step="skriv 2020-07-01") from None
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
        click.echo("\n".join(["", table.caption, *lay_out(table)]))
    click.echo("")
    for note in how_sure(report, lang):
        click.echo(f"* {note}")
