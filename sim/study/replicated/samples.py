"""What a comparison is made of: replications under central parameters, and one under each parameter draw."""

from dataclasses import dataclass, field

from sim.study.replicated.low_fidelity import ClosedForms
from sim.study.replicated.totals import Replication


@dataclass
class Samples:
    """All replications of a comparison: the central ones in order, and one for each parameter draw.

    ``low`` is what the closed form says under these draws and many more, None where it was not asked.
    """

    central: list[Replication]
    drawn: list[Replication]
    paired_with: list[int] = field(default_factory=list)
    low: ClosedForms | None = None
