"""What is kept of a file of trips between two attempts at reading it: columns that a trip may be read from, and no others.

Columns whose name or cells are a person's, and columns that fit nothing a trip has, are dropped at once; so is the street of an
address (a token keeps one address apart from others), and a cell that fits nothing its column has and may not be told.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.inputs.intake.address_tokens import without_address
from sim.inputs.intake.addresses import written
from sim.inputs.intake.cells import HIDDEN, Texts, repeated_rows
from sim.inputs.intake.column_kinds import fitting, kinds_of
from sim.inputs.intake.fields import field_of, is_header, tidy
from sim.inputs.intake.labels import label_count
from sim.inputs.intake.opening import Opened, open_table
from sim.inputs.intake.personal import check_header, may_be_told, personal_cells, personal_header
from sim.inputs.intake.raw import FEWEST_KNOWN, RawTable
from sim.inputs.intake.workbook import ENDINGS, filled_sheets
from tariffs.errors import InputError

FEWEST_COLUMNS = 2
MOST_EXAMPLES, LONGEST_EXAMPLE = 3, 24
_IDENTIFIES = re.compile(r"\w*(?:nr|nummer|number|id|noegle)")
"""The last word of a name of a column that tells trips or people apart: no field of a trip does."""


@dataclass(frozen=True)
class Column:
    """A kept column: its name in the file, what its cells may be, and some of them, shortened so that they tell no address."""

    name: str
    kinds: frozenset[str]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Dropped:
    """Why a column is not kept: a kind of personal data, 'empty', 'identifier' or 'unlike'; and the row that shows it, if one does."""

    why: str
    row: int | None = None


@dataclass(frozen=True)
class KeptTable:
    """A file, or a sheet of it, between two attempts.

    Attributes
    ----------
    opened : its kept columns, as a file of them alone would be opened
    dropped : the other columns, and why each is not kept
    headings : hash of all the columns' names in their order, by which the next file of the same headings is known
    """

    opened: Opened
    columns: tuple[Column, ...]
    dropped: Mapping[str, Dropped]
    headings: str


def kept_tables(file: Path, encoding: str | None = None) -> dict[str, KeptTable]:
    """Return what may be kept of each sheet of a file that has a table; of a file without sheets by the name ''.

    Empty when there is nothing to choose columns from. Raises InputError for a file that cannot be opened.
    """
    found = {}
    key = hashlib.sha256(file.read_bytes()).digest()
    for sheet in filled_sheets(file) if file.suffix.lower() in ENDINGS else (None,):
        opened = open_table(file, sheet=sheet, encoding=encoding, labelled=True)
        header = opened.header
        if not (is_header(header) or label_count(header) >= FEWEST_KNOWN) or not opened.table.rows:
            continue
        check_header(header, file.name)
        kept = _kept(opened, key)
        if len(kept.columns) >= FEWEST_COLUMNS:
            found[sheet or ""] = kept
    return found


def _kept(opened: Opened, key: bytes) -> KeptTable:
    table, columns, dropped = opened.table, [], {}
    arrays: dict[str, pa.Array] = {}
    broken = np.zeros(table.rows, dtype=np.bool_)
    broken[list(table.broken)] = True
    for name in opened.header:
        texts = Texts.of(table.columns[name])
        texts.places[broken] = len(texts.values) - 1  # a cell of such a row may be another column's
        fits = fitting(texts)
        kinds = kinds_of(texts, fits)
        why = _why_not(name, texts, kinds)
        if why is not None:
            dropped[name] = why if why.row is None else replace(why, row=why.row + table.first_row)
            continue
        texts = Texts(pa.array(_minimised(texts, fits, kinds, name, key), pa.string()), texts.places)
        arrays[name] = _encoded(texts)
        columns.append(Column(name, kinds, _examples(texts, kinds)))
    repeats = tuple(np.flatnonzero(repeated_rows(table.columns.values(), table.rows)).tolist())
    return KeptTable(
        Opened(tuple(arrays), replace(table, columns=arrays, repeats=repeats), opened.encoding),
        tuple(columns),
        dropped,
        hashlib.sha256("\n".join(opened.header).encode()).hexdigest(),
    )


def _why_not(name: str, texts: Texts, kinds: frozenset[str]) -> Dropped | None:
    """Return why a column is not kept, None when it is; a row is numbered from 0."""
    personal = personal_header(tidy(name))
    if personal:
        return Dropped(personal)
    kind, row = personal_cells(_encoded(texts), text=not kinds - {"place"})
    if kind:
        return Dropped(kind, row)
    if not any(texts.rows(np.array([bool(text) for text in texts.values.to_pylist()]))):
        return Dropped("empty")
    if field_of(name):
        return None
    if _IDENTIFIES.fullmatch(tidy(name).split()[-1] if tidy(name) else ""):
        return Dropped("identifier")
    return None if kinds else Dropped("unlike")


def _encoded(texts: Texts) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(texts.places.astype(np.int32)), texts.values)


def _minimised(texts: Texts, fits: Mapping[str, Any], kinds: frozenset[str], name: str, key: bytes) -> list[str]:
    """Return a column's texts without what nothing is read from."""
    values = texts.values.to_pylist()
    if "place" in kinds or field_of(name) in ("from", "to"):
        return [without_address(text, key) for text in values]
    fit = np.logical_or.reduce([fits[kind] for kind in kinds]) if kinds else np.zeros(len(values), dtype=np.bool_)
    return [text if good or may_be_told(text) else HIDDEN for text, good in zip(values, fit.tolist(), strict=True)]


