"""What a result rests on: the register as the study has it, and what no ``--assume`` changes, because it is fitted."""

from sim.answer.records.basis import AssumptionUsed
from sim.inputs.assumptions import Assumption, Value
from sim.riders.response.response import load_response
from sim.study.study import Study


def published_assumptions(study: Study) -> tuple[AssumptionUsed, ...]:
    """Return every assumption with its value in the study, and the fitted price response."""
    register = (
        AssumptionUsed(
            id=a.id,
            statement=a.statement_da,
            value=_value(study, a),
            low=a.low,
            high=a.high,
            range=a.range_text or None,
            unit=a.unit,
            mark=a.mark,
            source=a.source,
            who=a.who,
            drawn=a.drawn,
            overridden=a.overridden,
            replaced_by=a.replaced_by or None,
            outside_range=a.outside_range,
        )
        for a in study.assumptions.values()
    )
    return (*register, *fixed_judgements())


def _value(study: Study, assumption: Assumption) -> Value:
    """Return an assumption's value; the price level is the one the run has, which the register leaves to the year."""
    if assumption.id == "price_level":
        return float(study.prices.year)
    return assumption.value


def fixed_judgements() -> tuple[AssumptionUsed, ...]:
    """Return them in the form of the register's entries, marked as not to be changed by the user."""
    response = load_response().summary
    fit = response["posterior"]
    spread = fit["spread"]
    weights = tuple(float(weight) for weight in fit["family_weights"].values())
    memo = "Movia, notat til KKR Hovedstaden om ny model for flextur (vinter 2018/19), bilag 1"
    return (
        _entry(
            "price_response_families",
            "Prisfølsomhed: vægt af logistisk, normal, Weibull og lineær betalingsvillighed; se docs/response.md",
            weights,
            "vægt",
            "C",
            f"Tilpasset forsøgene med 48 kr. (fire kommuner) og 72 kr. (Lolland): {memo}",
        ),
        _entry(
            "price_response_spread",
            "Forskel mellem kommuner: prisfølsomheden ganges med exp(s·z)",
            spread["mean"],
            "sigma",
            "C",
            f"Samme tilpasning; 80 % af sandsynligheden ligger i {spread['p10']:.2f}-{spread['p90']:.2f}".replace(
                ".", ","
            ),
            spread["p10"],
            spread["p90"],
        ),
    )


def _entry(
    key: str,
    statement: str,
    value: Value,
    unit: str,
    mark: str,
    source: str,
    low: float | None = None,
    high: float | None = None,
) -> AssumptionUsed:
    return AssumptionUsed(
        id=key,
        statement=statement,
        value=value,
        low=low,
        high=high,
        range=None if low is not None else "ligger fast",
        unit=unit,
        mark=mark,
        source=source,
        who="kalibrering",
        drawn=False,
        overridden=False,
        outside_range=False,
    )
