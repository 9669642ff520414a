import json
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api.http.keys import KeyBook
from api.http.problems import TooManyRequestsError
from api.http.rate import RateLimit
from api.settings import Settings
from tariffs.errors import InputError
from tests.api.http.conftest import ADDRESS, SCENARIO, Memory, open_client

OPEN_WORLD = Settings(host="0.0.0.0", base_url="https://takst.example.dk")
OUTSIDE = "https://takst.example.dk"


@pytest.fixture
def keys(tmp_path) -> KeyBook:
    return KeyBook(tmp_path / "keys.json")


@pytest.fixture
def outside(memory: Memory, keys: KeyBook) -> TestClient:
    return open_client(OPEN_WORLD, memory, keys, OUTSIDE)


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_on_loopback_reading_and_running_need_no_key(client: TestClient) -> None:
    assert client.get("/v1/runs").status_code == 200
    assert client.post("/v1/runs", json=SCENARIO).status_code == 202


def test_elsewhere_nothing_is_open(outside: TestClient) -> None:
    for method, path in (("GET", "/v1/runs"), ("GET", "/v1/skoen/0316"), ("POST", "/v1/runs"), ("GET", "/v1/tariffs")):
        answer = outside.request(method, path)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="takstlab"')
        assert answer.json()["type"] == "urn:takstlab:problem:key"


def test_open_to_all_is_open_for_reading_alone(memory: Memory) -> None:
    everybody = open_client(Settings(host="0.0.0.0", open_to_all=True), memory, None, OUTSIDE)
    assert everybody.get("/v1/runs").status_code == 200
    assert everybody.post("/v1/runs", json=SCENARIO).status_code == 401


def test_reading_can_be_closed_on_loopback_too(memory: Memory) -> None:
    assert open_client(Settings(open_reading=False), memory).get("/v1/runs").status_code == 401


def test_a_key_opens_its_own_scopes_and_no_others(outside: TestClient, keys: KeyBook) -> None:
    _, reader = keys.add("budgetark", ["read"], 30)
    _, runner = keys.add("analytiker", ["read", "run"], None)
    assert outside.get("/v1/runs", headers=bearer(reader)).status_code == 200
    assert outside.get("/v1/runs", headers={"X-API-Key": reader}).status_code == 200
    refused = outside.post("/v1/runs", json=SCENARIO, headers=bearer(reader))
    assert (refused.status_code, refused.json()["what"]) == (403, "Nøglen må ikke sætte simuleringer i gang")
    assert outside.post("/v1/runs", json=SCENARIO, headers=bearer(runner)).status_code == 202


def test_a_sheet_sends_its_key_in_the_address_and_only_to_read(outside: TestClient, keys: KeyBook) -> None:
    _, text = keys.add("ark", ["read", "run"], None)
    assert outside.get("/v1/skoen/0316", params={"felt": "trips", "noegle": text}).status_code == 200
    assert outside.post("/v1/runs", json=SCENARIO, params={"noegle": text}).status_code == 401
    assert outside.get("/v1/celle/x/0316/1/trips", params={"noegle": text, "fejl": "tekst"}).text.startswith("#FEJL")
    told = outside.get("/v1/skoen/0316", params={"felt": "trips", "noegle": "tk_forkert", "fejl": "tekst"})
    assert told.text == "#FEJL: Nøglen er ukendt, udløbet eller trukket tilbage"


def test_a_key_that_is_wrong_expired_or_revoked_opens_nothing(outside: TestClient, keys: KeyBook) -> None:
    key, text = keys.add("ark", ["read"], 1)
    assert keys.find(text, datetime.now(UTC) + timedelta(hours=23)) == key
    assert keys.find(text, datetime.now(UTC) + timedelta(days=1, seconds=1)) is None
    for wrong in (text[:-1], text + "x", "tk_", key.id, key.hash, "æøå", "x" * 10_000):
        assert keys.find(wrong) is None
    assert outside.get("/v1/runs", headers=bearer("tk_forkert")).status_code == 401
    assert outside.get("/v1/runs", headers=bearer(text)).status_code == 200
    KeyBook(keys._path).revoke(key.id)  # another process: the running server sees it at once
    assert outside.get("/v1/runs", headers=bearer(text)).status_code == 401


