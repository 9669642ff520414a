"""The comparison: the same people under every option, replicated until chance is small, with all that is uncertain.

Runs replications in processes of their own, gathers whole totals, and turns them into figures with intervals.
"""
