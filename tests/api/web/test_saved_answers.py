"""Saved answers over HTTP: names as typed, a used name asked about, notes, deleting and having back, two beside each other, one file."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.keys import KeyBook
from api.settings import Settings
from api.store.files import json_hash
from api.store.names import checked
from api.store.protocol import RunState
from api.web import saved as saved_page
from api.web import saved_file
from api.web.side_by_side import pair_of
from sim.answer.codec import as_json
from tests.answer.building import answer_of
from tests.api.http.conftest import ADDRESS, SCENARIO, SUBMITTED, Memory
from tests.report.small_comparison import small_comparison

HTML = {"Accept": "text/html"}
ONE, TWO, THREE = ("1" * 64, "2" * 64, "3" * 64)


def figure(kroner: float) -> dict[str, float]:
    low, high = sorted((kroner * 80, kroner * 120))
    return {"mean": kroner * 100, "p10": low, "p90": high}


def comparison(year: int, change: float, name: str = "Bytakst 60") -> dict[str, Any]:
    """What the list and the pair read of a comparison, small enough to check by hand."""
    nothing = figure(0)
    return {
        "municipality": "0316", "municipality_name": "Holbæk", "year": year, "price_level": year, "start": f"{year}-07-01",
        "volume": {"passengers": 12_000.0, "origin": "own"},
        "options": [
            {
                "name": "I dag", "elements": ["kommunetakst"], "net_cost_oere": figure(1_500_000), "trips": figure(90),
                "change": {"net_cost_oere": nothing, "percent": {"net_cost_oere": nothing}},
            },
            {
                "name": name, "elements": ["bytakst=60"], "net_cost_oere": figure(1_500_000 + change), "trips": figure(80),
                "change": {"net_cost_oere": figure(change), "percent": {"net_cost_oere": figure(-0.13)}},
            },
        ],
    }  # fmt: skip


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    memory = Memory(Settings(store=str(tmp_path / "lager")))
    for run, year, change in ((ONE, 2020, -200_000), (TWO, 2021, -300_000)):
        memory.states[run] = RunState(run, "queued", ("0316",), SUBMITTED)
        memory.scenarios[run] = SCENARIO | {"year": year, "start": f"{year}-07-01"}
        memory.finish(run, as_json(answer_of(comparison(year, change))))
    return memory


@pytest.fixture
def client(memory: Memory) -> TestClient:
    return TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS, headers=HTML)


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def save(client: TestClient, run: str, title: str, **more: str) -> Any:
    return client.post(f"/koersel/{run}/gem", data={"gemnavn": title, **more}, follow_redirects=False)


def listed(client: TestClient) -> list[str]:
    page = client.get("/koersler").text
    return [unescape(name) for name in re.findall(r'class="tl-typed">([^<]*)</a>', page)]


def test_a_name_is_listed_as_it_was_typed_with_what_the_answer_says(client: TestClient) -> None:
    assert save(client, ONE, "Budget  2027, forslag Å").headers["location"].startswith("/koersler#budget-2027-forslag-")
    assert listed(client) == ["Budget  2027, forslag Å"]
    row = words(re.findall(r"<tr [^>]*id=.*?</tr>", client.get("/koersler").text, re.S)[0])
    assert "i regneark : budget-2027-forslag-å" in row.replace("regneark:", "regneark :")
    assert "Holbæk 2020" in row
    assert "1. juli 2020" in row
    assert "12.000" in row
    assert "Bytakst 60: -200 (-240 til -160)" in row, "thousands of kroner"
    assert client.get("/v1/names").json() == {"names": {"budget-2027-forslag-å": ONE}}


def test_a_page_of_the_list_reads_its_own_answers_alone(
    client: TestClient, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(saved_page.LISTED + 2):
        memory.keep_answers([checked(f"Svar {n}", ONE, at=datetime(2026, 1, 1, 0, n, tzinfo=UTC))])
    read: list[str] = []
    result = memory.result
    monkeypatch.setattr(memory, "result", lambda run, code=None: (read.append(run), result(run, code))[1])
    first = client.get("/koersler")
    assert (listed(client)[0], len(listed(client))) == (f"Svar {saved_page.LISTED + 1}", saved_page.LISTED)
    assert "Nr. 1-50 af 52. Ældre" in words(first.text)
    read.clear()
    for side in ("2", "3", "999999"):
        assert "Nr. 51-52 af 52. Nyere" in words(client.get(f"/koersler?side={side}").text)
    assert len(read) == 3 * (2 + len(memory.states)), "two saved ones, and the runs"
    for side in ("0", "x", "-1", "9" * 5000):
        assert "Nr. 1-50" in words(client.get(f"/koersler?side={side}").text)
    changed = {"navn": "svar-0", "titel": "Ældst", "note": ""}
    led = client.post("/koersler/navn", data=changed, follow_redirects=False).headers["location"]
    assert led.startswith("/koersler?side=2#")


def test_a_used_name_is_asked_about_and_then_replaced_or_another(client: TestClient, memory: Memory) -> None:
    save(client, ONE, "Budget 2027")
    asked = save(client, TWO, "budget 2027")
    assert asked.status_code == 409
    assert "»Budget 2027« står allerede for et andet svar: Holbæk 2020" in words(asked.text)
    assert 'value="budget 2027 (2)"' in asked.text
    assert memory.names() == {"budget-2027": ONE}
    assert save(client, TWO, "Budget 2027", erstat=THREE).status_code == 409  # it is another than was asked about
    assert save(client, TWO, "Budget 2027", erstat=ONE).status_code == 303
    assert memory.names() == {"budget-2027": TWO}
    assert save(client, TWO, "Budget 2027").status_code == 303  # the same answer once more is no question
    for title, said in (("???", "mindst ét bogstav"), ("x" * 61, "der er plads til 60"), ("a\u200b", "ikke kan ses")):
        refused = save(client, TWO, title)
        assert refused.status_code == 422
        assert said in words(refused.text)
        assert 'id="gemnavn-error"' in refused.text


def test_a_note_is_kept_with_another_answer_only_where_that_is_asked_for(client: TestClient, memory: Memory) -> None:
    def note() -> str:
        return memory.answers()["budget"].note

    save(client, ONE, "Budget")
    client.post("/koersler/navn", data={"navn": "budget", "titel": "Budget", "note": "vedtaget 3. maj"})
    asked = words(save(client, TWO, "Budget").text)
    assert "skrevet til det gamle svar og slettes, hvis du ikke beholder den: vedtaget 3. maj" in asked
    save(client, TWO, "Budget", erstat=ONE, behold_note="1")
    assert note() == "vedtaget 3. maj"
    save(client, ONE, "Budget", erstat=TWO)
    assert note() == ""
    assert "Behold noten" not in save(client, TWO, "Budget").text


def test_name_and_note_are_changed(client: TestClient, memory: Memory) -> None:
    save(client, ONE, "Budget")
    save(client, TWO, "Andet")
    changed = client.post(
        "/koersler/navn", data={"navn": "budget", "titel": "Budget 2028", "note": "Til udvalget\r\n3. maj"}
    )
    assert "Til udvalget\n3. maj" in changed.text
    assert memory.names() == {"budget-2028": ONE, "andet": TWO}
    taken = client.post("/koersler/navn", data={"navn": "budget-2028", "titel": "andet", "note": ""})
    assert taken.status_code == 422
    assert 'id="titel-error"' in taken.text
    long = client.post("/koersler/navn", data={"navn": "andet", "titel": "Andet", "note": "x" * 1001})
    assert 'id="note-error"' in long.text
    assert memory.answers()["budget-2028"].note == "Til udvalget\n3. maj"
    save(client, ONE, "Budget 2028")
    assert memory.answers()["budget-2028"].note == "Til udvalget\n3. maj"


def test_deleting_is_asked_about_and_can_be_undone(client: TestClient, memory: Memory) -> None:
    save(client, ONE, "Budget 2027")
    client.post("/koersler/navn", data={"navn": "budget-2027", "titel": "Budget 2027", "note": "husk"})
    before = memory.answers()
    assert "Svaret selv bliver" in client.get("/koersler/navn?navn=budget-2027").text
    page = client.post("/koersler/slet", data={"navn": "budget-2027"}).text
    assert memory.names() == {}
    undo = dict(
        re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">', page.partition("/koersler/fortryd")[2])
    )
    assert client.post("/koersler/fortryd", data=undo).status_code == 200
    assert memory.answers() == before
    client.post("/koersler/slet", data={"navn": "budget-2027"})
    assert client.post("/koersler/slet", data={"navn": "budget-2027"}).status_code == 200
    assert client.post("/koersler/fortryd", data=undo | {"svar": THREE}).status_code == 422
    for at in ("2026-11-28T09:00:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+00:00"):
        assert client.post("/koersler/fortryd", data=undo | {"gemt": at}).status_code == 422
        assert client.get("/koersler").status_code == 200


def test_two_answers_stand_side_by_side(client: TestClient) -> None:
    save(client, ONE, "Forslag A")
    page = client.get(f"/koersler/sammen?svar={ONE}&svar={TWO}")
    said = words(page.text)
    assert "De er forskellige i: år, beløb i priser fra" in said
    assert "valgmulighed Forslag A Holbæk 2021" in said
    assert re.search(r"Bytakst 60 \S.* -200 \([^)]*\) -300 \(", said)
    for query, count in (
        (f"svar={ONE}", 1),
        ("", 0),
        (f"svar={ONE}&svar={TWO}&svar={THREE}", 3),
    ):
        refused = client.get(f"/koersler/sammen?{query}")
        assert refused.status_code == 422
        assert f"der er valgt {count}" in refused.text
    twice = client.get(f"/koersler/sammen?svar={ONE}&svar={ONE}")
    assert (twice.status_code, "er det samme svar under flere navne" in twice.text) == (422, True)
    assert client.get(f"/koersler/sammen?svar={ONE}&svar={THREE}").status_code == 422


def taken_in(client: TestClient, content: bytes) -> Any:
    return client.post("/koersler/ind", files={"fil": ("gemte-svar.json", content)})


def test_all_go_into_one_file_and_come_back(client: TestClient, memory: Memory) -> None:
    save(client, ONE, "Forslag  A")
    save(client, TWO, "Forslag B")
    client.post("/koersler/navn", data={"navn": "forslag-b", "titel": "Forslag B", "note": "note"})
    before = memory.answers()
    file = client.get("/koersler/alle.json")
    assert "attachment" in file.headers["content-disposition"]
    memory.saved.clear()
    assert "2 svar er gemt" in words(taken_in(client, file.content).text)
    assert memory.answers() == before
    assert "»Forslag B« er her allerede" in words(taken_in(client, file.content).text)
    memory.saved.clear()
    save(client, TWO, "Forslag A")
    told = words(taken_in(client, file.content).text)
    assert "»Forslag A« stod allerede for et andet svar og er gemt som »Forslag A (2)«" in told.replace("  ", " ")
    assert memory.names() == {"forslag-a": TWO, "forslag-a-2": ONE, "forslag-b": TWO}


def test_an_answer_that_is_not_here_is_calculated_from_its_scenario(
    client: TestClient, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(client, ONE, "Forslag A")
    file = client.get("/koersler/alle.json").content
    memory.saved.clear()
    del memory.states[ONE]
    sent: list[Any] = []

    def submit(_: Any, scenario: dict[str, Any]) -> RunState:
        sent.append(scenario)
        memory.states[THREE] = RunState(THREE, "queued", ("0316",), SUBMITTED)
        return memory.states[THREE]

    monkeypatch.setattr(saved_file, "submit", submit)
    assert "1 svar er gemt, 1 af dem regnes nu" in words(taken_in(client, file).text)
    assert memory.names() == {"forslag-a": THREE}
    assert [option["name"] for option in sent[0]["options"]] == ["Nuværende ordning", "=1+1"]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda text: text[: len(text) // 2], "beskadiget eller af en anden slags"),
        (lambda text: text.replace(b"Forslag A", b"Forslag X"), "kontrolsum"),
        (lambda _: b'{"type": "FeatureCollection"}', "ikke gemte svar"),
        (lambda text: text.replace(b'svar": 1', b'svar": 2'), "nyere udgave"),
        (lambda _: b"\xff\xfe\x00", "kan ikke læses"),
        (lambda _: b"[" * 100_000, "kan ikke læses"),
        (lambda _: b"", "ikke valgt en fil"),
    ],
)
def test_a_damaged_or_foreign_file_changes_nothing(client: TestClient, memory: Memory, harm: Any, said: str) -> None:
    save(client, ONE, "Forslag A")
    file = client.get("/koersler/alle.json").content
    before = memory.answers()
    answer = taken_in(client, harm(file))
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert "Intet er ændret" in words(answer.text)
    assert 'id="fil-error"' in answer.text
    assert memory.answers() == before


def test_a_file_with_a_checksum_of_nonsense_is_refused(client: TestClient) -> None:
    answer = {"title": "A", "note": "", "saved": None, "run": ONE, "scenario": None}
    for wrong in (
        {},
        answer | {"note": 3},
        answer | {"saved": "i går"},
        answer | {"saved": "2026-11-28T09:00:00"},
        answer | {"note": "\ud800"},
        answer | {"run": "1"},
        answer | {"title": "?"},
        7,
    ):
        told = {saved_file.MARK: 1, "answers": [wrong], "sha256": json_hash([wrong])}
        refused = taken_in(client, json.dumps(told).encode())
        assert refused.status_code == 422
        assert "Intet er ændret" in words(refused.text)


def test_a_scenario_that_cannot_be_read_is_told_and_the_rest_is_taken_in(client: TestClient, memory: Memory) -> None:
    save(client, ONE, "Forslag A")
    answers = json.loads(client.get("/koersler/alle.json").content)["answers"]
    memory.saved.clear()
    wrong = ({}, {"options": 3, "year": "x"}, None)
    broken = [answers[0] | {"title": f"Uden {n}", "run": THREE, "scenario": one} for n, one in enumerate(wrong)]
    told = {saved_file.MARK: 1, "answers": [*broken, *answers], "sha256": json_hash([*broken, *answers])}
    page = words(taken_in(client, json.dumps(told).encode()).text)
    assert page.count("kunne ikke indlæses") == 3
    assert memory.names() == {"forslag-a": ONE}


def test_another_site_and_a_key_that_may_only_read_change_nothing(
    client: TestClient, memory: Memory, tmp_path: Path
) -> None:
    save(client, ONE, "Forslag A")
    before = memory.answers()
    keys = KeyBook(tmp_path / "keys.json")
    _, secret = keys.add("læser", ("read",), 1)
    closed = replace(memory.settings, open_reading=False)
    reader = TestClient(
        create_app(closed, memory, memory, keys), base_url=ADDRESS, headers=HTML | {"X-API-Key": secret}
    )
    for path in ("koersler/navn", "koersler/slet", "koersler/fortryd", "koersler/ind", f"koersel/{TWO}/gem"):
        sent = {"navn": "forslag-a", "gemnavn": "Andet"}
        assert client.post(f"/{path}", data=sent, headers={"Origin": "https://fremmed.example"}).status_code == 403
        assert reader.post(f"/{path}", data=sent).status_code == 403
    assert reader.get("/koersler/alle.json").status_code == 200
    assert memory.answers() == before


def test_what_users_wrote_stays_text(client: TestClient) -> None:
    nasty = '<script>alert(1)</script>"&%s'
    save(client, ONE, nasty)
    client.post("/koersler/navn", data={"navn": "script-alert-1-script-s", "titel": nasty, "note": nasty})
    pages = [
        client.get("/koersler").text,
        save(client, TWO, nasty).text,
        client.get("/koersler/navn?navn=script-alert-1-script-s").text,
    ]
    pages.append(client.get(f"/koersler/sammen?svar={ONE}&svar={TWO}").text)
    pages.append(client.post("/koersler/slet", data={"navn": "script-alert-1-script-s"}).text)
    assert not any("<script>alert" in page for page in pages)
    assert all("&lt;script&gt;alert(1)" in page for page in pages)


def test_the_store_of_an_older_build_is_read_and_kept_readable(tmp_path: Path) -> None:
    from api.store.names import Names, checked

    path = tmp_path / "names.json"
    path.write_text(json.dumps({"budget-2027": ONE}), encoding="utf-8")
    names = Names(path)
    assert names.saved()["budget-2027"].title == "budget-2027"
    names.keep([checked("Mit forslag", TWO, "note", SUBMITTED)])
    names.save("fra-api", ONE)
    assert json.loads(path.read_bytes())["budget-2027"] == ONE
    assert json.loads(path.read_bytes())["fra-api"] == ONE
    again = Names(path)
    assert again.all() == {"budget-2027": ONE, "mit-forslag": TWO, "fra-api": ONE}
    names.save("udkast-", TWO)  # a name that ends in a hyphen is the same when it is saved again on the page
    names.keep([checked("udkast-", TWO, "note")])
    assert [name for name in again.all() if name.startswith("udkast")] == ["udkast-"]
    names.save("Mit-Forslag", ONE)  # a sheet's name that is moved keeps what people know it by
    assert (again.saved()["mit-forslag"].title, again.saved()["mit-forslag"].note) == ("Mit forslag", "note")


def test_trips_side_by_side_are_those_of_the_answers_pages() -> None:
    """8,300.4 less 800.9 is 7,499.5: with 8,300 and 801 fewer the page has 7,499, and so have two side by side."""
    comparison = small_comparison()
    comparison["options"][0]["trips"]["mean"], comparison["options"][1]["trips"]["mean"] = 8_300.4, 7_499.5
    comparison["options"][1]["change"]["trips"]["mean"] = -800.9
    one = answer_of(comparison)
    table = next(table for table in pair_of([one, one], ["A", "B"]).results if table.caption == "Ture på et helt år")
    assert [row[1].text for row in table.rows] == ["8.300", "7.499"]


def test_the_list_says_of_an_answer_of_one_option_that_its_result_is_what_it_costs(
    client: TestClient, memory: Memory
) -> None:
    """1.5 million a year is no change: the list's other results are."""
    alone = comparison(2020, 0)
    alone["options"] = alone["options"][:1]
    memory.finish(ONE, as_json(answer_of(alone)))
    assert "I dag, nettoudgift: 1.500" in words(client.get("/koersler").text)


def test_answers_of_unlike_numbers_of_passengers_are_not_held_against_each_other() -> None:
    one = answer_of(small_comparison())
    more = replace(one, volume=replace(one.volume, passengers=one.volume.passengers + 900))
    assert pair_of([one, one], ["A", "B"]).unlike == ()
    assert pair_of([one, more], ["A", "B"]).unlike == ("passagerer om året",)
