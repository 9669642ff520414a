"""What ``validation.json`` holds, key by key."""

from typing import Any, Literal, TypedDict


class Outcome(TypedDict):
    """What came out; None where nothing did, or where it has no interval."""

    mean: float | None
    p10: float | None
    p90: float | None


class Judged(TypedDict):
    """A target with its verdict; an end that is None is open."""

    id: str
    kind: str
    statement: str
    source: str
    target_low: float | None
    target_high: float | None
    simulated: Outcome
    verdict: Literal["pass", "miss", "explained"]
    note: str


class JudgedGroup(TypedDict):
    """A group: the ids of its targets, and what its picture is drawn from."""

    name: str
    title: str
    targets: list[str]
    series: Any


class Fitted(TypedDict):
    """A fact that the calibration was fitted to, and that nothing is checked against."""

    id: str
    statement: str
    fits: str
    source: str
    mark: str


class Validation(TypedDict):
    """A whole validation; ``units`` are those of the targets, by id."""

    schema_version: int
    profile: str
    seed: int
    versions: dict[str, str]
    facts_sha256: str
    targets: list[Judged]
    units: dict[str, str]
    groups: list[JudgedGroup]
    fitted: list[Fitted]
