"""The pool that flextur rides in: the area's referred traffic and the vehicles that serve both.

Knows who else is driven and how many vehicles there are; which vehicle takes whom is the planner's business, what it costs
the accounts'. Has never heard of fares or options.
"""

from sim.road.pool.background import Background, check_schemes, leaving_notes
from sim.road.pool.pool import Pool, draw_pool

__all__ = ["Background", "Pool", "check_schemes", "draw_pool", "leaving_notes"]
