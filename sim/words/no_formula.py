"""Texts for CSV and TSV that no spreadsheet takes for a formula."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
"""A byte order mark goes when a file is opened, and what comes after it begins the first cell."""


def no_formula(text: str) -> str:
    """Return a text with an apostrophe before it where a sheet would take it for a formula.

    >>> no_formula("=1+1"), no_formula("Bytakst 60")
    ("'=1+1", 'Bytakst 60')
    """
    return "'" + text if text.lstrip(INVISIBLE).startswith(STARTS) else text
