"""An error in the page's words: what the command line advises, said by the fields one has in front of one."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from sim.words.numbers import english_marks
from tariffs.errors import TakstlabError

ASSUMPTION = re.compile(r"\bForudsætningen '?([a-z0-9_]+)")
PAGES = {
    "Om modellen": "/om",
    "Forudsætninger": "/om#forudsaetninger",
    "Regneark og API": "/om#api",
    "Egne data": "/egne-data",
    "Prislister": "/prislister",
    "Budget": "/budget",
}
"""The pages and sections that messages name, and where each is."""
ISO_DAY = re.compile(r"(?<!= )\b(\d{4})-(\d{2})-(\d{2})\b")
"""A day as the model writes it; one that is to be written into a file, as from = 2019-07-01, stays so."""


def advice(error: TakstlabError) -> str:
    """Return an error as the page says it: what, why, and what to do, without where in a file it was.

    >>> from tariffs.errors import InputError
    >>> advice(InputError("Kommune 0101 har ikke flextur", where="2020-12-31", next_step="ret værdien; se docs/scenarios.md"))
    'Kommunen tilbyder ikke flextur. Ret feltet.'
    """
    parts = [with_danish_days(part).rstrip(".") for part in (error.what, error.why, error.next_step) if part]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)


def with_danish_days(text: str) -> str:
    """Return a text by the page's fields and buttons, its days as they are typed there.

    >>> with_danish_days("taksten for dagen er ukendt: 2028-07-01")
    'taksten for dagen er ukendt: 1.7.2028'
    """
    return ISO_DAY.sub(_typed, in_page_words(text))


def with_english_days(text: str) -> str:
    """Return the same for the English pages.

    >>> with_english_days("the fares of that day are unknown: 2028-07-01")
    'the fares of that day are unknown: 1 July 2028'
    """
    return ISO_DAY.sub(lambda found: english_marks(_typed(found)), in_page_words(text))


def _typed(day: re.Match[str]) -> str:
    return f"{int(day[3])}.{int(day[2])}.{day[1]}"


def in_page_words(text: str) -> str:
    """Return a part of an error by the page's fields and buttons."""
    for pattern, said in _said()["said"].items():
        text = re.sub(pattern, said, text)
    return text


def in_page_words_en(text: str) -> str:
    """Return a part of an error in English by the page's fields and buttons.

    >>> in_page_words_en("or choose the year with --year")
    'or choose the year with “Year”'
    """
    for pattern, said in _said()["said_en"].items():
        text = re.sub(pattern, said, text)
    return text


def read_on(text: str) -> list[tuple[str, str]]:
    """Return the pages that a message names, as address and title: a page in guillemets, or an assumption by its id.

    >>> read_on("Send turlisten igen under »Egne data«."), read_on("Forudsætningen online_share kan ikke være 7")
    ([('/egne-data', 'Egne data')], [('/om#online_share', 'online_share')])
    """
    from sim.inputs.assumptions import load_assumptions

    found = [(href, title) for title, href in PAGES.items() if f"»{title}«" in text]
    named = ASSUMPTION.search(text)
    if named:
        known = named[1] in load_assumptions()
        found.append((f"/om#{named[1]}", named[1]) if known else ("/om#forudsaetninger", "Forudsætninger"))
    return found


@lru_cache(maxsize=1)
def _said() -> dict[str, dict[str, str]]:
    """Return from the command line's words to the page's, in either language; what is not here is said as it is."""
    return tomllib.loads((files("api.web") / "advice.toml").read_text(encoding="utf-8"))
