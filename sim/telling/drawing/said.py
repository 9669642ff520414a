"""The numbers of a drawing in words: beside the marks, and in the text for those who cannot see them."""

from collections.abc import Sequence

from sim.answer.wording import UNCERTAIN
from sim.words.cells import UNSURE, Formatter, Json, between, sign_is_sure, span
from sim.words.numbers import OERE_PER_KRONE, danish, listed
from sim.words.rounding import COUNT, THOUSANDS, Printed, outwards

THOUSAND_KRONER = 1000 * OERE_PER_KRONE
UNIT = "1.000 kr."
HARD = "\u00a0"
INTERVAL = "I parentes: 8 af 10 beregninger ligger imellem."


def amount(figure: Json, shown: Printed = THOUSANDS, steps: int | None = None) -> str:
    """Return an amount in thousands of kroner with its interval; of ``steps`` where those are rounded to add up.

    >>> amount({"mean": 278_109_223.5, "p10": 102_362_167.7, "p90": 752_015_576.2})
    '2.781 (1.000-7.600)'
    """
    return f"{_steps(figure, shown, steps)} {_span(figure, shown)}"


def change(figure: Json, shown: Printed = THOUSANDS, steps: int | None = None) -> str:
    """Return a change in thousands of kroner; where it may be either way, in words.

    >>> change({"mean": -2e6, "p10": -9e6, "p90": 5e6}).replace(HARD, " ")
    'usikker: kan blive mer- eller mindreudgift (-90 til +50)'
    """
    mean = _steps(figure, shown.with_plus(), steps) if sign_is_sure(figure) else UNCERTAIN
    return f"{mean} {_span(figure, shown.with_plus())}"


def part(figure: Json, shown: Printed = THOUSANDS, steps: int | None = None) -> str:
    """Return one part of a change in thousands of kroner: it is drawn, so its mean is told even where it is unsure.

    >>> part({"mean": 2e6, "p10": -34e5, "p90": 53e5}).replace(HARD, " ")
    '+20 (-34 til +53), usikker'
    """
    sure = "" if sign_is_sure(figure) else f", {UNSURE}"
    return f"{_steps(figure, shown.with_plus(), steps)} {_span(figure, shown.with_plus())}{sure}"


def count(figure: Json, steps: int | None = None) -> str:
    """Return a count with its interval."""
    return f"{_steps(figure, COUNT, steps)} {_span(figure, COUNT)}"


def kroner_words(oere: float) -> str:
    """Return an amount as it is said: whole thousands from 10,000 kr on, else whole hundreds.

    >>> kroner_words(-14_995_867.9), kroner_words(310_000)
    ('-150.000 kr.', '3.100 kr.')
    """
    return f"{_whole(oere)} kr."


def span_words(figure: Json) -> str:
    """Return an amount's interval as it is said, in kroner."""
    return f"({_kroner_span(figure['p10'], figure['p90'])})"


def change_words(name: str, figure: Json) -> str:
    """Return an option's effect as a clause.

    >>> change_words("Bytakst 60", {"mean": -14_995_868, "p10": -48_708_204, "p90": -5_388_704})
    'Bytakst 60: mindreudgift på 150.000 kr. (50.000-490.000)'
    """
    if figure["mean"] == figure["p10"] == figure["p90"] == 0:
        return f"{name}: ingen ændring"
    if not sign_is_sure(figure):
        return f"{name}: {UNCERTAIN} ({_kroner_span(figure['p10'], figure['p90'], plus=True)} kr.)"
    kind = "mindreudgift" if figure["mean"] < 0 else "merudgift"
    low, high = sorted((abs(figure["p10"]), abs(figure["p90"])))
    return f"{name}: {kind} på {kroner_words(abs(figure['mean']))} ({_kroner_span(low, high)})"


def sentences(clauses: Sequence[str]) -> str:
    """Return clauses as one sentence.

    >>> sentences(["før 48 kr.", "efter 60 kr."])
    'før 48 kr.; efter 60 kr.'
    """
    return "; ".join(clauses).rstrip(".") + "."


def names_words(names: Sequence[str]) -> str:
    """Return names as a list in words."""
    return listed(list(names))


def _steps(figure: Json, shown: Printed, steps: int | None) -> str:
    return shown(figure["mean"]) if steps is None else shown.text(steps)


def _span(figure: Json, shown: Formatter) -> str:
    """Return the interval in parentheses, with hard spaces so that it stays on one line."""
    return f"({span(figure, shown)})".replace(" ", HARD)


def _kroner_span(low: float, high: float, *, plus: bool = False) -> str:
    """Return an interval of amounts in kroner, to hundreds."""
    hundreds = 100 * OERE_PER_KRONE
    return between(*outwards(low, high, hundreds), Printed(OERE_PER_KRONE, plus=plus))


def _whole(oere: float) -> str:
    kroner = oere / OERE_PER_KRONE
    return danish(round(kroner, -3 if abs(kroner) >= 10_000 else -2))
