"""What a trip list may hold, under which names, and how a file's columns are matched to it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.geography.names import close_matches, fold
from sim.inputs.intake.named_units import says_no_kroner
from sim.inputs.intake.personal import personal_header
from tariffs.errors import InputError


@dataclass(frozen=True)
class Field:
    """One piece of a trip: its Danish name, what a cell may hold, and the headers by which it is known."""

    da: str
    expects: str
    headers: tuple[str, ...]


FIELDS = {
    "date": Field(
        "dato",
        "rejsedag, 2019-08-03 eller 03-08-2019 (evt. med klokkeslæt)",
        ("rejsedato", "rejsedag", "turdato", "kørselsdato", "kørselsdag", "afgangsdato", "dag", "travel date", "trip date",
         "service date", "travel day", "travel on"),
    ),
    "time": Field(
        "tid",
        "ønsket tid eller afhentning, 10:30",
        ("tidspunkt", "klokkeslæt", "kl", "afgangstid", "ønsket tid", "ønsket afhentning", "afhentning", "afhentningstid",
         "wished time", "pickup", "pickup time", "departure", "departure time"),
    ),
    "booked_at": Field(
        "bestilt",
        "bestilt den, 2019-08-01 eller 2019-08-01 09:15; må være tom",
        ("bestilt den", "bestillingstid", "bestillingsdato", "bestillingstidspunkt", "booket", "booked", "booked on",
         "booking date", "booking time"),
    ),
    "from": Field(
        "fra",
        "adresse, by, sogn, station eller lokalitet",
        ("fra sted", "startsted", "afgangssted", "afhentningssted", "fra adresse", "startadresse", "afgangsadresse",
         "afhentningsadresse", "fra by", "fra sogn", "from place", "origin", "from address", "pickup address", "from town",
         "from parish"),
    ),
    "to": Field(
        "til",
        "adresse, by, sogn, station eller lokalitet",
        ("til sted", "slutsted", "ankomststed", "bestemmelsessted", "til adresse", "slutadresse", "ankomstadresse",
         "afleveringsadresse", "leveringsadresse", "til by", "til sogn", "to place", "destination", "to address",
         "dropoff address", "to town", "to parish"),
    ),
    "from_lat": Field(
        "fra_lat",
        "breddegrad (WGS84), 55,7167",
        ("fra breddegrad", "fra latitude", "start lat", "from latitude", "origin lat", "pickup lat", "pickup latitude"),
    ),
    "from_lon": Field(
        "fra_lon",
        "længdegrad (WGS84), 11,7167",
        ("fra længdegrad", "fra lng", "fra longitude", "start lon", "from longitude", "from lng", "origin lon",
         "pickup lon", "pickup longitude"),
    ),
    "to_lat": Field(
        "til_lat",
        "breddegrad (WGS84), 55,7167",
        ("til breddegrad", "til latitude", "slut lat", "to latitude", "destination lat", "dropoff lat",
         "dropoff latitude"),
    ),
    "to_lon": Field(
        "til_lon",
        "længdegrad (WGS84), 11,7167",
        ("til længdegrad", "til lng", "til longitude", "slut lon", "to longitude", "to lng", "destination lon",
         "dropoff lon", "dropoff longitude"),
    ),
    "from_x": Field(
        "fra_x",
        "østlig koordinat i meter (UTM 32), 670580, eller længdegrad",
        ("fra øst", "fra easting", "start x", "from easting", "origin x", "pickup x"),
    ),
    "from_y": Field(
        "fra_y",
        "nordlig koordinat i meter (UTM 32), 6177890, eller breddegrad",
        ("fra nord", "fra northing", "start y", "from northing", "origin y", "pickup y"),
    ),
    "to_x": Field(
        "til_x",
        "østlig koordinat i meter (UTM 32), 670580, eller længdegrad",
        ("til øst", "til easting", "slut x", "to easting", "destination x", "dropoff x"),
    ),
    "to_y": Field(
        "til_y",
        "nordlig koordinat i meter (UTM 32), 6177890, eller breddegrad",
        ("til nord", "til northing", "slut y", "to northing", "destination y", "dropoff y"),
    ),
    "from_zone": Field("fra_zone", "zone fra takstlab clean", ("start zone", "origin zone")),
    "to_zone": Field("til_zone", "zone fra takstlab clean", ("slut zone", "destination zone")),
    "passengers": Field(
        "passagerer",
        "helt tal, 1-8, børn talt med",
        ("antal passagerer", "personer", "antal personer", "antal pers", "pers", "antal rejsende", "rejsende", "antal", "pax",
         "persons", "party size", "number of passengers"),
    ),
    "children": Field("børn", "helt tal, heraf under 16", ("heraf børn", "antal børn", "number of children")),
    "channel": Field(
        "kanal",
        "telefon eller online; må være tom",
        ("bestillingskanal", "bestilt via", "bestillingsmåde", "booking channel", "booked by"),
    ),
    "standing": Field("fast", "ja eller nej", ("fast tur", "faste ture", "fast aftale", "standing trip", "recurring")),
    "status": Field(
        "status", "udført, forgæves eller aflyst", ("turstatus", "udfald", "resultat", "trip status", "outcome")
    ),
    "price": Field(
        "pris",
        "kr., 36,00; må være tom",
        ("billetpris", "takst", "betaling", "egenbetaling", "brugerbetaling", "beløb", "fare", "price kr"),
    ),
    "product": Field("produkt", "flextur eller plustur", ("ordning", "tilbud", "scheme")),
}  # fmt: skip
"""The fields by the names they have in English headers and in ``--map``; Danish names serve as well."""


class ColumnsError(InputError):
    """Columns are missing or not known. ``suggested`` is the column that each field may be, ``leave`` those to leave out."""

    def __init__(
        self, what: str, *, suggested: dict[str, str], leave: tuple[str, ...],
        where: str = "", why: str = "", next_step: str = "",
    ) -> None:  # fmt: skip
        self.suggested, self.leave = suggested, leave
        super().__init__(what, where=where, why=why, next_step=next_step)


REQUIRED = ("date", "time", "passengers")


def tidy(header: str) -> str:
    """Return a header in small ASCII letters, its punctuation as spaces.

    >>> tidy("Ønsket_tid (kl.)")
    'oensket tid kl'
    """
    return " ".join(re.sub(r"[^0-9a-z]+", " ", fold(header)).split())


def field_of(header: str) -> str | None:
    """Return the field that a header names, None when it names none."""
    name = tidy(header)
    return _BY_HEADER.get(name) or _BY_HEADER.get(_UNIT.sub("", name))


def says_cancelled(header: str) -> bool:
    """Say whether yes in a column means that the trip was cancelled.

    >>> says_cancelled("Afbestilt?"), says_cancelled("Tur aflyst"), says_cancelled("Ikke aflyst"), says_cancelled("Status")
    (True, True, False, False)
    """
    words = tidy(header).split()
    return any(word.startswith(_CALLED_OFF) for word in words) and not {"ikke", "not"} & {*words}


_CALLED_OFF = ("aflyst", "afbestilt", "annulleret", "cancel")
_UNIT = re.compile(r" (?:i )?(?:kr|kroner|dkk)$")


_BY_HEADER = {tidy(name): key for key, field in FIELDS.items() for name in (key, field.da, *field.headers)}


def is_header(names: Iterable[str]) -> bool:
    """Say whether a first line holds names of columns; one that does not may be a trip, and is never shown."""
    return any(field_of(name) for name in names)


def check_first_line(header: Sequence[str], told: Mapping[str, str], where: str) -> None:
    """Raise InputError when the first line names nothing that is known: it may be a trip, and is not shown."""
    if not is_header(header) and not set(told.values()) & set(header):
        raise InputError(
            "ingen af kolonnerne blev fundet",
            where=f"{where}, første linje",
            why="den ligner ikke kolonnenavne, og hvad der står i den, vises ikke",
            next_step="første linje skal være kolonnenavne som dato;tid;fra;til;passagerer (docs/import.md)",
        )


def map_columns(
    header: Sequence[str], told: Mapping[str, str], ignored: Sequence[str], where: str
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the column of each field that the file has, and the columns that are left out because the user said so.

    ``told`` is field to column as the user maps them. Raises InputError for a column that is unknown (any column could
    hold personal data), personal, or claimed by two; and for a field that is missing.
    """
    _check_names(header, told, ignored, where)
    mapping = {_field_named(name, where): column for name, column in told.items()}
    free = [name for name in header if name not in mapping.values() and name not in ignored]
    for column in free:
        field = field_of(column)
        if field is None or field in {_field_named(name, where) for name in told}:
            continue
        if field in mapping:
            raise InputError(
                f"to kolonner kan være {FIELDS[field].da}: '{mapping[field]}' og '{column}'",
                where=where,
                next_step=f"vælg med --map {FIELDS[field].da}='{mapping[field]}', og udelad den anden med --ignore",
            )
        mapping[field] = column
    _check_personal(mapping, where)
    unknown = [column for column in free if column not in mapping.values()]
    missing = _missing(mapping)
    if missing or unknown:
        raise _columns_error(missing, unknown, where, mapping)
    return {key: mapping[key] for key in FIELDS if key in mapping}, tuple(ignored)


