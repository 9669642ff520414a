"""``takstlab schema``: the JSON schema of a file that Takstlab reads or writes, for editors and programs."""

import json

import click


@click.command("schema")
@click.argument("kind", type=click.Choice(["plan", "scenario", "comparison"]), metavar="plan|scenario|comparison")
def command(kind: str) -> None:
    """Skriv JSON-skemaet for en plan (takstlab batch), et scenarie (takstlab compare) eller et svar (comparison.json)."""
    click.echo(json.dumps(_schema(kind), ensure_ascii=False, indent=2))


def _schema(kind: str) -> dict[str, object]:
    if kind == "comparison":
        from sim.answer.codec import json_schema

        return json_schema()
    if kind == "plan":
        from sim.batch.plan import BatchPlan

        return BatchPlan.model_json_schema()
    from sim.inputs.scenario import Scenario

    return Scenario.model_json_schema()
