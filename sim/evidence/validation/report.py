"""The validation as one HTML file: every target in its group, pictures within, nothing from outside."""

from typing import Any

from sim.evidence.validation.charts import chart_of
from sim.evidence.validation.records import JudgedGroup, Validation
from sim.evidence.validation.run import VERDICTS
from sim.evidence.validation.target import KINDS
from sim.evidence.validation.text import conclusion, counts, expected, simulated

FITS = {"price response": "prisfølsomheden", "pool": "puljen", "operator cost": "vognmandsbetalingen"}


def render_html(validation: Validation) -> str:
    """Return the report; the same validation gives the same bytes."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("sim.evidence.validation"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("report.html.j2").render(_view(validation))


def _view(validation: Validation) -> dict[str, Any]:
    from markupsafe import Markup

    targets = validation["targets"]
    groups = validation["groups"]
    units = validation["units"]
    fitted = validation["fitted"]
    by_id = {target["id"]: target for target in targets}

    def row(name: str) -> dict[str, str]:
        target = by_id[name]
        return {
            "id": name,
            "kind": KINDS[target["kind"]],
            "statement": target["statement"],
            "source": target["source"],
            "expected": f"{expected(target)} {units[name]}".strip(),
            "simulated": f"{simulated(target)} {units[name]}".strip(),
            "verdict": VERDICTS[target["verdict"]],
            "held": target["verdict"],
            "note": target["note"],
        }

    def picture(group: JudgedGroup) -> Any:
        drawn = chart_of(group["name"], group["series"])
        return None if drawn is None else Markup(drawn)

    return {
        "profile": validation["profile"],
        "seed": validation["seed"],
        "conclusion": conclusion(validation),
        "counts": counts(validation),
        "verdicts": VERDICTS,
        "off": [row(target["id"]) for target in targets if target["verdict"] != "pass"],
        "groups": [
            {"title": g["title"], "rows": [row(name) for name in g["targets"]], "picture": picture(g)} for g in groups
        ],
        "fitted": [{**fact, "fits": FITS.get(fact["fits"], fact["fits"])} for fact in fitted],
        "versions": validation["versions"],
        "facts_sha256": validation["facts_sha256"],
    }  # fmt: skip
