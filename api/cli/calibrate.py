"""``takstlab calibrate``: fit the model to its declared facts, and tell what came out."""

from pathlib import Path

import click

from api.cli.options import Whole
from api.cli.progress import progress_bar
from sim.evidence.calibration.parts import PARTS
from tariffs.errors import InputError

REPORT = "calibration.json"


@click.command("calibrate")
@click.option("--out", type=click.Path(path_type=Path), help="Mappe til parameterfiler og rapport.")
@click.option(
    "--part", "chosen", type=click.Choice([*PARTS, "all"]), default="all", show_default=True, help="Hvad der tilpasses."
)
@click.option("--write", is_flag=True, help="Erstat de medfølgende parameterfiler, som simuleringen læser.")
@click.option("--workers", type=Whole(1, 256), help="Processer (standard: alle kerner); ændrer ikke resultatet.")
def command(out: Path | None, chosen: str, write: bool, workers: int | None) -> None:
    """Tilpas modellen til de kendsgerninger, der er erklæret til det, og kun dem.

    Rapporten viser skøn, målinger og resultat side om side. Uden --write vises det, om filerne er som de medfølgende.
    """
    from sim.evidence.calibration.declared import facts_text
    from sim.evidence.calibration.parts import agreement, load_part
    from sim.evidence.calibration.report import AGREES, json_text, render_html, report_of
    from sim.inputs.whole_folder import taking_place_of
    from sim.study.replicated.parallel import default_workers

    if out is not None:
        _check(out)
    click.echo(facts_text())
    results = {}
    for name in PARTS if chosen == "all" else (chosen,):
        part = load_part(name)
        with progress_bar(f"Tilpasser {part.title_da.lower()}") as progress:
            results[name] = part.run(workers or default_workers(), progress)
    report = report_of(results)
    files = {name: text for result in results.values() for name, text in result.files.items()}
    for name, text in files.items():
        click.echo(f"data/{name}: {AGREES[agreement(name, text)]}.")
    if out is not None:
        with taking_place_of(out) as work:
            for name, text in (
                *files.items(),
                (REPORT, json_text(report)),
                ("calibration.html", render_html(report, results)),
            ):
                _write(work / name, text)
        click.echo(f"Rapport: {out / 'calibration.html'}")
    if write:
        _replace_shipped(files)


def _check(out: Path) -> None:
    """Raise InputError when the folder holds something else than an earlier calibration."""
    from sim.inputs.whole_folder import refuse_a_file

    refuse_a_file(out)
    if out.is_dir() and any(out.iterdir()) and not (out / REPORT).is_file():
        raise InputError(
            f"Mappen {out} er i brug",
            why="den indeholder andet end en kalibrering",
            next_step="vælg en anden mappe med --out",
        )


def _replace_shipped(files: dict[str, str]) -> None:
    from sim.evidence.calibration.docs import rewrite
    from sim.evidence.calibration.parts import shipped
    from sim.inputs.assumptions import load_assumptions

    for name, text in files.items():
        _write(shipped(name), text)
    load_assumptions.cache_clear()  # the tables are of what has just been written
    click.echo("De medfølgende parameterfiler er erstattet.")
    for path in rewrite():
        click.echo(f"Tabellerne i {path.name} er skrevet igen.")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"Filen {path} kan ikke skrives", why=str(error), next_step="vælg en anden mappe") from None
