"""The door for files that people bring: read in whatever dress they come, checked cell by cell, minimised.

Knows tables, encodings, number styles and what a trip list may hold; raw cells never leave this room, and nothing that
looks like personal data is written or told. Prices and demand are others' business.
"""
