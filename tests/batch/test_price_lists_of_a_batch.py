"""A list of the user's own prices every unit, wherever it is run, and results say how surely fares are known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.batch.batch import run_batch
from sim.batch.execution import Crew
from sim.batch.packages import packages_of, read_results
from sim.batch.plan import BatchPlan
from sim.batch.ranking import rankings
from sim.batch.ranking_text import ranking_text
from sim.batch.units import run_unit, study_of, units_of
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.study.replicated.replication import run_replication
from tariffs import PriceList
from tariffs.errors import DataError, InputError
from tests.batch.conftest import tiny

AMOUNTS = {
    "grundtakst": 4900, "kommunetakst": 3300, "bytakst_low": 6500, "bytakst_high": 8000, "gratis_destination": 0,
    "kilometertakst_fra_km_11": 900, "kilometertakst_fra_km_21": 1700, "plusturtakst": 2900,
}  # fmt: skip
OPTIONS = [{"name": "Grundtakst"}, {"name": "Bytakst", "elements": ["bytakst=high"]}]


def plan(*files: Path) -> BatchPlan:
    return tiny(
        municipalities=["Sorø"], passengers={"0340": 200}, years=[2027], options=OPTIONS, replications=1, draws=1,
        tariff_files=[str(file) for file in files],
    )  # fmt: skip


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("lister") / "2027.toml"
    file.write_text(PriceList(date(2027, 1, 17), "Movias brev af 20-11-2026", AMOUNTS).toml(), encoding="utf-8")
    return file


def test_a_units_fares_are_those_of_a_comparison_under_the_same_list(listed: Path, tmp_path: Path) -> None:
    unit = next(unit for unit in units_of(plan(listed)) if unit.draw is None)
    before = {other.name for other in units_of(plan())}
    assert unit.name not in before
    own = run_replication(study_of(unit.place), unit.replication)
    told = {"municipality": "0340", "year": 2027, "seed": 3, "passengers": 200.0, "draws": 64}
    compared = prepare(
        build_scenario(
            told | {"options": [o | {"elements": o.get("elements", [])} for o in OPTIONS], "tariff_files": [str(listed)]}
            | {"reference": list(unit.place.reference or ())},
            "test",
        ),
        "0340",
        on=date(2027, 7, 1),
    )  # fmt: skip
    assert own.year.tolist() == run_replication(compared, unit.replication).year.tolist()
    dearer = run_replication(study_of(replace(unit.place, price_lists=())), unit.replication)
    assert own.year.tolist() != dearer.year.tolist()


def test_results_and_ranking_say_that_fares_are_entered_or_projected(listed: Path, tmp_path: Path) -> None:
    words = {}
    for name, asked in (("own", plan(listed)), ("without", plan())):
        run_batch(asked, tmp_path / name, Crew())
        packages = list(packages_of(read_results(tmp_path / name)))
        words[name] = (
            {package.fares for package in packages},
            ranking_text(rankings(packages, "alone", 0.9), "alone", 0.9),
        )
    assert words["own"][0] == {"entered"}
    assert "Takster: egen prisliste." in words["own"][1]
    assert words["without"][0] == {"projected"}
    assert "Takster: fremskrevet; ikke Movias prisliste." in words["without"][1]
    with pytest.raises(InputError, match="prislisterne"):
        run_batch(plan(), tmp_path / "own", Crew())


def test_a_worker_needs_the_units_alone(listed: Path) -> None:
    from sim.batch.units import deciding_versions

    units = list(units_of(plan(listed)))
    kept = listed.read_bytes()
    listed.unlink()
    try:
        assert run_unit(units[0], deciding_versions())
        with pytest.raises(DataError, match=r"2027\.toml"):
            list(units_of(plan(listed)))
    finally:
        listed.write_bytes(kept)
