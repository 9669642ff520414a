"""The tables of a fairness report: who lives where, and what each side pays; in Danish or English."""

from typing import Any

from sim.words.cells import NONE, Cell, Formatter, signed
from sim.words.numbers import danish, english_marks, kroner
from sim.words.table import Table

ADULT = "adult_phone"
"""Whom the number is of; the others stand under it."""
TO_TOWN = ("town_centre", "station")
OTHERS = {
    "adult_online": ("online", "online"),
    "child_phone": ("barn", "child"),
    "child_online": ("barn online", "child online"),
}


def tables(report: dict[str, Any], lang: str = "da") -> tuple[Table, Table]:
    """Return the table of people and that of prices."""
    return people_table(report, lang), price_table(report, lang)


def people_table(report: dict[str, Any], lang: str = "da") -> Table:
    """Return one row per town area, a total near the lines, and the rest of the municipality."""
    english, metres = lang == "en", danish(report["distance_m"])
    header = (
        (
            "town area",
            "inside the line",
            "of these 70 or older",
            f"at most {_marks(metres, lang)} m outside",
            "of these 70 or older",
        )
        if english
        else (
            "byområde",
            "inden for grænsen",
            "heraf 70 år eller ældre",
            f"højst {metres} m uden for",
            "heraf 70 år eller ældre",
        )
    )
    rows = [
        (
            Cell(line["name"]),
            *(_count(line[side][who]) for side in ("inside", "near") for who in ("everyone", "older")),
        )
        for line in report["lines"]
    ]
    if len(rows) > 1:
        inside = [
            {
                key: sum(line["inside"][who][key] for line in report["lines"])
                for key in ("estimate", "lowest", "highest")
            }
            for who in ("everyone", "older")
        ]
        near = [report["near"][who] for who in ("everyone", "older")]
        rows.append((Cell("all" if english else "i alt"), *(_count(count) for count in (*inside, *near))))
    everybody = (
        Cell("the whole municipality, 2020" if english else "hele kommunen, 2020"),
        Cell(danish(report["population_2020"])),
        Cell(danish(report["older_70_2020"])),
        Cell(NONE),
        Cell(NONE),
    )
    caption = (
        "Persons inside and just outside the town line; in parentheses the least and the most there can be"
        if english
        else "Personer inden for og lige uden for bygrænsen; i parentes det mindste og det største, der kan være"
    )
    return Table(caption, header, (*rows, everybody))


def price_table(report: dict[str, Any], lang: str = "da") -> Table:
    """Return the trips to every town area, and once those that cost the same wherever the line is."""
    english = lang == "en"
    header = (
        ("trip", "lives inside", "lives outside", "difference", "difference in percent")
        if english
        else ("tur", "bor inden for", "bor uden for", "forskel", "forskel i procent")
    )
    lines = report["lines"]
    trips = [trip for line in lines for trip in line["trips"] if trip["id"] in TO_TOWN]
    trips += [trip for trip in lines[0]["trips"] if trip["id"] not in TO_TOWN]
    rows = [
        (
            Cell(trip["text_en" if english else "text_da"], f"({danish(trip['distance_m'] / 1000, 1)} km)"),
            _price(trip["inside"], lang),
            _price(trip["outside"], lang),
            _amounts(trip["difference_oere"], lang, signed(_kroner)),
            _percent(trip["difference_percent"], lang),
        )
        for trip in trips
    ]
    caption = (
        "What an adult who calls pays for the same trip on either side of the line; under it the others"
        if english
        else "Hvad en voksen, der ringer, betaler for den samme tur på hver side af grænsen; derunder de andre"
    )
    return Table(caption, header, tuple(rows))


def _count(count: dict[str, Any]) -> Cell:
    """Return a count of persons with its bounds, which are left out where they say nothing."""
    shown, low, high = (danish(count[key]) for key in ("estimate", "lowest", "highest"))
    return Cell(shown) if low == shown == high else Cell(shown, f"({low}-{high})")


def _price(side: dict[str, Any], lang: str) -> Cell:
    if side["oere"][ADULT] is None:
        return Cell(NONE, f"({side['refused_en' if lang == 'en' else 'refused_da']})")
    return _amounts(side["oere"], lang, _kroner)


def _amounts(oere: dict[str, Any], lang: str, shown: Formatter) -> Cell:
    """Return the adult's amount who calls, and the others' in the same unit under it."""
    if oere[ADULT] is None:
        return Cell(NONE)
    return Cell(_marks(f"{shown(oere[ADULT])} kr.", lang), _others(oere, lang, shown))


def _percent(percent: dict[str, Any], lang: str) -> Cell:
    if percent[ADULT] is None:
        return Cell(NONE)
    return Cell(f"{signed(danish)(percent[ADULT])} %", _others(percent, lang, signed(danish)))


def _others(values: dict[str, Any], lang: str, shown: Formatter) -> str:
    told = [(words[lang == "en"], values[key]) for key, words in OTHERS.items()]
    return _marks(
        "(" + "; ".join(f"{word} {NONE if value is None else shown(value)}" for word, value in told) + ")", lang
    )


def _marks(text: str, lang: str) -> str:
    return english_marks(text) if lang == "en" else text


def _kroner(oere: float) -> str:
    """Return kroner, with oere only where there are some."""
    return kroner(oere, 0 if oere % 100 == 0 else 2)
