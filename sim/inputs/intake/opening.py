"""Opening a trip list by its ending: CSV, a workbook or Parquet, as columns of text and the names they have."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from sim.inputs.intake.delimited import BOM, check_text, plain_utf8, read_body, split_header
from sim.inputs.intake.encoding import to_utf8
from sim.inputs.intake.fields import field_of, is_header
from sim.inputs.intake.labels import label_count, own_names
from sim.inputs.intake.parquet import read_parquet
from sim.inputs.intake.raw import RawTable, text_above
from sim.inputs.intake.sheets import MAX_COLUMNS, read_sheet
from sim.inputs.intake.workbook import ENDINGS
from tariffs.errors import InputError

TEXT_FORMATS = (".csv", ".txt", ".tsv")
FORMATS = (*TEXT_FORMATS, *ENDINGS, ".parquet")
MAX_BYTES = 1_000_000_000
BY_ENDING = {ending: ".csv" if ending in TEXT_FORMATS else ending for ending in FORMATS}
"""The endings that a file of trips may have, and the one under which a door keeps it while it is read."""
HEADER = "dato;tid;fra;til;passagerer"


@dataclass(frozen=True)
class Opened:
    """A file's header and its columns as text; ``encoding`` is '' for a format that leaves no question."""

    header: tuple[str, ...]
    table: RawTable
    encoding: str


def open_table(
    file: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    named: Collection[str] = (),
    only: Callable[[Sequence[str]], Sequence[str]] | None = None,
    single: Collection[str] = (),
    clock: bool = True,
    labelled: bool = False,
) -> Opened:
    """Read a whole file as text; raises InputError, with nothing else done, when that cannot be.

    The row of the columns' names is the one with most names of fields, or of those ``named``. ``only`` looks at the names
    and picks the columns that are read; without it all are, and each must have a name of its own. ``single`` are columns
    whose every cell is another. Without ``clock``, time stamps of Parquet become dates. With ``labelled`` any row of
    labels may hold the names, known or not, and a column without a name of its own is given one.
    """
    where, ending = file.name, file.suffix.lower()
    if ending not in FORMATS:
        raise InputError(f"filtypen '{file.suffix}' kendes ikke", where=where, next_step=f"brug {', '.join(FORMATS)}")
    for told, flag, endings in ((sheet, "--sheet", ENDINGS), (encoding, "--encoding", TEXT_FORMATS)):
        if told is not None and ending not in endings:
            raise InputError(f"{flag} gælder ikke en {ending}-fil", where=where, next_step=f"udelad {flag}")

    pick = only or _all_named(where)

    def known(names: list[str]) -> int:
        if only is not None:
            return len(set(names) & set(named))
        found = len({field_of(name) or name for name in names if field_of(name) or name in named})
        return found * MAX_COLUMNS + label_count(names) if labelled else found

    name_all = own_names if labelled else list
    try:
        if file.stat().st_size > MAX_BYTES:
            raise InputError("filen er over 1 GB", where=where, next_step="del den, fx i et år pr. fil")
        if ending in ENDINGS:
            names, table = read_sheet(file, sheet, known, name_all)
            columns = {
                name: table.columns[name].cast(pa.string()) if name in single else table.columns[name]
                for name in pick(names)
            }
            return Opened(tuple(names), replace(table, columns=columns), "")
        if ending == ".parquet":
            names = []

            def wanted(found: Sequence[str]) -> Sequence[str]:
                names.extend(found)
                return pick(found)

            table = read_parquet(file, wanted, clock=clock)
            return Opened(tuple(names), table, "")
        data = file.read_bytes()
        check_text(data, where, HEADER if only is None else ",".join(named))
        return _open_csv(data, where, encoding, known, pick, single, name_all)
    except OSError as error:
        raise InputError(
            "filen kan ikke læses",
            where=where,
            why=str(error.strerror or error),
            next_step="se efter sti og rettigheder",
        ) from None


def _all_named(where: str) -> Callable[[Sequence[str]], Sequence[str]]:
    """Return what picks every column, once they have been seen to have a name each."""

    def pick(names: Sequence[str]) -> Sequence[str]:
        _check_unique(names, where)
        return names

    return pick


def _open_csv(
    data: bytes,
    where: str,
    told: str | None,
    known: Callable[[list[str]], int],
    pick: Callable[[Sequence[str]], Sequence[str]],
    single: Collection[str],
    name_all: Callable[[list[str]], list[str]],
) -> Opened:
    text, encoding = to_utf8(data, where, told)
    text = plain_utf8(text, where)

    def score(names: list[str]) -> int:
        return 100 * known(names) + min(99, len(names))

    header, delimiter, body, lines = split_header(text, score, known)
    width = len(header)
    while header and not header[-1]:  # a separator at the end of every line
        header.pop()
    header = name_all(header)
    places = {name: header.index(name) for name in pick(header)}
    table = read_body(body, width, places, delimiter, single=single)
    above = sum(1 for line in text.split(b"\n", lines)[: lines - 1] if line.strip(b' ;,\t\r"\xc2\xa0'))
    notes = (text_above(above),) if above else ()
    excel = data.startswith(BOM) and delimiter == ";"
    return Opened(tuple(header), replace(table, first_row=lines + 1, notes=notes, excel=excel), encoding)


def _check_unique(header: Sequence[str], where: str) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        shown = f": {', '.join(map(repr, twice))}" if is_header(header) else ""
        raise InputError(
            f"kolonner findes to gange{shown}", where=f"{where}, første linje", next_step="giv dem hver sit navn"
        )
    if "" in header:
        raise InputError("en kolonne har intet navn", where=f"{where}, første linje", next_step="giv den et navn")
