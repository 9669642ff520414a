"""The options of a municipality's own months, its budget, its own lines and its neighbours."""

from collections.abc import Callable
from typing import Any

import click

from api.cli.options import DAY, Typed, whole_kroner
from tariffs.errors import InputError
from tariffs.typed import Door, read_kroner

Command = Callable[..., Any]
LISTS = ("neighbours", "own_lines")
MOST_KR = 500_000_000


def _amount(text: str, flag: str) -> float:
    kroner = read_kroner(text, Door.OPEN, flag, example="1250000 eller 1,25 mio.")
    if not 0 <= kroner <= MOST_KR:
        raise InputError(
            f"{text} er ikke et beløb i kroner, der kan bruges",
            where=flag,
            why="beløbet skal være et tal fra 0 til 500.000.000",
            next_step="skriv det som 1250000 eller 1,25 mio.",
        )
    return float(kroner)


AMOUNT = Typed("kr", _amount)


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
        click.option("--spent-to", type=DAY, help="Forbruget er talt til og med denne dag (ÅÅÅÅ-MM-DD)."),
        click.option(
            "--spent", "spent_kr", type=AMOUNT, help="Forbruget hidtil i år, nettoudgift i kr.: 1250000 eller 1,25 mio."
        ),
        click.option(
            "--budget", "budget_kr", type=AMOUNT, help="Årets budget, nettoudgift i kr.: 2400000 eller 2,4 mio."
        ),
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
    """Return the options with the lines read; a neighbour or line that is not given is left out.

    Raises InputError for a line that cannot be read.
    """
    read = {key: value for key, value in given.items() if key not in LISTS or value}
    if given["own_lines"]:
        read["own_lines"] = [read_own_line(text) for text in given["own_lines"]]
    return read


def read_own_line(text: str) -> dict[str, str | int]:
    """Read ``valgmulighed: linje = beløb``; raises InputError when a part is missing or the amount is not whole kroner.

    >>> read_own_line("Bytakst 60: Sparet buslinje 521 = -400000")
    {'option': 'Bytakst 60', 'name': 'Sparet buslinje 521', 'kr': -400000}
    """
    head, equals, amount = text.rpartition("=")
    option, colon, name = (part.strip() for part in head.partition(":"))
    if not (equals and colon and option and name):
        raise InputError(
            f"--own-line {text!r} forstås ikke",
            why="en linje skrives 'valgmulighed: linjens navn = kroner om året'",
            next_step='skriv fx "Bytakst 60: Sparet buslinje 521 = -400000"',
        )
    return {"option": option, "name": name, "kr": whole_kroner(amount, "--own-line")}
