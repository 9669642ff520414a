"""``takstlab sensitivity``: which assumptions move the answer."""

import json
from pathlib import Path
from typing import Any

import click

from api.cli.closed_form import study_of
from api.cli.options import Whole
from api.cli.progress import progress_bar
from api.cli.scenario_values import municipality_codes, scenario_options, scenario_values
from tariffs.errors import InputError


@click.command("sensitivity", epilog="Regnet med skønnets formel (takstlab estimate); se docs/uncertainty.md.")
@scenario_options
@click.option("--out", type=click.Path(path_type=Path), help="Mappe til sensitivity.json, tekst og tegninger.")
@click.option(
    "--points", type=click.Choice(["0", "32", "64", "128", "256", "512"]), default="64", show_default=True,
    help="Grundpunkter for Sobol-screeningen; 0 springer den over.",
)  # fmt: skip
@click.option("--simulate", is_flag=True, help="Simulér de forudsætninger, der ikke er i skønnets formel.")
@click.option("--replications", type=Whole(2, 40), default=3, show_default=True, help="Gentagelser med --simulate.")
@click.option("--workers", type=Whole(1, 256), help="Processer med --simulate (standard: alle kerner).")
@click.option("--json", "as_json", is_flag=True, help="Skriv tallene som JSON i stedet for tekst.")
def command(
    scenario: Path | None,
    out: Path | None,
    points: str,
    simulate: bool,
    replications: int,
    workers: int | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Vis, hvilke forudsætninger der flytter svaret mest: én ad gangen og alle på én gang.

    SCENARIO er en TOML-fil som til takstlab compare; det, der gives på kommandolinjen, går forud.
    """
    from sim.answer.budget.recalibration import paid_year
    from sim.estimate.sensitivity.most_important import leading_target
    from sim.estimate.sensitivity.simulated import simulated_swings
    from sim.estimate.sensitivity.sobol import screen
    from sim.estimate.sensitivity.tornado import tornado
    from sim.inputs.scenario.scenario import build_scenario
    from sim.study.replicated.parallel import default_workers
    from sim.telling.sensitivity_text import published, text

    where = str(scenario) if scenario else "kommandolinjen"
    checked = build_scenario(scenario_values(scenario, given), where)
    codes = municipality_codes(checked, where)
    if len(codes) != 1:
        raise InputError(
            f"Følsomheden regnes for én kommune ad gangen, ikke {len(codes)}", where=where, next_step="vælg én kommune"
        )
    if out is not None:
        _check(out)
    study = study_of(checked, codes[0], workers)
    paid = paid_year(study.scenario, codes[0])
    with progress_bar("Én forudsætning ad gangen") as progress:
        found = tornado(study, progress, paid)
    screening = None
    if int(points):
        with progress_bar("Alle på én gang") as progress:
            screening = screen(study, found, leading_target(found), int(points), progress, paid)
    simulated = None
    if simulate:
        with progress_bar("Simulerer det øvrige") as progress:
            simulated = simulated_swings(
                study, found, replications=replications, workers=workers or default_workers(), progress=progress
            )
    document = published(study, found, screening, simulated)
    words = text(study, found, screening, simulated)
    if out is not None:
        from sim.inputs.whole_folder import taking_place_of
        from sim.telling.drawing import titled
        from sim.telling.drawing.tornado import tornados

        with taking_place_of(out) as work:
            (work / "sensitivity.json").write_text(
                json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
            )
            (work / "sensitivity.txt").write_text(words, encoding="utf-8")
            for name, drawing in tornados(found).items():
                (work / f"{name}.svg").write_text(titled(drawing), encoding="utf-8")
    click.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else words, nl=False)
    if out is not None and not as_json:
        click.echo(f"\nTal og tegninger ligger i {out}")


def _check(out: Path) -> None:
    """Raise InputError when the folder cannot take the result."""
    from sim.inputs.whole_folder import refuse_a_file

    refuse_a_file(out)
    known = {"sensitivity.json", "sensitivity.txt"}
    if out.is_dir() and any(p.name not in known and not p.name.startswith("tornado-") for p in out.iterdir()):
        raise InputError(
            f"Mappen {out} er i brug", why="den indeholder andre filer", next_step="vælg en anden mappe med --out"
        )
