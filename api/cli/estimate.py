"""``takstlab estimate``: the instant estimate, without simulation."""

import json
from pathlib import Path
from typing import Any

import click

from api.cli.scenario_values import scenario_options, scenario_values


@click.command(
    "estimate",
    epilog="Et skøn er ikke en simulering: det har intet interval, kun en målt fejl. Brug takstlab compare til et svar, der"
    " skal bæres videre.",
)
@scenario_options
@click.option("--json", "as_json", is_flag=True, help="Skriv tallene som JSON.")
def command(scenario: Path | None, as_json: bool, **given: Any) -> None:
    """Skøn på et øjeblik, hvad serviceelementer koster en kommune: lukket form, ingen simulering.

    SCENARIO er en TOML-fil med det samme; det, der gives på kommandolinjen, går forud.
    """
    from sim.estimate.estimate import estimate
    from sim.estimate.text import published, text
    from sim.geography.municipalities import find_municipality
    from sim.scenario.scenario import build_scenario
    from sim.study.prepare import prepare

    checked = build_scenario(scenario_values(scenario, given), str(scenario) if scenario else "kommandolinjen")
    found = []
    for code in dict.fromkeys(find_municipality(name).code for name in checked.municipalities):
        study = prepare(checked, code)
        found.append((study, estimate(study)))
    if as_json:
        click.echo(json.dumps([published(study, one) for study, one in found], ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(text(study, one) for study, one in found), nl=False)
