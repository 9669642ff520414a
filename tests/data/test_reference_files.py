"""The reference files are the ones their provenance describes."""

import csv
import hashlib
import json
import tomllib
from pathlib import Path

import pytest

import data
from data import attribution, data_version, reference_file
from tariffs.errors import DataError

MANIFEST = tomllib.loads((Path(data.__file__).parent / "manifest.toml").read_text(encoding="utf-8"))["files"]


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_every_file_has_the_hash_and_rows_of_its_manifest(name: str) -> None:
    path = reference_file(name)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == MANIFEST[name]["sha256"]
    if name.endswith(".geojson"):
        rows = len(json.loads(path.read_text(encoding="utf-8"))["features"])
    else:
        with path.open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.DictReader(file))
    assert rows == MANIFEST[name]["rows"]


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_every_file_says_origin_licence_and_date(name: str) -> None:
    for key in ("origin", "licence", "data_date"):
        assert MANIFEST[name][key].strip()


def test_no_reference_file_is_without_a_manifest_entry() -> None:
    folder = Path(data.__file__).parent / "reference"
    assert {p.name for p in folder.iterdir()} - {"SOURCES.md", ".gitattributes"} == set(MANIFEST)


def test_attribution_names_every_source_that_asks_for_it() -> None:
    text = attribution()
    for word in ("DAGI", "Danmarks Statistik", "OpenStreetMap contributors, ODbL", "GeoNames", "Eurostat", "trainline"):
        assert word in text
    assert len(text.splitlines()) == len(set(text.splitlines()))


def test_data_version_is_a_short_hash() -> None:
    assert len(data_version()) == 16
    assert int(data_version(), 16) >= 0


def test_a_changed_file_is_refused_with_its_name_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "towns.csv").write_text("name\nSnyd\n", encoding="utf-8")
    monkeypatch.setattr(data, "_ROOM", tmp_path)
    with pytest.raises(DataError, match=r"towns\.csv er ændret.*SHA-256.*installér"):
        data.reference_file.__wrapped__("towns.csv")
    with pytest.raises(DataError, match=r"hospitals\.csv mangler"):
        data.reference_file.__wrapped__("hospitals.csv")


def test_an_unlisted_file_is_refused() -> None:
    with pytest.raises(DataError, match=r"ingenting\.csv findes ikke"):
        reference_file("ingenting.csv")
