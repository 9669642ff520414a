"""Own price lists over HTTP: kept as typed, used by quotes, estimates and runs, downloaded, replaced, removed."""

from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.keys import KeyBook
from api.jobs.accepting import accept, naming
from api.settings import Settings
from sim.study.prepare import prepare
from tariffs import PriceList
from tariffs.errors import InputError
from tests.api.http.conftest import SCENARIO, Memory, open_client

AMOUNTS = {
    "grundtakst": 4900, "kommunetakst": 3300, "bytakst_low": 6400, "bytakst_high": 8000, "gratis_destination": 0,
    "kilometertakst_fra_km_11": 900, "kilometertakst_fra_km_21": 1700, "plusturtakst": 2900,
}  # fmt: skip
LIST = PriceList(date(2027, 1, 17), "Movias brev af 20-11-2026", AMOUNTS)
TRIP = {"from": "0316", "to": "0316", "km": "13", "travel": "2027-03-03"}


def changed(**oere: int) -> PriceList:
    return PriceList(LIST.start, LIST.source, AMOUNTS | oere)


def send(client: TestClient, price_list: PriceList = LIST, kind: str = "application/toml", **asked: Any) -> Any:
    return client.post(
        "/v1/price-lists", params=asked, content=price_list.toml().encode(), headers={"Content-Type": kind}
    )


@pytest.fixture
def named(client: TestClient) -> str:
    name: str = send(client).json()["tariff_file"]
    return name


def test_a_list_is_kept_told_and_given_back_as_the_file_that_was_sent(client: TestClient) -> None:
    answer = send(client)
    told = answer.json()
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/price-lists/{told['id']}")
    assert (told["from"], told["to"], told["source"]) == ("2027-01-17", "2028-01-15", LIST.source)
    assert told["kroner"]["kommunetakst"] == "33"
    assert send(client).status_code == 200
    assert client.get("/v1/price-lists").json() == {"price_lists": [told]}
    assert client.get(told["links"]["self"]).json() == told
    file = client.get(told["links"]["file"])
    assert file.text == LIST.toml()
    assert file.headers["Content-Disposition"] == 'attachment; filename="prisliste-2027-01-17.toml"'


def test_a_quote_under_the_list_names_it_and_one_without_is_projected(client: TestClient, named: str) -> None:
    own = client.get("/v1/quote", params={**TRIP, "tariff_file": named, "known_prices_only": "true"}).json()
    assert (own["fare_oere"], own["price_certainty"]) == (4900 + 3 * 900, "entered")
    assert own["price_note"] == "egen prisliste, Movias brev af 20-11-2026"
    assert own["lines"][0]["source"]["entered"] is True
    body = {"trips": [TRIP], "tariff_files": [named], "sprog": "en"}
    assert client.post("/v1/quotes", json=body).json()["quotes"][0]["price_note"].startswith("own price list, Movias")
    assert client.get("/v1/quote", params=TRIP).json()["price_certainty"] == "projected"


