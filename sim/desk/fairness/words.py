"""What a fairness report says in sentences, and how it is to be read; Danish or English."""

from typing import Any

from sim.words.numbers import approximately, danish, english_marks, kroner


def sentences(report: dict[str, Any], lang: str = "da") -> tuple[str, ...]:
    """Return a sentence on the people of each town area, and one on the price at the line: one for all that cost the same."""
    lines = report["lines"]
    said = [_people(report, line, lang) for line in lines]
    centre = "the town centre" if lang == "en" else "byens midte"
    paid = [tuple(_adult(line, side) for side in ("inside", "outside")) for line in lines]
    if len(set(paid)) == 1:
        return (*said, _price(lines[0], lang, _centre(lines[0], lang) if len(lines) == 1 else centre))
    return (*said, *(_price(line, lang, _centre(line, lang)) for line in lines))


def _centre(line: dict[str, Any], lang: str) -> str:
    return f"the centre of {line['name']}" if lang == "en" else f"midten af {line['name']}"


def _adult(line: dict[str, Any], side: str) -> int | None:
    """Return what an adult who calls pays to the town's centre."""
    oere: int | None = line["trips"][0][side]["oere"]["adult_phone"]
    return oere


def _people(report: dict[str, Any], line: dict[str, Any], lang: str) -> str:
    near, older = line["near"]["everyone"], line["near"]["older"]
    inside, metres = approximately(line["inside"]["everyone"]["estimate"]), danish(report["distance_m"])
    count, bounds = approximately(near["estimate"]), f"{approximately(near['lowest'])}-{approximately(near['highest'])}"
    old, old_bounds = (
        approximately(older["estimate"]),
        f"{approximately(older['lowest'])}-{approximately(older['highest'])}",
    )
    if lang == "en":
        return english_marks(
            f"About {inside} people live inside the town line of {line['name']}, and about {count} ({bounds}) at most {metres} m"
            f" outside it; about {old} ({old_bounds}) of these are 70 or older."
        )
    return (
        f"I {line['name']} bor ca. {inside} personer inden for bygrænsen og ca. {count} ({bounds}) højst {metres} m uden for"
        f" den; ca. {old} ({old_bounds}) af dem er 70 år eller ældre."
    )


def _price(line: dict[str, Any], lang: str, centre: str) -> str:
    inside, outside = _adult(line, "inside"), _adult(line, "outside")
    english = lang == "en"
    if inside is None or outside is None:
        sides = ("inside", "outside") if english else ("inden for", "uden for")
        shut = sides[0] if inside is None else sides[1]
        if english:
            return f"Whoever lives {shut} cannot take the trip to {centre} by flextur; the neighbour may."
        return f"Den, der bor {shut}, kan ikke køre med flextur til {centre}; naboen på den anden side kan."
    amounts = (_kroner(oere) for oere in (inside, outside, abs(inside - outside)))
    a, b, difference = map(english_marks, amounts) if english else amounts
    if inside == outside:
        if english:
            return f"Both pay DKK {a} to {centre}: the line makes no difference to an adult who calls."
        return f"Begge betaler {a} kr. til {centre}: grænsen gør ingen forskel for en voksen, der ringer."
    if english:
        more = "more" if inside > outside else "less"
        return (
            f"To {centre} an adult who calls pays DKK {a} inside the line and DKK {b} just outside:"
            f" DKK {difference} {more} for the one inside."
        )
    more = "mere" if inside > outside else "mindre"
    return (
        f"Til {centre} betaler en voksen, der ringer, {a} kr. inden for grænsen og {b} kr. lige uden for:"
        f" {difference} kr. {more} for den, der bor inden for."
    )


def how_sure(report: dict[str, Any], lang: str = "da") -> tuple[str, ...]:
    """Return how the figures are to be read: where the population is from, how fine it is, and where the line is from."""
    english, own = lang == "en", report["own_line"]
    notes = [_line_en(own) if english else _line_da(own, report["zone_source"])]
    if priced := report["fares"]["text_en" if english else "text_da"]:
        notes.insert(0, f"The prices: {priced}." if english else f"Priserne: {priced}.")
    notes += _POPULATION_EN if english else _POPULATION_DA
    words = _NOTES_EN if english else _NOTES_DA
    return (*notes, *(words[note] for note in report["notes"]))


def _line_da(own: bool, source: str) -> str:
    if own:
        return "Grænsen er kommunens egen (den indsendte fil). Felter, den skærer, er delt efter areal."
    return (
        f"Grænsen er ikke kommunens egen: {source}. En by er lagt ud, til dens folketal er placeret; derfor bor der pr."
        " konstruktion få lige uden for. Går den rigtige grænse gennem bebyggelse, er der mange flere. Giv kommunens egen"
        " grænse som GeoJSON for at se det."
    )


def _line_en(own: bool) -> str:
    if own:
        return "The line is the municipality's own (the file sent). Cells that it cuts are shared by area."
    return (
        "The line is not the municipality's own: it is derived from the towns' populations and the parishes. A town is laid out"
        " until its population is placed, so by construction few live just outside. Where the real line runs through houses"
        " there are many more. Give the municipality's own line as GeoJSON to see it."
    )


_POPULATION_DA = [
    "Folketal: sogne 1. januar 2021 (Danmarks Statistik, SOGN1), afstemt med kommunens folketal 2020 (FOLK1A), lagt i felter på"
    " 500 m efter byernes folketal (OpenStreetMap, GeoNames). Sogne og byer er kendt; hvor i dem folk bor, er fordelt.",
    "Tallet regner med, at folk bor jævnt i deres felt. Parentesen går fra det mindste til det største, der kan være, hvor i"
    " felterne de end bor, og om byerne er bygget op til 30 % tættere eller mere spredt. Den er en grænse, ikke et sandsynligt interval.",
    "Alder: sognenes aldersfordeling 2014, afstemt med kommunens 2020 (skøn; middelfejl 2,4 %), ens i hele sognet.",
    "Naboer i andre kommuner er ikke talt med: deres ture krydser kommunegrænsen og koster grundtakst.",
]
_POPULATION_EN = [
    "Population: parishes on 1 January 2021 (Statistics Denmark, SOGN1), scaled to the municipality's population of 2020"
    " (FOLK1A), laid in cells of 500 m by the towns' populations (OpenStreetMap, GeoNames). Parishes and towns are known; where in"
    " them people live is spread.",
    "The figure supposes that people live evenly in their cell. The parentheses go from the least to the most there can be"
    " wherever in the cells they live, and if towns are built up to 30 % denser or looser. They are bounds, not a likely interval.",
    "Age: the parishes' ages of 2014, fitted to the municipality's of 2020 (estimate; mean error 2.4 %), the same in all of a parish.",
    "Neighbours in other municipalities are not counted: their trips cross the border and cost grundtakst.",
]
_NOTES_DA = {
    "no_flextur": "Kommunen har ikke flextur den dag, så vidt det vides: priserne er vist, som om den havde.",
    "no_town_element": "Ingen af de valgte elementer skelner mellem by og land: grænsen har ingen betydning for prisen.",
    "stops": "Ture til og fra byen begynder eller ender ved et valgt stoppested, ikke ved døren.",
}
_NOTES_EN = {
    "no_flextur": "The municipality does not have flextur that day, as far as is known: prices are shown as if it had.",
    "no_town_element": "None of the chosen elements tells town from country: the line makes no difference to the price.",
    "stops": "Trips to and from the town begin or end at a chosen stop, not at the door.",
}


def _kroner(oere: int) -> str:
    return kroner(oere, 0 if oere % 100 == 0 else 2)
