"""``takstlab changed``: a saved answer run again today, old and new figures beside each other with the causes."""

import json
import shlex
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.options import Whole
from api.cli.progress import progress_bar
from api.cli.scenario_values import municipality_codes, scenario_values
from tariffs.errors import InputError

if TYPE_CHECKING:
    from sim.desk.changed.saved import Saved
    from sim.inputs.scenario import Scenario

CHANGED, NEW = "changed.json", "nyt"
NOTHING_GIVEN = {
    "municipalities": (), "options": (), "assume": (), "switches": (), "reference": None, "passengers": None, "start": None,
}  # fmt: skip
"""What the command line says of the scenario: nothing, the file says it all."""


@click.command(
    "changed",
    epilog="Det, der kan stilles tilbage (prisniveau, passagertal, forudsætninger, byområder, år), regnes for sig; resten er"
    " regler og model. Et tal, som det gamle svar ikke har, er ukendt, ikke nul.",
)
@click.argument("source", metavar="SVAR", type=click.Path(path_type=Path))
@click.option("--answer", type=click.Path(path_type=Path), help="Det gamle svar, når SVAR er en scenariefil.")
@click.option("--json", "as_json", is_flag=True, help="Skriv alt som JSON.")
@click.option("--workers", type=Whole(1, 256), help="Processer (standard: alle kerner); ændrer ikke resultatet.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Mappe til changed.json, changed.txt og det nye svar i mappen nyt."
)
@click.option("--overwrite", is_flag=True, help="Erstat en mappe med tidligere resultater.")
def command(
    source: Path, answer: Path | None, as_json: bool, workers: int | None, out: Path | None, overwrite: bool
) -> None:
    """Hvad har ændret sig? Regn et gemt svar igen, og se gamle og nye tal med årsagerne.

    SVAR er en mappe fra takstlab compare (også en ældre udgaves), dens comparison.json, eller en scenariefil (TOML), hvis gamle
    svar ligger ved siden af.
    """
    from sim.desk.changed.again import calculated_again
    from sim.desk.changed.changes import changes
    from sim.desk.changed.text import text
    from sim.inputs.whole_folder import taking_place_of
    from sim.study.replicated.parallel import default_workers

    old, asked, run, notes = _read(source, answer)
    if out is not None:
        _check_out(out, overwrite=overwrite)
    click.echo("Regner svaret igen med denne udgave ...", err=True)
    town = old.answer.municipality_name
    with nullcontext(None) if out is None else taking_place_of(out) as work:
        with progress_bar(f"Simulerer {town} {run.year}") as progress:
            new, study = calculated_again(
                run, old.municipality, workers=workers or default_workers(), progress=progress, command=_command_line(),
                folder=None if work is None else work / NEW,
            )  # fmt: skip
        report = changes(old, new, study, asked=asked, run=run, notes=notes)
        shown, document = text(report), json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        if work is not None:
            _write(work, {CHANGED: document, "changed.txt": shown})
    click.echo(document if as_json else shown, nl=False)
    if out is not None and not as_json:
        click.echo(f"\nSkrevet: {out}")


def _read(source: Path, answer: Path | None) -> "tuple[Saved, Scenario, Scenario, tuple[str, ...]]":
    """Return the old answer, its scenario, the scenario to run, and what is to be said of them."""
    from sim.desk.changed.again import answer_beside
    from sim.desk.changed.saved import read_saved, scenario_of
    from sim.inputs.scenario.scenario import build_scenario

    if not source.exists():
        raise InputError(
            f"{source} findes ikke", next_step="angiv mappen, som takstlab compare skrev, eller dens comparison.json"
        )
    if source.suffix.lower() != ".toml":
        old = read_saved(source)
        asked = scenario_of(old)
        return old, asked.scenario, asked.scenario, asked.notes
    values = scenario_values(source, dict(NOTHING_GIVEN))
    run = build_scenario(values, str(source))
    codes = municipality_codes(run, str(source))
    old = answer_beside(source, run, codes) if answer is None else read_saved(answer)
    if old.municipality not in codes:
        raise InputError(
            f"Det gamle svar er for kommune {old.municipality}, som scenariet ikke har", where=str(source),
            next_step="angiv det svar, der hører til scenariet, med --answer",
        )  # fmt: skip
    asked = scenario_of(old)
    run = run.model_copy(update={"municipalities": (old.municipality,)})
    return old, asked.scenario, run, (*asked.notes, f"Det gamle svar er {old.place}; der er regnet efter {source}.")


def _write(out: Path, texts: dict[str, str]) -> None:
    for name, content in texts.items():
        (out / name).write_text(content, encoding="utf-8", newline="\n")


def _check_out(out: Path, *, overwrite: bool) -> None:
    """Raise InputError when the folder is in use, or holds what is not ours to replace."""
    from sim.inputs.whole_folder import refuse_a_file

    refuse_a_file(out)
    taken = sorted(p.name for p in out.iterdir()) if out.is_dir() else []
    if taken and not overwrite:
        raise InputError(
            f"Mappen {out} er i brug",
            why=f"den indeholder {', '.join(taken[:3])}",
            next_step="vælg en anden mappe med --out, eller erstat den med --overwrite",
        )
    if taken and CHANGED not in taken:
        raise InputError(
            f"Mappen {out} kan ikke erstattes",
            why=f"den er ikke skrevet af takstlab changed ({CHANGED} mangler)",
            next_step="vælg en anden mappe med --out",
        )


def _command_line() -> str:
    return shlex.join(["takstlab", *sys.argv[1:]])
