"""The file of own months to start from: a title, the names of the columns and two months; the door reads it as it is."""

import io

from api.web.trip_template import csv_of
from tariffs.typed import MONTHS

TITLE = "Flextur {}: sæt jeres egne måneder ind i stedet for de to eksempler. Nettoudgift i kr.; kolonnen kan udelades."


def rows(year: int) -> list[list[str | int]]:
    """Return the rows, with two months of a year."""
    months = [(812, 145_300), (790, 141_000)]
    named: list[list[str | int]] = [
        [f"{MONTHS[n]} {year}", passengers, cost] for n, (passengers, cost) in enumerate(months)
    ]
    return [[TITLE.format(year)], ["måned", "passagerer", "nettoudgift"], *named]


def months_csv(year: int) -> bytes:
    """Return the template as a Danish Excel writes CSV."""
    return csv_of(rows(year))


def months_xlsx(year: int) -> bytes:
    """Return the template as a workbook of one sheet."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Måneder")
        bold = book.add_format({"bold": True})
        for line, row in enumerate(rows(year)):
            sheet.write_row(line, 0, row, bold if line < 2 else None)
        sheet.set_column(0, 2, 18)
        sheet.freeze_panes(2, 0)
    return buffer.getvalue()
