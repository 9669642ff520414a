"""``takstlab import areas``: what the file leaves open is said there, and its file is used with --town-areas."""

import json
from pathlib import Path

import pyogrio
import pytest
import shapely

from sim.answer.identity import input_files
from sim.geography.user_areas import read_user_areas
from sim.inputs.scenario.scenario import build_scenario
from tests.conftest import Takstlab
from tests.zone_files.conftest import FILES, SQUARE, write


def test_following_the_advice_about_layers_and_names_gives_the_areas(takstlab: Takstlab, tmp_path: Path) -> None:
    file = write(tmp_path / "alt.gpkg", "GPKG", layer="byer", betegnelse="Holbæk")
    write(file, "GPKG", shapes=[SQUARE.buffer(900)], layer="distrikter", append=True, betegnelse="Nord")
    command = ["import", "areas", file, "--municipality", "Holbæk", "--out", tmp_path / "by.geojson"]
    assert "'byer' (1 flade)" in takstlab(*command)[2]
    assert "--name-property" in takstlab(*command, "--layer", "byer")[2]
    status, told, error = takstlab(*command, "--layer", "byer", "--name-property", "betegnelse")
    assert status == 0, error
    assert f"1 byområder er skrevet i {tmp_path / 'by.geojson'}: Holbæk. Brug dem med --town-areas" in told
    (feature,) = json.loads((tmp_path / "by.geojson").read_text("utf-8"))["features"]
    assert feature["properties"]["name"] == "Holbæk"
    assert shapely.from_geojson(json.dumps(feature)).centroid.coords[0] == pytest.approx((11.71, 55.71), abs=0.001)
    assert "findes i forvejen" in takstlab(*command, "--layer", "byer", "--name-property", "betegnelse")[2]
    assert takstlab(*command, "--layer", "byer", "--name-property", "betegnelse", "--overwrite")[0] == 0


def test_the_fairness_command_takes_a_file_of_gis_as_it_is(takstlab: Takstlab) -> None:
    status, told, error = takstlab(
        "fairness",
        "--municipality",
        "Holbæk",
        "--town-areas",
        FILES / "byer.gpkg",
        "--elements",
        "kommunetakst,bytakst=high",
    )
    assert status == 0, error
    assert "Holbæk" in told


def test_a_runs_identity_holds_every_file_that_the_areas_consist_of() -> None:
    values = {
        "municipality": "0316",
        "options": [{"name": "I dag", "elements": ()}],
        "town_areas": str(FILES / "byer.tab"),
    }
    named = {Path(file).suffix for file in input_files(build_scenario(values, "test"))}
    assert named == {".tab", ".dat", ".map", ".id"}


def test_a_zone_is_handed_on_with_its_people_and_trips(takstlab: Takstlab, tmp_path: Path) -> None:
    """Three trips: one within the square of Holbæk, one out of it to Tølløse, and one from Tølløse to Jyderup."""
    rows = ["Dato;Tid;Fra;Til;Passagerer"]
    rows += [
        f"0{day}-08-2019;10.40;{ends};1"
        for day, ends in ((1, "Holbæk;Holbæk"), (2, "Holbæk;Tølløse"), (3, "Tølløse;Jyderup"))
    ]
    (tmp_path / "ture.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    period = ("--period", "2019-01-01/2019-12-31")
    status, _, error = takstlab(
        "import", "trips", tmp_path / "ture.csv", "--municipality", "Holbæk", *period, "--out", tmp_path / "egne"
    )
    assert status == 0, error
    wide = SQUARE.buffer(1_500)  # the whole town: its trips may end in any of its cells
    file = write(tmp_path / "byer.gpkg", "GPKG", shapes=[wide])
    found = {}
    for ending in ("geojson", "gpkg"):
        out = tmp_path / f"ud.{ending}"
        status, _, error = takstlab(
            "import", "areas", file, "--municipality", "Holbæk", "--trips", tmp_path / "egne", "--out", out
        )
        assert status == 0, error
        meta, _, _, columns = pyogrio.raw.read(out)
        assert meta["crs"] == "EPSG:4326"
        found[ending] = {name: column[0] for name, column in zip(meta["fields"], columns, strict=True)}
        assert read_user_areas(out).names == ("Holbæk",)
    assert found["geojson"] == found["gpkg"]
    told = found["gpkg"]
    assert (told["trips_from"], told["trips_to"], told["trips_within"]) == (2, 1, 1)
    assert 25_000 < told["persons"] < 33_000  # Holbæk has 28,264