def _check_names(header: Sequence[str], told: Mapping[str, str], ignored: Sequence[str], where: str) -> None:
    for name in (*told.values(), *ignored):
        if name not in header:
            near = close_matches(name, header)
            hint = f"mente du {' eller '.join(near)}?" if near else f"filen har {', '.join(header)}"
            raise InputError(f"kolonnen '{name}' findes ikke i filen", where=where, next_step=hint)
    both = sorted(set(told.values()) & set(ignored))
    if both:
        raise InputError(f"kolonnen '{both[0]}' er både i --map og --ignore", where=where, next_step="vælg ét")


def _field_named(name: str, where: str) -> str:
    key = name if name in FIELDS else field_of(name)
    if key is None:
        known = ", ".join(field.da for field in FIELDS.values())
        raise InputError(f"feltet '{name}' i --map kendes ikke", where=where, next_step=f"brug {known}")
    return key


def _check_personal(mapping: Mapping[str, str], where: str) -> None:
    for column in mapping.values():
        kind = personal_header(tidy(column))
        if kind:
            raise InputError(
                f"kolonnen '{column}' ligner personoplysninger ({kind}) og kan ikke bruges",
                where=where,
                next_step="brug en anden kolonne, og udelad denne med --ignore",
            )


def _missing(mapping: Mapping[str, str]) -> list[str]:
    missing = [key for key in REQUIRED if key not in mapping]
    if "date" in mapping and "time" in missing:
        missing.remove("time")  # the date's own cells may have it; that is seen when they are read
    for end in ("from", "to"):
        pairs = ({f"{end}_lat", f"{end}_lon"}, {f"{end}_x", f"{end}_y"})
        if {end, f"{end}_zone"} & mapping.keys() or any(pair <= mapping.keys() for pair in pairs):
            continue
        begun = next((pair for pair in pairs if pair & mapping.keys()), set())
        missing.append(min(begun - mapping.keys(), default=end))
    return missing


