"""calibration.json and calibration.html: the parts put together, with facts, files and versions."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sim.answer.identity import versions
from sim.evidence.calibration.declared import facts_tables
from sim.evidence.calibration.parts import OTHER, SAME, SAME_NUMBERS, Json, PartResult, agreement, load_part
from sim.inputs.facts import USES, load_facts
from sim.telling.report.html import page_template
from sim.telling.report.phrases import MARKS
from sim.words.cells import Cell
from sim.words.table import Table

AGREES = {
    SAME: "som den medfølgende",
    SAME_NUMBERS: "som den medfølgende på nær sidste decimal",
    OTHER: "ikke som den medfølgende",
}


def report_json(results: Mapping[str, PartResult]) -> Json:
    """Return the content of calibration.json: facts by use, each part's facts, files and numbers, and the versions."""

    return {
        "facts": {use: [vars(fact) for fact in load_facts().used_for(use)] for use in USES},
        "parts": {name: _part_json(name, result) for name, result in results.items()},
        "versions": versions(),
    }


def _part_json(name: str, result: PartResult) -> Json:
    part = load_part(name)
    return {
        "title": part.title_da,
        "fits": list(part.fits),
        "facts": [fact.id for word in part.fits for fact in load_facts().fitted_by(word)],
        "files": {
            file: {"sha256": hashlib.sha256(text.encode()).hexdigest(), "agreement": agreement(file, text)}
            for file, text in result.files.items()
        },
        "result": result.summary,
    }


def json_text(content: Json) -> str:
    """Return calibration.json's text."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def render_html(content: Json, results: Mapping[str, PartResult]) -> str:
    """Return the report as one HTML file without outside requests; equal input gives equal bytes."""
    from markupsafe import Markup

    parts = [
        {
            "name": name,
            "title": content["parts"][name]["title"],
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
        "files": _files_table(content),
        "facts": facts_tables(),
        "marks": MARKS,
        "versions": _versions_table(content),
    }
    page: str = page_template("calibration.html.j2", "sim.evidence.calibration").render(view)
    return page


def _files_table(content: Json) -> Table:
    rows = tuple(
        (Cell(f"data/{name}"), Cell(AGREES[file["agreement"]]), Cell(file["sha256"][:16]))
        for part in content["parts"].values()
        for name, file in part["files"].items()
    )
    return Table("Filerne, som simuleringen læser", ("fil", "den nye er", "kontrolsum"), rows)


def _versions_table(content: Json) -> Table:
    rows = tuple((Cell(name), Cell(value)) for name, value in content["versions"].items())
    return Table("Hvad der skal til for at regne det samme igen", ("hvad", "version"), rows)
