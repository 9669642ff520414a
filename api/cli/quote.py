"""``takstlab quote``: the price of one trip with its explanation, or of a whole file of trips."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.answers import booking_on, parse_km, parse_when, quote_answer
from api.cli.options import Typed, Whole, read_pairs, switch_option, tariff_options
from tariffs.errors import InputError

if TYPE_CHECKING:
    from tariffs import Offer, PriceBook, Refusal, ServicePackage, Switches, Trip

WHEN = Typed("dag", parse_when)


def kilometres(text: str, flag: str) -> int:
    """Return kilometres in metres; raises InputError."""
    return parse_km(text, where=flag)


HELP = """Prisen på én tur med forklaring, eller på en hel fil af ture.

\b
Én tur:
  takstlab quote --from 0316 --to 0316 --km 13 --travel 2019-08-03 --channel online --element kommunetakst
\b
En fil (CSV, regneark eller Parquet) ind, CSV eller Parquet ud:
  takstlab quote --trips ture.csv --out priser.csv

Uden --element regnes der med grundtakst; har kommunen sin egen takst, som elementerne ikke kan udtrykke, afvises
turen, til et --element er skrevet. Uden --booked regnes turen som bestilt på rejsedagen (kl. 00:00, når
--travel har klokkeslæt), og svaret siger det. En afvisning er et svar: status 0. Fejl i det indtastede: status 2.

