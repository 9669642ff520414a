"""Demand: who would like to ride in a year, from where to where, when, with whom, and how they book.

Knows people and places; prices are none of its business. Every number comes from the assumptions register or ``data/``.
"""