def _examples(texts: Texts, kinds: frozenset[str]) -> tuple[str, ...]:
    """Return the first different cells as they may be shown."""
    shown: list[str] = []
    for place in dict.fromkeys(texts.places.tolist()):
        text = str(texts.values[place].as_py())
        text = written(text).group if text and "place" in kinds else text
        if kinds & {"latitude", "longitude"}:
            text = re.sub(r"^([0-9]+[.,][0-9]{2})[0-9]+$", r"\1…", text)
        elif kinds & {"north", "east"}:
            text = re.sub(r"^([0-9]+)[0-9]{3}(?:[.,][0-9]+)?$", r"\1…", text)
        if text and text not in shown and (may_be_told(text) or re.match(r"[0-9]{4} [^\W\d_]", text)):
            shown.append(text[:LONGEST_EXAMPLE])
        if len(shown) == MOST_EXAMPLES:
            break
    return tuple(shown)


def write_kept(kept: KeptTable, file: Path) -> None:
    """Write what is kept as Parquet, which says the rest of it beside the columns."""
    table = kept.opened.table
    told = {
        "columns": [[column.name, sorted(column.kinds), column.examples] for column in kept.columns],
        "dropped": {name: [dropped.why, dropped.row] for name, dropped in kept.dropped.items()},
        "headings": kept.headings,
        "encoding": kept.opened.encoding,
        "rows": table.rows,
        "broken": [[row, why] for row, why in table.broken.items()],
        "numeric": sorted(table.numeric),
        "stored": {name: sorted(texts) for name, texts in table.stored.items() if name in table.columns},
        "first_row": table.first_row,
        "notes": table.notes,
        "repeats": table.repeats,
        "maybe_shares": sorted(table.maybe_shares),
    }
    columns = {f"c{place}": column for place, column in enumerate(table.columns.values())}
    written = pa.table(columns).replace_schema_metadata({"kept": json.dumps(told)})
    pq.write_table(written, file, compression="zstd", write_page_checksum=True)


def read_kept(file: Path) -> KeptTable:
    """Read what `write_kept` wrote; raises InputError when it is not that."""
    try:
        read = pq.ParquetFile(file, page_checksum_verification=True).read(use_threads=False)
        told = json.loads(read.schema.metadata[b"kept"])
        columns = tuple(Column(name, frozenset(kinds), tuple(examples)) for name, kinds, examples in told["columns"])
        names = [column.name for column in columns]
        arrays = {name: read.column(place).combine_chunks() for place, name in enumerate(names)}
        table = RawTable(
            {name: a if pa.types.is_dictionary(a.type) else a.dictionary_encode() for name, a in arrays.items()},
            told["rows"],
            {int(row): why for row, why in told["broken"]},
            frozenset(told["numeric"]),
            {name: frozenset(texts) for name, texts in told["stored"].items()},
            first_row=told["first_row"],
            notes=tuple(told["notes"]),
            repeats=tuple(told["repeats"]),
            maybe_shares=frozenset(told.get("maybe_shares", ())),
        )
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError):
        raise InputError("filen, der ventede, kan ikke læses", next_step="send den igen") from None
    dropped = {name: Dropped(why, row) for name, (why, row) in told["dropped"].items()}
    return KeptTable(Opened(tuple(names), table, told["encoding"]), columns, dropped, told["headings"])
