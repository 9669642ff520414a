"""The batch: municipalities × options × years × replications as units of work that survive anything, and their results.

This room knows plans, units, the folder they are kept in, the processes or cluster that make them, and how the results are
queried and ranked. What a unit calculates is `sim.study.replicated.replication`'s; this room adds nothing to it.
"""