def _columns_error(
    missing: Sequence[str], unknown: Sequence[str], where: str, found: Mapping[str, str]
) -> "ColumnsError":
    """Return the error for all that the heading lacks and has too much of, with what to add to the command to be rid of it."""
    guesses = _guesses(missing, unknown)
    lacking = [
        name for name, field in _BY_HEADER.items() if field not in found
    ]  # what is there already is no other column
    told = [f"{FIELDS[key].da} ({FIELDS[key].expects})" for key in missing]
    others, leave = [], []
    for column in unknown:
        if column in guesses.values():
            continue
        kind = personal_header(tidy(column))
        near = [] if kind or missing else close_matches(tidy(column), lacking, 1)
        field = _BY_HEADER[near[0]] if near else ""
        others.append(
            f"'{column}'" + (f" (ligner {kind})" if kind else f" (måske {FIELDS[field].da}?)" if field else "")
        )
        if field == "price" and says_no_kroner(column):
            field = ""
        if says_cancelled(column):
            field = "" if "status" in found else "status"
        if field and field not in guesses:
            guesses[field] = column
        elif not field:
            leave.append(column)
    name = [f"--map {FIELDS[key].da}='{column}'" for key, column in guesses.items()]
    name += [f"--map {FIELDS[key].da}=KOLONNE" for key in missing if key not in guesses]
    steps = [f"angiv, hvad kolonnerne er: {' '.join(name)}"] if name else []
    steps += ["udelad resten: " + " ".join(f"--ignore '{column}'" for column in leave)] if leave else []
    parts = [f"kolonner mangler: {' | '.join(told)}"] if told else []
    parts += [f"ukendte kolonner: {', '.join(others)}"] if others else []
    unguessed = {FIELDS[key].da: "KOLONNE" for key in missing if key not in guesses}
    return ColumnsError(
        "; ".join(parts),
        where=where,
        why=WHY_UNKNOWN if others else "",
        next_step="; ".join(steps),
        suggested={FIELDS[key].da: column for key, column in guesses.items()} | unguessed,
        leave=tuple(leave),
    )


WHY_UNKNOWN = "en kolonne, der ikke kendes, kan indeholde personoplysninger og læses derfor ikke uden videre"


def _guesses(missing: Sequence[str], unknown: Sequence[str]) -> dict[str, str]:
    """Return the unknown column that each missing field most likely is."""
    found: dict[str, str] = {}
    for key in missing:
        free = [column for column in unknown if column not in found.values() and not personal_header(tidy(column))]
        names = {name: column for column in free for name in (tidy(column), *tidy(column).split())}
        for header in (FIELDS[key].da, key, *FIELDS[key].headers):
            near = close_matches(tidy(header), names, 1)
            if near:
                found[key] = names[near[0]]
                break
    return found
