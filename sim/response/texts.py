"""What a report says about a level of fare that was never observed."""

_TEXTS = {
    "da": {
        "between": "{kr} er ikke prøvet. Svaret er lagt mellem de prøvede takster 24, 36 og 48 kr.",
        "gap": "{kr} er ikke prøvet. Svaret er en fremskrivning mellem forsøgene med 48 kr. i fire kommuner og "
        "72 kr. på Lolland; det hviler delvis på Lolland alene og skal læses som et interval.",
        "beyond": "{kr} er over alt, der er prøvet (højst 72 kr. på Lolland). Svaret er en fremskrivning og "
        "meget usikkert.",
        "below": "{kr} er under alt, der er prøvet (lavest 24 kr.). Svaret er en fremskrivning.",
    },
    "en": {
        "between": "{kr} has not been tried. The answer lies between the fares that were: 24, 36 and 48 kr.",
        "gap": "{kr} has not been tried. The answer is extrapolated between the trials at 48 kr in four "
        "municipalities and 72 kr in Lolland; it rests partly on Lolland alone and must be read as an interval.",
        "beyond": "{kr} is above all that was tried (at most 72 kr, in Lolland). The answer is a very uncertain "
        "extrapolation.",
        "below": "{kr} is below all that was tried (at least 24 kr). The answer is an extrapolation.",
    },
}


_IN_2017 = {"da": " (ca. {real} kr. i 2017-priser)", "en": " (about {real} kr in 2017 prices)"}
TELLING_OERE = 50
"""A level at least this far from itself in 2017 prices is told in both."""


def extrapolation_text(level_oere: int, real_oere: float, language: str) -> str:
    """Return the sentence for a level in today's oere which is ``real_oere`` at the 2017 price level."""
    texts = _TEXTS[language]
    kroner, rest = divmod(level_oere, 100)
    unit = " kr." if language == "da" else " kr"
    amount = f"{kroner}{',' if language == 'da' else '.'}{rest:02d}{unit}" if rest else f"{kroner}{unit}"
    if abs(level_oere - real_oere) >= TELLING_OERE:
        amount += _IN_2017[language].format(real=round(real_oere / 100))
    if real_oere < 2400:
        kind = "below"
    elif real_oere < 4800:
        kind = "between"
    else:
        kind = "gap" if real_oere < 7200 else "beyond"
    return texts[kind].format(kr=amount)
