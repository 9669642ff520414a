"""Words: how values become text for people, in cells and tables.

Knows no model: it has never heard of scenarios, riders or money but as numbers. Imports nothing else of the simulation.
"""
