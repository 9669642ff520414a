"""``takstlab tariffs``: editions, parameters, values and sources; drafting the next edition."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.answers import edition_answer, parameter_answer
from api.cli.options import DAY, Typed, tariff_options
from api.cli.price_list import enter, write_new
from tariffs.errors import InputError

if TYPE_CHECKING:
    from fractions import Fraction

    from tariffs import Edition, Parameter, PriceBook, Value

HELP = """Takstudgaver, parametre, værdier og kilder.

\b
  takstlab tariffs                          alle udgaver og parametre
  takstlab tariffs --edition 2019-07-01     kun én udgave
  takstlab tariffs --parameter grundtakst   kun parametre, hvis navn rummer ordet
  takstlab tariffs --switches               regelvalg, hvor kilderne tier
  takstlab tariffs index --percent 10,3 --from 2025-01-19 --out udkast.toml
  takstlab tariffs enter --from 17-01-2027 --source "Movias brev af 20-11-2026" --grundtakst 48 … --out 2027.toml

Mærker: A oplyst af Movia eller en kommune, B presse, C egen beregning, J skøn.
"""


def _percent(text: str, flag: str) -> "Fraction":
    from tariffs.indexing import parse_percent

    return parse_percent(text, flag)


PERCENT = Typed("procent", _percent)


@click.group(help=HELP, invoke_without_command=True)
@click.option("--edition", default="", metavar="ID", help="Kun udgaven med dette id.")
@click.option("--parameter", default="", metavar="ORD", help="Kun parametre, hvis navn rummer ordet.")
@click.option("--switches", "show_switches", is_flag=True, help="Vis regelvalgene.")
@tariff_options
@click.option("--lang", type=click.Choice(["da", "en"]), default="da", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Som JSON.")
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> None:  # noqa: D103 - the help text above is the docstring
    from tariffs import list_variants, load_price_book

    ctx.obj = options
    if ctx.invoked_subcommand:
        return
    if options["show_switches"]:
        _print_switches(options["lang"], options["as_json"])
        return
    known_only = bool(options["known_prices_only"])
    book = load_price_book(options["tariff_files"], options["variant"], known_only=known_only)
    editions = _chosen_editions(book, options["edition"])
    parameters = _chosen_parameters(book, options["parameter"])
    if options["as_json"]:
        document = {
            "editions": [edition_answer(edition, book) for edition in editions],
            "variants": list(list_variants()),
            "variant": book.variant or None,
            "parameters": [parameter_answer(p, _values(p, editions, bool(options["edition"]))) for p in parameters],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))
        return
    _print_book(book, editions, parameters, bool(options["edition"]), options["lang"], list_variants())


@command.command("index", help="Skriv et udkast til en udgave: den før ganget op til nærmeste krone.")
@click.option("--percent", required=True, type=PERCENT, metavar="PCT", help="Takstloft i procent, fx 10,3.")
@click.option("--from", "start", required=True, type=DAY, metavar="DAG", help="Udgavens første dag, ÅÅÅÅ-MM-DD.")
@click.option("--to", "end", default=None, type=DAY, metavar="DAG", help="Udgavens sidste dag, medregnet.")
@click.option("--base", default="", metavar="ID", help="Udgaven, der ganges op; udeladt: den før --from.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FIL", help="Ny fil; intet overskrives.")
@click.pass_context
def index(ctx: click.Context, percent: "Fraction", start: date, end: date | None, base: str, out: Path) -> None:  # noqa: D103
    from tariffs import draft_edition, load_price_book

    book = load_price_book(ctx.obj["tariff_files"], ctx.obj["variant"])
    text = draft_edition(book, percent, start, end, base)
    write_new(out, text)
    click.echo(f"Udkastet er skrevet i {out}. Brug det med --tariff {out}; ret værdier og kilder, når de kendes.")


command.add_command(enter)


def _chosen_editions(book: "PriceBook", wanted: str) -> list["Edition"]:
    chosen = [edition for edition in book.editions if not wanted or edition.id == wanted]
    if not chosen:
        raise InputError(f"ukendt udgave '{wanted}'", next_step=f"vælg {', '.join(e.id for e in book.editions)}")
    return chosen


def _chosen_parameters(book: "PriceBook", wanted: str) -> list["Parameter"]:
    chosen = [
        p for key, p in book.parameters.items() if wanted.casefold() in key or wanted.casefold() in p.name_da.casefold()
    ]
    if not chosen:
        raise InputError(f"ingen parameter hedder noget med '{wanted}'", next_step="se dem alle: takstlab tariffs")
    return chosen


def _values(parameter: "Parameter", editions: list["Edition"], only: bool) -> list["Value"]:
    if not only:
        return list(parameter.values)
    return [
        value
        for value in parameter.values
        if any(
            (edition.end is None or value.start <= edition.end) and (value.end is None or edition.start <= value.end)
            for edition in editions
        )
    ]


def _print_book(
    book: "PriceBook",
    editions: list["Edition"],
    parameters: list["Parameter"],
    only: bool,
    lang: str,
    variants: tuple[str, ...],
) -> None:
    da = lang == "da"
    click.echo("Takstudgaver" if da else "Editions")
    for edition in editions:
        click.echo(
            f"  {book.edition_label(edition):<22} {edition.start} - {edition.end or '…'!s:<10}  "
            f"{edition.name_da if da else edition.name_en}  {edition.source}"
        )
    click.echo(f"{'Varianter, kun ved navn' if da else 'Variants, by name only'}: {', '.join(variants)}")
    for parameter in parameters:
        click.echo(f"\n{parameter.name_da if da else parameter.name_en}  [{parameter.key}, {parameter.unit}]")
        for value in _values(parameter, editions, only):
            shown = value.text or _STATES[lang][value.state]
            click.echo(f"  {value.start} - {value.end or '…'!s:<10}  {shown:>12}  {value.source}")


_STATES = {
    "da": {"absent": "findes ikke", "repealed": "ophævet", "unknown": "ukendt"},
    "en": {"absent": "not there", "repealed": "repealed", "unknown": "unknown"},
}


def _print_switches(lang: str, as_json: bool) -> None:
    from tariffs import SWITCHES

    if as_json:
        click.echo(json.dumps([vars(switch) for switch in SWITCHES], ensure_ascii=False, indent=2))
        return
    for switch in SWITCHES:
        first, *others = (str(choice).lower() for choice in switch.choices)
        click.echo(f"{switch.name} = {first} | {' | '.join(others)}  [{switch.mark}]")
        click.echo(f"  {switch.text_da if lang == 'da' else switch.text_en}")
