"""``takstlab schema``: the JSON schema of a file that Takstlab reads, for editors."""

import json

import click


@click.command("schema")
@click.argument("kind", type=click.Choice(["plan", "scenario"]), metavar="plan|scenario")
def command(kind: str) -> None:
    """Skriv JSON-skemaet for en plan (takstlab batch) eller et scenarie (takstlab compare)."""
    from sim.batch.plan import BatchPlan
    from sim.inputs.scenario import Scenario

    model = BatchPlan if kind == "plan" else Scenario
    click.echo(json.dumps(model.model_json_schema(), ensure_ascii=False, indent=2))
