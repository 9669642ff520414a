"""``takstlab estimate``: the instant estimate, without simulation."""

import json
from pathlib import Path
from typing import Any

import click

from api.cli.closed_form import study_of
from api.cli.scenario_values import municipality_codes, scenario_options, scenario_values


@click.command(
    "estimate",
    epilog="Et skøn er ikke en simulering: det har intet interval, kun en målt fejl. Brug takstlab compare til et svar, der"
    " skal bæres videre.",
)
@scenario_options
@click.option("--json", "as_json", is_flag=True, help="Skriv tallene som JSON.")
def command(scenario: Path | None, as_json: bool, **given: Any) -> None:
    """Skøn på et øjeblik, hvad serviceelementer koster en kommune: en formel, ingen simulering.

    SCENARIO er en TOML-fil med det samme; det, der gives på kommandolinjen, går forud.
    """
    from sim.estimate.estimate import estimate
    from sim.inputs.scenario.scenario import build_scenario
    from sim.telling.estimate_text import published, text

    where = str(scenario) if scenario else "kommandolinjen"
    checked = build_scenario(scenario_values(scenario, given), where)
    found = []
    for code in municipality_codes(checked, where):
        study = study_of(checked, code)
        found.append((study, estimate(study)))
    if as_json:
        click.echo(json.dumps([published(study, one) for study, one in found], ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(text(study, one) for study, one in found), nl=False)
