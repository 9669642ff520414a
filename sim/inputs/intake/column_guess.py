"""Which column of a file each field of a trip is, guessed from the columns' names and cells for the user to look at."""

from collections.abc import Mapping, Sequence

from sim.inputs.intake.fields import FIELDS, field_of, says_cancelled, tidy
from sim.inputs.intake.kept import Column

ENDS = {
    "from": (
        "fra",
        "start",
        "afhent",
        "afh",
        "hent",
        "opsaml",
        "opstig",
        "afgang",
        "oprind",
        "from",
        "origin",
        "pickup",
    ),
    "to": (
        "til",
        "slut",
        "maal",
        "aflev",
        "afl",
        "afsaet",
        "afstig",
        "ankomst",
        "dest",
        "to",
        "dropoff",
        "bring",
        "sat",
    ),
}
"""How words of a column's name begin that speak of an end of the trip."""
WORDS = {
    "booked_at": ("bestil", "book", "ordre", "oprett"),
    "passengers": ("antal", "passager", "pass", "pers", "pax", "rejsende"),
    "children": ("boern", "barn", "child"),
    "price": (
        "pris",
        "betal",
        "takst",
        "beloeb",
        "billet",
        "egenbet",
        "brugerbet",
        "indtaegt",
        "kr",
        "fare",
        "price",
    ),
    "date": ("dato", "dag", "date", "day"),
    "time": ("tid", "kl", "oensket", "afgang", "afhent", "time"),
}
COUNTED = ("passengers", "children", "price")
WHOLE = ("alt", "ialt", "samlet", "total", "inkl", "incl", "voksne")
"""How words begin that say that children are counted with others; a column of adults alone is no party."""
KINDS = {
    "date": ("day",),
    "time": ("time",),
    "passengers": ("party",),
    "booked_at": ("day",),
    "children": ("children",),
    "price": ("amount",),
    "status": ("status",),
    "channel": ("channel",),
    "product": ("product",),
}
"""What the cells of a guessed column are; a column of yes and no is only guessed at where its name says that trips were cancelled."""
PAIRS = (("latitude", "longitude", "lat", "lon"), ("north", "east", "y", "x"))


def guessed(columns: Sequence[Column]) -> dict[str, str]:
    """Return the column of each field that one can be guessed for: by its name, else by words of its name and its cells.

    A number without a word that says what it counts is never guessed at; a name alone does not make a count of texts.
    """
    found: dict[str, str] = {}
    named = [(field, column) for column in columns if (field := field_of(column.name)) is not None]
    for field, column in named:
        if field not in COUNTED or column.kinds & {*KINDS[field]}:
            found.setdefault(field, column.name)

    def free() -> list[Column]:
        return [column for column in columns if column.name not in found.values()]

    for end in ENDS:
        if not _has_end(found, end):
            found.update(_points(free(), end))
    for end in ENDS:
        if not _has_end(found, end):
            found.update(_places(free(), end))
    _by_order(found, free())
    for field, kinds in KINDS.items():
        if field in found:
            continue
        fit = [column for column in free() if column.kinds & {*kinds} and _may_be(field, column)]
        fit.sort(key=lambda column, field=field: not _speaks_of(column, WORDS.get(field, ())))  # type: ignore[misc]
        if fit:
            found[field] = fit[0].name
    cancelled = [column.name for column in free() if "standing" in column.kinds and says_cancelled(column.name)]
    if cancelled:
        found.setdefault("status", cancelled[0])
    for field, column in named:
        if column in free():
            found.setdefault(field, column.name)
    for column in columns:
        if found.get("date") == column.name and "clock" in column.kinds and field_of(found.get("time", "")) != "time":
            found.pop("time", None)
    return {field: found[field] for field in FIELDS if field in found}


def _may_be(field: str, column: Column) -> bool:
    """Whether nothing in a column's name speaks against a field; counts and amounts need a word for them."""
    if field in ("passengers", "children"):
        children, whole = _speaks_of(column, WORDS["children"]), _speaks_of(column, WHOLE)
        if field == "children":
            return children and not whole
        return whole if children else _speaks_of(column, WORDS[field]) and not _speaks_of(column, ("voksne",))
    if field == "price":
        return _speaks_of(column, WORDS[field])
    if field == "booked_at":
        return _speaks_of(column, WORDS[field])
    if field in ("date", "time"):
        return not _speaks_of(column, WORDS["booked_at"])
    return True


def _speaks_of(column: Column, begins: Sequence[str]) -> bool:
    return any(word.startswith(tuple(begins)) for word in tidy(column.name).split())


def _has_end(found: Mapping[str, str], end: str) -> bool:
    pairs = ({f"{end}_lat", f"{end}_lon"}, {f"{end}_y", f"{end}_x"})
    return bool({end, f"{end}_zone"} & found.keys()) or any(pair <= found.keys() for pair in pairs)


def _points(columns: Sequence[Column], end: str) -> dict[str, str]:
    of_end = [column for column in columns if _speaks_of(column, ENDS[end])]
    for up, across, lat, lon in PAIRS:
        north = next((column.name for column in of_end if up in column.kinds), None)
        east = next((column.name for column in of_end if across in column.kinds), None)
        if north and east:
            return {f"{end}_{lat}": north, f"{end}_{lon}": east}
    return {}


def _places(columns: Sequence[Column], end: str) -> dict[str, str]:
    of_end = [column for column in columns if _speaks_of(column, ENDS[end])]
    for kind, field in (("zone", f"{end}_zone"), ("place", end)):
        for column in of_end:
            if kind in column.kinds:
                return {field: column.name}
    return {}


def _other(missing: Sequence[str]) -> Sequence[str]:
    return [word for end, words in ENDS.items() if end not in missing for word in words]


def _by_order(found: dict[str, str], columns: Sequence[Column]) -> None:
    """Take what is left as it comes where names say nothing of an end: first where the trip starts, then where it ends."""
    missing = [end for end in ENDS if not _has_end(found, end)]
    if len(missing) < 2:
        left = [
            column.name for column in columns if "place" in column.kinds and not _speaks_of(column, _other(missing))
        ]
        if missing and len(left) == 1:
            found[missing[0]] = left[0]
        return
    for up, across, lat, lon in PAIRS:
        north, east = ([column.name for column in columns if kind in column.kinds] for kind in (up, across))
        if len(north) == len(east) == 2:
            for n, end in enumerate(ENDS):
                found |= {f"{end}_{lat}": north[n], f"{end}_{lon}": east[n]}
            return
    places = [column.name for column in columns if "place" in column.kinds]
    if len(places) == 2:
        found |= dict(zip(ENDS, places, strict=True))
