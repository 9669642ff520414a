import json

import pytest
from fastapi.testclient import TestClient

TRIP = {"from": "0316", "to": "0316", "km": "13", "travel": "2019-08-03"}


@pytest.mark.parametrize(
    ("asked", "kroner"),
    [
        # DOMAIN's prices: grundtakst 36 + 3 started km at 6 = 54 at 13 km; online 10 % off, rounded down.
        ({}, 54),
        ({"channel": "online"}, 48),
        ({"km": "8"}, 36),
        ({"km": "8", "channel": "online"}, 32),
        ({"km": "8", "elements": ["kommunetakst"]}, 24),
        ({"km": "8", "elements": ["kommunetakst"], "channel": "online"}, 21),
        ({"km": "8", "elements": ["bytakst=high"], "from_town": "Holbæk", "to_town": "Holbæk"}, 60),
        ({"km": "20"}, 96),
        ({"km": "8", "product": "plustur", "channel": "online"}, 21),
        ({"free_destination": True, "elements": ["gratis=Biblioteket"]}, 0),
    ],
)
def test_published_prices_come_out_of_the_service(client: TestClient, asked: dict, kroner: int) -> None:
    (quote,) = client.post("/v1/quotes", json={"trips": [TRIP | asked]}).json()["quotes"]
    assert quote["fare_oere"] == 100 * kroner
    assert sum(line["amount_oere"] for line in quote["lines"]) == 100 * kroner


def test_the_service_answers_word_for_word_what_the_command_line_answers(client: TestClient, takstlab) -> None:
    args = ["--from", "0316", "--to", "0316", "--km", "13,5", "--travel", "2019-08-03", "--channel", "online"]
    _, out, _ = takstlab("quote", *args, "--element", "kommunetakst", "--json")
    asked = {"from": "0316", "to": "0316", "km": "13,5", "travel": "2019-08-03", "channel": "online"}
    assert client.get("/v1/quote", params=asked | {"element": "kommunetakst"}).json() == json.loads(out)
    assert client.post("/v1/quotes", json={"trips": [asked | {"elements": ["kommunetakst"]}]}).json()["quotes"] == [
        json.loads(out)
    ]


def test_a_refusal_is_an_answer_with_its_reason_and_no_price(client: TestClient) -> None:
    asked = TRIP | {"travel": "2029-01-01"}
    quote = client.get("/v1/quote", params=asked).json()
    assert (quote["status"], quote["reason"], quote["fare_oere"]) == ("refused", "edition_unknown", None)
    english = client.get("/v1/quote", params=asked | {"sprog": "en"}).json()
    assert english["text"].startswith("the fares of that day are unknown")


def test_a_projected_price_says_so_and_is_refused_when_only_known_ones_are_asked_for(client: TestClient) -> None:
    asked = TRIP | {"travel": "2026-01-01"}
    quote = client.get("/v1/quote", params=asked).json()
    assert (quote["price_certainty"], quote["price_note"]) == ("projected", "fremskrevet; ikke Movias prisliste")
    refused = client.get("/v1/quote", params=asked | {"known_prices_only": "true"}).json()
    assert (refused["reason"], refused["fare_oere"]) == ("edition_unknown", None)
    body = {"trips": [asked], "known_prices_only": True}
    assert client.post("/v1/quotes", json=body).json()["quotes"] == [refused]


def test_a_trip_that_cannot_be_read_refuses_them_all_and_says_which(client: TestClient) -> None:
    answer = client.post("/v1/quotes", json={"trips": [TRIP, TRIP | {"to": "Holbak"}]})
    assert answer.status_code == 422
    assert answer.json()["where"] == "trips[1]"
    assert "mente du Holbæk?" in answer.json()["next"]


@pytest.mark.parametrize(
    "wrong", [{"adults": "2"}, {"adults": True}, {"adults": 1.0}, {"standing": 1}, {"kmm": "13"}, {"adults": -1}]
)
def test_nothing_is_converted_in_a_body_and_nothing_unknown_let_through(client: TestClient, wrong: dict) -> None:
    answer = client.post("/v1/quotes", json={"trips": [TRIP | wrong]})
    assert answer.status_code == 422
    assert f"trips.0.{next(iter(wrong))}" in answer.json()["what"]


