"""How a figure on the page is made again: by the command line, by a call of the API, and in a sheet."""

import json
import shlex
from datetime import date
from typing import Any

from fastapi import Request

from api.jobs.accepting import FILES, SENT

SCENARIO_FILE = "scenarie.toml"


def scenario_file(scenario: dict[str, Any]) -> str:
    """Return the scenario as a TOML file for the command line; what was sent to the service is to be found there first."""
    import tomli_w

    told = with_dates(body(scenario))
    own = "".join(
        f"# {key}: skriv stien til jeres egen fil i stedet for det, der er indlæst på tjenesten\n"
        for key in SENT
        if key in told
    )
    return own + tomli_w.dumps(told)


def command(scenario: dict[str, Any]) -> str:
    """Return the command that calculates the same on one's own machine, from the scenario's file."""
    return f"takstlab compare {SCENARIO_FILE} --out results/{scenario['municipalities'][0]}"


def body(scenario: dict[str, Any]) -> dict[str, Any]:
    """Return the scenario as the API takes it: what has its usual value is left out, but not the year, which follows the day."""
    from sim.inputs.scenario.scenario import Scenario

    usual = {key: f.get_default(call_default_factory=True) for key, f in Scenario.model_fields.items()}
    kept = {
        key: value
        for key, value in scenario.items()
        if key in ("options", "year")
        or (
            (key not in FILES or key in SENT)
            and value is not None
            and (tuple(value) if isinstance(value, list) else value) != usual.get(key)
        )
    }
    kept["options"] = [{key: value for key, value in option.items() if value is not None} for option in kept["options"]]
    if "observed_months" in kept:
        kept["observed_months"] = {key: value for key, value in kept["observed_months"].items() if value is not None}
    if len(kept.get("municipalities", ())) == 1:
        kept = {"municipality": kept.pop("municipalities")[0], **kept}
    return kept


def with_dates(told: dict[str, Any]) -> dict[str, Any]:
    """Return what `body` returns with its days as dates, as a scenario is built of it."""
    return told | {key: date.fromisoformat(told[key]) for key in ("start", "spent_to") if key in told}


def call(request: Request, scenario: dict[str, Any]) -> str:
    """Return the call of the API that gives the same run."""
    told = json.dumps(body(scenario), ensure_ascii=False)
    return f"curl -X POST {base(request)}/v1/runs -H 'Content-Type: application/json' -d {shlex.quote(told)}"


def cell_formula(request: Request, run: str, municipality: str, option: int = 2, field: str = "net_cost_change") -> str:
    """Return the formula that puts a figure into a Danish sheet."""
    address = f"{base(request)}/v1/celle/{run}/{municipality}/{option}/{field}?fejl=tekst"
    return f'=TALVÆRDI(WEBTJENESTE("{address}");".")'


def base(request: Request) -> str:
    """Return the service's own address as others reach it."""
    configured: str = request.app.state.settings.base_url
    return (configured or str(request.base_url)).rstrip("/")
