import json
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from tests.plustur.bus_feed import bus


def skoen(client: TestClient, **asked: object):
    return client.get("/v1/skoen/0316", params=asked)


def test_the_estimate_is_the_command_lines(client: TestClient, takstlab) -> None:
    options = [
        "--option",
        "Nuværende ordning: kommunetakst, bytakst=low",
        "--option",
        "Valgt: kommunetakst, bytakst=high",
    ]
    _, out, _ = takstlab("estimate", "--municipality", "0316", *options, "--passengers", "12000", "--json")
    asked = {"kommunetakst": 1, "bytakst": "high", "today": "kommunetakst, bytakst=low", "passengers": 12000}
    found = skoen(client, **asked).json()
    for mine, theirs in zip(found["options"], json.loads(out)[0]["options"], strict=True):
        assert {key: mine[key] for key in theirs} == theirs
    assert found["kind"] == "skøn"
    assert "Skøn med en formel" in found["statement"]
    whole = round(found["options"][1]["net_cost_oere"] / 100)
    assert abs(int(skoen(client, **asked, felt="net_cost").text) - whole) <= 1


def test_a_field_is_one_whole_number_and_says_that_it_is_an_estimate(client: TestClient) -> None:
    asked = {"kommunetakst": 1, "bytakst": "high", "passengers": 12000, "start": "2020-07-01"}
    kroner, oere = (int(skoen(client, **asked, felt="net_cost_change", enhed=unit).text) for unit in ("kr", "oere"))
    assert kroner == round(oere / 100)
    assert kroner < 0  # 60 kr where 48 was: fewer trips, more paid by those left
    assert skoen(client, **asked, felt="trips").headers["X-Takstlab-Kind"] == "skoen"
    part = int(skoen(client, **asked, felt="net_cost_change_part_year").text)
    assert kroner < part < 0
    year, change = (int(skoen(client, **asked, felt=f).text) for f in ("net_cost", "net_cost_change_permille"))
    assert change == pytest.approx(1000 * kroner / (year - kroner), abs=1)


def test_kroner_are_the_years_level_or_an_own_price(client: TestClient) -> None:
    told = {"kommunetakst": 1, "today": "kommunetakst, bytakst=low", "passengers": 12000, "felt": "net_cost_change"}
    change = {b: int(skoen(client, **told, bytakst=b).text) for b in ("48", "52", "60", "high")}
    assert change["60"] == change["high"] < change["52"] < change["48"] == 0
    assert skoen(client, bytakst="52").json()["fares"]["certainty"] == "own"
    assert skoen(client, kommunetakst="30").json()["options"][1]["elements"] == ["kommunetakst=30"]


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"bytakst": "60"}, "kendt"),
        ({"bytakst": "52"}, "egen pris"),
        ({"year": 2027}, "fremskrevet"),
        ({"year": 2024}, "udregnet"),
    ],
)
def test_the_mark_of_the_asked_options_prices_is_a_word(client: TestClient, asked: dict, word: str) -> None:
    assert skoen(client, **asked, felt="price_mark").text == word


def test_without_today_the_municipalitys_known_choice_is_todays(client: TestClient) -> None:
    # Helsingør has bytakst at the low level from 1 January 2020: the same again changes nothing.
    same = client.get("/v1/skoen/0217", params={"bytakst": "low", "felt": "net_cost_change"})
    assert same.text == "0"


@pytest.mark.parametrize(
    ("asked", "status", "word"),
    [
        ({"felt": "net_cost_p10"}, 404, "intet interval"),
        ({"felt": "net_cost_part_year"}, 404, "startdato"),
        ({"felt": "netto"}, 404, "Feltet findes ikke"),
        ({"kommunetaks": 1, "felt": "net_cost"}, 422, "kommunetaks: kendes ikke"),
        ({"bytakst": ["low", "high"], "felt": "net_cost"}, 422, "bytakst: står der to gange"),
        ({"bytakst": "12", "felt": "net_cost"}, 422, "bytakst"),
        ({"kommunetakst": "ja"}, 422, "skal være 1, 0 eller hele kroner"),
        ({"bytakst": "low", "dobbelt_grundtakst": 1}, 422, "modsiger hinanden"),
        ({"passengers": "nan"}, 422, "'nan' er ikke et tal"),
        ({"passengers": "4.000", "felt": "net_cost"}, 422, "'4.000' kan være 4 eller 4000"),
        ({"start": "01-07-2020"}, 422, "en dato som 2020-07-01"),
        ({"bytakst": "mellem"}, 422, "hele kroner som 60, eller low, high eller none"),
        ({"bytakst": "20"}, 422, "20 kr. for en voksen kan ikke beregnes"),
        ({"year": 2034}, 422, "ingen takstudgave"),
        ({"year": 2027, "known_prices_only": "1"}, 422, "ingen takstudgave"),
        ({"bytakst": "52", "known_prices_only": "1"}, 422, "kun kendte priser er valgt"),
        ({"start": "2020-13-41"}, 422, "findes ikke"),
    ],
)
def test_what_cannot_be_estimated_is_said_and_never_a_number(client, asked: dict, status: int, word: str) -> None:
    answer = skoen(client, **asked)
    assert answer.status_code == status
    assert word in answer.json()["what"]
    told = skoen(client, **asked, fejl="tekst")
    assert (told.status_code, told.text[:6]) == (200, "#FEJL:")


