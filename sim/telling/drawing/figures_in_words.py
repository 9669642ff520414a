"""The numbers of a drawing in words: beside the marks, and in the text for those who cannot see them."""

from collections.abc import Sequence

from sim.answer.wording import UNCERTAIN
from sim.words.cells import UNSURE, Formatter, between, span
from sim.words.figure import Figure
from sim.words.names import in_a_row
from sim.words.numbers import OERE_PER_KRONE, danish
from sim.words.rounding import COUNT, THOUSANDS, Printed, outwards

THOUSAND_KRONER = 1000 * OERE_PER_KRONE
UNIT = "1.000 kr."
HARD = "\u00a0"
INTERVAL = "I parentes: 8 af 10 beregninger ligger imellem."


def amount(figure: Figure, shown: Printed = THOUSANDS, steps: int | None = None) -> str:
    """Return an amount in thousands of kroner with its interval; of ``steps`` where those are rounded to add up.

    >>> amount(Figure(278_109_223.5, 102_362_167.7, 752_015_576.2))
    '2.781 (1.000-7.600)'
    """
    return f"{_steps(figure, shown, steps)} {_span(figure, shown)}"


def change(figure: Figure, shown: Printed = THOUSANDS, steps: int | None = None) -> str:
    """Return a change in thousands of kroner; where it may be either way, in words.

    >>> change(Figure(-2e6, -9e6, 5e6)).replace(HARD, " ")
    'usikker: kan blive mer- eller mindreudgift (-90 til +50)'
    """
    mean = _steps(figure, shown.with_plus(), steps) if figure.sign_is_sure else UNCERTAIN
    return f"{mean} {_span(figure, shown.with_plus())}"


def part(figure: Figure, shown: Printed = THOUSANDS, steps: int | None = None) -> str:
    """Return one part of a change in thousands of kroner: it is drawn, so its mean is told even where it is unsure.

    >>> part(Figure(2e6, -34e5, 53e5)).replace(HARD, " ")
    '+20 (-34 til +53), usikker'
    """
    sure = "" if figure.sign_is_sure else f", {UNSURE}"
    return f"{_steps(figure, shown.with_plus(), steps)} {_span(figure, shown.with_plus())}{sure}"


def count(figure: Figure, steps: int | None = None) -> str:
    """Return a count with its interval."""
    return f"{_steps(figure, COUNT, steps)} {_span(figure, COUNT)}"


def kroner_words(oere: float) -> str:
    """Return an amount as it is said: whole thousands from 10,000 kr on, else whole hundreds.

    >>> kroner_words(-14_995_867.9), kroner_words(310_000)
    ('-150.000 kr.', '3.100 kr.')
    """
    return f"{_whole(oere)} kr."


def span_words(figure: Figure) -> str:
    """Return an amount's interval as it is said, in kroner."""
    return f"({_kroner_span(figure.p10, figure.p90)})"


def change_words(name: str, figure: Figure) -> str:
    """Return an option's effect as a clause.

    >>> change_words("Bytakst 60", Figure(-14_995_868, -48_708_204, -5_388_704))
    'Bytakst 60: mindreudgift på 150.000 kr. (50.000-490.000)'
    """
    if figure.is_nothing:
        return f"{name}: ingen ændring"
    if not figure.sign_is_sure:
        return f"{name}: {UNCERTAIN} ({_kroner_span(figure.p10, figure.p90, plus=True)} kr.)"
    kind = "mindreudgift" if figure.mean < 0 else "merudgift"
    low, high = sorted((abs(figure.p10), abs(figure.p90)))
    return f"{name}: {kind} på {kroner_words(abs(figure.mean))} ({_kroner_span(low, high)})"


def sentences(clauses: Sequence[str]) -> str:
    """Return clauses as one sentence.

    >>> sentences(["før 48 kr.", "efter 60 kr."])
    'før 48 kr.; efter 60 kr.'
    """
    return "; ".join(clauses).rstrip(".") + "."


def names_words(names: Sequence[str]) -> str:
    """Return names as a list in words."""
    return in_a_row(names)


def _steps(figure: Figure, shown: Printed, steps: int | None) -> str:
    return shown(figure.mean) if steps is None else shown.text(steps)


def _span(figure: Figure, shown: Formatter) -> str:
    """Return the interval in parentheses, with hard spaces so that it stays on one line."""
    return f"({span(figure, shown)})".replace(" ", HARD)


def _kroner_span(low: float, high: float, *, plus: bool = False) -> str:
    """Return an interval of amounts in kroner, to hundreds."""
    hundreds = 100 * OERE_PER_KRONE
    return between(*outwards(low, high, hundreds), Printed(OERE_PER_KRONE, plus=plus))


def _whole(oere: float) -> str:
    kroner = oere / OERE_PER_KRONE
    return danish(round(kroner, -3 if abs(kroner) >= 10_000 else -2))
