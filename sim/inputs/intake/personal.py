"""What must not come in: cells and columns that look like a person's number, name, telephone or e-mail."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tariffs.errors import InputError

_HEADERS = {
    "CPR-nummer": ("cpr", "personnummer", "person id", "cprnr", "fodselsdato", "foedselsdato", "birth", "ssn"),
    "navn": ("navn", "fornavn", "efternavn", "kundenavn", "borgernavn", "passagernavn", "name", "first name",
             "last name", "customer", "kunde", "borger"),
    "telefonnummer": ("telefon", "tlf", "telefonnr", "telefonnummer", "mobil", "mobilnr", "mobilnummer", "phone",
                      "telephone", "mobile"),
    "e-mail": ("email", "e mail", "mail", "mailadresse", "e post"),
    "fritekst": ("bemaerkning", "bemaerkninger", "kommentar", "kommentarer", "note", "noter", "besked", "remarks",
                 "comment", "comments", "notes"),
}  # fmt: skip
_EXEMPT = ("antal", "online", "sted", "by", "kanal", "stednavn", "bynavn", "place", "town")

_DAY_MONTH = r"(?:(?:0[1-9]|[12][0-9])(?:0[1-9]|1[0-2])|30(?:0[13-9]|1[0-2])|31(?:0[13578]|1[02]))"
_CPR_TEN = rf"(?:^|[^0-9.,]){_DAY_MONTH}[0-9]{{2}}[\s\xa0]{{0,2}}[-–—]?[\s\xa0]{{0,2}}[0-9]{{4}}(?:$|[^0-9])"
# Ten digits that were once stored as a number have lost a leading zero, also in the CSV that a sheet was saved as.
_CPR_NINE = r"^[1-9](?:0[1-9]|1[0-2])[0-9]{6}$"
# Who has no CPR number is given one that cannot be mistaken for one: 60 is added to the day (cpr.dk, Erstatningspersonnummer i
# eksterne systemer), or letters stand among the last four (the health service's eCPR). Only with the hyphen: bookings have such numbers.
_LETTERED = "(?:[A-Z][0-9A-Z]{3}|[0-9][A-Z][0-9A-Z]{2}|[0-9]{2}[A-Z][0-9A-Z]|[0-9]{3}[A-Z])"
_CPR_REPLACED = (
    rf"(?:^|[^0-9.,])(?:(?:6[1-9]|[78][0-9]|9[01])(?:0[1-9]|1[0-2])[0-9]{{2}}[-–—][0-9]{{4}}"
    rf"|{_DAY_MONTH}[0-9]{{2}}[-–—]{_LETTERED})(?:$|[^0-9A-Za-z])"
)
_CPR = rf"{_CPR_TEN}|{_CPR_NINE}|{_CPR_REPLACED}"
_EMAIL = r"[^\s@;,]+@[^\s@;,]+\.[A-Za-z]{2,}"
_PHONE = r"(?:^|[^0-9.,-])(?:\+?45[ -]?|0045[ -]?)?[2-9][0-9](?:[ -]?[0-9]{2}){3}(?:$|[^0-9.,:-])"

_DATE = r"^(?:(?:19|20)[0-9]{2}([-./]?)[0-9]{2}\1[0-9]{2}|[0-9]{1,2}([-./])[0-9]{1,2}\2[0-9]{4})(?![0-9])"
_WORD = r"[^\W\d_]{3,}"
_NO_NAMES = {"kroner", "dkk", "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
             "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}  # fmt: skip

IN_READ = "fjern det fra cellerne i filen, og prøv igen"
IN_UNREAD = "slet kolonnen i filen, og prøv igen; at udelade den her er ikke nok, men takstlab clean kan udelade den, når den renser filen"
TEXT_FIELDS = ("from", "to", "from_zone", "to_zone", "channel", "standing", "status", "product")
"""Fields of free text, in which a telephone number is told from a number that belongs there."""


def personal_header(tidy_header: str) -> str:
    """Return what kind of personal data a column's (tidied) header promises; '' for none.

    >>> personal_header("kundens tlf"), personal_header("fra by")
    ('telefonnummer', '')
    """
    words = tidy_header.split()
    if any(word in _EXEMPT for word in words):
        return ""
    for kind, names in _HEADERS.items():
        for name in names:
            if (" " in name and name in tidy_header) or name in words:
                return kind
    return ""


def may_be_told(text: str) -> bool:
    """Return whether a faulty cell may stand in a message: a date, a time, a number or a single word, and nobody's data.

    >>> may_be_told("22-13-2019 10:30"), may_be_told("24 kr"), may_be_told("brev"), may_be_told("3. august 2019")
    (True, True, True, True)
    >>> may_be_told("Jens Hansen"), may_be_told("Ahlgade 12"), may_be_told("59431234")
    (False, False, False)
    """
    if any(re.search(pattern, text) for pattern in (_CPR, _EMAIL)):
        return False
    if re.search(_PHONE, re.sub(_DATE, "", text)):
        return False
    words = [word for word in re.findall(_WORD, text.lower()) if word not in _NO_NAMES]
    return not words or (len(words) == 1 and not re.search("[0-9]", text))


def may_stand_in_a_group(text: str) -> bool:
    """Return whether a text about a place has nothing that looks like a CPR number, a telephone number or an e-mail."""
    return not any(re.search(pattern, text) for pattern in (_CPR, _EMAIL, _PHONE))


def check_header(names: Iterable[str], where: str) -> None:
    """Raise InputError when a column's name is itself somebody's number or e-mail; it is not told."""
    for place, name in enumerate(names, 1):
        if any(re.search(pattern, name) for pattern in (_CPR, _EMAIL, _PHONE)):
            raise InputError(
                f"navnet på kolonne {place} ligner personoplysninger og vises ikke",
                where=f"{where}, første linje",
                why="kolonnernes navne skrives i resultatet",
                next_step="giv kolonnen et andet navn, eller slet den",
            )


def check_cells(
    columns: Mapping[str, pa.Array],
    fields: Mapping[str, str],
    first_row: int,
    where: str,
    *,
    also_unread: bool,
) -> None:
    """Raise InputError when any cell looks like a CPR number, or one that is read like a telephone number or e-mail.

    ``fields`` gives the column of each field. With ``also_unread`` the columns that are left out are looked through for CPR
    numbers too. The message names column and row, never the cell.
    """
    by_column = {column: field for field, column in fields.items()}
    for name, column in columns.items():
        if name not in by_column and not also_unread:
            continue
        patterns = {"et CPR-nummer": _CPR}
        if name in by_column:
            patterns["en e-mailadresse"] = _EMAIL
            if by_column[name] in TEXT_FIELDS:
                patterns["et telefonnummer"] = _PHONE
        for kind, pattern in patterns.items():
            row = _first_match(column, pattern)
            if row is not None:
                raise InputError(
                    f"filen indeholder noget, der ligner {kind}",
                    where=f"{where}, række {row + first_row}, kolonnen '{name}'",
                    why="personoplysninger må ikke komme ind; intet er læst eller gemt",
                    next_step=IN_READ if name in by_column else IN_UNREAD,
                )


def personal_cells(column: pa.Array, *, text: bool) -> tuple[str, int | None]:
    """Return what kind of personal data any cell of a column looks like, '' for none, and the first row that does.

    Of telephone numbers only those in columns of ``text`` are looked for: days and coordinates have as many digits.
    """
    patterns = {"CPR-nummer": _CPR, "e-mail": _EMAIL} | ({"telefonnummer": _PHONE} if text else {})
    for kind, pattern in patterns.items():
        row = _first_match(column, pattern)
        if row is not None:
            return kind, row
    return "", None


def _first_match(column: pa.Array, pattern: str) -> int | None:
    """Return the first row whose cell matches, each different cell looked at once."""
    values: Any = column.dictionary if pa.types.is_dictionary(column.type) else column
    found = pc.fill_null(pc.match_substring_regex(values, pattern), False)
    if not pc.any(found).as_py():
        return None
    if pa.types.is_dictionary(column.type):
        found = pc.fill_null(pc.take(found, column.indices), False)
    row = pc.index(found, pa.scalar(True)).as_py()
    return None if row < 0 else int(row)