def test_the_file_has_no_key_in_it_and_is_nobody_elses_to_read(keys: KeyBook) -> None:
    _, text = keys.add("ark", ["read"], 30)
    assert text.removeprefix("tk_") not in keys._path.read_text()
    assert json.loads(keys._path.read_text())["keys"][0]["scopes"] == ["read"]
    assert keys._path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "scopes", "days"), [("", ["read"], 1), ("x", [], 1), ("x", ["admin"], 1), ("x", ["read"], 0)]
)
def test_a_key_that_cannot_be_is_not_made(keys: KeyBook, name: str, scopes: list[str], days: int) -> None:
    with pytest.raises(InputError):
        keys.add(name, scopes, days)
    assert keys.all() == ()


def test_keys_are_made_listed_and_revoked_on_the_command_line(takstlab, tmp_path) -> None:
    status, out, err = takstlab("keys", "add", "budgetark", "--scope", "read", "--store", tmp_path)
    assert (status, out.startswith("tk_"), "vises ikke igen" in err) == (0, True, True)
    (key,) = KeyBook(tmp_path / "keys.json").all()
    assert "gælder" in takstlab("keys", "list", "--store", tmp_path)[1]
    takstlab("keys", "revoke", key.id, "--store", tmp_path)
    assert "trukket tilbage" in takstlab("keys", "list", "--store", tmp_path)[1]
    assert takstlab("keys", "revoke", "ukendt", "--store", tmp_path)[0] == 2


def test_a_page_elsewhere_can_make_nobodys_browser_start_work(client: TestClient) -> None:
    for headers in ({"Origin": "https://ond.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert client.post("/v1/runs", json=SCENARIO, headers=headers).status_code == 403
    assert client.post("/v1/runs", json=SCENARIO, headers={"Origin": ADDRESS}).status_code == 202
    as_text = client.post("/v1/runs", content=json.dumps(SCENARIO), headers={"Content-Type": "text/plain"})
    assert as_text.status_code == 422


def test_a_name_pointed_at_this_machine_is_not_answered(client: TestClient) -> None:
    for host in ("ond.example", "127.0.0.1.ond.example", "", "[", "localhost@ond.example"):
        assert client.get("/v1/runs", headers={"Host": host}).status_code == 403
    for host in ("localhost:8600", "127.0.0.1", "[::1]:8600", "LOCALHOST"):
        assert client.get("/v1/runs", headers={"Host": host}).status_code == 200


def test_who_asks_too_much_is_told_to_wait_and_how_long(memory: Memory) -> None:
    few = open_client(Settings(host="0.0.0.0", open_to_all=True, requests_per_minute=3), memory, None, OUTSIDE)
    assert [few.get("/v1/names").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert int(few.get("/v1/names").headers["Retry-After"]) == 20  # three a minute: one each 20 seconds


def test_the_bucket_fills_evenly_and_each_caller_has_their_own() -> None:
    rate = RateLimit(60)
    for _ in range(60):
        rate.take("a", 0.0)
    with pytest.raises(TooManyRequestsError):
        rate.take("a", 0.5)
    rate.take("a", 1.0)
    rate.take("b", 1.0)
    RateLimit(None).take("a")


def test_every_answer_has_the_headers_that_keep_a_browser_honest(client: TestClient) -> None:
    for answer in (
        client.get("/v1/municipalities"),
        client.get("/nowhere"),
        client.get("/v1/runs", headers={"Host": "x"}),
    ):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "Cache-Control" in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_bodies_are_not_read_beyond_their_cap(client: TestClient) -> None:
    json_type = {"Content-Type": "application/json"}
    sent = 0

    def endless():
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b" " * 100_000

    for path, content in (("/v1/quotes", b" " * 1_100_000), ("/v1/runs", b" " * 1_100_000), ("/v1/quotes", endless())):
        answer = client.post(path, content=content, headers=json_type)
        assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for size, status in ((1_100_000, 422), (11_000_000, 413)):
        answer = client.post("/v1/quotes/file", content=b"x" * size, headers={"Content-Type": "text/csv"})
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_method_that_an_address_does_not_have_is_said_with_those_it_has(client: TestClient) -> None:
    answer = client.delete("/v1/quotes")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert answer.json()["type"] == "urn:takstlab:problem:method"


def test_a_setting_of_batches_that_cannot_be_read_stops_the_start(memory: Memory) -> None:
    with pytest.raises(InputError, match="batches"):
        open_client(Settings(batches=("uden lighedstegn",)), memory)
