"""The tables of a fairness report: who lives where, and what each side pays; in Danish or English."""

from sim.fairness.report import Json
from sim.report.cells import NONE, Cell, signed
from sim.report.table import Table
from sim.wording import danish, kroner

PASSENGER_WORDS = {
    "adult_phone": ("voksen, telefon", "adult, phone"),
    "adult_online": ("voksen, online", "adult, online"),
    "child_phone": ("barn, telefon", "child, phone"),
    "child_online": ("barn, online", "child, online"),
}


def tables(report: Json, lang: str = "da") -> tuple[Table, ...]:
    """Return the table of people and one table of prices for each group of town areas that is priced alike."""
    return (people_table(report, lang), *price_tables(report, lang))


def people_table(report: Json, lang: str = "da") -> Table:
    """Return one row per town area, a total near the lines, and the rest of the municipality."""
    english, metres = lang == "en", danish(report["distance_m"])
    header = (
        ("town area", "inside the line", "of these 70 or older", f"within {metres} m outside", "of these 70 or older")
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


def price_tables(report: Json, lang: str = "da") -> tuple[Table, ...]:
    """Return a table of prices for each town area."""
    return tuple(_prices(line, lang) for line in report["lines"])


def _prices(line: Json, lang: str) -> Table:
    english = lang == "en"
    header = (
        ("trip", "passenger", "lives inside", "lives outside", "difference", "difference in percent")
        if english
        else ("tur", "passager", "bor inden for", "bor uden for", "forskel", "forskel i procent")
    )
    rows = [
        (
            Cell(trip["text_en" if english else "text_da"], f"({danish(trip['distance_m'] / 1000, 1)} km)"),
            Cell(words[english]),
            _price(trip["inside"], passenger, lang),
            _price(trip["outside"], passenger, lang),
            _difference(trip, passenger),
            _percent(trip, passenger),
        )
        for trip in line["trips"]
        for passenger, words in PASSENGER_WORDS.items()
    ]
    caption = (
        f"{line['name']}: what one passenger pays for the same trip on either side of the line"
        if english
        else f"{line['name']}: hvad én passager betaler for den samme tur på hver side af grænsen"
    )
    return Table(caption, header, tuple(rows))


def _count(count: Json) -> Cell:
    """Return a count of persons with its bounds, which are left out where they say nothing."""
    shown, low, high = (danish(count[key]) for key in ("estimate", "lowest", "highest"))
    return Cell(shown) if low == shown == high else Cell(shown, f"({low}-{high})")


def _price(side: Json, passenger: str, lang: str) -> Cell:
    oere = side["oere"][passenger]
    if oere is None:
        return Cell(NONE, f"({side['refused_en' if lang == 'en' else 'refused_da']})")
    return Cell(f"{_kroner(oere)} kr.")


def _difference(trip: Json, passenger: str) -> Cell:
    oere = trip["difference_oere"][passenger]
    return Cell(NONE) if oere is None else Cell(f"{signed(_kroner)(oere)} kr.")


def _percent(trip: Json, passenger: str) -> Cell:
    value = trip["difference_percent"][passenger]
    return Cell(NONE) if value is None else Cell(f"{signed(danish)(value)} %")


def _kroner(oere: float) -> str:
    """Return kroner, with oere only where there are some."""
    return kroner(oere, 0 if oere % 100 == 0 else 2)
