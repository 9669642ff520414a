"""The options of a municipality's own months, its budget and its neighbours."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from tariffs.errors import InputError

Command = Callable[..., Any]
AMOUNTS = {"budget_kr": "--budget", "spent_kr": "--spent"}


def budget_options(command: Command) -> Command:
    """Give a command --observed, --budget, --spent, --spent-to and --neighbour; read them with `read_budget`."""
    for option in (
        click.option(
            "--neighbour", "neighbours", multiple=True, help="Nabokommune at stille ved siden af; kan gentages."
        ),
        click.option("--spent-to", help="Forbruget er talt til og med denne dag (ÅÅÅÅ-MM-DD)."),
        click.option("--spent", "spent_kr", help="Forbruget hidtil i år, nettoudgift i kr.: 1.250.000 eller 1,25 mio."),
        click.option("--budget", "budget_kr", help="Årets budget, nettoudgift i kr.: 2.400.000 eller 2,4 mio."),
        click.option(
            "--observed",
            type=click.Path(),
            metavar="FIL",
            help="Kommunens egne måneder (CSV, XLSX): måned, passagerer og evt. nettoudgift; modellen tilpasses dem.",
        ),
    ):
        command = option(command)
    return command


def read_budget(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options with amounts and day read; a neighbour that is not given is left out.

    Raises InputError for an amount or a day that cannot be read.
    """
    from sim.budget.amounts import read_kroner

    read = {key: value for key, value in given.items() if key != "neighbours" or value}
    for key, flag in AMOUNTS.items():
        if read[key] is not None:
            read[key] = read_kroner(read[key], flag)
    if read["spent_to"] is not None:
        try:
            read["spent_to"] = date.fromisoformat(read["spent_to"])
        except ValueError:
            raise InputError(
                f"--spent-to {read['spent_to']} er ikke en dato", next_step="skriv den som 2020-06-30"
            ) from None
    return read
