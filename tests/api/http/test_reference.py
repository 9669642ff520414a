import pytest
from fastapi.testclient import TestClient

from api.http.answers import Answer, Assumptions, Municipalities, Quote, Tariffs
from sim.inputs.assumptions import load_assumptions


def test_the_45_municipalities_are_listed_with_what_is_known_of_them(client: TestClient) -> None:
    found = client.get("/v1/municipalities", params={"year": 2020}).json()["municipalities"]
    assert len(found) == 45
    helsingoer = next(m for m in found if m["code"] == "0217")
    assert (helsingoer["name"], helsingoer["bytakst"], helsingoer["flextur"]) == ("Helsingør", "low", "known")


def test_every_assumption_is_listed_with_its_source(client: TestClient) -> None:
    found = client.get("/v1/assumptions").json()["assumptions"]
    assert [a["id"] for a in found] == list(load_assumptions())
    assert all(a["source"] and a["mark"] in "ABCJ" for a in found)


def test_tariffs_have_every_edition_and_a_source_on_every_value(client: TestClient) -> None:
    found = client.get("/v1/tariffs").json()
    assert "2019-07-01" in [edition["id"] for edition in found["editions"]]
    assert all(value["source"] for parameter in found["parameters"] for value in parameter["values"])
    assert client.get("/v1/tariffs", params={"variant": "findes-ikke"}).status_code == 422


@pytest.mark.parametrize(
    ("path", "described"),
    [
        ("/v1/tariffs", Tariffs),
        ("/v1/municipalities?year=2020", Municipalities),
        ("/v1/municipalities?year=2024", Municipalities),
        ("/v1/assumptions", Assumptions),
        ("/v1/quote?from=0316&to=0316&km=13,5&travel=2019-08-03&element=bytakst=52", Quote),
        ("/v1/quote?from=0316&to=0326&km=40&travel=2027-03-03", Quote),
        ("/v1/quote?from=0316&to=0316&km=8&travel=2001-08-03", Quote),
    ],
)
def test_an_answer_is_what_the_openapi_document_says_it_is(
    client: TestClient, path: str, described: type[Answer]
) -> None:
    answer = client.get(path)
    described.model_validate_json(answer.content)
    told = client.get("/openapi.json").json()["paths"][path.partition("?")[0]]["get"]["responses"]["200"]
    assert told["content"]["application/json"]["schema"] == {"$ref": f"#/components/schemas/{described.__name__}"}


@pytest.mark.parametrize("path", ["/v1/tariffs", "/v1/municipalities", "/v1/assumptions"])
def test_who_has_it_already_is_told_so_and_nothing_else(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert plain.content == first.content
    assert plain.headers["ETag"] != first.headers["ETag"]
    assert (first.headers["Content-Encoding"], "Content-Encoding" in plain.headers) == ("gzip", False)