def test_a_file_of_trips_is_priced_by_the_list(client: TestClient, named: str) -> None:
    head = (files("data") / "templates" / "trips.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    trips = f"{head}\n1,flextur,2027-03-01,2027-03-03,0,0316,0316,13000,,,0,phone,1,0,1,none\n"
    kind = {"content-type": "text/csv"}
    own = client.post("/v1/quotes/file", params={"tariff_file": named}, content=trips.encode(), headers=kind)
    projected = client.post("/v1/quotes/file", content=trips.encode(), headers=kind)
    assert own.status_code == 200, own.text
    assert own.text.splitlines()[1] == "1,ok,,6000,2027-01-17-egen,entered"  # kommunetakst 33 + 3 x 9 kr
    assert "2027-01-17-egen" not in projected.text


def test_a_cells_estimate_is_by_the_list_until_it_is_removed(client: TestClient, named: str) -> None:
    asked = {"today": "kommunetakst", "year": "2027", "passengers": "300", "kommunetakst": "true", "felt": "fares"}
    own = client.get("/v1/skoen/0316", params={**asked, "tariff_file": named})
    projected = client.get("/v1/skoen/0316", params=asked)
    assert (own.status_code, projected.status_code) == (200, 200)
    assert int(own.text) > int(projected.text)
    assert client.delete(f"/v1/price-lists/{named.removeprefix('prices:')}").status_code == 204
    gone = client.get("/v1/skoen/0316", params={**asked, "tariff_file": named})
    assert (gone.status_code, gone.json()["what"]) == (422, "Prislisten er ikke gemt her")
    assert gone.json()["next"] == "vælg en anden på siden »Prislister«, eller indtast den igen"
    assert send(client).json()["tariff_file"] == named, "the same list typed again is the same, as the error says"
    assert client.get("/v1/skoen/0316", params={**asked, "tariff_file": named}).text == own.text


def test_a_run_is_by_the_list_has_an_identity_of_its_own_and_says_no_path(
    client: TestClient, settings: Settings, named: str
) -> None:
    asked = SCENARIO | {"year": 2027, "start": "2027-07-01"}
    own = client.post("/v1/runs", json=asked | {"tariff_files": [named]})
    assert own.status_code == 202, own.text
    assert own.json()["id"] != client.post("/v1/runs", json=asked).json()["id"]
    accepted = accept(asked | {"tariff_files": [named]}, settings)
    assert accepted.scenario.tariff_files == (named,)
    study = prepare(accepted.placed, "0316")
    assert study.book.amount("flextur/grundtakst", date(2027, 7, 1)) == 4900
    lies = accepted.placed.tariff_files[0]
    assert Path(settings.store).absolute() in Path(lies).parents
    with pytest.raises(InputError) as error, naming(accepted.scenario, accepted.placed):
        raise InputError("forkert", where=lies)
    assert error.value.where == named


def test_an_unusual_list_is_taken_only_when_confirmed(client: TestClient) -> None:
    refused = send(client, changed(bytakst_high=10000))
    assert (refused.status_code, refused.json()["where"]) == (422, "bytakst_high")
    assert "bytakst_high: Det er +28,2 % i forhold til året før (78 kr.)" in refused.json()["why"]
    assert send(client, changed(bytakst_high=10000), confirm="true").status_code == 201


def test_two_lists_of_the_same_day_are_refused_and_one_takes_anothers_place_when_told(
    client: TestClient, named: str
) -> None:
    refused = send(client, changed(grundtakst=5000))
    assert (refused.status_code, refused.json()["what"]) == (422, "Der er allerede en prisliste fra 17-01-2027")
    taken = send(client, changed(grundtakst=5000), instead_of=named.removeprefix("prices:"))
    assert taken.status_code == 201
    assert [one["id"] for one in client.get("/v1/price-lists").json()["price_lists"]] == [taken.json()["id"]]


def test_next_years_list_is_held_against_this_years_own(client: TestClient, named: str) -> None:
    following = PriceList(date(2028, 1, 16), "Movias brev", AMOUNTS | {"kommunetakst": 4150})
    why = send(client, following).json()["why"]
    assert "kommunetakst: Det er +25,8 % i forhold til året før (33 kr.)" in why  # 8.50 / 33


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"nej", "filen er ikke gyldig TOML"),
        (b"\xff\xfe", "filen er ikke UTF-8"),
        (b"[[editions]]\n", "from er ikke en dato"),
        (LIST.toml().replace("2027-01-17", "2024-01-21").replace("2028-01-15", "2025-01-18").encode(), "kendt til og med"),
        (LIST.toml().replace("2027-01-17", "0001-01-01").replace("2028-01-15", "0001-02-01").encode(), "begynder i 1"),
        (LIST.toml().replace('value = "49"', 'value = "0"').encode(), "Prisen skal være over 0 kr."),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_what_is_wrong(client: TestClient, content: bytes, why: str) -> None:
    answer = client.post(
        "/v1/price-lists", params={"confirm": "true"}, content=content, headers={"Content-Type": "application/toml"}
    )
    assert answer.status_code == 422
    assert why in answer.json()["detail"]
    assert client.get("/v1/price-lists").json() == {"price_lists": []}


def test_too_large_a_file_and_another_kind_are_refused(client: TestClient) -> None:
    assert send(client, kind="text/plain").status_code == 422
    large = client.post("/v1/price-lists", content=b"#" * 100_001, headers={"Content-Type": "application/toml"})
    assert large.status_code == 413


def test_a_file_that_was_changed_by_hand_is_not_used(client: TestClient, settings: Settings, named: str) -> None:
    (file,) = (Path(settings.store) / "price_lists").glob("*.toml")
    file.write_text(file.read_text().replace('value = "49"', 'value = "1"'))
    assert client.get("/v1/quote", params={**TRIP, "tariff_file": named}).status_code == 422
    assert send(client).status_code == 201


def test_to_keep_and_remove_needs_the_right_to_upload(settings: Settings, memory: Memory, tmp_path: Path) -> None:
    keys = KeyBook(tmp_path / "keys.json")
    _, key = keys.add("læser", ["read"], 1)
    client = open_client(replace(settings, open_reading=False), memory, keys)
    client.headers["Authorization"] = f"Bearer {key}"
    assert client.get("/v1/price-lists").status_code == 200
    assert send(client).status_code == 403
    assert client.delete(f"/v1/price-lists/{'0' * 64}").status_code == 403