def test_who_asks_the_same_at_once_waits_for_one_answer(monkeypatch) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from api.http import estimates

    made: list[str] = []
    monkeypatch.setattr(estimates, "_KEPT", {})

    def work() -> tuple[str, str]:
        time.sleep(0.05)
        made.append("0316")
        return ("study", "found")

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: estimates._estimated(("0316",), work), range(40))) == {("study", "found")}
    assert made == ["0316"]


def test_a_municipality_whose_roads_are_being_measured_holds_no_other_up(settings: Settings, monkeypatch) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Event

    from api.http import estimates
    from sim.study import terms

    measured, begun = Event(), Event()
    real = estimates.asked_study

    def study(municipality: str, *asked: object, **more: object):
        if municipality == "0320":
            begun.set()
            assert measured.wait(60)
        return real(municipality, *asked, **more)

    monkeypatch.setattr(estimates, "_KEPT", {})
    monkeypatch.setattr(estimates, "asked_study", study)
    monkeypatch.setattr(terms, "is_measured", lambda land: land.municipality.code != "0320")
    asked = estimates.EstimateParameters(kommunetakst="1", passengers=5_000.0)

    def estimated(code: str) -> estimates.Kept:
        return estimates._estimated((code,), lambda: estimates._estimate(code, asked, 2020, settings))

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(estimated, "0320")
        assert begun.wait(60)
        assert estimated("0316").options
        assert not slow.done()
        measured.set()
        assert slow.result(60).options


def test_what_is_refused_leaves_nothing_behind(client: TestClient) -> None:
    from api.http import estimates

    for year in (2034, 2035, 2036):
        assert skoen(client, year=year).status_code == 422
    assert not estimates._PREPARED


def test_a_municipality_without_flextur_has_no_estimate(client: TestClient) -> None:
    assert client.get("/v1/skoen/0101").status_code == 422
    assert client.get("/v1/skoen/Aarhus").status_code == 422


def test_what_has_been_asked_before_is_not_worked_out_again(client: TestClient, monkeypatch) -> None:
    asked = {"kommunetakst": 1, "bytakst": "low", "felt": "net_cost"}
    first = skoen(client, **asked).text
    monkeypatch.setattr("api.http.estimates._estimate", lambda *_: pytest.fail("worked out again"))
    assert skoen(client, **asked).text == first


def test_what_is_kept_of_an_estimate_is_small(client: TestClient) -> None:
    """A sheet's 2,000 cells are kept at once, so none may hold its municipality's roads and trips (one to two MB)."""
    import pickle

    from api.http import estimates

    estimates._KEPT.clear()
    assert skoen(client, kommunetakst=1, bytakst="high", felt="net_cost").status_code == 200
    [kept] = estimates._KEPT.values()
    assert len(pickle.dumps(kept)) < 50_000


def test_the_estimate_of_a_timetable_is_the_command_lines(client: TestClient, takstlab, tmp_path: Path) -> None:
    feed = bus(tmp_path / "bus.zip")
    points = ("Tølløse", "Holbæk")
    options = ["--option", "Nuværende ordning: kommunetakst", "--option", "Valgt: kommunetakst, plustur"]
    more = ["--gtfs", str(feed), *(part for point in points for part in ("--transfer-point", point))]
    _, out, _ = takstlab(
        "estimate",
        "--municipality",
        "0316",
        *options,
        "--passengers",
        "12000",
        "--counted-year",
        "2019",
        *more,
        "--json",
    )
    theirs = json.loads(out)[0]
    sent = client.post("/v1/timetables", content=feed.read_bytes(), headers={"Content-Type": "application/zip"}).json()
    asked: dict[str, object] = {
        "kommunetakst": 1, "plustur": 1, "today": "kommunetakst", "passengers": 12000, "counted_year": 2019,
        "transfer_point": list(points),
    }  # fmt: skip
    without = skoen(client, **asked).json()
    found = skoen(client, **asked, gtfs=sent["gtfs"]).json()
    assert found["volume"] == theirs["volume"]
    for mine, other in zip(found["options"], theirs["options"], strict=True):
        assert {key: mine[key] for key in other} == other
    assert found["options"][1]["net_cost_oere"] != without["options"][1]["net_cost_oere"]
    assert any("Plustur tilbydes, hvor køreplanen ikke har afgange nok" in note for note in found["notes"])
    assert any("Ingen køreplan" in note for note in without["notes"])
    assert client.delete(sent["links"]["self"]).status_code == 204
    gone = skoen(client, **asked, gtfs=sent["gtfs"])
    assert gone.status_code == 422, "what is deleted is gone at once, also where its estimate is known"
    assert "Scenariets køreplan er ikke gemt her" in gone.json()["what"]


@pytest.mark.parametrize("named", ["/etc/passwd", "areas:" + "0" * 64, "timetable:0"])
def test_an_estimate_opens_no_file_that_an_address_names(client: TestClient, named: str) -> None:
    answer = skoen(client, plustur=1, gtfs=named)
    assert answer.status_code == 422
    assert "gtfs" in answer.json()["what"]


@pytest.mark.parametrize(("year", "warned"), [(2019, False), (2020, True), (2021, True), (2022, False)])
def test_passengers_counted_while_corona_kept_many_at_home_are_warned_of(
    client: TestClient, year: int, warned: bool
) -> None:
    notes = skoen(client, kommunetakst=1, passengers=12000, counted_year=year, year=2026).json()["notes"]
    assert any(note.startswith(f"Passagererne er talt i {year}, og corona") for note in notes) == warned
