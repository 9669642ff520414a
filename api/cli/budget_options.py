"""The options of a municipality's own months, its budget, its own lines and its neighbours."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from tariffs.errors import InputError

Command = Callable[..., Any]
LISTS = ("neighbours", "own_lines")
AMOUNTS = {"budget_kr": "--budget", "spent_kr": "--spent"}


def budget_options(command: Command) -> Command:
    """Give a command --observed, --budget, --spent, --spent-to, --own-line and --neighbour; read them with `read_budget`."""
    for option in (
        click.option(
            "--neighbour", "neighbours", multiple=True, help="Nabokommune at stille ved siden af; kan gentages."
        ),
        click.option(
            "--own-line",
            "own_lines",
            multiple=True,
            metavar="LINJE",
            help='Kommunens egen linje, kr. pr. år (minus er sparet): "Bytakst 60: Sparet buslinje = -400000"; kan gentages.',
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
    """Return the options with amounts, lines and day read; a neighbour or line that is not given is left out.

    Raises InputError for an amount, a line or a day that cannot be read.
    """
    from sim.budget.amounts import read_kroner

    read = {key: value for key, value in given.items() if key not in LISTS or value}
    if given["own_lines"]:
        read["own_lines"] = [read_own_line(text) for text in given["own_lines"]]
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


def read_own_line(text: str) -> dict[str, str | int]:
    """Read ``valgmulighed: linje = beløb``; raises InputError when a part is missing or the amount is not whole kroner.

    >>> read_own_line("Bytakst 60: Sparet buslinje 521 = -400.000")
    {'option': 'Bytakst 60', 'name': 'Sparet buslinje 521', 'kr': -400000}
    """
    from sim.budget.amounts import read_kroner

    head, equals, amount = text.rpartition("=")
    option, colon, name = (part.strip() for part in head.partition(":"))
    if not (equals and colon and option and name):
        raise InputError(
            f"--own-line {text!r} forstås ikke",
            why="en linje skrives 'valgmulighed: linjens navn = kroner om året'",
            next_step='skriv f.eks. "Bytakst 60: Sparet buslinje 521 = -400000"',
        )
    tidy = amount.strip().replace("\u2212", "-")
    size = read_kroner(tidy.removeprefix("-").strip(), "--own-line")
    if not size.is_integer():
        raise InputError(f"--own-line {text!r} er ikke i hele kroner", next_step="skriv beløbet uden ører")
    return {"option": option, "name": name, "kr": int(-size if tidy.startswith("-") else size)}
