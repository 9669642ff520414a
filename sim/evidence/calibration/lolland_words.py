"""How much of an answer for 60 kr rests on Lolland, said in Danish from the numbers of the two fits."""

from collections.abc import Mapping

from sim.evidence.calibration.found import LollandPart
from sim.words.numbers import danish

FRACTIONS = (
    (1.1, "en tiendedel"),
    (1.2, "en femtedel"),
    (1.25, "en fjerdedel"),
    (1.33, "en tredjedel"),
    (1.5, "halvt"),
    (1.75, "tre fjerdedele"),
)
"""Ratios of widths that have a name; the nearest is said."""
NO_MOVE, SMALL_MOVE = 1.0, 3.0
"""Percentage points: below the first the mean stays, below the second it moves a little."""


def wider_words(ratio: float) -> str:
    """Return how much wider one interval is than another, as people say it.

    >>> wider_words(1.256), wider_words(1.466), wider_words(2.3), wider_words(1.01), wider_words(0.8)
    ('omkring en fjerdedel bredere', 'omkring halvt så bredt igen', '2,3 gange så bredt', 'lige så bredt', 'smallere')
    """
    if ratio < 0.95:
        return "smallere"
    if ratio < 1.05:
        return "lige så bredt"
    if ratio >= 1.9:
        return f"{danish(ratio, 1)} gange så bredt"
    _, name = min(FRACTIONS, key=lambda entry: abs(entry[0] - ratio))
    return f"omkring {name} så bredt igen" if name == "halvt" else f"omkring {name} bredere"


def moved_words(shift: float) -> str:
    """Return whether a mean stays or moves when it shifts by ``shift`` points.

    >>> moved_words(0.2), moved_words(-2.04), moved_words(5.0)
    ('flytter sig næsten ikke (0,2 procentpoint)', 'flytter sig lidt (2,0 procentpoint)', 'flytter sig meget (5,0 procentpoint)')
    """
    how = "næsten ikke" if abs(shift) < NO_MOVE else "lidt" if abs(shift) < SMALL_MOVE else "meget"
    return f"flytter sig {how} ({danish(abs(shift), 1)} procentpoint)"


def lolland_sentence(from_kr: int, to_kr: int, part: LollandPart) -> str:
    """Return what a change rests on.

    >>> lolland_sentence(24, 60, LollandPart(-74.1, -73.9, 0.2, 24.2, 30.4, 1.256))
    'Fra 24 til 60 kr.: uden Lolland flytter middeltallet sig næsten ikke (0,2 procentpoint), og intervallet bliver omkring en fjerdedel bredere (30,4 mod 24,2 procentpoint).'
    """  # noqa: E501
    moved = moved_words(part.shift).removeprefix("flytter sig ")
    return (
        f"Fra {from_kr} til {to_kr} kr.: uden Lolland flytter middeltallet sig {moved}, og intervallet bliver "
        f"{wider_words(part.ratio)} ({danish(part.width_without, 1)} mod {danish(part.width_with, 1)} procentpoint)."
    )


def rests_on_lolland(parts: Mapping[str, LollandPart]) -> str:
    """Return the conclusion over all changes to 60 kr: what Lolland alone carries, the middle, the certainty, or both."""
    moves = any(abs(part.shift) >= NO_MOVE for part in parts.values())
    narrows = any(part.ratio >= 1.05 for part in parts.values())
    ratios = [part.ratio for part in parts.values()]
    share = sorted({round(100 * (1 - 1 / ratio)) for ratio in (min(ratios), max(ratios))})
    told = f"{share[0]}-{share[-1]}" if len(share) > 1 else f"{share[0]}"
    if not moves and not narrows:
        return "Svaret for 60 kr. er det samme med og uden Lolland."
    middle = "Midten af svaret for 60 kr. hviler " + ("også på Lolland." if moves else "ikke på Lolland.")
    if not narrows:
        return middle + " Sikkerheden gør det ikke."
    return (
        f"{middle} Det gør sikkerheden: Lolland alene gør intervallerne {told} % smallere, end de ville være uden. "
        "Uden Lolland er det de antagne kurver, der bærer svaret."
    )
