"""How far a fit to own months has come: replications done and expected over all the simulations that it takes."""

from sim.answer.budget.rate import REPLICATIONS, USUAL_ROUNDS
from sim.inputs.scenario import Scenario
from sim.study.replicated.parallel import Progress
from sim.study.replicated.sequential import STEADY


class FitProgress:
    """Adds the simulations of a fit up to one count, with those of the comparison after it (``then_compared``).

    ``done`` are the replications made so far. How many rounds the rate takes is not known before: the expected number may grow.
    """

    def __init__(self, scenario: Scenario, tell: Progress, *, then_compared: bool = True) -> None:
        self.done = 0
        self._tell = tell
        draws = scenario.draws
        self._fit = USUAL_ROUNDS * REPLICATIONS + (2 * REPLICATIONS + draws if draws else 0)
        compared = min(scenario.min_replications + STEADY, scenario.max_replications) + scenario.draws
        self._comparison = compared if then_compared else 0

    def one_more(self, done: int, _expected: int) -> None:
        """Take in one more replication of a simulation under way; 0 that the fit begins."""
        self.done += 1 if done else 0
        self._tell(self.done, max(self._fit, self.done) + self._comparison)

    def of_comparison(self, done: int, expected: int) -> None:
        """Take in how far the comparison after the fit has come."""
        self._tell(self.done + done, self.done + expected)
