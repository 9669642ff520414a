"""The report as one HTML file that asks for nothing from outside."""

import json
from importlib import resources
from typing import Any

from sim.report import charts
from sim.report.arithmetic import arithmetic_table
from sim.report.assumption_rows import assumptions_table
from sim.report.cells import Json
from sim.report.phrases import (
    INTERVAL,
    NOT_OWN,
    is_own_volume,
    lead_words,
    listed,
    prebooked_words,
    precision_words,
    volume_words,
    year_words,
)
from sim.report.table import (
    Table,
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

TEMPLATE = "report.html.j2"
STYLE = "report.css"


def render_html(comparison: Json, *, attribution: str, manifest: dict[str, Any]) -> str:
    """Return the report of a comparison; the same dictionary gives the same bytes.

    ``attribution`` names the owners of the data, ``manifest`` what made the result (command, seed, versions, hashes).
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sim.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = resources.files("sim.report").joinpath("templates", STYLE).read_text(encoding="utf-8")
    return environment.get_template(TEMPLATE).render(
        style=style, **_content(comparison), attribution=attribution, manifest=_reproduction(manifest)
    )


def _content(comparison: Json) -> Json:
    options = comparison["options"]
    several = len(options) > 1
    return {
        "municipality": comparison["municipality_name"],
        "code": comparison["municipality"],
        "year": year_words(comparison["year"]),
        "today": options[0]["name"],
        "others": listed([o["name"] for o in options[1:]]) if several else "",
        "sentences": [(o["sentence"], o["extrapolation"]) for o in options[1:]],
        "banner": None if is_own_volume(comparison) else NOT_OWN,
        "volume": volume_words(comparison),
        "leads": [] if is_own_volume(comparison) else [lead_words(o) for o in options[1:]],
        "interval": INTERVAL,
        "officers": officers(comparison),
        "elements": elements_table(comparison),
        "change": (charts.change_chart(comparison), change_table(comparison)) if several else None,
        "trips": (charts.trips_chart(comparison), trips_table(comparison)),
        "affected": affected_table(comparison) if several else None,
        "riders": riders_table(comparison) if several else None,
        "citizen": citizen_table(comparison),
        "months": (
            list(zip([o["name"] for o in options], charts.month_charts(comparison), strict=True)),
            months_table(comparison),
        ),
        "across": across_table(comparison),
        "prebooked": prebooked_words(comparison),
        "precision": precision_words(comparison),
        "certainty": certainty_table(comparison) if several else None,
        "arithmetic": _arithmetic(comparison),
        "notes": comparison["notes"],
        "assumptions": assumptions_table(comparison),
        "editions": listed(comparison["tariff_editions"]),
    }


def _arithmetic(comparison: Json) -> list[Table]:
    tables = [arithmetic_table(comparison["options"], None, "Hele året, kr. (middel af beregningerne)")]
    if comparison["options"][0]["part_year"] is not None:
        tables.append(arithmetic_table(comparison["options"], "part_year", "Budgetåret, kr. (middel af beregningerne)"))
    return tables


def _reproduction(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what made the result as lines of name and text."""
    lines = [("kommando", str(manifest["command"]))]
    for key, name in (
        ("run_id", "kørslens id"),
        ("seed", "frø"),
        ("price_level", "prisniveau"),
        ("variant", "takstvariant"),
    ):
        if manifest.get(key) is not None:
            lines.append((name, str(manifest[key])))
    lines += [(f"regelvalg {key}", str(value)) for key, value in manifest.get("switches", {}).items()]
    zones = manifest.get("town_zones")
    if zones:
        lines.append(("byområder", f"{', '.join(zones['names'])}. {zones['source']}"))
    lines += [(f"version {key}", str(value)) for key, value in manifest.get("versions", {}).items()]
    if "scenario" in manifest:
        lines.append(("scenarie", json.dumps(manifest["scenario"], ensure_ascii=False)))
    return lines
