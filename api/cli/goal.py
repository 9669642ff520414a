"""``takstlab goal``: which price gives a wanted change in net cost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from api.cli.closed_form import study_of
from api.cli.options import Typed, whole_kroner
from api.cli.scenario_values import municipality_codes, scenario_options, scenario_values
from tariffs.errors import InputError

if TYPE_CHECKING:
    from sim.estimate.paid import Paid
    from sim.inputs.scenario import Scenario
    from sim.study.study import Study


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
@click.option(
    "--element",
    type=click.Choice(["bytakst", "kommunetakst", "byomraade"]),
    default="bytakst",
    show_default=True,
    help="Hvad der søges; byomraade: hvilket af flere byområder, til valgmulighedens pris.",
)
@click.option(
    "--line",
    "lines",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Et byområde at vælge mellem (GeoJSON, GeoPackage, ...), under den sidste valgmulighed; kan gentages."
    " Uden: valgmulighedernes egne.",
)
@scenario_options
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def command(
    scenario: Path | None,
    change: int,
    element: Literal["bytakst", "kommunetakst", "byomraade"],
    lines: tuple[Path, ...],
    as_json: bool,
    **given: Any,
) -> None:
    """Find den bytakst, den kommunetakst eller det byområde, der ændrer nettoudgiften med et beløb, regnet med en formel.

    SCENARIO er en TOML-fil som til takstlab compare; det, der gives på kommandolinjen, går forud.
    """
    from sim.answer.budget.recalibration import paid_year
    from sim.desk.goal import line_words
    from sim.desk.goal.goal import seek
    from sim.desk.goal.lines import titled, weigh, with_lines
    from sim.desk.goal.words import published, text
    from sim.inputs.scenario.scenario import build_scenario

    where = str(scenario) if scenario else "kommandolinjen"
    checked = build_scenario(scenario_values(scenario, given), where)

    def studies(of: "Scenario") -> "Iterator[tuple[Study, Paid | None]]":
        for code in municipality_codes(checked, where):
            study = study_of(of, code)
            yield study, paid_year(study.scenario, code)

    if lines and element != "byomraade":
        raise InputError(
            "--line vælger mellem byområder", next_step="angiv også --element byomraade, eller udelad --line"
        )
    if element == "byomraade":
        among = with_lines(checked, titled([(path.stem, str(path)) for path in lines]))
        weighed = [weigh(study, 100 * change, paid) for study, paid in studies(among)]
        if as_json:
            click.echo(json.dumps([line_words.published(goal) for goal in weighed], ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(line_words.text(goal) for goal in weighed), nl=False)
        return
    found = [seek(study, element, 100 * change, paid) for study, paid in studies(checked)]
    if as_json:
        click.echo(json.dumps([published(goal) for goal in found], ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(text(goal) for goal in found), nl=False)
