"""Options that several commands share, and how what is typed at one is read: by the reader of every door, never by click."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from tariffs.errors import InputError
from tariffs.typed import Door, read_day, read_kroner, read_number, read_whole

Command = Callable[..., Any]


class Whole(click.IntRange):
    """A whole number; with both ends included where they are given."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; raises InputError for a text that is none, or may be two."""
        read = read_whole(value, where=flag_of(param)) if isinstance(value, str) else value
        return super().convert(read, param, ctx)

    def _describe_range(self) -> str:
        """Return what click shows of the range: nothing where there is none."""
        return _range(self.min, self.max)


class Number(click.FloatRange):
    """A number, which may have decimals; with both ends included where they are given."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; raises InputError for a text that is none, or may be two."""
        read = float(read_number(value, where=flag_of(param))) if isinstance(value, str) else value
        return super().convert(read, param, ctx)

    def _describe_range(self) -> str:
        """Return what click shows of the range: nothing where there is none."""
        return _range(self.min, self.max)


def _range(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"{least:g}-{most:g}"
    return f"mindst {least:g}" if least is not None else f"højst {most:g}" if most is not None else ""


class Typed(click.ParamType[Any]):
    """What a function of its own reads: a day, an amount; ``read`` takes the text and the flag."""

    def __init__(self, name: str, read: Callable[[str, str], Any]) -> None:
        self.name, self.read = name, read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return what was meant; raises InputError."""
        return self.read(value, flag_of(param)) if isinstance(value, str) else value


def flag_of(param: click.Parameter | None) -> str:
    """Return an option as it is written on the command line."""
    return "" if param is None else max(param.opts, key=len)


DAY = Typed("dag", read_day)


def whole_kroner(text: str, flag: str) -> int:
    """Return an amount in whole kroner; raises InputError."""
    kroner = read_kroner(text, Door.OPEN, flag, kind="hele kroner", example="300000")
    if kroner != int(kroner):
        raise InputError(f"'{text}' er ikke hele kroner", where=flag, next_step="skriv beløbet uden ører")
    return int(kroner)


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
