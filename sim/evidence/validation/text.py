"""The validation in words and numbers: what is shown on a terminal and in the report."""

from typing import Any

from sim.evidence.validation.records import Judged, Validation
from sim.evidence.validation.run import VERDICTS, unexplained
from sim.evidence.validation.target import KINDS
from sim.words.numbers import danish

NONE = "–"


def number(value: float | None) -> str:
    """Return a number with as many decimals as tell it: four figures, and a thousandth at the finest.

    >>> number(389000.0), number(103.604), number(-0.3171), number(None)
    ('389.000', '103,6', '-0,317', '–')
    """
    if value is None:
        return NONE
    size = abs(value)
    if (float(value).is_integer() and size >= 1) or size >= 1000:
        return danish(value)
    return danish(value, 1 if size >= 100 else 2 if size >= 1 else 3 if size else 0)


def expected(target: Judged) -> str:
    """Return what is accepted: an interval, one value, or one end."""
    low, high = number(target["target_low"]), number(target["target_high"])
    if low == high:
        return low
    if low == NONE:
        return f"højst {high}"
    return f"mindst {low}" if high == NONE else f"{low} til {high}"


def simulated(target: Judged) -> str:
    """Return what came out, its interval in parentheses where there is one."""
    figure = target["simulated"]
    if figure["mean"] is None:
        return "intet"
    if figure["p10"] is None:
        return number(figure["mean"])
    return f"{number(figure['mean'])} ({number(figure['p10'])} til {number(figure['p90'])})"


def counts(validation: Validation) -> list[dict[str, Any]]:
    """Return how many targets of each kind hold, miss, and miss with an explanation."""
    targets = validation["targets"]
    return [
        {"kind": words.capitalize(), "all": sum(t["kind"] == kind for t in targets)}
        | {verdict: sum(t["kind"] == kind and t["verdict"] == verdict for t in targets) for verdict in VERDICTS}
        for kind, words in KINDS.items()
    ]  # fmt: skip


def conclusion(validation: Validation) -> str:
    """Return the sentence that everything comes down to."""
    targets = validation["targets"]
    missed, explained = unexplained(validation), [t for t in targets if t["verdict"] == "explained"]
    held = len(targets) - len(missed) - len(explained)
    text = f"{held} af {len(targets)} mål holder"
    if explained:
        text += f", {len(explained)} afviger med forklaring"
    return text + (f", {len(missed)} afviger uden forklaring." if missed else "; ingen afviger uden forklaring.")


def text_report(validation: Validation, place: str) -> str:
    """Return what stands on the terminal: the counts, every target that is not a price, and all misses with their notes."""
    targets = validation["targets"]
    groups = validation["groups"]
    units = validation["units"]
    by_id = {target["id"]: target for target in targets}
    lines = [f"Validering, profil {validation['profile']}", ""]
    for group in groups:
        own = [by_id[name] for name in group["targets"]]
        held = sum(target["verdict"] == "pass" for target in own)
        lines.append(f"{group['title']}: {held} af {len(own)} holder")
        for target in own:
            if target["id"].startswith("price_") and target["verdict"] == "pass":
                continue
            shown = f"{simulated(target)} {units[target['id']]}".strip()
            lines.append(f"  {VERDICTS[target['verdict']]:<20} {target['id']}: {shown}, ventet {expected(target)}")
    if off := [target for target in targets if target["verdict"] != "pass"]:
        lines += ["", "Afvigelser:"]
        lines += [f"  {target['id']}: {target['statement']}. {target['note']}" for target in off]
    return "\n".join([*lines, "", conclusion(validation), f"Rapport: {place}/report.html", ""])
