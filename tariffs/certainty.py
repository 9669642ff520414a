"""How surely a price is known: the weakest of the sources that it rests on, and what is said of it beside the price."""

from collections.abc import Iterable
from enum import StrEnum

from tariffs.source import Source


class Certainty(StrEnum):
    """Surest first; the value is the stable code in JSON."""

    KNOWN = "known"
    ENTERED = "entered"
    ASSUMED = "assumed"
    CALCULATED = "calculated"
    PROJECTED = "projected"
    OWN = "own"


TEXTS = {
    Certainty.KNOWN: ("", ""),
    Certainty.ENTERED: ("egen prisliste", "own price list"),
    Certainty.ASSUMED: ("antaget; ikke bekræftet", "assumed; not confirmed"),
    Certainty.CALCULATED: ("udregnet; ikke Movias prisliste", "calculated; not Movia's price list"),
    Certainty.PROJECTED: ("fremskrevet; ikke Movias prisliste", "projected; not Movia's price list"),
    Certainty.OWN: ("egen pris; ikke Movias prisliste", "own price; not Movia's price list"),
}
_BY_MARK = {"A": Certainty.KNOWN, "B": Certainty.KNOWN, "C": Certainty.CALCULATED, "J": Certainty.ASSUMED}
_WEAKEST_LAST = tuple(Certainty)


def certainty_of(sources: Iterable[Source]) -> Certainty:
    """Return how surely a price that rests on these sources is known.

    >>> certainty_of([Source("Movia", "A"), Source("Takstlab", "C", projected=True)])
    <Certainty.PROJECTED: 'projected'>
    """
    return max(map(_of_one, sources), key=_WEAKEST_LAST.index, default=Certainty.KNOWN)


def _of_one(source: Source) -> Certainty:
    if source.own:
        return Certainty.OWN
    if source.projected:
        return Certainty.PROJECTED
    return Certainty.ENTERED if source.entered else _BY_MARK[source.mark]


def certainty_text(certainty: Certainty, lang: str = "da") -> str:
    """Return what is said beside such a price in ``da`` or ``en``, empty for a known one."""
    return TEXTS[certainty][lang == "en"]


def certainty_note(sources: Iterable[Source], lang: str = "da") -> str:
    """Return what is said beside a price that rests on these sources; a price list of the user's own is named.

    >>> certainty_note([Source("Movias brev", "A", entered=True)])
    'egen prisliste, Movias brev'
    """
    found = list(sources)
    certainty = certainty_of(found)
    text = certainty_text(certainty, lang)
    if certainty is not Certainty.ENTERED:
        return text
    return ", ".join(dict.fromkeys([text, *(source.title for source in found if source.entered)]))


def certainty_word(certainty: Certainty, lang: str = "da") -> str:
    """Return the one word of it, for where the rest is said beside.

    >>> certainty_word(Certainty.PROJECTED), certainty_word(Certainty.KNOWN)
    ('fremskrevet', '')
    """
    return certainty_text(certainty, lang).partition(";")[0]
