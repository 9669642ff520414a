"""Options that several commands share."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from tariffs.errors import InputError

Command = Callable[..., Any]


def tariff_options(command: Command) -> Command:
    """Give a command --tariff (paths, may be repeated), --variant (a name) and --known-prices-only."""
    files = click.option(
        "--tariff",
        "tariff_files",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FIL",
        help="Egne takstudgaver (TOML); kan gentages.",
    )
    variant = click.option("--variant", default="", help="En variant af taksten: memo-2019, plustur-27.")
    known = click.option(
        "--known-prices-only",
        is_flag=True,
        default=None,
        help="Afvis udregnede og fremskrevne priser; ellers mærkes de.",
    )
    return files(variant(known(command)))


def switch_option(command: Command) -> Command:
    """Give a command --switch name=choice, which may be repeated."""
    return click.option(
        "--switch",
        "switches",
        multiple=True,
        metavar="NAVN=VALG",
        help="Regelvalg, fx kilometre_counting=exact; se takstlab tariffs --switches.",
    )(command)


def read_pairs(texts: Sequence[str], flag: str) -> dict[str, str]:
    """Read ``name=value`` texts; raises InputError for one that is not."""
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise InputError(f"{flag} {text!r} forstås ikke", next_step=f"skriv {flag} navn=værdi")
        pairs[name.strip()] = value.strip()
    return pairs
