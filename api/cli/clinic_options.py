"""The options of a nurse clinic, which stand in a table of their own in a scenario."""

from collections.abc import Callable
from typing import Any

import click

from api.cli.options import Number
from tariffs.errors import InputError

Command = Callable[..., Any]
NAMES = {
    "clinic": "destination",
    "clinic_visits": "visits_moved_a_year",
    "nurse_kr_per_hour": "nurse_kr_per_hour",
    "nurse_minutes": "minutes_driven_per_visit",
}
"""What each option is called in the scenario's table."""


def clinic_options(command: Command) -> Command:
    """Give a command --clinic with its numbers."""
    for option in (
        click.option(
            "--nurse-minutes",
            type=Number(),
            metavar="TAL",
            help="Sygeplejerskens kørsel pr. hjemmebesøg i minutter; ellers regnet.",
        ),
        click.option(
            "--nurse-kr-per-hour", type=Number(), metavar="TAL", help="En sygeplejersketime i kr.; ellers et skøn."
        ),
        click.option(
            "--clinic-visits", type=Number(), metavar="TAL", help="Hjemmebesøg pr. år, der flyttes til klinikken."
        ),
        click.option(
            "--clinic",
            metavar="DESTINATION",
            help="Sygeplejeklinik: den gratis destination, som hjemmebesøg flyttes til; har sit eget regnskab.",
        ),
    ):
        command = option(command)
    return command


def take_clinic(given: dict[str, Any]) -> dict[str, Any]:
    """Take the clinic's options out of ``given``; return those that were stated by their names in a scenario."""
    stated = {key: given.pop(key) for key in NAMES}
    return {name: stated[key] for key, name in NAMES.items() if stated[key] is not None}


def with_clinic(values: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
    """Return a scenario's values with what was stated laid over their clinic.

    Raises InputError when numbers are given for a clinic that is not named, or the visits are missing.
    """
    if not stated:
        return values
    table = values.get("clinic")
    whole = {**(table if isinstance(table, dict) else {}), **stated}
    if "destination" not in whole or "visits_moved_a_year" not in whole:
        raise InputError(
            "Sygeplejeklinikken mangler sted eller antal besøg",
            next_step="skriv både --clinic DESTINATION og --clinic-visits TAL",
        )
    return {**values, "clinic": whole}
