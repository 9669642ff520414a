"""``takstlab tariffs enter``: the amounts of Movia's notice typed into a file that every command takes with --tariff."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tariffs.errors import InputError

if TYPE_CHECKING:
    from tariffs.price_list_entry import Remark, Row

AMOUNT_HELP = {
    "grundtakst": "Grundtakst, de første 10 km.",
    "kommunetakst": "Kommunetakst.",
    "bytakst_low": "Bytakst, lavt niveau.",
    "bytakst_high": "Bytakst, højt niveau.",
    "gratis_destination": "Gratis destination; altid 0.",
    "kilometertakst_fra_km_11": "Kr. pr. km fra km 11.",
    "kilometertakst_fra_km_21": "Kr. pr. km fra km 21 over en kommunegrænse.",
    "plusturtakst": "Plustur.",
}


def _amounts(command: Callable[..., Any]) -> Callable[..., Any]:
    for field, text in reversed(AMOUNT_HELP.items()):
        default = "0" if field == "gratis_destination" else ""
        option = click.option(_flag(field), field, default=default, metavar="KR", help=text)
        command = option(command)
    return command


def _flag(field: str) -> str:
    return f"--{field.replace('_', '-')}"


@click.command(
    "enter",
    epilog="Priserne vises ved siden af dem, der gælder dagen før. Et usædvanligt beløb eller en usædvanlig dag skal bekræftes med"
    " --confirm. Filen bruges med --tariff FIL i alle kommandoer.",
)
@click.option("--from", "from", default="", metavar="DAG", help="Dagen, priserne gælder fra, fx 17-01-2027.")
@click.option("--source", default="", metavar="TEKST", help="Hvor priserne står, fx Movias brev med dato.")
@_amounts
@click.option("--confirm", is_flag=True, help="Priserne er rigtige, også de usædvanlige.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help="Ny fil; intet overskrives.")
@click.pass_context
def enter(ctx: click.Context, /, confirm: bool, out: Path, **told: str) -> None:
    """Indtast en prisliste efter Movias meddelelse, i stedet for de fremskrevne priser."""
    from tariffs import load_price_book
    from tariffs.price_list_entry import read_entry, side_by_side, unusual
    from tariffs.projection import FURTHEST_YEAR
    from tariffs.typed import Door

    book = load_price_book(ctx.obj["tariff_files"], last_year=FURTHEST_YEAR)
    price_list, wrong = read_entry(told, book, Door.OPEN)
    if price_list is None:
        raise InputError(
            f"prislisten kan ikke bruges: {_listed(wrong)}", next_step="se hvert felt med takstlab tariffs enter --help"
        )
    click.echo("\n".join(_table(side_by_side(price_list, book))))
    remarks = unusual(price_list, book)
    if remarks and not confirm:
        raise InputError(
            f"noget er usædvanligt: {_listed(remarks)}",
            next_step="ret det, eller skriv --confirm, hvis det er rigtigt",
        )
    write_new(out, price_list.toml())
    click.echo(
        f"Prislisten gælder {price_list.start:%d-%m-%Y} til {price_list.end:%d-%m-%Y} og er skrevet i {out}. Brug den med"
        f" --tariff {out}."
    )


def write_new(out: Path, text: str) -> None:
    """Write a file that is not there yet; raises InputError."""
    try:
        with out.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError("filen findes i forvejen", where=str(out), next_step="vælg et andet navn") from None
    except OSError as error:
        raise InputError("filen kan ikke skrives", where=str(out), why=str(error.strerror)) from error


def _listed(remarks: "tuple[Remark, ...]") -> str:
    return "; ".join(f"{_flag(remark.field)}: {remark.text}" for remark in remarks)


def _table(rows: "tuple[Row, ...]") -> list[str]:
    from tariffs import certainty_word, format_kroner
    from tariffs.price_list_entry import percent_text

    width = max(len(row.name_da) for row in rows)
    lines = [f"{'':<{width}}  {'før':>8}  {'nu':>8}  ændring"]
    for row in rows:
        before = "ukendt" if row.before_oere is None else format_kroner(row.before_oere)
        change = "" if row.percent is None else f"{percent_text(row.percent)} %"
        mark = certainty_word(row.before)
        lines.append(
            f"{row.name_da:<{width}}  {before:>8}  {format_kroner(row.oere or 0):>8}  {change:>7}"
            f"{f'  (før: {mark})' if mark else ''}".rstrip()
        )
    return lines
