"""What is introduced on the start date, how its volume grows, and the sentence on it."""

from collections.abc import Sequence

from sim.answer.records.basis import Introduction
from sim.study.introduction import Service, introduced, settled_shares
from sim.study.study import Study
from sim.words.numbers import danish
from tariffs.typed import MONTHS


def introduction(study: Study) -> Introduction | None:
    """Return what is introduced, how its volume grows and the sentence on it; None where nothing is."""
    services = [introduced(study, place) for place in range(len(study.packages))]
    if not any(services) or study.scenario.start is None or study.start_day is None:
        return None
    first, months = (f"introduction_{key}" for key in ("first_share", "growth_months"))
    rest = float(settled_shares(study)[study.start_day :].mean())
    return Introduction(
        options=tuple(services),
        first_share=study.assumptions.number(first),
        growth_months=study.assumptions.number(months),
        mean_share=rest,
        sentence=_sentence(study, services, rest),
    )


def _sentence(study: Study, services: Sequence[Service | None], rest: float) -> str:
    def known(key: str, times: float, unit: str) -> str:
        entry = study.assumptions[key]
        value = f"{danish(times * study.assumptions.number(key))} {unit}"
        if not entry.drawn or entry.low is None or entry.high is None:
            return value
        return f"{value} ({danish(times * entry.low)}-{danish(times * entry.high)})"

    start = study.scenario.start
    assert start is not None
    names = [f"»{o.name}«" for o, service in zip(study.scenario.options, services, strict=True) if service == "plustur"]
    what = f"plustur i {', '.join(names)}" if names else "flextur"
    ahead = " I overslagsårene vokser trafikken videre derfra." if study.scenario.years_ahead else ""
    traded = " Flextur, som plustur afløser, køres imens." if names else ""
    first = known("introduction_first_share", 100, "%")
    months = known("introduction_growth_months", 1, "måneder")
    return (
        f"De første måneder har ikke hele trafikken: {what} begynder {start.day}. {MONTHS[start.month - 1]} {start.year} med {first} af den"
        f" indkørte trafik og vokser jævnt i {months}; i resten af {study.year.year} er der i gennemsnit {danish(100 * rest)} %."
        f"{traded} Virkningen i budgetåret og månederne er regnet med den voksende trafik: de simulerede ture tæller med deres dags"
        f" andel, der er ikke simuleret et indkøringsår. Helårsvirkningen er et helt år med indkørt trafik.{ahead}"
    )
