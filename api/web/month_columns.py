"""The budget page's own step of choosing columns: a sheet of months that was not read as it is, kept in the page's form alone."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from api.store.saved_columns import ColumnStore
from api.web.column_fields import Pick
from api.web.multipart import SentForm
from sim.answer.budget.chosen_columns import MonthSheet, as_text, guessed, month_sheet, observed_with
from sim.answer.budget.observed import Observed, likely_sheet, observed_in, said_of_sheets
from sim.answer.budget.pasted import pasted_rows
from sim.answer.budget.sheet import Rows, read_sheets
from tariffs.errors import InputError

MONTH_PICKS = {
    "mdr-maaned": Pick(("month",), ("Måned", "Month"), ("fx januar 2025 eller 2025-01", "e.g. januar 2025 or 2025-01")),
    "mdr-aar": Pick(("year",), ("År", "Year"), ("ingen, hvis året står i måneden eller titlen", "none if the month or the title has it")),
    "mdr-passagerer": Pick(("passengers",), ("Passagerer", "Passengers"), ("antal, ikke ture", "how many, not trips")),
    "mdr-udgift": Pick(("cost",), ("Nettoudgift", "Net cost"), ("kan udelades", "may be left out")),
}  # fmt: skip
"""The drop-downs by their ids, in their order."""
REMEMBERED = "Kolonnerne er læst, som de blev valgt sidst i et ark med de samme overskrifter."
SHEET, SHOWN = "ark", "ark-vist"
MOST_SHEETS, MOST_ROWS, MOST_TEXT = 12, 300, 40_000
"""What a file may have to be sent on in the form; an office's months take a tenth of it."""


@dataclass
class Choosing:
    """A sheet whose columns are chosen: its text, the other sheets' texts by their names, and what is chosen or guessed."""

    text: str
    sheet: MonthSheet
    choices: Mapping[str, str]
    shown: str = ""
    sheets: Mapping[str, str] = field(default_factory=dict)
    preview: Observed | None = None

    @property
    def told(self) -> str:
        """What each column is read as."""
        read = [
            f"{pick.label[0].lower()} ← {self.choices[key]}"
            for key, pick in MONTH_PICKS.items()
            if self.choices.get(key)
        ]
        return f"Læst som: {'; '.join(read)}."

    @property
    def options(self) -> list[tuple[str, str]]:
        """The columns as a drop-down has them, with their first cells."""
        columns = self.sheet.columns
        return [
            (one.name, f"{one.name} ({', '.join(one.examples[:2])})" if one.examples else one.name) for one in columns
        ]


@dataclass
class Reading:
    """The months that a form has; without them what is wrong, at which drop-down, and the columns if some can be chosen.

    ``text`` is the sheet as it may stand in the form, so that no file need be sent again; ``said`` how its columns were read.
    """

    observed: Observed | None = None
    text: str = ""
    error: InputError | None = None
    wanting: tuple[tuple[str, str], ...] = ()
    choosing: Choosing | None = None
    said: tuple[str, ...] = ()


def read_months(form: SentForm, text: str, saved: ColumnStore) -> Reading:
    """Read a form's file or text: as it is, as its columns are chosen, or as those of the same headings were chosen before.

    Raises InputError for a file that cannot be opened.
    """
    typed: str | None = None
    if form.name:
        sheets = _sheets_of(form)
        shown = _sheet_to_show(sheets)
    else:
        told = _sheets_in(form.fields)
        shown = form.fields.get(SHEET, "") if form.fields.get(SHEET, "") in told else form.fields.get(SHOWN, "")
        here = told[shown] if shown in told and shown != form.fields.get(SHOWN, "") else text
        typed = here
        sheets = {name: pasted_rows(other, "") for name, other in told.items()} | {shown: pasted_rows(here, "")}
    chosen = {} if form.name or shown != form.fields.get(SHOWN, "") else _chosen(form.fields)
    ready = month_sheet(sheets[shown])
    try:
        if not chosen:
            read = observed_in(sheets[shown], form.name, said_of_sheets(sheets, shown))
            return Reading(read, _text(sheets[shown]) if typed is None else typed)
    except InputError as error:
        if ready is None:
            raise
        before = saved.find(_headings(ready))
        if before is not None:
            chosen = {key: name for key, name in before.choices.items() if key in MONTH_PICKS}
            again = _with(ready, chosen)
            if isinstance(again, Observed):
                return Reading(
                    again, choosing=Choosing("", ready, chosen), said=(REMEMBERED, Choosing("", ready, chosen).told)
                )
        return Reading(error=error, choosing=_choosing(sheets, shown, ready, _guess(ready), typed))
    if ready is None:
        return Reading(observed_in(sheets[shown], form.name))
    choosing = _choosing(sheets, shown, ready, chosen, typed)
    if wanting := _wanting(ready, chosen):
        return Reading(wanting=wanting, choosing=choosing)
    found = _with(ready, chosen)
    if isinstance(found, Observed):
        said = (*said_of_sheets(sheets, shown), Choosing("", ready, chosen).told)
        return Reading(found, choosing=choosing, said=said)
    return Reading(error=found, choosing=choosing)


