"""The budget workbook: the officers' table as plain values that stand when the file is sent on, then as live formulas.

Only the last two sheets ask the service, so that whoever cannot reach it sees no error on the others.
"""

import io
from collections.abc import Callable

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from api.http.fields import PRICE_MARK, answered, find_field, option_mark, price_mark
from api.http.formats import FIXED
from api.http.problems import NoSuchFieldError
from sim.answer.quantities import cells
from sim.answer.records import Answer
from sim.telling.report.assumption_rows import remark
from sim.telling.report.phrases import MARKS, editions_words, fares_words, option_words, year_words
from sim.telling.report.priced_trips import priced_trips

UNKNOWN = "ukendt"
STATEMENT, SOURCE = 1, 7
CHANGES = {"change": "change", "part_year": "change_part_year"}
NO_INTERVAL = ("passengers", "net_cost_per_passenger")
FIRST_ROW = 5
ADDRESS, KEY, RUN, MUNICIPALITY, TAIL = (
    "Tjeneste!$B$1",
    "Tjeneste!$B$2",
    "Tjeneste!$B$3",
    "Tjeneste!$B$4",
    "Tjeneste!$B$5",
)
LIVE = "Levende tal"
PRICES_KNOWN = "prisernes mærke"
HOW = (
    f"Kun arket {LIVE} spørger tjenesten; de andre ark er fra den dag, arket blev hentet, og kan sendes videre til hvem som helst.",
    "En celle, der ikke er klar eller ikke findes, er en fejl, og det er enhver sum over den også.",
    "Står der et andet valg på en valgmuligheds plads, fordi navnet er flyttet til en anden simulering, er cellerne fejl: hent arket igen.",
    "Excel: vælg »Aktivér indhold«. LibreOffice: læg arket et sted, der er betroet (Funktioner, Indstillinger, Sikkerhed,",
    "Makrosikkerhed), vælg at opdatere, og genberegn alt med Ctrl+Shift+F9. Indtil da vises tallene fra den dag, arket blev hentet.",
)


def columns() -> dict[str, str]:
    """Return the titles of the columns by field: the cells that a table shows, net cost with its change."""
    found = {}
    for quantity in cells():
        if quantity.table is not None:
            found[quantity.id] = quantity.head.da
            found |= {f"{quantity.id}_{CHANGES[of]}": head.da for of, head in quantity.heads.items() if of in CHANGES}
    return found