For en fil: status 0, når alle rækker er ok eller refused; 1, når der er rækker med fejl (de øvrige er prissat);
2, når intet er skrevet. Et tidligere svar overskrives; enhver anden fil kun med --force. CSV-svaret har samme
skilletegn som turene.
"""


@click.command(help=HELP)
@click.option("--from", "from_", metavar="KOMMUNE", help="Startkommune: kode eller navn.")
@click.option("--to", metavar="KOMMUNE", help="Slutkommune: kode eller navn.")
@click.option("--km", type=Typed("km", kilometres), metavar="KM", help="Korteste vejafstand i km, fx 13 eller 13,5.")
@click.option("--distance-m", metavar="M", type=Whole(), help="Samme i hele meter.")
@click.option("--travel", type=WHEN, metavar="DAG", help="Rejsedag ÅÅÅÅ-MM-DD, evt. med klokkeslæt TT:MM.")
@click.option("--booked", type=WHEN, metavar="DAG", help="Bestilt; som --travel. Udeladt: på rejsedagen.")
@click.option("--standing", is_flag=True, help="Fast tur.")
@click.option("--product", type=click.Choice(["flextur", "plustur"]), default="flextur", show_default=True)
@click.option("--channel", type=click.Choice(["phone", "online"]), default="phone", show_default=True)
@click.option("--adults", type=Whole(), default=None, help="Voksne [1, eller 0, når der kun er børn].")
@click.option("--children", type=Whole(), default=0, help="Børn under 16.", show_default=True)
@click.option(
    "--element",
    "elements",
    multiple=True,
    metavar="ELEMENT",
    help="Kommunens valg: kommunetakst, bytakst=60 (kroner) eller bytakst=low|high, gratis=STED, … (gentag eller adskil med komma).",
)
@click.option("--from-town", default="", metavar="BY", help="Byområdet, turen starter i.")
@click.option("--to-town", default="", metavar="BY", help="Byområdet, turen slutter i.")
@click.option("--free-destination", is_flag=True, help="En af enderne er en gratis destination.")
@click.option(
    "--place", "places", multiple=True, metavar="STED", help="Destinationen i en ende af turen; søges i gratis=STED."
)
@click.option("--trips", type=click.Path(path_type=Path), metavar="FIL", help="Fil med ture (CSV, regneark, Parquet).")
@click.option("--sheet", metavar="NAVN", help="Arket i et regneark med ture.")
@click.option("--encoding", metavar="TEGNSÆT", help="utf-8, utf-16, cp1252 eller cp850; ellers afgøres det af filen.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FIL", help="Svarfil (.csv, .parquet).")
@click.option("--force", is_flag=True, help="Overskriv en anden fil end et tidligere svar.")
@tariff_options
@switch_option
@click.option("--offers", multiple=True, metavar="KOMMUNE", help="Regn med, at kommunen har produktet.")
@click.option("--lang", type=click.Choice(["da", "en"]), default="da", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def command(**options: Any) -> None:  # noqa: D103 - the help text above is the docstring
    from tariffs import load_price_book
    from tariffs.switches import parse_switches

    switches = parse_switches(read_pairs(options["switches"], "--switch"))
    book = load_price_book(options["tariff_files"], options["variant"], known_only=bool(options["known_prices_only"]))
    if options["offers"]:
        book = _with_offers(book, options["product"], options["offers"])
    if options["trips"] or options["out"]:
        _quote_file(options, book, switches)
    else:
        _quote_one(options, book, switches)


def _with_offers(book: "PriceBook", product: Any, codes: tuple[str, ...]) -> "PriceBook":
    from dataclasses import replace

    from tariffs import Source

    choices = book.choices
    for text in codes:
        told = Source("Brugeren", "J", note="angivet med --offers")
        choices = choices.with_offer(product, choices.find(text).code, "known", told)
    return replace(book, choices=choices)


def _quote_file(options: dict[str, Any], book: "PriceBook", switches: "Switches") -> None:
    if not (options["trips"] and options["out"]):
        raise InputError("--trips og --out hører sammen", next_step="angiv dem begge")
    given = [f"--{name.strip('_')}" for name in ("from_", "to", "km", "travel", "booked", "elements") if options[name]]
    if given:
        raise InputError(f"{', '.join(given)} gælder én tur, ikke en fil", next_step="brug filens kolonner")
    from sim.desk.quoting import quote_file
    from sim.inputs.intake.raw import row_count

    summary = quote_file(options["trips"], options["out"], book, switches, force=options["force"],
                         sheet=options["sheet"], encoding=options["encoding"])  # fmt: skip
    for note in summary.notes:
        click.echo(f"  {note}", err=True)
    click.echo(
        f"{summary.rows} ture: {summary.ok} ok, {summary.refused} afvist, {summary.errors} med fejl. "
        f"Svaret er skrevet i {options['out']}.",
        err=True,
    )
    for reason, count in summary.refused_by.items():
        click.echo(f"  afvist {reason}: {count}", err=True)
    if summary.repeated_ids:
        many = row_count(summary.repeated_ids)
        click.echo(f"  {many} har et trip_id, der også står i en anden række", err=True)
    if summary.first_error:
        row, reason = summary.first_error
        click.echo(f"  første fejl: række {row + summary.first_row - 1}: {reason}", err=True)
        sys.exit(1)


def _quote_one(options: dict[str, Any], book: "PriceBook", switches: "Switches") -> None:
    from tariffs import Trip, parse_package, quote

    missing = [f"--{name.strip('_')}" for name in ("from_", "to", "travel") if not options[name]]
    if missing:
        raise InputError(f"{', '.join(missing)} mangler", next_step="se takstlab quote --help")
    travel = options["travel"]
    assumed = options["booked"] is None
    booked = booking_on(travel) if assumed else options["booked"]
    adults = options["adults"] if options["adults"] is not None else (0 if options["children"] else 1)
    trip = Trip(
        book.choices.find(options["from_"]).code,
        book.choices.find(options["to"]).code,
        _distance(options),
        booked,
        travel,
        product=options["product"],
        channel=options["channel"],
        adults=adults,
        children=options["children"],
        standing=options["standing"],
        from_town=options["from_town"],
        to_town=options["to_town"],
        free_destination=options["free_destination"],
        places=options["places"],
    )
    package = parse_package(",".join(options["elements"]))
    if options["elements"] and not trip.crosses_border:
        book = book.with_stated_elements(trip.from_municipality)
    answer = quote(trip, package, book, switches)
    if options["as_json"]:
        click.echo(
            json.dumps(
                quote_answer(trip, package, answer, assumed, switches, options["lang"]), ensure_ascii=False, indent=2
            )
        )
    else:
        click.echo(_as_text(trip, package, answer, assumed, book, options["lang"]))


def _distance(options: dict[str, Any]) -> int:
    if (options["km"] is None) == (options["distance_m"] is None):
        raise InputError("angiv afstanden én gang", next_step="brug --km eller --distance-m")
    return int(options["distance_m"] if options["km"] is None else options["km"])


_WORDS = {
    "da": {
        "fare": "Pris",
        "refused": "Afvist",
        "edition": "Takstudgave",
        "booked": "Bestilt",
        "travel": "rejse",
        "assumed": "antaget: på rejsedagen, da --booked ikke er angivet",
        "elements": "Kommunens valg",
        "sources": "Regler og kilder",
        "standing": "fast tur",
        "phone": "telefon",
        "online": "online",
        "offer_assumed": "Det er antaget, ikke bekræftet, at begge kommuner har produktet på rejsedagen.",
        "known_choices": "Kendt eller antaget om kommunens valg den dag",
        "take": "regn med dem ved at skrive --element",
    },
    "en": {
        "fare": "Fare",
        "refused": "Refused",
        "edition": "Edition",
        "booked": "Booked",
        "travel": "travel",
        "assumed": "assumed: on the day of travel, as --booked is not given",
        "elements": "Municipality's elements",
        "sources": "Rules and sources",
        "standing": "standing trip",
        "phone": "phone",
        "online": "online",
        "offer_assumed": "It is assumed, not confirmed, that both municipalities have the product that day.",
        "known_choices": "Known or assumed of the municipality's choices that day",
        "take": "use them by giving --element",
    },
}


def _as_text(
    trip: "Trip", package: "ServicePackage", answer: "Offer | Refusal", assumed: bool, book: "PriceBook", lang: str
) -> str:
    from tariffs import Refusal
    from tariffs.fare_lines import format_km

    words = _WORDS[lang]
    ends = [f"{book.choices.find(code).name} ({code})" for code in (trip.from_municipality, trip.to_municipality)]
    lines = [
        f"{trip.product}: {ends[0]} - {ends[1]}, {format_km(trip.distance_m, lang)} km, {words[trip.channel]}, "
        f"{_party(trip, lang)}" + (f", {words['standing']}" if trip.standing else ""),
        f"{words['booked']} {_when(trip.booked)}{' (' + words['assumed'] + ')' if assumed else ''}, "
        f"{words['travel']} {_when(trip.travel)}",
        f"{words['elements']}: {package}",
    ]
    if trip.product == "flextur" and not trip.crosses_border and not package.elements():
        choice = book.choices.choices(trip.from_municipality, trip.travel_on)
        if choice.expressed and (choice.expressed.kommunetakst or choice.expressed.bytakst):
            lines.append(f"  {words['known_choices']}: {choice.package}; {words['take']}")
    if isinstance(answer, Refusal):
        return "\n".join([*lines, f"{words['refused']} ({answer.reason}): {answer.text(lang)}"])
    return "\n".join([*lines, *_offer_text(answer, book, lang)])


def _offer_text(offer: "Offer", book: "PriceBook", lang: str) -> list[str]:
    words, note = _WORDS[lang], offer.price_note(lang)
    edition = next(edition for edition in book.editions if book.edition_label(edition) == offer.edition)
    width = max(len(line.text(lang)) for line in offer.lines)
    lines = [
        f"{words['edition']}: {offer.edition} ({edition.name_en if lang == 'en' else edition.name_da})",
        f"{words['fare']}: {_kroner(offer.fare_oere, lang)} kr.{f' ({note})' if note else ''}",
        "",
    ]
    for line in offer.lines:
        lines.append(
            f"  {line.text(lang):<{width}}  {line.count} x {_kroner(line.each_oere, lang):>8} = "
            f"{_kroner(line.amount_oere, lang):>8} kr."
        )
    lines += ["", f"{words['sources']}:"]
    lines += dict.fromkeys(f"  {line.parameter}, {line.edition}: {line.source}" for line in offer.lines)
    if offer.certainty == "assumed":
        lines.append(words["offer_assumed"])
    return lines


def _party(trip: "Trip", lang: str) -> str:
    words = {"da": (("voksen", "voksne"), ("barn", "børn")), "en": (("adult", "adults"), ("child", "children"))}[lang]
    counted = ((trip.adults, words[0]), (trip.children, words[1]))
    return ", ".join(f"{count} {one if count == 1 else many}" for count, (one, many) in counted if count)


def _kroner(oere: int, lang: str) -> str:
    kroner, rest = divmod(abs(oere), 100)
    return f"{'-' if oere < 0 else ''}{kroner}{',' if lang == 'da' else '.'}{rest:02d}"


def _when(when: date) -> str:
    return when.strftime("%Y-%m-%d %H:%M") if isinstance(when, datetime) else when.isoformat()