def test_a_misspelt_parameter_is_refused_and_not_left_out(client: TestClient) -> None:
    answer = client.get("/v1/quote", params=TRIP | {"chanel": "online"})
    assert answer.status_code == 422
    assert "chanel: kendes ikke" in answer.json()["what"]


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"1e999", b"-1e999"])
def test_a_number_that_is_none_is_answered_and_not_repeated(client: TestClient, number: bytes) -> None:
    body = b'{"trips": [{"from": "0316", "to": "0316", "km": "13", "travel": "2019-08-03", "adults": %s}]}' % number
    answer = client.post("/v1/quotes", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert number.decode() not in answer.text


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"trips": "\\ud800"}', b""])
def test_a_body_that_is_no_json_is_answered_in_the_shape_of_all_errors(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/quotes", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"title", "title_en", "what", "where", "why", "next"} <= answer.json().keys()


def test_a_file_of_trips_is_answered_as_the_command_line_answers_it(client: TestClient, takstlab, tmp_path) -> None:
    from importlib.resources import files

    content = (files("data") / "templates" / "trips.csv").read_bytes()
    out = tmp_path / "priser.csv"
    (tmp_path / "ture.csv").write_bytes(content)
    takstlab("quote", "--trips", tmp_path / "ture.csv", "--out", out)
    answer = client.post("/v1/quotes/file", content=content, headers={"content-type": "text/csv"})
    assert answer.status_code == 200
    assert answer.content == out.read_bytes()
    assert int(answer.headers["X-Takstlab-Rows"]) == len(out.read_text().splitlines()) - 1


def test_a_file_that_cannot_be_read_says_so_without_the_servers_own_paths(client: TestClient) -> None:
    for content, kind in (
        (b"a;b\n1;2\n", "text/csv"),
        (b"PAR1 no", "application/vnd.apache.parquet"),
        (b"x", "text/x"),
    ):
        answer = client.post("/v1/quotes/file", content=content, headers={"content-type": kind})
        assert answer.status_code == 422
        assert "/tmp" not in answer.text


def test_a_parquet_file_with_more_rows_than_are_taken_is_refused_by_its_footer(client: TestClient) -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.table({"trip_id": pa.array([""] * 200_000)}), buffer)
    kind = {"content-type": "application/vnd.apache.parquet"}
    answer = client.post("/v1/quotes/file", content=buffer.getvalue(), headers=kind)
    assert (len(buffer.getvalue()) < 10_000, answer.status_code) == (True, 413)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"from": "0316", "to": "0316", "travel": "2022-03-03"}, "closed_day"),
        ({"from": "0390", "to": "0390", "travel": "2023-10-01"}, "closed_day"),
        ({"from": "0390", "to": "0390", "travel": "2024-02-01"}, "own_fare"),
        ({"from": "0390", "to": "0370", "travel": "2024-02-01", "elements": ["kommunetakst"]}, "own_fare"),
    ],
)
def test_closed_days_and_fares_that_no_element_expresses_are_refused_by_the_service(
    client: TestClient, asked: dict, reason: str
) -> None:
    (quote,) = client.post("/v1/quotes", json={"trips": [TRIP | asked]}).json()["quotes"]
    assert quote["reason"] == reason
    assert "fare_oere" not in quote or quote["fare_oere"] is None


def test_stated_elements_are_priced_in_vordingborg_also_grundtakst_alone(client: TestClient) -> None:
    asked = TRIP | {"from": "0390", "to": "0390", "km": "5", "travel": "2024-02-01"}
    for element, kroner in (("kommunetakst", 30), ("grundtakst", 45)):
        (quote,) = client.post("/v1/quotes", json={"trips": [asked | {"elements": [element]}]}).json()["quotes"]
        assert quote["fare_oere"] == 100 * kroner


def test_the_cell_of_what_vordingborg_has_is_an_error_and_not_a_number(client: TestClient) -> None:
    answer = client.get("/v1/skoen/0390", params={"bytakst": "high", "year": "2024", "felt": "net_cost"})
    assert answer.status_code == 422
    assert "60 kr. pr. tur fra 21-01-2024" in answer.text
