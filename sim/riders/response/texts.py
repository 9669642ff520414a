"""What a report says about a level of fare that was never observed."""

import re
from collections.abc import Sequence

_TEXTS = {
    "da": {
        "between": "{kr} er ikke prøvet. Svaret er lagt mellem de takster, der blev prøvet{trials}: 24, 36 og 48 kr.",
        "gap": "{kr} er ikke prøvet. Svaret er en fremskrivning mellem forsøgene{trials} med 48 kr. i fire kommuner og "
        "72 kr. på Lolland; det hviler delvis på Lolland alene og skal læses som et interval.",
        "beyond": "{kr} er over alt, der er prøvet (højst 72 kr. på Lolland{then}). Svaret er en fremskrivning og "
        "meget usikkert.",
        "below": "{kr} er under alt, der er prøvet (lavest 24 kr.{then}). Svaret er en fremskrivning.",
    },
    "en": {
        "between": "{kr} {has} not been tried. The answer lies between the fares that were tried{trials}: DKK 24, 36 and 48.",
        "gap": "{kr} {has} not been tried. The answer is extrapolated between the trials{trials} at DKK 48 in four "
        "municipalities and DKK 72 on Lolland; it rests partly on Lolland alone and must be read as an interval.",
        "beyond": "{kr} {is} above all that was tried (at most DKK 72, on Lolland{then}). The answer is a very uncertain "
        "extrapolation.",
        "below": "{kr} {is} below all that was tried (the lowest was DKK 24{then}). The answer is an extrapolation.",
    },
}  # fmt: skip
_THEN = {"trials": {"da": " i 2016-17", "en": " in 2016-17"}, "then": {"da": " i 2017", "en": " in 2017"}}
"""When the tried fares were paid, stated where the level asked about is stated in the money of two years."""
_IN_2017 = {"da": " (ca. {real} kr. i 2017-priser)", "en": " (about DKK {real} in 2017 prices)"}
_AMOUNT = r"(?P<kr>\d[\d,]* kr\.)(?: \(ca\. (?P<real>[\d,]+) kr\. i 2017-priser\))?"
TRIED_KRONER = (24, 36, 48, 72)
TELLING_OERE = 50
"""A level at least this far from itself in 2017 prices is stated in both."""
Level = tuple[str, str]
"""A level and the same in 2017 prices, as Danes write them and without their unit; the second is empty where it is the same."""


def extrapolation_text(level_oere: int, real_oere: float, language: str) -> str:
    """Return the sentence for a level in today's oere which is ``real_oere`` at the 2017 price level."""
    kroner, rest = divmod(level_oere, 100)
    in_both = abs(level_oere - real_oere) >= TELLING_OERE
    level = f"{kroner},{rest:02d}" if rest else str(kroner)
    if real_oere < 2400:
        kind = "below"
    elif real_oere < 4800:
        kind = "between"
    else:
        kind = "gap" if real_oere < 7200 else "beyond"
    return untried_text(kind, [(level, _real_kroner(real_oere) if in_both else "")], language)


def untried_text(kind: str, levels: Sequence[Level], language: str) -> str:
    """Return the sentence for levels that are untried in the same way.

    >>> untried_text("below", [("12", ""), ("14,50", "")], "en")
    'DKK 12 and DKK 14.50 are below all that was tried (the lowest was DKK 24). The answer is an extrapolation.'
    """
    amounts = []
    for level, real in levels:
        own = _marked(level, language)
        amount = f"DKK {own}" if language == "en" else f"{own} kr."
        amounts.append(amount + (_IN_2017[language].format(real=_marked(real, language)) if real else ""))
    when = {key: words[language] if any(real for _, real in levels) else "" for key, words in _THEN.items()}
    several = len(amounts) > 1
    joined = (" and " if language == "en" else " og ").join(
        [", ".join(amounts[:-1]), amounts[-1]] if several else amounts
    )
    return _TEXTS[language][kind].format(
        kr=joined, has="have" if several else "has", **{"is": "are" if several else "is"}, **when
    )


def untried_levels(text: str) -> tuple[list[tuple[str, Level]], str]:
    """Return the kinds and levels that a Danish text of `extrapolation_text` speaks of, and what else it says.

    >>> untried_levels(extrapolation_text(1200, 1200.0, "da") + " Andet.")
    ([('below', ('12', ''))], 'Andet.')
    """
    found: list[tuple[str, Level]] = []
    rest = text
    for kind, pattern in _PATTERNS.items():
        for one in pattern.finditer(rest):
            found.append((kind, (one["kr"].removesuffix(" kr."), one["real"] or "")))
        rest = pattern.sub("", rest)
    return found, " ".join(rest.split())


def _pattern(danish: str) -> re.Pattern[str]:
    escaped = re.escape(danish)
    for field, may_be in (("kr", _AMOUNT), ("trials", "(?: i 2016-17)?"), ("then", "(?: i 2017)?")):
        escaped = escaped.replace(re.escape(f"{{{field}}}"), may_be)
    return re.compile(escaped)


_PATTERNS = {kind: _pattern(danish) for kind, danish in _TEXTS["da"].items()}


def _marked(number: str, language: str) -> str:
    return number.replace(",", ".") if language == "en" else number


def _real_kroner(real_oere: float) -> str:
    """Return whole kroner; with oere where whole ones would be a fare that was tried."""
    whole = round(real_oere / 100)
    return str(whole) if whole not in TRIED_KRONER else f"{real_oere / 100:.2f}".replace(".", ",")
