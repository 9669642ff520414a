"""An earlier answer beside today's, as the OpenAPI document describes it; `sim.desk.changed` makes it."""

from api.http.answers import Answer
from sim.words.figure import Figure


class MadeBy(Answer):
    """What made an answer; null for what is unknown."""

    takstlab: str | None
    versions: dict[str, str]
    run_id: str | None
    price_level: int | None
    year: int
    replications: int | None
    draws: int | None


class FigureMoved(Answer):
    """A figure in both answers, null in the one that does not have it, and the difference of the means."""

    key: str
    old: Figure | None
    new: Figure | None
    difference: float | None


class PartOfChange(Answer):
    """What one cause moves: whole trips, passengers and oere; null where one of the answers does not have the figure."""

    cause: str
    trips: int | None
    passengers: int | None
    fares_oere: int | None
    operator_payment_oere: int | None
    movia_fee_oere: int | None
    net_cost_oere: int | None
    net_cost_change_oere: int | None


class OptionMoved(Answer):
    """An option's figures in both answers; the parts add up to the difference, the last being rules and model."""

    name: str
    in_old: bool
    in_new: bool
    today: bool
    figures: list[FigureMoved]
    parts: list[PartOfChange]


class Cause(Answer):
    """What differs between the answers besides their figures."""

    id: str
    kind: str
    statement: str
    old: str
    new: str


class ChangelogVersion(Answer):
    """A later version, and what the changelog says of it."""

    version: str
    lines: list[str]


class Changed(Answer):
    """What has changed since an answer was calculated."""

    schema_version: int
    municipality: str
    municipality_name: str
    year: int
    old: MadeBy
    new: MadeBy
    options: list[OptionMoved]
    rest: str
    causes: list[Cause]
    changelog: list[ChangelogVersion] | None
    notes: list[str]
