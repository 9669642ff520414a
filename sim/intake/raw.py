"""A file's columns as text, before any cell is judged."""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class RawTable:
    """A file's columns as text by name (some dictionary-encoded), so that no row is ever lost on the way.

    Attributes
    ----------
    broken : by row number from 0, why a row does not fit the columns at all
    numeric : names of the columns that the file stores as numbers; their text has a decimal point
    delimiter, excel : a CSV file's dress (``excel`` is BOM and semicolons)
    first_row : the number, in the file, of the first row after the header
    """

    columns: dict[str, pa.Array]
    rows: int
    broken: dict[int, str]
    numeric: frozenset[str] = frozenset()
    delimiter: str = ","
    excel: bool = False
    first_row: int = 2
