"""The report as one HTML file that asks for nothing from outside: style, charts and tables all inside it."""

import json
import re
from typing import Any

from sim.answer.records import Answer
from sim.telling.drawing import NARROW
from sim.telling.drawing.drawings import drawings
from sim.telling.report.arithmetic import FORMULA, arithmetic_table
from sim.telling.report.assumption_rows import assumptions_table, weighty_lines
from sim.telling.report.budget_section import budget_tables, budget_words, observed_tables, observed_words
from sim.telling.report.clinic_section import clinic_tables, clinic_words
from sim.telling.report.example_citizens import NOTE as CITIZENS_NOTE
from sim.telling.report.example_citizens import citizens_table
from sim.telling.report.experiments_section import experiments_table, experiments_words
from sim.telling.report.flexhandicap_section import flexhandicap_sentence, flexhandicap_table, flexhandicap_words
from sim.telling.report.headline import headline
from sim.telling.report.important import most_important_table
from sim.telling.report.neighbours_section import neighbours_tables, neighbours_words
from sim.telling.report.outlook_section import outlook_tables, outlook_words
from sim.telling.report.own_lines_section import own_lines_table, own_lines_words
from sim.telling.report.phrases import (
    INTERVAL,
    MARKS,
    NOT_OWN,
    date_words,
    editions_words,
    introduction_words,
    is_own_volume,
    lead_words,
    prebooked_words,
    precision_words,
    price_day,
    price_level_words,
    volume_words,
    year_words,
)
from sim.telling.report.pool_section import HEADING as POOL_HEADING
from sim.telling.report.pool_section import WORDS as POOL_WORDS
from sim.telling.report.pool_section import pool_table
from sim.telling.report.residents_table import residents_table
from sim.telling.report.riders_tables import riders_tables
from sim.telling.report.table import (
    across_table,
    affected_table,
    certainty_table,
    change_table,
    citizen_table,
    elements_table,
    months_table,
    officers,
    riders_table,
    trips_table,
)
from sim.telling.report.waterfall_table import WORDS as WATERFALL_WORDS
from sim.telling.report.waterfall_table import waterfall_table
from sim.telling.untried import untried
from sim.words.cells import Cell
from sim.words.names import in_a_row, told_apart
from sim.words.table import Table

MANIFEST_NAMES = {
    "command": "kommando",
    "run_id": "simuleringens id",
    "seed": "frø",
    "price_level": "prisniveau",
    "variant": "takstvariant",
    "replications": "gentagelser",
    "draws": "sæt forudsætninger",
    "municipality": "kommunekode",
    "switches": "regelvalg",
    "town_zones": "byområder",
    "versions": "version",
    "hashes": "kontrolsum",
    "scenario": "scenarie",
}
"""What the parts of the manifest are called, in the order in which they are shown; others follow by name."""
SVG_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
"""Needed by a drawing in a file of its own, and not inside a page."""


def render_html(comparison: Answer, *, attribution: str, manifest: dict[str, Any]) -> str:
    """Return the report; the same comparison, attribution and manifest give the same bytes.

    Parameters
    ----------
    comparison : the published comparison, as in ``comparison.json``
    attribution : what the licences of the data ask to have shown, one source a line
    manifest : what is needed to run it again: ``command``, ``seed``, versions and hashes, however nested
    """
    return page_template("report.html.j2").render(_view(comparison, attribution, manifest))


