"""What a report says about a level of fare that was never observed."""

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
        "between": "{kr} has not been tried. The answer lies between the fares that were{trials}: 24, 36 and 48 kr.",
        "gap": "{kr} has not been tried. The answer is extrapolated between the trials{trials} at 48 kr in four "
        "municipalities and 72 kr in Lolland; it rests partly on Lolland alone and must be read as an interval.",
        "beyond": "{kr} is above all that was tried (at most 72 kr, in Lolland{then}). The answer is a very uncertain "
        "extrapolation.",
        "below": "{kr} is below all that was tried (the lowest was 24 kr{then}). The answer is an extrapolation.",
    },
}
_THEN = {"trials": {"da": " i 2016-17", "en": " in 2016-17"}, "then": {"da": " i 2017", "en": " in 2017"}}
"""When the tried fares were paid, told where the level asked about is told in the money of two years."""
_IN_2017 = {"da": " (ca. {real} kr. i 2017-priser)", "en": " (about {real} kr in 2017 prices)"}
TRIED_KRONER = (24, 36, 48, 72)
TELLING_OERE = 50
"""A level at least this far from itself in 2017 prices is told in both."""


def extrapolation_text(level_oere: int, real_oere: float, language: str) -> str:
    """Return the sentence for a level in today's oere which is ``real_oere`` at the 2017 price level."""
    kroner, rest = divmod(level_oere, 100)
    unit = " kr." if language == "da" else " kr"
    amount = f"{kroner}{',' if language == 'da' else '.'}{rest:02d}{unit}" if rest else f"{kroner}{unit}"
    in_both = abs(level_oere - real_oere) >= TELLING_OERE
    if in_both:
        amount += _IN_2017[language].format(real=_real_kroner(real_oere, language))
    if real_oere < 2400:
        kind = "below"
    elif real_oere < 4800:
        kind = "between"
    else:
        kind = "gap" if real_oere < 7200 else "beyond"
    when = {key: words[language] if in_both else "" for key, words in _THEN.items()}
    return _TEXTS[language][kind].format(kr=amount, **when)


def _real_kroner(real_oere: float, language: str) -> str:
    """Return whole kroner; with oere where whole ones would be a fare that was tried."""
    whole = round(real_oere / 100)
    if whole not in TRIED_KRONER:
        return str(whole)
    told = f"{real_oere / 100:.2f}"
    return told.replace(".", ",") if language == "da" else told
