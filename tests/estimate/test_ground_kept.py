"""What estimates of a municipality rest on is made once, whatever is asked of the same town areas, and fills no more than it may."""

from collections.abc import Callable
from datetime import date

import pytest

from sim.estimate import ground as kept
from sim.estimate.estimate import estimate
from sim.geography import cache
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.study import Study


def study_of(code: str, *options: str, **more: object) -> Study:
    given = {"municipality": code, "passengers": 5_000.0, "year": 2020, "options": [parse_option(o) for o in options]}
    return prepare(build_scenario({**given, **more}, "test"), code)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The municipalities whose ground is made, in turn; none is kept from before."""
    monkeypatch.setattr(kept, "_kept", {})
    codes: list[str] = []
    make: Callable[..., kept.Ground] = kept._made

    def noted(under: kept.Under, tilt: object) -> kept.Ground:
        codes.append(under.region.municipality.code)
        return make(under, tilt)

    monkeypatch.setattr(kept, "_made", noted)
    return codes


def test_other_prices_starts_and_passengers_rest_on_the_same_ground(made: list[str]) -> None:
    estimate(study_of("0159", "A: kommunetakst", "B: kommunetakst=30"))
    estimate(study_of("0159", "A: ", "B: bytakst=60", "C: kommunetakst", passengers=900.0))
    estimate(study_of("0159", "A: kommunetakst", "B: kommunetakst=31", start=date(2020, 7, 1)))
    assert made == ["0159"]


def test_a_region_that_was_let_go_and_read_again_has_the_same_ground(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = study_of("0159", "A: kommunetakst")
    before = estimate(first).json()
    monkeypatch.setattr(cache, "_held", {})
    again = study_of("0159", "A: kommunetakst")
    assert again.region is not first.region
    assert estimate(again).json() == before
    assert made == ["0159"]


@pytest.mark.parametrize(
    ("option", "more"),
    [
        ("B: kommunetakst, plustur", {}),
        ("B: bytakst=60", {"switches": {"town_scope": "any_town"}}),
        ("B: bytakst=60", {"switches": {"border_payer": "home"}}),
        ("B: bytakst=60", {"switches": {"kilometre_counting": "exact"}}),
        ("B: bytakst=60", {"town_zones": ["Hornbæk"]}),
    ],
)
def test_what_places_trips_otherwise_has_another_ground(made: list[str], option: str, more: dict[str, object]) -> None:
    estimate(study_of("0217", "A: kommunetakst", "B: bytakst=60"))
    estimate(study_of("0217", "A: kommunetakst", option, **more))
    assert made == ["0217", "0217"]


def test_grounds_in_memory_are_bounded_by_their_bytes(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for two: of three municipalities the two asked for last stay."""
    studies = {code: study_of(code, "A: kommunetakst") for code in ("0159", "0157", "0161")}
    sizes = {code: kept.ground(study).nbytes for code, study in studies.items()}
    room = sizes["0157"] + sizes["0161"]
    monkeypatch.setattr(kept, "_kept", {})
    monkeypatch.setattr(kept, "IN_MEMORY_MB", room / 1_000_000)
    for study in studies.values():
        kept.ground(study)
    assert sum(ground.nbytes for ground in kept._kept.values()) == room
    made.clear()
    kept.ground(studies["0157"])
    kept.ground(studies["0161"])
    assert made == []
    kept.ground(studies["0159"])
    assert made == ["0159"]