def budget_workbook(comparison: Answer, run: str, address: str) -> bytes:
    """Return the workbook of a comparison; the formulas of its sheet of live numbers ask ``address`` for the cells of ``run``."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": _title(comparison), "created": FIXED})
        book.set_calc_mode("auto")
        sheets = _Sheets(book, comparison)
        sheets.budget(book.add_worksheet("Budget"))
        sheets.intervals(book.add_worksheet("Intervaller"))
        sheets.assumptions(book.add_worksheet("Forudsætninger"))
        sheets.sources(book.add_worksheet("Kilder"))
        sheets.live(book.add_worksheet(LIVE))
        sheets.service(book.add_worksheet("Tjeneste"), run, address)
    return buffer.getvalue()


def _title(comparison: Answer) -> str:
    return f"Flextur i {comparison.municipality_name}, {year_words(comparison.year)}"


def live_formula(option: int, field: str, mark: str) -> str:
    """Return the formula of one number; whatever the locale, the answer's digits are read as they were meant.

    The option's mark goes with it: a name that is moved to a run with other options gives errors, never another option's numbers.
    """
    return f'=_xlfn.NUMBERVALUE({live_text(option, field, mark)[1:]},".")'


def live_text(option: int, field: str, mark: str) -> str:
    """Return the formula of one text."""
    path = f'{ADDRESS}&"/v1/celle/"&{RUN}&"/"&{MUNICIPALITY}&"/{option}/{field}?valg={mark}"&{TAIL}'
    return f"=_xlfn.WEBSERVICE({path})"


class _Sheets:
    """Writes the sheets of one comparison."""

    def __init__(self, book: xlsxwriter.Workbook, comparison: Answer) -> None:
        self.comparison = comparison
        self.with_part = comparison.start is not None
        self.titles = {key: title for key, title in columns().items() if self.with_part or "part_year" not in key}
        self.columns = [(title, key) for key, title in self.titles.items()]
        self.heading: Format = book.add_format({"bold": True, "font_size": 14})
        self.bold: Format = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        self.whole: Format = book.add_format({"num_format": "#,##0"})
        self.millions: Format = book.add_format({"num_format": "#,##0.00"})
        self.wrap: Format = book.add_format({"text_wrap": True, "valign": "top"})

    def budget(self, sheet: Worksheet) -> None:
        """Write the officers' table in kroner, the net cost as the sum of its parts, and the same in millions."""
        options = self.comparison.options
        sheet.write_string(0, 0, _title(self.comparison), self.heading)
        sheet.write_string(1, 0, "Helårsvirkning i kroner; den første valgmulighed er nuværende ordning.")
        sheet.write_string(2, 0, self.comparison.volume.statement)
        sheet.write_string(FIRST_ROW - 1, 0, "valgmulighed", self.bold)
        for column, (heading, _) in enumerate(self.columns, 1):
            sheet.write_string(FIRST_ROW - 1, column, heading, self.bold)
        sheet.write_string(FIRST_ROW - 1, 1 + len(self.columns), PRICES_KNOWN, self.bold)
        for place, option in enumerate(options):
            row = FIRST_ROW + place
            sheet.write_string(row, 0, option.name)
            sheet.write_string(row, 1 + len(self.columns), self._price_mark(place + 1))
            values = {field: self._kroner(place + 1, field) for _, field in self.columns}
            for column, (_, field) in enumerate(self.columns, 1):
                parts = [values[name] for name in ("operator_payment", "fares", "movia_fee")]
                if field == "net_cost" and None not in parts:
                    places = list(self.titles)
                    operator, fares, fee = (
                        xl_rowcol_to_cell(row, 1 + places.index(key))
                        for key in ("operator_payment", "fares", "movia_fee")
                    )
                    sheet.write_formula(row, column, f"={operator}-{fares}+{fee}", self.whole, values[field])
                else:
                    self._write(sheet, row, column, values[field])
        self._in_millions(sheet, FIRST_ROW + len(options) + 2)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1 + len(self.columns), 19)
        sheet.freeze_panes(FIRST_ROW, 1)

    def _in_millions(self, sheet: Worksheet, first: int) -> None:
        options = self.comparison.options
        money = [
            (n, c)
            for n, c in enumerate(self.columns, 1)
            if c[1] not in ("trips", "passengers", "net_cost_per_passenger")
        ]
        sheet.write_string(first, 0, "I mio. kr.", self.bold)
        for column, (heading, _) in money:
            sheet.write_string(first, column, heading, self.bold)
        for place, option in enumerate(options):
            row = first + 1 + place
            sheet.write_string(row, 0, option.name)
            for column, (_, field) in money:
                value = self._kroner(place + 1, field)
                if value is not None:
                    source = xl_rowcol_to_cell(FIRST_ROW + place, column)
                    sheet.write_formula(row, column, f"={source}/1000000", self.millions, value / 1_000_000)

    def intervals(self, sheet: Worksheet) -> None:
        """Write the ends of the intervals in which 8 of 10 calculations lie."""
        sheet.write_string(0, 0, "I 8 af 10 beregninger ligger resultatet mellem de to", self.heading)
        self._ends(
            sheet, 2, lambda row, column, option, field: self._write(sheet, row, column, self._kroner(option, field))
        )

    def live(self, sheet: Worksheet) -> None:
        """Write the table and the intervals once more, as formulas that ask the service, the numbers of today kept in them."""
        sheet.write_string(0, 0, "De samme tal, hentet fra tjenesten", self.heading)
        sheet.write_string(1, 0, "Hele kroner. Den, der ikke kan nå tjenesten, ser fejl her og ikke på de andre ark.")
        sheet.write_string(FIRST_ROW - 1, 0, "valgmulighed", self.bold)
        for column, (heading, _) in enumerate(self.columns, 1):
            sheet.write_string(FIRST_ROW - 1, column, heading, self.bold)
        for place, option in enumerate(self.comparison.options):
            sheet.write_string(FIRST_ROW + place, 0, option.name)
            for column, (_, field) in enumerate(self.columns, 1):
                self._ask(sheet, FIRST_ROW + place, column, place + 1, field)
            mark = live_text(place + 1, PRICE_MARK, self._mark(place + 1))
            sheet.write_formula(FIRST_ROW + place, 1 + len(self.columns), mark, None, self._price_mark(place + 1))
        sheet.write_string(FIRST_ROW - 1, 1 + len(self.columns), PRICES_KNOWN, self.bold)
        self._ends(
            sheet,
            FIRST_ROW + len(self.comparison.options) + 1,
            lambda row, column, option, field: self._ask(sheet, row, column, option, field),
        )

    def _ends(self, sheet: Worksheet, first: int, write: Callable[[int, int, int, str], None]) -> None:
        """Write a row of headings and one of interval ends for each option, each cell by ``write``."""
        fields = [field for field in self.titles if field not in NO_INTERVAL]
        sheet.write_string(first, 0, "valgmulighed", self.bold)
        for number, field in enumerate(fields):
            sheet.write_string(first, 1 + 2 * number, f"{self.titles[field]}, fra", self.bold)
            sheet.write_string(first, 2 + 2 * number, f"{self.titles[field]}, til", self.bold)
        for place, option in enumerate(self.comparison.options):
            row = first + 1 + place
            sheet.write_string(row, 0, option.name)
            for number, field in enumerate(fields):
                write(row, 1 + 2 * number, place + 1, f"{field}_p10")
                write(row, 2 + 2 * number, place + 1, f"{field}_p90")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 2 * len(fields), 19)

    def assumptions(self, sheet: Worksheet) -> None:
        """Write what the answer rests on: in words first, then every assumption with its range and source."""
        sheet.write_string(0, 0, "Forudsætninger, svaret hviler på", self.heading)
        row = 2
        for place, option in enumerate(self.comparison.options):
            for text in filter(None, (f"{option.name}: {option_words(self.comparison, place)}", option.extrapolation)):
                sheet.write_string(row, 0, text)
                row += 1
        for note in self.comparison.notes:
            sheet.write_string(row, 0, note)
            row += 1
        row += 1
        for column, heading in enumerate(
            ("id", "forudsætning", "værdi", "lav", "høj", "enhed", "mærke", "kilde", "bemærkning")
        ):
            sheet.write_string(row, column, heading, self.bold)
        for entry in self.comparison.assumptions:
            row += 1
            values = (
                entry.id, entry.statement, entry.value, entry.low, entry.high, entry.unit, entry.mark, entry.source, remark(entry),
            )  # fmt: skip
            for column, value in enumerate(values):
                if isinstance(value, int | float):
                    sheet.write_number(row, column, value)
                elif value is not None:
                    text = "; ".join(f"{v:g}" for v in value) if isinstance(value, tuple) else value
                    sheet.write_string(row, column, text, self.wrap if column in (STATEMENT, SOURCE) else None)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 70)
        sheet.set_column(7, 8, 50)

    def sources(self, sheet: Worksheet) -> None:
        """Write where the figures come from and what the marks mean."""
        from data import attribution

        sheet.write_string(0, 0, "Kilder", self.heading)
        c = self.comparison
        precision = "nået" if c.precision.reached else "ikke nået"
        lines = [
            f"Takster: dem, der gælder fra {editions_words(c.tariff_editions)}. {fares_words(c)}".strip(),
            f"Gentagelser: {c.replications}; sæt forudsætninger: {c.draws}; startværdi for tilfældige tal (frø): {c.seed}",
            f"Præcision: {precision} ({c.precision.rule})",
            *(f"Mærke {mark}: {meaning}" for mark, meaning in MARKS.items()),
            *attribution().splitlines(),
        ]
        for row, line in enumerate(lines, 2):
            sheet.write_string(row, 0, line)
        sheet.set_column(0, 0, 120)

    def service(self, sheet: Worksheet, run: str, address: str) -> None:
        """Write what the formulas ask: change the address, the key or the run here, and the whole workbook follows."""
        told = (
            ("Tjenestens adresse", address),
            ("Nøgle (kun når tjenesten kræver en)", ""),
            ("Simulering eller gemt navn", run),
            ("Kommune", self.comparison.municipality),
        )
        for row, (name, value) in enumerate(told):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value) if value else sheet.write_blank(row, 1, None)
        sheet.write_string(4, 0, "Tilføjes hver adresse")
        sheet.write_formula(4, 1, f'=IF({KEY}="","","&noegle="&{KEY})', None, "")
        sheet.write_string(6, 0, "WEBSERVICE (WEBTJENESTE) findes i Excel til Windows og i LibreOffice.")
        for row, line in enumerate(HOW, 7):
            sheet.write_string(row, 0, line)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 70)

    def _kroner(self, option: int, field: str) -> int | None:
        """Return a number in whole kroner, as a cell answers it: sums hold as they are shown; None when nobody knows it."""
        try:
            return int(answered(self.comparison, option, find_field(field), "kr"))
        except NoSuchFieldError:
            return None

    def _write(self, sheet: Worksheet, row: int, column: int, value: float | None) -> None:
        if value is None:
            sheet.write_string(row, column, UNKNOWN)
        else:
            sheet.write_number(row, column, value, self.whole)

    def _ask(self, sheet: Worksheet, row: int, column: int, option: int, field: str) -> None:
        """Write the formula of a cell, with the whole number that the service answers now."""
        found = find_field(field)
        try:
            value = int(answered(self.comparison, option, found, "kr"))
        except NoSuchFieldError:
            sheet.write_string(row, column, UNKNOWN)
            return
        sheet.write_formula(row, column, live_formula(option, field, self._mark(option)), self.whole, value)

    def _mark(self, option: int) -> str:
        chosen = self.comparison.options[option - 1]
        return option_mark(chosen.name, chosen.elements)

    def _price_mark(self, option: int) -> str:
        """Return how surely an option's prices are known, as its cell answers it."""
        try:
            return price_mark(priced_trips(self.comparison), option, PRICE_MARK)
        except NoSuchFieldError:
            return UNKNOWN
