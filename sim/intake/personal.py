"""What must not come in: cells and columns that look like a person's number, name, telephone or e-mail."""

from collections.abc import Mapping
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
_CPR = rf"(?:^|[^0-9.,]){_DAY_MONTH}[0-9]{{2}}[-– ]?[0-9]{{4}}(?:$|[^0-9])"
# Ten digits that a file stores as a number have lost a leading zero.
_CPR_AS_NUMBER = rf"^(?:{_DAY_MONTH}|[1-9](?:0[1-9]|1[0-2]))[0-9]{{6}}$"
_EMAIL = r"[^\s@;,]+@[^\s@;,]+\.[A-Za-z]{2,}"
_PHONE = r"(?:^|[^0-9.,-])(?:\+?45[ -]?|0045[ -]?)?[2-9][0-9](?:[ -]?[0-9]{2}){3}(?:$|[^0-9.,:-])"

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


def check_cells(
    columns: Mapping[str, pa.Array],
    numeric: frozenset[str],
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
        patterns = {"et CPR-nummer": _CPR_AS_NUMBER if name in numeric else _CPR}
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
                    next_step="slet kolonnen, eller kør først takstlab clean, hvor den kan udelades med --ignore",
                )


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
