"""Chosen neighbours beside a municipality, and what a neighbour's choice changes in it.

Each municipality is simulated by itself, under its own package. Nothing is summed across municipalities: an allocated
volume is worth a third to three times, and what one municipality has more another has less.
"""
