"""``takstlab goal``: which price gives a wanted change in net cost."""

import json
from pathlib import Path
from typing import Any, Literal

import click

from api.cli.closed_form import study_of
from api.cli.options import Typed, whole_kroner
from api.cli.scenario_values import municipality_codes, scenario_options, scenario_values


@click.command(
    "goal",
    epilog="Den første valgmulighed er nuværende ordning, den sidste den, hvis pris søges; er der kun én, søges den i nuværende ordning."
    " takstlab compare simulerer bagefter den pris, der er fundet.",
)
@click.option(
    "--change",
    required=True,
    type=Typed("kr", whole_kroner),
    metavar="KR",
    help="Ønsket ændring i nettoudgift om året, fx -300000.",
)
@click.option("--element", type=click.Choice(["bytakst", "kommunetakst"]), default="bytakst", show_default=True)
@scenario_options
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def command(
    scenario: Path | None, change: int, element: Literal["bytakst", "kommunetakst"], as_json: bool, **given: Any
) -> None:
    """Find den bytakst eller kommunetakst, der ændrer nettoudgiften med et beløb: lukket form, til hele kroner.

    SCENARIO er en TOML-fil som til takstlab compare; det, der gives på kommandolinjen, går forud.
    """
    from sim.goal.goal import seek
    from sim.goal.words import published, text
    from sim.scenario.scenario import build_scenario

    where = str(scenario) if scenario else "kommandolinjen"
    checked = build_scenario(scenario_values(scenario, given), where)
    found = [seek(study_of(checked, code), element, 100 * change) for code in municipality_codes(checked, where)]
    if as_json:
        click.echo(json.dumps([published(goal) for goal in found], ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(text(goal) for goal in found), nl=False)
