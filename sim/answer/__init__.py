"""The answer: the same people under every option, with all that is uncertain, as it is published.

Turns the totals of a study's replications into figures with intervals, and puts the municipality's own months and budget, the years
ahead, the neighbours and a nurse clinic next to them. Knows nothing of how an answer is laid out.
"""
