"""A forecast in an officer's words."""

from sim.answer.records.budget import Outturn, ToDate
from sim.words.figure import Figure
from sim.words.numbers import OERE_PER_KRONE, approximately, danish, millions, telling_decimals
from sim.words.rounding import ends_in_kroner, ends_in_millions

KRONER_BELOW_OERE = 10_000_000
"""A budget is told in millions; below 100,000 kr a tenth of one would be too coarse."""
MILLION_OERE = 1_000_000 * OERE_PER_KRONE
MOST_DECIMALS = 3
"""Of millions: whole thousands of kroner."""


def sentence(
    name: str,
    outturn: Outturn,
    budget_oere: int | None,
    line: Outturn | None = None,
    to_date: ToDate | None = None,
) -> str:
    """Return one plain sentence: the simulated outturn, and where there is a budget what is over or under it.

    ``line``, the outturn by the straight line, is always told beside it. Where it lies outside the simulated interval, both
    methods stand first and no tillægsbevilling is asserted: what was spent ``to_date`` contradicts the model.
    """
    if line is None:
        return _simulated(name, outturn, budget_oere)
    if _apart(outturn, line):
        return _by_method(name, outturn, line, budget_oere, to_date)
    straight = _amount(line.outturn_oere.mean, outturn.outturn_oere, _decimals(outturn))
    return f"{_simulated(name, outturn, budget_oere)} Lige fremskrivning giver ca. {straight}"


def _simulated(name: str, outturn: Outturn, budget_oere: int | None) -> str:
    decimals = _decimals(outturn)
    told = f"{name}: forventet regnskab {_about(outturn.outturn_oere, decimals)}"
    over = outturn.deviation_oere
    if budget_oere is None or over is None:
        return told if told.endswith(".") else f"{told}."
    told += f" mod et budget på {_amount(budget_oere, outturn.outturn_oere, decimals)}"
    if outturn.verdict == "usikker":
        return (
            f"{told}; usikker: kan blive mer- eller mindreforbrug ({_range(over)} {_unit(over)}), og der kan blive brug for"
            f" en tillægsbevilling på op til {_ends(over)[1]} {_unit(over)}"
        )
    size = Figure(abs(over.mean), *sorted((abs(over.p10), abs(over.p90))))
    if outturn.verdict == "merforbrug":
        return f"{told}: et merforbrug på {_about(size)}, som kræver en tillægsbevilling."
    return f"{told}: et mindreforbrug på {_about(size)}; ingen tillægsbevilling."


def _decimals(outturn: Outturn) -> int:
    """Return the decimals of millions: so many that outturn and budget are as far apart as the deviation that is told of them."""
    decimals, over = telling_decimals(outturn.outturn_oere), outturn.deviation_oere
    if over is not None and outturn.verdict != "usikker":
        while decimals < MOST_DECIMALS and MILLION_OERE / 10**decimals > abs(over.mean):
            decimals += 1
    return decimals


def _apart(outturn: Outturn, line: Outturn) -> bool:
    """Say whether the straight line lies outside the simulated interval, by what can be told or on the budget's other side."""
    simulated, straight = outturn.outturn_oere, line.outturn_oere.mean
    over, beside = outturn.deviation_oere, line.deviation_oere
    other_side = over is not None and beside is not None and (over.mean > 0) != (beside.mean > 0)
    tellable = _number(straight, simulated) != _number(simulated.mean, simulated)
    return not simulated.p10 <= straight <= simulated.p90 and (other_side or tellable)


def _by_method(name: str, outturn: Outturn, line: Outturn, budget_oere: int | None, to_date: ToDate | None) -> str:
    simulated, straight = outturn.outturn_oere, line.outturn_oere
    told = (
        f"{name}: forventet regnskab ca. {_amount(straight.mean, simulated)} ved lige fremskrivning og"
        f" {_about(simulated)} simuleret"
    )
    over, beside = outturn.deviation_oere, line.deviation_oere
    if budget_oere is not None and over is not None and beside is not None:
        between = _between(_both(beside.mean, over.mean))
        told += f", mod et budget på {_amount(budget_oere, simulated)}: {between} efter metode"
    percent = None if to_date is None else to_date.deviation_percent
    if percent is not None:
        side = "under" if percent.mean < 0 else "over"
        told += f"; forbruget indtil nu ligger {danish(abs(percent.mean))} % {side} modellens for de samme dage"
    return told if told.endswith(".") else f"{told}."


def _both(one: float, other: float) -> Figure:
    """Return two methods' amounts as one figure, the lower first."""
    low, high = sorted((one, other))
    return Figure(high if abs(high) >= abs(low) else low, low, high)


def _between(over: Figure) -> str:
    """Say what two methods make of the deviation: both over, both under, or one of each."""
    low, high = (_number(abs(end), over) for end in (over.p10, over.p90))
    if over.p10 >= 0:
        return f"et merforbrug på mellem {low} og {high} {_unit(over)}"
    if over.p90 <= 0:
        return f"et mindreforbrug på mellem {high} og {low} {_unit(over)}"
    return f"mellem et mindreforbrug på {low} og et merforbrug på {high} {_unit(over)}"


def _about(figure: Figure, decimals: int | None = None) -> str:
    """Return a mean with its interval, the interval left out where there is none."""
    mean = _amount(figure.mean, figure, decimals)
    return f"ca. {mean}" if figure.p10 == figure.p90 else f"ca. {mean} ({_range(figure, decimals)})"


def _range(figure: Figure, decimals: int | None = None) -> str:
    low, high = _ends(figure, decimals)
    return f"{low} til {high}" if figure.p10 < 0 else f"{low}-{high}"


def _ends(figure: Figure, decimals: int | None = None) -> tuple[str, str]:
    """Return the ends of an interval, rounded outwards as in the table."""
    if _unit(figure) == "kr.":
        return ends_in_kroner(figure.p10, figure.p90)
    return ends_in_millions(figure.p10, figure.p90, telling_decimals(figure) if decimals is None else decimals)


def _amount(oere: float, beside: Figure, decimals: int | None = None) -> str:
    return f"{_number(oere, beside, decimals)} {_unit(beside)}"


def _unit(figure: Figure) -> str:
    """Return the unit an amount is told in: millions, or kroner where its mean and interval are small."""
    return "kr." if max(map(abs, (figure.mean, figure.p10, figure.p90))) < KRONER_BELOW_OERE else "mio. kr."


def _number(oere: float, beside: Figure, decimals: int | None = None) -> str:
    if _unit(beside) == "kr.":
        return approximately(oere / OERE_PER_KRONE)
    return millions(oere, decimals=telling_decimals(beside) if decimals is None else decimals)
