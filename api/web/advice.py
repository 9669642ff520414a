"""An error in the page's words: what the command line advises, said by the fields one has in front of one."""

import re

from tariffs.errors import TakstlabError
from tariffs.offer import KNOWN_ONLY_DA

SAID = (
    (r"Kommune \d{4} har ikke flextur", "Kommunen tilbyder ikke flextur"),
    (
        r"vælg en anden kommune \(se 'takstlab municipalities'\), eller regn, som om den havde, med --offers",
        "vælg en anden kommune, eller sæt kryds ved »Regn, som om kommunen havde flextur«",
    ),
    (
        rf"[:;]? ?{KNOWN_ONLY_DA}",
        "; kun kendte priser er valgt: fjern krydset ved »Kun kendte priser« for at regne med en udregnet, fremskreven eller egen pris",
    ),
    (
        r"vælg et andet år eller serviceelement, eller tilføj en takstudgave med --tariff FIL",
        "vælg et andet år, eller fjern krydset ved det serviceelement, hvis pris ikke er kendt",
    ),
    (
        r"vælg et andet år, eller tilføj en udgave med --tariff FIL \(udkast: takstlab tariffs index\)",
        "vælg et af de år, der kan vælges ovenfor",
    ),
    (r"ret værdien; se docs/scenarios\.md", "ret feltet"),
    (
        r"giv stedet som 'breddegrad længdegrad', fx '([\d. ]+)'",
        r"vælg et sted fra listen, eller skriv koordinater, fx \1",
    ),
    (r"giv byområdet som GeoJSON-fil eller ret navnet", "vælg en by fra listen, eller send en bygrænse under »Egne data«"),
    (r"--spent-to\b", "»til og med«"),
    (r"--spent\b", "»Forbrugt indtil nu«"),
    (r"--budget\b", "»Årets budget«"),
    (r"--start\b", "»Ændringen træder i kraft«"),
    (r"--year\b", "»År«"),
    (r"--neighbour\b", "»Naboer«"),
    (r"--passengers\b|\bpassengers\b", "»Kommunens passagerer om året«"),
    (r"\b(\d{4})-(\d{2})-(\d{2})\b", r"\3.\2.\1"),
)  # fmt: skip
"""From the command line's words to the page's; what is not here is said as it is."""


def advice(error: TakstlabError) -> str:
    """Return an error as the page says it: what, why, and what to do, without where in a file it was.

    >>> from tariffs.errors import InputError
    >>> advice(InputError("Kommune 0101 har ikke flextur", where="2020-12-31", next_step="ret værdien; se docs/scenarios.md"))
    'Kommunen tilbyder ikke flextur. Ret feltet.'
    """
    parts = [_in_the_pages_words(part).rstrip(".") for part in (error.what, error.why, error.next_step) if part]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)


def _in_the_pages_words(text: str) -> str:
    for pattern, said in SAID:
        text = re.sub(pattern, said, text)
    return text
