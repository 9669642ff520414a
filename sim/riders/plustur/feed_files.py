"""The tables inside a timetable's zip: found wherever they are packed, decoded, and read in pieces, a few columns of each.

A national feed unpacks to a gigabyte, so no table is held as text: whoever reads it turns each piece into numbers.
"""

import codecs
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from sim.inputs.intake.raw import row_count
from tariffs.errors import DataError

_BLOCK = 1 << 20
_ROWS = 200_000
"""Bytes and rows that are read at a time."""


class FeedFiles:
    """A timetable's zip, open for reading; ``notes`` takes what is to be told of it, in Danish.

    Columns may be padded, in any order, and between commas, semicolons or tabs. Index labels of the frames are the rows as an editor
    numbers them, the heading's being 1.
    """

    def __init__(self, path: Path, packed: zipfile.ZipFile, notes: list[str]) -> None:
        self.path, self.notes = path, notes
        self._packed = packed
        self._parts: dict[str, str] = {}
        self._encodings: dict[str, str] = {}
        for part in packed.namelist():
            place = PurePosixPath(part)
            if "__MACOSX" in place.parts or place.suffix not in (".txt", ".geojson"):
                continue
            if place.name in self._parts:
                raise DataError(
                    f"Køreplanen har {place.name} flere gange",
                    where=f"{path}: {self._parts[place.name]} og {part}",
                    next_step="pak én køreplan i hver zip",
                )
            self._parts[place.name] = part

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def content(self, name: str) -> bytes:
        """Return a whole file."""
        return self._packed.read(self._parts[name])

    def whole(self, name: str, needed: Sequence[str], optional: Sequence[str] = ()) -> Any:
        """Return some columns of a table as one frame of text, optional ones that it lacks as empty text.

        Raises DataError when the file or a needed column is missing.
        """
        import pandas as pd

        return pd.concat(list(self.pieces(name, needed, optional)))

    def pieces(self, name: str, needed: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Any]:
        """Return the same, a piece at a time; the first is there even if the table has no rows."""
        import pandas as pd

        if name not in self._parts:
            raise DataError(
                f"Køreplanen mangler {name}",
                where=str(self.path),
                why=f"zip-filen har {', '.join(sorted(self._parts)) or 'ingen tabeller'}",
                next_step="hent køreplanen igen; den skal være en GTFS-zip med stops, routes, trips, stop_times og calendar",
            )
        raw, delimiter, fields = self._headings(name)
        if fields > len(raw):
            raise self._surplus(name, 2, fields, len(raw))
        by_name = {heading.strip(): heading for heading in reversed(raw)}
        missing = [column for column in needed if column not in by_name]
        if missing:
            raise DataError(
                f"Køreplanens {name} mangler kolonnen {', '.join(missing)}",
                where=f"{self.path}, {name}",
                why=f"den har {', '.join(by_name)}",
                next_step="hent køreplanen igen",
            )
        wanted = [*needed, *optional]
        here = [column for column in wanted if column in by_name]
        try:
            # All columns are read, for with ``usecols`` pandas takes a row of too many fields and moves them.
            with pd.read_csv(
                self._text(name), sep=delimiter, dtype=str, na_filter=False, skip_blank_lines=False, index_col=False,
                chunksize=_ROWS,
            ) as reader:  # fmt: skip
                for piece in reader:
                    piece = piece[[by_name[column] for column in here]].set_axis(here, axis=1)
                    for column in here:
                        piece[column] = piece[column].str.strip()
                    piece.index += 2
                    piece = piece[(piece != "").any(axis=1)]
                    yield piece.reindex(columns=wanted, fill_value="")
        except pd.errors.EmptyDataError:
            yield pd.DataFrame({column: pd.Series(dtype=str) for column in wanted})
        except pd.errors.ParserError as error:
            found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error))
            if found is None:
                raise self._no_table(name) from None
            headings, row, fields = map(int, found.groups())
            raise self._surplus(name, row, fields, headings) from None

    def _no_table(self, name: str) -> DataError:
        return DataError(
            f"Køreplanens {name} kan ikke læses som tabel",
            where=f"{self.path}, {name}",
            next_step="et anførselstegn uden mage er den hyppigste grund; ret den, eller hent køreplanen igen",
        )

    def _surplus(self, name: str, row: int, fields: int, headings: int) -> DataError:
        return DataError(
            f"Køreplanens {name} har en række med {fields} felter under {headings} overskrifter",
            where=f"{self.path}, {name}, række {row}",
            next_step="ret den (en tekst med komma skal stå i anførselstegn), eller hent køreplanen igen",
        )

    def _headings(self, name: str) -> tuple[list[str], str, int]:
        """Return the headings, what is between them, and the number of fields in the first row under them."""
        import csv

        line = self._text(name).readline()
        delimiter = max(",;\t", key=line.count)
        rows = csv.reader(self._text(name), delimiter=delimiter)
        try:
            return next(rows, []), delimiter, len(next(rows, []))
        except csv.Error:
            raise self._no_table(name) from None

    def _text(self, name: str) -> io.TextIOWrapper:
        if name not in self._encodings:
            self._encodings[name] = self._encoding(name)
            if self._encodings[name] == "cp1252":
                self.notes.append(f"Køreplanens {name} er ikke UTF-8 og er læst som Windows-1252.")
        stream = self._packed.open(self._parts[name])
        return io.TextIOWrapper(stream, self._encodings[name], errors="replace", newline="")

    def _encoding(self, name: str) -> str:
        decoder = codecs.getincrementaldecoder("utf-8")()
        with self._packed.open(self._parts[name]) as stream:
            start = stream.read(2)
            if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                return "utf-16"
            try:
                decoder.decode(start)
                while block := stream.read(_BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return "cp1252"
        return "utf-8-sig"


def codes(text: Any) -> Any:
    """Return a column of whole numbers, which a data frame may have written as 1.0, as they are defined."""
    return text.str.replace(r"^([0-9]+)\.0+$", r"\1", regex=True)


def one_of(frame: Any, column: str, allowed: Sequence[str], file: str, files: FeedFiles) -> Any:
    """Return a column of codes; raises DataError naming the first row with another."""
    found = codes(frame[column])
    wrong = frame.index[~found.isin(allowed)]
    if len(wrong):
        raise DataError(
            f"Køreplanens {file} har {column} '{frame[column].loc[wrong[0]]}', hvor der skal stå {' eller '.join(allowed)}",
            where=f"{files.path}, {file}, række {wrong[0]}",
            next_step="ret rækken, eller hent køreplanen igen",
        )
    return found


def once(frame: Any, ids: tuple[str, ...], file: str, files: FeedFiles) -> Any:
    """Return a table without rows that repeat another; raises DataError naming the rows where one id has two contents."""
    keys = list(ids)
    if not frame.duplicated(keys).any():
        return frame
    bare = frame.drop_duplicates()
    twice = bare[bare.duplicated(keys, keep=False)]
    if len(twice):
        same = twice[(twice[keys] == twice[keys].iloc[0]).all(axis=1)]
        named = " og ".join(f"{key} '{same[key].iloc[0]}'" for key in keys)
        raise DataError(
            f"Køreplanens {file} har {named} to gange med forskelligt indhold",
            where=f"{files.path}, {file}, række {same.index[0]} og {same.index[1]}",
            next_step="ret den ene række, eller hent køreplanen igen",
        )
    repeated = frame.index[frame.duplicated()]
    files.notes.append(
        f"Køreplanens {file} har {row_count(len(repeated))} to gange (den første er række {repeated[0]})."
    )
    return bare
