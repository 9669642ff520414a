"""calibration.json and calibration.html: the parts put together, with facts, files and versions."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sim.answer.identity import versions
from sim.evidence.calibration.declared import facts_tables
from sim.evidence.calibration.found import Evidence, VehicleFit
from sim.evidence.calibration.parts import OTHER, SAME, SAME_NUMBERS, PartResult, agreement, load_part
from sim.inputs.facts import USES, Fact, load_facts
from sim.telling.report.html import page_template
from sim.telling.report.phrases import MARKS
from sim.words.cells import Cell
from sim.words.table import Table

AGREES = {
    SAME: "som den medfølgende",
    SAME_NUMBERS: "som den medfølgende på nær sidste decimal",
    OTHER: "ikke som den medfølgende",
}


@dataclass(frozen=True)
class MadeFile:
    """A parameter file that a part made: the hash of its text, and how it agrees with the shipped one."""

    sha256: str
    agreement: str


@dataclass(frozen=True)
class PartReport:
    """A part in calibration.json: the facts that it uses, the files that it made and what it found."""

    title: str
    fits: tuple[str, ...]
    facts: tuple[str, ...]
    files: dict[str, MadeFile]
    result: Evidence | VehicleFit


@dataclass(frozen=True)
class Report:
    """The content of calibration.json: facts by use, the parts by name, and the versions."""

    facts: dict[str, tuple[Fact, ...]]
    parts: dict[str, PartReport]
    versions: dict[str, str]


def report_of(results: Mapping[str, PartResult]) -> Report:
    """Return what is reported of the parts that were run."""
    return Report(
        facts={use: load_facts().used_for(use) for use in USES},
        parts={name: _part_report(name, result) for name, result in results.items()},
        versions=versions(),
    )


def _part_report(name: str, result: PartResult) -> PartReport:
    part = load_part(name)
    files = {
        file: MadeFile(hashlib.sha256(text.encode()).hexdigest(), agreement(file, text))
        for file, text in result.files.items()
    }
    facts = tuple(fact.id for word in part.fits for fact in load_facts().fitted_by(word))
    return PartReport(part.title_da, part.fits, facts, files, result.found)


def json_text(report: Report) -> str:
    """Return calibration.json's text."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n"


def render_html(report: Report, results: Mapping[str, PartResult]) -> str:
    """Return the report as one HTML file without outside requests; equal input gives equal bytes."""
    from markupsafe import Markup

    parts = [
        {
            "name": name,
            "title": report.parts[name].title,
            "sections": [
                {
                    "title": section.title,
                    "paragraphs": section.paragraphs,
                    "tables": section.tables,
                    "charts": [Markup(chart) for chart in section.charts],
                }
                for section in result.sections
            ],
        }
        for name, result in results.items()
    ]
    view: dict[str, Any] = {
        "parts": parts,
        "files": _files_table(report),
        "facts": facts_tables(),
        "marks": MARKS,
        "versions": _versions_table(report),
    }
    page: str = page_template("calibration.html.j2", "sim.evidence.calibration").render(view)
    return page


def _files_table(report: Report) -> Table:
    rows = tuple(
        (Cell(f"data/{name}"), Cell(AGREES[file.agreement]), Cell(file.sha256[:16]))
        for part in report.parts.values()
        for name, file in part.files.items()
    )
    return Table("Filerne, som simuleringen læser", ("fil", "den nye er", "kontrolsum"), rows)


def _versions_table(report: Report) -> Table:
    rows = tuple((Cell(name), Cell(value)) for name, value in report.versions.items())
    return Table("Hvad der skal til for at regne det samme igen", ("hvad", "version"), rows)
