"""``takstlab dispatch``: the planner on a file of real requests and one of vehicles."""

from pathlib import Path
from typing import Any

import click

from api.cli.options import Whole
from api.cli.progress import progress_bar


@click.command("dispatch")
@click.option(
    "--requests",
    "requests_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Bestillinger (CSV, regneark eller Parquet).",
)
@click.option(
    "--vehicles",
    "vehicles_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Vogne og deres vagter (CSV, regneark eller Parquet).",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="MAPPE", help="Mappe til planen.")
@click.option(
    "--planner",
    type=click.Choice(["insertion", "improve"]),
    default="insertion",
    show_default=True,
    help="insertion: billigste indsættelse, svarer straks; improve: flytter også bestilte ture, der ikke er kørt.",
)
@click.option(
    "--travel",
    default="straight:factor=1.3,kmh=45",
    show_default=True,
    metavar="VEJ",
    help="Luftlinje gange factor ved kmh, eller land: korteste vej over land.",
)
@click.option(
    "--boarding-s",
    type=Whole(0, 600),
    default=0,
    show_default=True,
    metavar="SEKUNDER",
    help="Tid til påstigning.",
)
@click.option(
    "--seed",
    type=Whole(0, 2**32 - 1),
    default=1,
    show_default=True,
    metavar="TAL",
    help="Frø for tilfældigheden (improve).",
)
@click.option(
    "--relocations",
    type=Whole(1, 10_000),
    default=20,
    show_default=True,
    metavar="ANTAL",
    help="Så mange bestilte ture prøver improve at flytte efter hver bestilling.",
)
@click.option("--sheet", metavar="NAVN", help="Arket i et regneark, når det har flere.")
@click.option("--encoding", metavar="TEGNSÆT", help="utf-8, utf-16, cp1252 eller cp850; ellers afgøres det af filen.")
@click.option("--overwrite", is_flag=True, help="Erstat en tidligere plan.")
def command(out: Path, overwrite: bool, requests_file: Path, vehicles_file: Path, **given: Any) -> None:
    """Planlæg og kør en fil med bestillinger med en fil med vogne.

    Bestillinger bliver kendt, når de bestilles, og bliver straks lovet et tidsvindue eller afvist; det lovede holdes.
    Filernes kolonner og hvad der skrives: docs/dispatch.md.
    """
    from sim.desk.planning.dispatch import Options, check_place, dispatch, write_plan
    from sim.desk.planning.drive import plan_and_drive

    check_place(out, overwrite=overwrite)
    results, summary, notes = dispatch(requests_file, vehicles_file, Options(**given), plan_and_drive, progress_bar)
    for note in notes:
        click.echo(note, err=True)
    write_plan(results, summary, out)
    click.echo(told(summary))
    click.echo(f"Planen er skrevet i {out}.")


def told(summary: dict[str, Any]) -> str:
    """Say a plan's figures in Danish."""
    from sim.words.numbers import danish

    served, asked = summary["served"], summary["requests"]
    share = danish(100 * served / asked, 1)
    lines = [
        f"{danish(served)} af {danish(asked)} bestillinger er kørt ({share} %), {danish(summary['refused'])} er afvist.",
        f"{danish(summary['vehicles'])} vogne har kørt {danish(summary['vehicle_km'], 1)} km på {danish(summary['driving_h'], 1)} timer "
        f"og ventet {danish(summary['waiting_h'], 1)} timer.",
    ]
    if served:
        lines.append(f"Det er {danish(summary['vehicle_km'] / served, 2)} km pr. kørt bestilling.")
    lines.append(f"Planlægningen tog {danish(summary['planning_s'], 1)} s ({summary['planner']}).")
    return "\n".join(lines)