def page_template(name: str, package: str = "sim.telling.report") -> Any:
    """Return a page's template; those of other rooms may include this room's table and style sheet."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("sim.telling.report")]), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["breakable"] = breakable
    environment.filters["unbroken"] = unbroken
    return environment.get_template(name)


def _view(comparison: Answer, attribution: str, manifest: dict[str, Any]) -> dict[str, Any]:
    options = comparison.options
    with_part = comparison.start is not None and options[0].part_year is not None
    return {
        "municipality": comparison.municipality_name,
        "year": comparison.year,
        "year_words": year_words(comparison.year),
        "start": date_words(comparison.start) if comparison.start and with_part else None,
        "today": options[0].name,
        "names": [o.name for o in options],
        "others": in_a_row(o.name for o in options[1:]) if len(options) > 1 else None,
        "own": is_own_volume(comparison),
        "not_own": NOT_OWN,
        "volume": volume_words(comparison),
        "leads": [lead_words(comparison, place) for place in range(1, len(options))],
        "sentences": [
            {
                "said": f"{o.name}: {headline(comparison, place)}",
                "follow_on": flexhandicap_sentence(o),
            }
            for place, o in enumerate(options)
            if place
        ],
        "untried": [f"{names.da}: {said.da}" for names, said in untried(comparison)],
        "interval": INTERVAL,
        "citizens_note": CITIZENS_NOTE,
        "price_level": price_level_words(comparison),
        "prebooked": prebooked_words(comparison),
        "introduction": introduction_words(comparison),
        "precision": precision_words(comparison),
        "formula": FORMULA,
        "weighty": weighty_lines(comparison),
        "marks": MARKS,
        "price_day": date_words(price_day(comparison)),
        "notes": comparison.notes,
        "pool_heading": POOL_HEADING,
        "pool_words": POOL_WORDS,
        "observed": {"tables": observed_tables(comparison), "words": observed_words(comparison)},
        "budget": {"tables": budget_tables(comparison), "words": budget_words(comparison)},
        "neighbours": {"tables": neighbours_tables(comparison), "words": neighbours_words(comparison)},
        "outlook": {"tables": outlook_tables(comparison), "words": outlook_words(comparison)},
        "clinic": {"tables": clinic_tables(comparison), "words": clinic_words(comparison)},
        "experiments": {"table": experiments_table(comparison), "words": experiments_words(comparison)},
        "own_lines": {"table": own_lines_table(comparison), "words": own_lines_words(comparison)},
        "flexhandicap": {"table": flexhandicap_table(comparison), "words": flexhandicap_words(comparison)},
        "waterfall_words": WATERFALL_WORDS,
        "riders_by": riders_tables(comparison) if len(options) > 1 else [],
        "editions": editions_words(comparison.tariff_editions),
        "attribution": [line for line in attribution.splitlines() if line.strip()],
        "manifest": _manifest_table(comparison, manifest),
        **_tables(comparison, with_part),
        "drawn": _drawn(comparison),
        "places": range(2, len(options) + 1),
    }


def _tables(comparison: Answer, with_part: bool) -> dict[str, Table | None]:
    options = comparison.options
    several = len(options) > 1
    start = f"{date_words(comparison.start)} til 31. december" if comparison.start and with_part else ""
    return {
        "elements": elements_table(comparison),
        "officers": officers(comparison),
        "change": change_table(comparison) if several else None,
        "waterfall": waterfall_table(comparison) if several else None,
        "residents": residents_table(comparison),
        "trips": trips_table(comparison),
        "affected": affected_table(comparison) if several else None,
        "riders": riders_table(comparison) if several else None,
        "citizen": citizen_table(comparison),
        "citizens": citizens_table(comparison),
        "months": months_table(comparison),
        "across": across_table(comparison),
        "certainty": certainty_table(comparison) if several else None,
        "important": most_important_table(comparison.most_important),
        "pool": pool_table(comparison),
        "sums": arithmetic_table([(o.name, o) for o in options], "Hele året, kr. og øre"),
        "part_sums": arithmetic_table(
            [(o.name, o.part_year) for o in options if o.part_year], f"Fra {start}, kr. og øre"
        )
        if with_part
        else None,
        "assumptions": assumptions_table(comparison),
    }


def _drawn(comparison: Answer) -> dict[str, Any]:
    """Return the drawings by name as markup: what users wrote in them is escaped already, as text of the SVG."""
    from markupsafe import Markup

    found = drawings(comparison, width=NARROW)
    return {name: Markup(drawing.svg.replace(SVG_NAMESPACE, "", 1)) for name, drawing in found.items()}


def _manifest_table(comparison: Answer, manifest: dict[str, Any]) -> Table:
    known = {"seed": comparison.seed, **manifest}
    order = [*(key for key in MANIFEST_NAMES if key in known), *sorted(set(known) - set(MANIFEST_NAMES))]
    rows = []
    for key in order:
        name, value = MANIFEST_NAMES.get(key, key), known[key]
        if key == "town_zones" and value:
            rows.append((Cell(name), Cell(f"{', '.join(told_apart(value['names']))}. {value['source']}")))
        elif isinstance(value, dict) and key != "scenario":
            rows += [(Cell(f"{name} {inner}"), Cell(_plain(value[inner]))) for inner in sorted(value)]
        elif value is not None:
            rows.append((Cell(name), Cell(_plain(value))))
    return Table("Hvad der skal til for at regne det samme igen", ("hvad", "værdi"), tuple(rows))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def breakable(text: str) -> str:
    """Return a column's name with soft hyphens in the long words, so that a narrow column may break them rightly."""
    for word in (
        "vognmands-betaling",
        "bruger-betaling",
        "mindre-udgift",
        "netto-udgift",
        "hjælpe-midler",
        "kommune-grænsen",
    ):
        text = text.replace(word.replace("-", ""), word.replace("-", "\u00ad"))
    return text


def unbroken(text: str) -> str:
    """Return a sentence with hard spaces where a line must not break: between a number and its unit, and round an arrow.

    >>> unbroken("DKK 48 → 64, 2 %").replace("\N{NO-BREAK SPACE}", "_")
    'DKK_48_→_64, 2_%'
    """
    for unit in ("%", "kr.", "mio.", "ture", "million"):
        text = re.sub(rf"(?<=[\d)]) {re.escape(unit)}", f"\u00a0{unit}", text)
    text = re.sub(r"(?<=[ (][+-]) (?=er )", "\u00a0", text)
    text = re.sub(r"\b(DKK) (?=[-+±]?\d)", "\\1\u00a0", text)
    text = re.sub(r"(?<=[\d.]) → (?=[-+]?\d|DKK)", "\u00a0→\u00a0", text)
    # A word joiner after the hyphen of an interval keeps its two numbers on one line, and a year with its "priser".
    return re.sub(r"(?<=\d)-(?=\d|priser)", "-\u2060", text.replace("ca. ", "ca.\u00a0"))
