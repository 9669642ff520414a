"""Hvad har ændret sig? A saved answer of this or an earlier build beside the same scenario run today, and the causes.

This room reads old answers with patience (a figure that one does not have is unknown, never 0), compares them with today's, and
shares the difference out by cause. It runs nothing itself but the instant estimate.
"""
