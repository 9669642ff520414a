"""Are neighbours treated alike where the town line runs: who lives on either side of it, and what each pays.

This room knows the town areas' lines, how many live inside and just outside, and asks the tariff for the prices on both
sides. It knows nothing of demand, runs or HTTP. How it is done and how wrong it may be stands in docs/fairness.md.
"""

from sim.desk.fairness.measure import fairness
from sim.desk.fairness.report import FairnessReport, TownLine, published

__all__ = ["FairnessReport", "TownLine", "fairness", "published"]
