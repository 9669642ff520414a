"""How wide a table's columns want to be on paper: no word is broken."""

import math

from sim.telling.figures import Shown

SMALL_FROM = 62
"""The width in characters from which a table is set in small type."""
PAGE, EDGES = 96, 2
"""The width of a page in characters of the small type, and what the edges of a column take."""
LOOSE, NUMBERS = 26, 20
"""The widths in characters beyond which words, and numbers, rather go on to a new line."""
SMALL_PRINT = 0.88
"""The size of what is under a number, against the number's."""
HEADING_LINES = 4
"""The lines that a heading rather does not go beyond."""


def column_widths(titles: list[str], cells: list[list[Shown]], *, words: bool) -> list[int]:
    """Return the width of each column in characters: at least its longest word, numbers unbroken, words in a few lines.

    >>> column_widths(["option", "net cost"], [[Shown("A", "", "en", "en"), Shown("1,000", "(900-1,100)", "en", "en")]], words=False)
    [8, 12]
    """
    least, wanted = [], []
    for place, title in enumerate(titles):
        column = [row[place] for row in cells]
        longest = max(len(word) for text in (title, *(c.text for c in column)) for word in (*_words(text), ""))
        under = max((len(word) for c in column for word in _words(c.under)), default=0)
        longest = max(longest, round(SMALL_PRINT * under))
        if words or place == 0:
            widest = min(LOOSE, max((len(c.text) + len(c.under) for c in column), default=0))
        else:
            widest = min(NUMBERS, max((max(len(c.text), round(SMALL_PRINT * len(c.under))) for c in column), default=0))
        least.append(longest + EDGES)
        wanted.append(max(longest, widest, math.ceil(len(title) / HEADING_LINES)) + EDGES)
    spare, asked = PAGE - sum(least), sum(wanted) - sum(least)
    if asked <= spare or not asked:
        return wanted
    # What is left beyond the longest words is shared out by what each column would like.
    return [low + round(max(spare, 0) * (high - low) / asked) for low, high in zip(least, wanted, strict=True)]


def _words(text: str) -> list[str]:
    """Return the parts of a text between which a line may end."""
    return text.replace("-", "- ").split()
