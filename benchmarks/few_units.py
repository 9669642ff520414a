"""Sixty units of the ready plan: years of five municipalities under its twelve packages, for what is measured of a batch."""

from pathlib import Path

MUNICIPALITIES = ("0155", "0259", "0316", "0360", "0370")
"""Dragør, Køge, Holbæk, Lolland and Næstved: small and large, without and with plustur."""
REPLICATIONS, DRAWS = 5, 7
UNITS = (REPLICATIONS + DRAWS) * len(MUNICIPALITIES)
READY_PLAN = Path(__file__).parents[1] / "data" / "plans" / "movia.toml"


def write_plan(to: Path) -> Path:
    """Write the plan of the few units into a folder and return its file; AssertionError when the ready plan is another than it was."""
    plan = READY_PLAN.read_text(encoding="utf-8")
    few = ", ".join(f'"{code}"' for code in MUNICIPALITIES)
    for before, after in (
        ('"all"', f"[{few}]"),
        ("replications = 10", f"replications = {REPLICATIONS}"),
        ("draws = 16", f"draws = {DRAWS}"),
    ):
        assert before in plan, before
        plan = plan.replace(before, after)
    path = to / "plan.toml"
    path.write_text(plan, encoding="utf-8")
    return path
