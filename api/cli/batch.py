"""``takstlab batch``: every municipality under every option, many times over."""

from pathlib import Path

import click

from api.cli.options import Whole
from api.cli.progress import progress_bar
from sim.words.numbers import danish


@click.command(
    "batch",
    epilog="Den samme kommando igen fortsætter, hvor den slap: det, der er regnet, er gemt. Færdige planer: movia (alle 45"
    " kommuner, 12 pakker).",
)
@click.argument("plan")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Mappe til enheder og resultater.")
@click.option("--workers", type=Whole(1, 256), help="Processer (standard: alle kerner); ændrer ikke resultatet.")
@click.option("--dask", metavar="ADRESSE", help="Regn på en Dask-klynge i stedet, fx tcp://127.0.0.1:8786.")
def command(plan: str, out: Path, workers: int | None, dask: str | None) -> int:
    """Simulér mange kommuner under mange pakker af serviceelementer, mange gange.

    PLAN er en TOML-fil (se takstlab schema plan) eller navnet på en færdig plan.
    """
    from data import attribution
    from sim.batch.batch import run_batch
    from sim.batch.execution import Crew, Processes
    from sim.batch.plan import read_plan
    from sim.study.replicated.parallel import default_workers

    checked = read_plan(plan)
    if dask is not None:
        from sim.batch.dask_cluster import DaskCluster

        crew: Crew = DaskCluster(dask)
    else:
        count = workers or default_workers()
        crew = Crew() if count == 1 else Processes(count)
    with progress_bar("Simulerer enheder") as progress:
        outcome = run_batch(checked, out, crew, progress=progress, tell=lambda text: click.echo(text, err=True))
    manifest = outcome.manifest
    click.echo(
        f"{checked.name}: {_whole(manifest['units'])} enheder ({_whole(outcome.made)} regnet nu), {_whole(manifest['rows'])} rækker"
    )
    if outcome.seconds_per_unit is not None:
        click.echo(f"Sekunder pr. enhed (median): {danish(outcome.seconds_per_unit, 2)}")
    for failure in {(f.municipality, f.year): f for f in outcome.failures}.values():
        click.echo(f"Kunne ikke regnes: {failure.municipality} {failure.year}: {failure.why}", err=True)
    click.echo(f'Resultater i {out}; se dem med takstlab rank {out} eller takstlab query {out} "SELECT ..."')
    click.echo(attribution())
    return 1 if outcome.failures else 0


def _whole(number: int) -> str:
    return danish(number)
