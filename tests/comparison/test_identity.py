"""What a run is called: equal for equal inputs, another name as soon as anything it rests on is another."""

import shutil
from pathlib import Path

import pytest

import data
from sim.comparison import identity


@pytest.mark.parametrize("name", ["calibration/vehicles.toml", "calibration/draws.csv", "free_destinations.toml"])
def test_a_new_fit_or_a_newly_published_fact_gives_results_another_identity(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "data"
    shutil.copytree(Path(data.__file__).parent, copy, ignore=shutil.ignore_patterns("reference", "__pycache__"))
    monkeypatch.setattr(identity, "files", lambda package: copy)
    identity.assumptions_version.cache_clear()
    before = identity.assumptions_version()
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("\n# another\n")
    identity.assumptions_version.cache_clear()
    after = identity.assumptions_version()
    identity.assumptions_version.cache_clear()
    assert after != before
