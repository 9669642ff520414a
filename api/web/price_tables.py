"""The Prisberegner's tables and words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sim.desk.quoting.single import Priced
from sim.telling.report.phrases import date_words
from sim.words.cells import NONE, Cell
from sim.words.numbers import danish, english_marks, kroner
from sim.words.table import Table
from tariffs import Certainty, Edition, Offer, PriceBook, Refusal, certainty_word
from tariffs.elements import elements
from tariffs.package import ServicePackage

PASSENGERS = {
    "adult": ("voksen", "adult"),
    "child": ("barn", "child"),
    "companion": ("medrejsende", "companion"),
    "passenger": ("passager", "passenger"),
}
ELEMENTS = {
    "kommunetakst": ("kommunetakst", "kommunetakst"),
    "plustur": ("plustur", "plustur"),
    **{element.id: (element.da, element.en) for element in elements().values()},
    "bytakst=low": ("bytakst, lavt niveau", "bytakst, low level"),
    "bytakst=high": ("bytakst, højt niveau", "bytakst, high level"),
}
OWN_LIST = certainty_word(Certainty.ENTERED), certainty_word(Certainty.ENTERED, "en")
Json = dict[str, Any]


def in_kroner(oere: int) -> str:
    """Return a price as the page writes it, with oere only where there are some.

    >>> in_kroner(4800), in_kroner(-2160)
    ('48 kr.', '-21,60 kr.')
    """
    return f"{kroner(oere, 0 if oere % 100 == 0 else 2)} kr."


def km(metres: int) -> str:
    """Return metres as kilometres with at most one decimal.

    >>> km(13_000), km(3_748)
    ('13', '3,7')
    """
    return danish(metres / 1000, 0 if metres % 1000 == 0 else 1)


def day_words(day: date, language: str) -> str:
    """Return a day in words.

    >>> day_words(date(2020, 7, 1), "en"), day_words(date(2020, 7, 1), "da")
    ('1 July 2020', '1. juli 2020')
    """
    said = date_words(day)
    return english_marks(said) if language == "en" else said


def lines_table(told: Json, language: str) -> Table | None:
    """Return the fare line by line with its total; None for a refusal."""
    if told["fare_oere"] is None:
        return None
    english = language == "en"
    rows = [
        (
            Cell(line["text"]),
            Cell(PASSENGERS[line["passenger"]][english]),
            Cell(in_kroner(line["each_oere"])),
            Cell(str(line["count"])),
            Cell(in_kroner(line["amount_oere"])),
        )
        for line in told["lines"]
    ]
    total = "Fare in all" if english else "Pris i alt"
    rows.append((Cell(total), Cell(""), Cell(""), Cell(""), Cell(in_kroner(told["fare_oere"]))))
    header = (
        ("rule", "passenger", "each", "number", "amount")
        if english
        else ("regel", "passager", "pr. passager", "antal", "beløb")
    )
    return Table("The fare, line by line" if english else "Prisen, linje for linje", header, tuple(rows))


def sources(told: Json, language: str) -> list[Json]:
    """Return each rule once: what it says, its parameter, and where that stands."""
    found: dict[str, Json] = {}
    english = language == "en"
    for line in told["lines"]:
        source = line["source"]
        where = "; ".join(
            part
            for part in (source.get("section"), f"s. {source['page']}" if "page" in source else "", source.get("note"))
            if part
        )
        found.setdefault(
            line["parameter"],
            {
                "text": line["text"],
                "parameter": line["parameter"],
                "title": source["title"],
                "where": where,
                "url": source.get("url", ""),
                "mark": OWN_LIST[english] if source.get("entered") else source["mark"],
            },
        )
    return list(found.values())


def edition_words(book: PriceBook, label: str | None, language: str) -> Json | None:
    """Return the name and days of the edition that priced the trip."""
    edition = next((e for e in book.editions if book.edition_label(e) == label), None)
    return None if edition is None else _edition(edition, language)


def _edition(edition: Edition, language: str) -> Json:
    end = "" if edition.end is None else day_words(edition.end, language)
    return {
        "name": edition.name_en if language == "en" else edition.name_da,
        "from": day_words(edition.start, language),
        "to": end,
        "source": str(edition.source),
        "url": edition.source.url,
    }


def editions_table(answers: list[tuple[Edition, Offer | Refusal]], language: str) -> Table:
    """Return what the same trip costs in every edition."""
    english = language == "en"
    rows = []
    for edition, answer in answers:
        said = _edition(edition, language)
        days = f"{said['from']} - {said['to']}" if english else f"{said['from']} til {said['to']}"
        cell = (
            Cell(NONE, answer.text(language).partition(": ")[0])
            if isinstance(answer, Refusal)
            else Cell(in_kroner(int(answer.fare_oere)), answer.price_note(language))
        )
        rows.append((Cell(said["name"]), Cell(days), cell))
    caption = (
        "The same trip under the same elements in every edition, as if the product was offered all along"
        if english
        else "Den samme tur med de samme serviceelementer i alle takstudgaver, som om produktet var der hele tiden"
    )
    header = ("edition", "days", "fare") if english else ("takstudgave", "gælder", "pris")
    return Table(caption, header, tuple(rows))


def price_range(priced: Priced, language: str) -> Json | None:
    """Return what the trip costs at the shortest and longest the road may be; None where that makes no difference."""
    low, high = priced.shortest, priced.longest
    if priced.way is None or isinstance(low, Refusal) or isinstance(high, Refusal):
        return None
    marks = english_marks if language == "en" else str
    words = {"shortest": marks(km(priced.way.shortest_m)), "longest": marks(km(priced.way.longest_m))}
    if low.fare_oere == high.fare_oere:
        return words | {"low": "", "high": ""}
    return words | {"low": marks(in_kroner(int(low.fare_oere))), "high": marks(in_kroner(int(high.fare_oere)))}


def package_words(package: ServicePackage, language: str) -> str:
    """Return a package in words: 'kommunetakst, bytakst, lavt niveau'."""
    english = language == "en"
    words = []
    for element in package.elements():
        if element.startswith("gratis="):
            place = element.removeprefix("gratis=")
            words.append(f"free to and from {place}" if english else f"gratis til og fra {place}")
        elif element in ELEMENTS:
            words.append(ELEMENTS[element][english])
        else:
            words.append(f"{element.replace('=', ' ')} kr.")
    return "; ".join(words) or ("grundtakst alone" if english else "grundtakst alene")


def party_words(adults: int, children: int, t: Callable[[str, str], str]) -> str:
    """Return who travels: '1 voksen og 2 børn'."""
    said = []
    if adults:
        said.append(
            t(f"{adults} voksen" if adults == 1 else f"{adults} voksne", f"{adults} adult" + "s" * (adults > 1))
        )
    if children:
        said.append(
            t(f"{children} barn" if children == 1 else f"{children} børn", f"{children} child" + "ren" * (children > 1))
        )
    return t(" og ", " and ").join(said)
