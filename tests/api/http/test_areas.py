"""Town areas over HTTP: held against the municipality, kept without the rest of the file, named by scenarios, deleted."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.keys import KeyBook
from api.jobs.accepting import accept, naming
from api.settings import Settings
from sim.geography.municipalities import find_municipality
from sim.study.prepare import prepare
from tariffs.errors import InputError
from tests.api.http.conftest import ADDRESS, SCENARIO, Memory, open_client

WHERE = {"municipality": "Holbæk"}
Corner = tuple[float, float]


def geojson(*areas: tuple[str, Corner, Corner], **more: Any) -> bytes:
    """Rectangles by name, south-west and north-east corner (longitude, latitude)."""

    def feature(name: str, low: Corner, high: Corner) -> dict[str, Any]:
        ring = [list(low), [high[0], low[1]], list(high), [low[0], high[1]], list(low)]
        return {
            "type": "Feature",
            "properties": {"name": name, **more},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    told = {"type": "FeatureCollection", "features": [feature(*area) for area in areas]}
    return json.dumps(told, ensure_ascii=False).encode()


TOWN = geojson(("Holbæk by", (11.66, 55.69), (11.76, 55.73)))
ELSEWHERE = geojson(("Aarhus", (10.1, 56.1), (10.25, 56.2)))


def send(client: TestClient, content: bytes = TOWN, kind: str = "application/geo+json", **asked: Any) -> Any:
    return client.post("/v1/areas", params={**WHERE, **asked}, content=content, headers={"Content-Type": kind})


def kept_files(settings: Settings) -> Iterable[Path]:
    return (path for path in Path(settings.store).rglob("*") if path.is_file() and path.suffix != ".lock")


def test_areas_are_kept_with_names_and_lines_and_nothing_else_of_the_file(
    client: TestClient, settings: Settings
) -> None:
    answer = send(client, geojson(("Holbæk by", (11.66, 55.69), (11.76, 55.73)), created_by="Jens Hansen"))
    told = answer.json()
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/areas/{told['id']}")
    assert (told["municipality"], told["municipality_name"], told["names"]) == ("0316", "Holbæk", ["Holbæk by"])
    assert told["town_areas"] == f"areas:{told['id']}"
    for path in kept_files(settings):
        assert b"Jens" not in path.read_bytes(), path
    assert send(client, TOWN).status_code == 200, "the same names and lines are the same areas"
    assert client.get(f"/v1/areas/{told['id']}").json() == told
    assert client.get("/v1/areas").json() == {"areas": [told]}


def test_deleted_areas_are_gone_at_once(client: TestClient, settings: Settings) -> None:
    link = send(client).json()["links"]["self"]
    assert client.delete(link).status_code == 204
    assert client.get(link).status_code == client.delete(link).status_code == 404
    assert list(kept_files(settings)) == []
    assert send(client).status_code == 201, "what is deleted can be sent again"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hej", "ikke gyldig JSON"),
        (b"\xff\xfe", "ikke i UTF-8"),
        (b"[1]", "ikke en FeatureCollection"),
        (ELSEWHERE, "ligger ikke i Holbæk Kommune"),
        (geojson(("x" * 121, (11.66, 55.69), (11.76, 55.73))), "navnet kan ikke bruges"),
        (geojson(("\n", (11.66, 55.69), (11.76, 55.73))), "mangler egenskaben"),
        (TOWN.replace(b"11.66", b"1" + b"0" * 400), "ulæselige koordinater"),
        (TOWN.replace(b'"name": "Holb\xc3\xa6k by"', b'"name": "\\ud800"'), "navnet kan ikke bruges"),
        (
            geojson(("A", (11.66, 55.69), (11.76, 55.73)), ("B", (11.66, 55.69), (11.76, 55.73))),
            "oven i et andet byområde",
        ),
    ],
)
def test_what_is_no_town_area_of_the_municipality_is_refused_without_a_path(
    client: TestClient, settings: Settings, content: bytes, words: str
) -> None:
    answer = send(client, content)
    assert answer.status_code == 422
    assert words in answer.json()["detail"]
    assert settings.store not in answer.text
    assert list(kept_files(settings)) == []


def test_a_line_that_would_take_minutes_to_follow_is_refused_at_once(client: TestClient) -> None:
    ring = [[9 + n % 2 * 0.0001, 54.1 if n % 2 else 57.9] for n in range(20_000)]
    area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    told = {"type": "FeatureCollection", "features": [{"properties": {"name": "Siksak"}, "geometry": area}]}
    answer = send(client, json.dumps(told).encode())
    assert answer.status_code == 422
    assert "Linjen er for lang" in answer.json()["detail"]


def test_another_kind_of_file_and_one_that_is_too_large_are_refused(client: TestClient) -> None:
    assert "Content-Type" in send(client, kind="text/plain").json()["detail"]
    assert send(client, b" " * 1_000_001).status_code == 413
    assert send(client, b" " * 1_100_000).status_code == 413


def test_there_is_an_end_to_how_many_are_kept(settings: Settings, memory: Memory) -> None:
    few = open_client(replace(settings, most_areas=1), memory)
    assert send(few).status_code == 201
    full = send(few, geojson(("Midt", (11.68, 55.70), (11.74, 55.72))))
    assert (full.status_code, full.json()["type"]) == (507, "urn:takstlab:problem:store-full")
    assert send(few).status_code == 200


def test_a_key_that_may_not_upload_may_not_send_areas(settings: Settings, memory: Memory, tmp_path: Path) -> None:
    keys = KeyBook(tmp_path / "keys.json")
    _, text = keys.add("læser", ["read"], 1)
    closed = open_client(replace(settings, open_reading=False), memory, keys, ADDRESS)
    head = {"Authorization": f"Bearer {text}"}
    assert closed.get("/v1/areas").status_code == 401
    assert closed.get("/v1/areas", headers=head).status_code == 200
    sent = closed.post(
        "/v1/areas", params=WHERE, content=TOWN, headers={**head, "Content-Type": "application/geo+json"}
    )
    assert sent.status_code == 403
    assert "byområder" in sent.json()["detail"]


def test_a_scenario_is_calculated_with_the_areas_it_names(client: TestClient, settings: Settings) -> None:
    areas = send(client).json()["town_areas"]
    accepted = accept({**SCENARIO, "town_areas": areas}, settings)
    assert accepted.scenario.town_areas == areas
    line = prepare(accepted.placed, "0316").lines[0]
    assert line.names == ("Holbæk by",)
    assert line.source == "byområder fra byomraader.geojson"
    other = send(client, geojson(("Holbæk by", (11.68, 55.70), (11.74, 55.72)))).json()["town_areas"]
    runs = {accept({**SCENARIO, "town_areas": which}, settings).run for which in (areas, other)}
    assert len(runs | {accept(SCENARIO, settings).run}) == 3
    assert client.post("/v1/runs", json={**SCENARIO, "town_areas": areas}).status_code == 202


def test_an_option_may_have_sent_areas_as_its_own_line(client: TestClient, settings: Settings) -> None:
    areas = send(client).json()["town_areas"]
    options = [
        {"name": "I dag", "elements": ["kommunetakst"]},
        {"name": "B", "elements": ["kommunetakst", "bytakst=high"]},
    ]
    own = {**SCENARIO, "options": [options[0], {**options[1], "town_areas": areas}]}
    accepted = accept(own, settings)
    assert accepted.scenario.options[1].town_areas == areas
    study = prepare(accepted.placed, "0316")
    assert study.lines[1].names == ("Holbæk by",)
    assert study.lines[0].names != ("Holbæk by",)
    assert accepted.run != accept({**SCENARIO, "options": options}, settings).run


def test_an_option_that_names_a_file_on_the_server_is_refused(settings: Settings) -> None:
    options = [{"name": "B", "elements": ["kommunetakst"], "town_areas": "/etc/hostname"}]
    with pytest.raises(InputError, match="Scenariet må ikke nævne filer: town_areas"):
        accept({**SCENARIO, "options": options}, settings)


def test_a_scenario_with_areas_that_are_gone_is_refused(client: TestClient) -> None:
    told = send(client).json()
    client.delete(told["links"]["self"])
    answer = client.post("/v1/runs", json={**SCENARIO, "town_areas": told["town_areas"]})
    assert answer.status_code == 422
    assert "Scenariets byområder er ikke gemt her" in answer.json()["detail"]
    for path in ("/etc/passwd", "areas:../../etc/passwd", "upload:" + "0" * 64):
        assert client.post("/v1/runs", json={**SCENARIO, "town_areas": path}).status_code == 422
        with pytest.raises(InputError, match="må ikke nævne filer: town_areas"):
            accept({**SCENARIO, "town_areas": path}, Settings())


def test_an_error_does_not_tell_where_areas_are_kept(client: TestClient, settings: Settings) -> None:
    areas = send(client).json()["town_areas"]
    accepted = accept({**SCENARIO, "town_areas": areas}, settings)
    with pytest.raises(InputError) as told, naming(accepted.scenario, accepted.placed):
        prepare(accepted.placed.model_copy(update={"municipalities": ("0326",)}), "0326")
    assert areas in str(told.value)
    assert settings.store not in str(told.value)


FILES = Path(__file__).parent.parent.parent / "zone_files" / "files"


@pytest.mark.parametrize(
    ("name", "kind", "names", "system"),
    [
        ("byer.gpkg", "application/geopackage+sqlite3", ["Holbæk"], "WGS84 (grader)"),
        ("byer_shp.zip", "application/zip", ["Holbæk by"], "UTM 32 (EPSG:25832)"),
        ("byer.kml", "application/vnd.google-earth.kml+xml", ["Holbæk"], "WGS84 (grader)"),
    ],
)
def test_areas_come_in_as_gis_programs_write_them(
    client: TestClient, settings: Settings, name: str, kind: str, names: list[str], system: str
) -> None:
    """The receipt says what was understood; the square is 27.992 km2."""
    answer = send(client, (FILES / name).read_bytes(), kind)
    told = [f"Læst i {system}: {names[0]} 28,0 km²."]
    assert (answer.status_code, answer.json()["names"], answer.json()["notes"]) == (201, names, told)
    assert {path.name for path in kept_files(settings)} == {"byomraader.geojson", "areas.json"}


def test_a_choice_that_a_file_leaves_open_is_asked_for_by_the_parameters_name(client: TestClient) -> None:
    content, kind = (FILES / "plandata.gml").read_bytes(), "application/gml+xml"
    asked = send(client, content, kind)
    assert asked.status_code == 422
    assert "komnr, zone, zonestatus; angiv, hvilken der er navnet, med name_property" in asked.json()["detail"]
    assert send(client, content, kind, name_property="zonestatus").json()["names"] == ["Byzone"]


def test_what_was_mended_is_kept_with_the_areas(client: TestClient) -> None:
    west, east = (json.loads(geojson(("Holbæk", low, high)))["features"][0]["geometry"]["coordinates"] for low, high in
                  (((11.66, 55.69), (11.72, 55.73)), ((11.70, 55.69), (11.76, 55.73))))  # fmt: skip
    content = json.loads(TOWN)
    content["features"][0]["geometry"] = {"type": "MultiPolygon", "coordinates": [west, east]}
    told = send(client, json.dumps(content).encode()).json()
    understood, note = told["notes"]
    assert understood == "Læst i WGS84 (grader): Holbæk by 28,0 km²."
    # Each part is 6/10 of the square of 27.992 km2 (11.66-11.76 east), and a fifth of it is in both.
    assert "dækker noget to gange og er rettet: 33,590 km² før, 27,992 km² efter" in note
    assert client.get(told["links"]["self"]).json()["notes"] == [understood, note]


def test_kept_areas_are_handed_on_with_their_people_and_a_lists_trips(client: TestClient) -> None:
    """Two trips begin in the town, one of them ends there as well; a third is elsewhere."""
    kept = send(client).json()["id"]
    (zone,) = client.get(f"/v1/areas/{kept}/zones.geojson").json()["features"]
    assert zone["properties"].keys() == {"name", "persons"}
    counted = find_municipality("0316").population_2020
    assert 25_000 < zone["properties"]["persons"] < counted  # the town of Holbæk has 28,264
    town, elsewhere = "55,71;11,71", "55,66;11,42"
    rows = [f"{town};{town}", f"{town};{elsewhere}", f"{elsewhere};{elsewhere}"]
    text = "dato;tid;fra_lat;fra_lon;til_lat;til_lon;passagerer\n" + "".join(
        f"2019-08-0{n};10:30;{row};1\n" for n, row in enumerate(rows, 1)
    )
    listed = client.post(
        "/v1/uploads", params={"municipality": "0316"}, content=text, headers={"Content-Type": "text/csv"}
    ).json()["id"]
    address = f"/v1/areas/{kept}/trips/{listed}/zones"
    (with_trips,) = client.get(f"{address}.geojson").json()["features"]
    trips = {"trips_from": 2, "trips_to": 1, "trips_within": 1}
    assert with_trips["properties"] == zone["properties"] | trips
    packed = client.get(f"{address}.gpkg")
    assert packed.headers["content-type"] == "application/geopackage+sqlite3"
    again = send(client, packed.content, "application/geopackage+sqlite3").json()["id"]
    assert client.get(f"/v1/areas/{again}/zones.geojson").json()["features"][0]["properties"] == zone["properties"]
    unknown = "0" * 64
    assert client.get(f"/v1/areas/{unknown}/zones.geojson").status_code == 404
    assert client.get(f"/v1/areas/{kept}/trips/{unknown}/zones.gpkg").status_code == 404