def save_columns(choosing: Choosing, saved: ColumnStore) -> None:
    """Save how the columns are chosen, for the next sheet with the same headings."""
    saved.save(_headings(choosing.sheet), {key: name for key, name in choosing.choices.items() if name})


def _sheet_to_show(sheets: Mapping[str, Rows]) -> str:
    """Return the sheet that names the columns of months, else the first that has any months."""
    likely = likely_sheet(sheets)
    if month_sheet(sheets[likely]) is not None:
        return likely
    return next((name for name, sheet in sheets.items() if month_sheet(sheet) is not None), likely)


def _sheets_of(form: SentForm) -> dict[str, Rows]:
    with TemporaryDirectory(prefix="takstlab-") as folder:
        path = Path(folder) / f"maaneder{Path(form.name).suffix.lower()}"
        path.write_bytes(form.content)
        try:
            return read_sheets(path)
        except InputError as error:
            parts = [part.replace(str(path), form.name[-80:]) for part in (error.what, error.why, error.next_step)]
            raise InputError(parts[0], why=parts[1], next_step=parts[2]) from None


def _sheets_in(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each sheet that the form carries."""
    try:
        told = json.loads(fields.get("ark-tekster", "{}"))
    except (ValueError, RecursionError):
        return {}
    return {str(name): text for name, text in told.items() if isinstance(text, str)} if isinstance(told, dict) else {}


def _text(sheet: Rows) -> str:
    """Return a sheet as it is copied: a line a row, a tab between cells."""
    lines = {
        number: "\t".join(" ".join(as_text(cell).replace('"', "”").split()) for cell in row)
        for number, row in sheet.rows[:MOST_ROWS]
    }
    return "\n".join(lines.get(number, "").rstrip("\t") for number in range(1, max(lines) + 1))


def _choosing(
    sheets: Mapping[str, Rows], shown: str, ready: MonthSheet, choices: Mapping[str, str], typed: str | None
) -> Choosing | None:
    """Return what the page shows; None for a sheet too large for a form. A text is shown as it was ``typed``."""
    texts = {name: _text(sheet) for name, sheet in list(sheets.items())[:MOST_SHEETS]}
    text = texts.get(shown, "") if typed is None else typed
    if not 0 < len(text) <= MOST_TEXT:
        return None
    fits = sum(map(len, texts.values())) <= MOST_TEXT
    read = _with(ready, choices)
    preview = read if isinstance(read, Observed) else None
    return Choosing(text, ready, choices, shown, texts if fits and len(texts) > 1 else {}, preview)


def _guess(sheet: MonthSheet) -> dict[str, str]:
    found = guessed(sheet)
    return {key: found.get(pick.fields[0], "") for key, pick in MONTH_PICKS.items()}


def _chosen(fields: Mapping[str, str]) -> dict[str, str]:
    return {key: fields[key] for key in MONTH_PICKS if key in fields}


def _wanting(sheet: MonthSheet, chosen: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the drop-downs that must be filled and are not, name no column, or say the same as another."""
    wrong: list[tuple[str, str]] = []
    names = [column.name for column in sheet.columns]
    if not chosen.get("mdr-maaned"):
        wrong.append(("mdr-maaned", "Vælg kolonnen med månederne"))
    if not chosen.get("mdr-passagerer"):
        wrong.append(("mdr-passagerer", "Vælg kolonnen med antal passagerer"))
    for place, key in enumerate(MONTH_PICKS):
        name = chosen.get(key, "")
        earlier = [other for other in list(MONTH_PICKS)[:place] if name and chosen.get(other) == name]
        if name and name not in names:
            wrong.append((key, "Kolonnen er ikke i arket. Vælg en anden"))
        elif earlier:
            wrong.append((key, f"Kolonnen »{name}« er allerede valgt som {MONTH_PICKS[earlier[0]].label[0].lower()}"))
    return tuple(wrong)


def _with(sheet: MonthSheet, chosen: Mapping[str, str]) -> Observed | InputError:
    """Return the months as the columns are chosen, or why they cannot be read."""
    if _wanting(sheet, chosen):
        return InputError("Kolonnerne er ikke valgt")
    try:
        return observed_with(sheet, {pick.fields[0]: chosen.get(key, "") for key, pick in MONTH_PICKS.items()}, "")
    except InputError as error:
        return error


def _headings(sheet: MonthSheet) -> str:
    return hashlib.sha256("\n".join(("maaneder", *sheet.headings)).encode()).hexdigest()
