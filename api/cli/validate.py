"""``takstlab validate``: does the model hit what it was not fitted to?"""

from pathlib import Path

import click

from api.cli.options import Whole
from api.cli.progress import progress_bar


@click.command(
    "validate",
    epilog="Slutstatus er 0, når ingen afvigelse står uden forklaring, ellers 1.",
)
@click.option(
    "--profile",
    type=click.Choice(["quick", "full"]),
    default="quick",
    help="quick: få minutter; full: op til en halv time.",
)
@click.option("--seed", type=Whole(0, 2**31 - 1), help="Frø for tilfældigheden (standard 2018).")
@click.option("--workers", type=Whole(1, 256), help="Processer (standard: alle kerner); ændrer ikke resultatet.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Mappe til validation.json og report.html.")
@click.option("--overwrite", is_flag=True, help="Erstat en mappe med tidligere resultater.")
def command(profile: str, seed: int | None, workers: int | None, out: Path, overwrite: bool) -> int:
    """Hold modellen op imod alt, der er kendt, og som den ikke er tilpasset."""
    from data import attribution
    from sim.evidence.validation.folder import write_validation
    from sim.evidence.validation.run import SEED, identity, unexplained, validate
    from sim.evidence.validation.text import text_report
    from sim.study.replicated.parallel import default_workers
    from sim.telling.folder import check_place

    chosen = SEED if seed is None else seed
    name = identity(profile, chosen)
    check_place(out, name, overwrite=overwrite)
    with progress_bar(f"Validerer, profil {profile}") as progress:
        validation = validate(profile, workers=workers or default_workers(), seed=chosen, progress=progress)
    write_validation(validation, out, name)
    click.echo(text_report(validation, str(out)))
    click.echo(attribution())
    return 1 if unexplained(validation) else 0
