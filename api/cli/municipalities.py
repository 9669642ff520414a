"""``takstlab municipalities``: Movia's municipalities and what is known of their choices."""

from typing import Any

import click

from api.answers import municipality_rows
from api.cli.options import Whole
from api.clock import today
from tariffs.elements import elements


@click.command(name="municipalities")
@click.option(
    "--year",
    type=Whole(2012, 2100),
    help="Vis de valg, der gælder ved årets udgang (standard i år).",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON til maskiner i stedet for en tabel.")
@click.argument("names", nargs=-1, metavar="[KOMMUNE]...")
def command(year: int | None, as_json: bool, names: tuple[str, ...]) -> None:
    """Vis kommunerne med folketal og det, der vides om deres valg.

    flextur og plustur er kendt, antaget eller nej. KOMMUNE er kode eller navn; uden nævnes alle 45.
    """
    year = today().year if year is None else year
    rows = municipality_rows(year, names)
    if as_json:
        import json

        click.echo(json.dumps({"year": year, "municipalities": rows}, ensure_ascii=False, indent=2))
        return
    _print_table(rows, year)


def _print_table(rows: list[dict[str, Any]], year: int) -> None:
    from data import attribution

    offered = {"known": "kendt", "assumed": "antaget", "no": "nej"}
    width = max(len(row["name"]) for row in rows)
    click.echo(f"Kommuner i Movias område: folketal 1. januar 2020, valg pr. 31. december {year}\n")
    click.echo(f"Kode  {'Kommune':<{width}}  Folketal  70 år+*  Flextur  Plustur  Serviceelementer")
    for row in rows:
        elements = _elements(row) if row["flextur"] != "no" else "-"
        click.echo(
            f"{row['code']}  {row['name']:<{width}}  {_whole(row['population_2020']):>8}  "
            f"{_whole(row['older_70_2020']):>7}  {offered[row['flextur']]:<7}  {offered[row['plustur']]:<7}  {elements}"
        )
    click.echo("\n* skøn. 'antaget' betyder, at ingen kilde bekræfter det; ved du bedre, så skriv det i scenariet.\n")
    click.echo(attribution())


def _elements(row: dict[str, Any]) -> str:
    if row["own_fare"]:
        return f"egen takst: {row['own_fare']} (kendt)"
    parts = ["kommunetakst"] if row["kommunetakst"] else ["grundtakst"]
    zones = f" i {', '.join(row['town_zones'])}" if row["town_zones"] else ""
    if row["bytakst"] != "none":
        parts.append(f"bytakst={row['bytakst']}{zones}")
    parts += [f"{name}{zones}" for name in elements() if row[name]]
    parts += [f"gratis={place}" for place in row["free_destinations"]]
    return ", ".join(parts) + (" (kendt)" if row["certainty"] == "known" else " (antaget)")


def _whole(number: int) -> str:
    """Return a whole number with Danish thousands separators."""
    return f"{number:,}".replace(",", ".")
