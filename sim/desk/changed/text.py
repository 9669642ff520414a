"""The change between two answers as text for a terminal."""

from textwrap import wrap
from typing import Any

from sim.desk.changed.tables import causes_table, figures_table, made_words, parts_table, ranges_table, sentences
from sim.telling.report.text_table import lay_out

WIDTH = 100


def text(report: dict[str, Any]) -> str:
    """Return the report in lines of at most 100 columns."""
    lines = [f"Hvad har ændret sig? Flextur i {report['municipality_name']}, {report['year']}", ""]
    for said in (made_words(report), *sentences(report)):
        lines += wrap(said, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    for option in report["options"]:
        for table in (figures_table(option), parts_table(option, report)):
            if table is not None:
                lines += ["", table.caption, *lay_out(table, WIDTH)]
    for table in (causes_table(report), ranges_table(report)):
        if table is not None:
            lines += ["", table.caption]
            for what, before, now in table.rows:
                lines += wrap(f"- {what}: {before} → {now}", WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    if report["notes"]:
        lines += ["", "Bemærkninger"]
        for note in report["notes"]:
            lines += wrap(f"- {note}", WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    if report["changelog"]:
        lines += ["", "Ændringsloggen siden da (på engelsk)"]
        for section in report["changelog"]:
            lines += ["", f"  {section['version']}"]
            for line in section["lines"]:
                lines += wrap(f"- {line}", WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(lines) + "\n"
