"""The drop-downs of the page that chooses columns: which fields of a trip each stands for, and which must be filled."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.web.reading import Faults
from sim.inputs.intake.kept import Column


@dataclass(frozen=True)
class Pick:
    """A drop-down: its label and hint in both languages, and the fields that it may be."""

    fields: tuple[str, ...]
    label: tuple[str, str]
    hint: tuple[str, str] = ("", "")


PICKS = {
    "kol-dato": Pick(
        ("date",),
        ("Dag", "Day"),
        ("rejsedagen, fx 3-8-2025, evt. med klokkeslæt", "day of travel, e.g. 3-8-2025, may have a time"),
    ),
    "kol-tid": Pick(
        ("time",),
        ("Klokkeslæt", "Time of day"),
        (
            "ønsket tid eller afhentning, fx 10:30; ingen, hvis dagen har det",
            "wished or pick-up time, e.g. 10:30; none if the day has it",
        ),
    ),
    "kol-passagerer": Pick(
        ("passengers",),
        ("Passagerer", "Passengers"),
        ("antal på turen, børn talt med", "how many on the trip, children included"),
    ),
    "kol-fra-sted": Pick(
        ("from", "from_zone"),
        ("Sted", "Place"),
        ("by, sogn, station eller adresse", "town, parish, station or address"),
    ),
    "kol-fra-nord": Pick(
        ("from_lat", "from_y"),
        ("Nord (y, breddegrad)", "North (y, latitude)"),
        ("fx 6177890 eller 55,7167", "e.g. 6177890 or 55,7167"),
    ),
    "kol-fra-oest": Pick(
        ("from_lon", "from_x"),
        ("Øst (x, længdegrad)", "East (x, longitude)"),
        ("fx 670580 eller 11,7167", "e.g. 670580 or 11,7167"),
    ),
    "kol-til-sted": Pick(
        ("to", "to_zone"), ("Sted", "Place"), ("by, sogn, station eller adresse", "town, parish, station or address")
    ),
    "kol-til-nord": Pick(
        ("to_lat", "to_y"),
        ("Nord (y, breddegrad)", "North (y, latitude)"),
        ("fx 6177890 eller 55,7167", "e.g. 6177890 or 55,7167"),
    ),
    "kol-til-oest": Pick(
        ("to_lon", "to_x"),
        ("Øst (x, længdegrad)", "East (x, longitude)"),
        ("fx 670580 eller 11,7167", "e.g. 670580 or 11,7167"),
    ),
    "kol-status": Pick(
        ("status",),
        ("Status", "Status"),
        ("udført, forgæves eller aflyst", "udført (run), forgæves (no-show) or aflyst (cancelled)"),
    ),
    "kol-pris": Pick(
        ("price",), ("Pris", "Fare"), ("det, passageren betalte, i kr.", "what the passenger paid, in DKK")
    ),
    "kol-boern": Pick(("children",), ("Børn", "Children"), ("heraf under 16 år", "of them under 16")),
    "kol-bestilt": Pick(("booked_at",), ("Bestilt", "Booked"), ("dag, evt. med klokkeslæt", "day, may have a time")),
    "kol-kanal": Pick(("channel",), ("Bestilt via", "Booked by"), ("telefon eller online", "telefon or online")),
    "kol-fast": Pick(("standing",), ("Fast tur", "Standing trip"), ("ja eller nej", "ja or nej")),
    "kol-produkt": Pick(("product",), ("Produkt", "Product"), ("flextur eller plustur", "flextur or plustur")),
}
"""The drop-downs by their ids, in their order."""
GROUPS = (
    ("Turen", "The trip", ("kol-dato", "kol-tid", "kol-passagerer")),
    ("Hvor turen starter", "Where it starts", ("kol-fra-sted", "kol-fra-nord", "kol-fra-oest")),
    ("Hvor turen slutter", "Where it ends", ("kol-til-sted", "kol-til-nord", "kol-til-oest")),
    ("Gerne også", "If known", ("kol-status", "kol-pris", "kol-boern", "kol-bestilt", "kol-kanal", "kol-fast", "kol-produkt")),
)  # fmt: skip


def full_label(key: str, picks: Mapping[str, Pick] = PICKS) -> tuple[str, str]:
    """Return a drop-down's label outside its group, in both languages.

    >>> full_label("kol-dato")[0], full_label("kol-til-sted")[0]
    ('Dag', 'Slut: sted')
    """
    danish, english = picks[key].label
    for part, (there, in_english) in {"kol-fra-": ("Start", "Start"), "kol-til-": ("Slut", "End")}.items():
        if key.startswith(part):
            return f"{there}: {danish[0].lower()}{danish[1:]}", f"{in_english}: {english[0].lower()}{english[1:]}"
    return danish, english


def picked(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the column in each drop-down, '' for none, where ``fields`` gives the column of each field."""
    return {key: next((fields[name] for name in pick.fields if name in fields), "") for key, pick in PICKS.items()}


def fields_of(choices: Mapping[str, str], columns: Mapping[str, Column]) -> dict[str, str]:
    """Return the column of each field, where ``choices`` gives the column in each drop-down."""
    found: dict[str, str] = {}
    for key, pick in PICKS.items():
        name = choices.get(key, "")
        if not name:
            continue
        first, second = pick.fields[0], pick.fields[-1]
        if key.endswith("-sted"):
            found[second if "zone" in columns[name].kinds else first] = name
        elif key.endswith(("-nord", "-oest")):
            end = key.rpartition("-")[0]
            pair = [columns[column].kinds for side in ("nord", "oest") if (column := choices.get(f"{end}-{side}", ""))]
            found[second if any(kinds & {"north", "east"} for kinds in pair) else first] = name
        else:
            found[first] = name
    if found.get("time") == found.get("date"):
        found.pop("time", None)  # the day's own cells have the time
    return found


def wanting(choices: Mapping[str, str], columns: Mapping[str, Column], faults: Faults) -> None:
    """Note the drop-downs that must be filled and are not, and those that say the same or two things."""
    day = choices.get("kol-dato", "")
    if not day:
        faults.add("kol-dato", "Vælg kolonnen med rejsedagen")
    if not choices.get("kol-tid") and not (day and "clock" in columns[day].kinds):
        faults.add("kol-tid", "Vælg kolonnen med turens klokkeslæt")
    if not choices.get("kol-passagerer"):
        faults.add("kol-passagerer", "Vælg kolonnen med antal passagerer")
    for end, words in (("fra", "starter"), ("til", "slutter")):
        place, north, east = (choices.get(f"kol-{end}-{side}", "") for side in ("sted", "nord", "oest"))
        if place and (north or east):
            faults.add(f"kol-{end}-sted", f"Vælg enten sted eller koordinater for, hvor turen {words}, ikke begge")
        elif not (place or north or east):
            faults.add(f"kol-{end}-sted", f"Vælg kolonnen med stedet, hvor turen {words}, eller de to med koordinater")
        elif bool(north) != bool(east):
            faults.add(
                f"kol-{end}-{'oest' if north else 'nord'}", f"Vælg også den anden koordinat for, hvor turen {words}"
            )
    seen: dict[str, str] = {}
    for key in PICKS:
        name = choices.get(key, "")
        if name and name in seen and not (seen[name] == "kol-dato" and key == "kol-tid"):
            faults.add(key, f"Kolonnen »{name}« er allerede valgt som {full_label(seen[name])[0].lower()}")
        elif name:
            seen[name] = key
