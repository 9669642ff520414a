"""How wide words are, so that they can be broken before they run out of the picture.

The widths are those of Helvetica, in thousandths of the size; other sans-serif faces run a little wider, hence the margin.
"""

import re

_WIDTHS = {
    191: "'", 222: "ijl", 278: "ftI !,./:;|\\[]", 333: "r()-`", 355: '"', 389: "*", 469: "^", 500: "ckJsvxyz",
    556: "abdeghnopqu0123456789L?_$#–åäéèü", 584: "+<=>~−", 611: "FTZøö", 667: "ABEKPSVXYÅÄ&", 722: "CDHNRUw", 778: "GOQØÖ",
    833: "mM", 889: "%æ", 944: "W", 1000: "Æ…→←—", 1015: "@",
}  # fmt: skip
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER, _WIDE_SCRIPT, _FIRST_WIDE = 700, 1050, 0x2E80
MARGIN, BOLD = 1.1, 1.08
HARD = "\u00a0"
HELD = re.compile(r"\bDKK (?=[-+±]?\d)|(?<=[\d.]) → (?=[-+]?\d|DKK)")
"""Spaces at which no line ends: after the name of the kroner, and round an arrow between two prices."""


def breadth(words: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide the words are in a size, both in pixels."""
    thousandths = sum(_OF.get(c, _WIDE_SCRIPT if ord(c) >= _FIRST_WIDE else _OTHER) for c in words)
    return thousandths / 1000 * size * MARGIN * (BOLD if bold else 1.0)


def wrapped(words: str, width: float, size: float, *, bold: bool = False, most: int = 3) -> list[str]:
    """Return the words in lines no wider than ``width``; what does not fit on ``most`` lines ends in an ellipsis.

    >>> wrapped("Bytakst 60 i Holbæk", 90, 14)
    ['Bytakst 60 i', 'Holbæk']
    >>> [line.replace(HARD, "_") for line in wrapped("takst i byen DKK 48 → 64", 120, 14)]
    ['takst i byen', 'DKK_48_→_64']
    """

    def fits(line: str) -> bool:
        return breadth(line, size, bold=bold) <= width

    lines = [""]
    held = HELD.sub(lambda found: found[0].replace(" ", HARD), words).split(" ")
    for word in (part for whole in held for part in ([whole] if fits(whole) else whole.split(HARD))):
        longer = f"{lines[-1]} {word}".strip()
        if fits(longer):
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if not fits(lines[-1] + letter):
                lines.append("")
            lines[-1] += letter
    return (
        lines
        if len(lines) <= most
        else [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width, size, bold=bold)]
    )


def shortened(words: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return the words on one line, cut with an ellipsis where they are too wide."""
    if breadth(words, size, bold=bold) <= width:
        return words
    kept = words
    while kept and breadth(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
