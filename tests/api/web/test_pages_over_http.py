"""The builder with its estimate, and what all pages have: a policy, keys, forms of other sites, unknown addresses."""

import re
from pathlib import Path

from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.keys import KeyBook
from api.settings import Settings
from tests.api.http.conftest import ADDRESS, Memory
from tests.api.web.small_answer import HTML, LINE, LINE_EN, amounts_of, tables_of, text_of


def test_the_estimate_says_flexhandicap_on_a_line_of_its_own(client: TestClient) -> None:
    asked = "/sammenlign?kommune=0316&navn0=A&kommunetakst0=1&navn1=B&kommunetakst1=1&bytakst1=high&passagerer=9000"
    danish = text_of(client.get(asked, headers=HTML).text)
    assert f"B: {LINE}" in danish
    assert "af nettoudgiften" in danish
    assert f"B: {LINE_EN}" in text_of(client.get(f"{asked}&sprog=en", headers=HTML).text)
    client.cookies.clear()
    turned = "/sammenlign?kommune=0316&navn0=A&navn1=B&kommunetakst1=1&passagerer=9000"
    assert "flexhandicap på ca." not in text_of(client.get(turned, headers=HTML).text)


def test_the_account_behind_the_estimate_adds_up(client: TestClient) -> None:
    page = client.get("/sammenlign?kommune=0316&navn0=A&navn1=B&bytakst1=high&passagerer=9000", headers=HTML).text
    (table,) = [table for table in tables_of(page) if "Regnestykket bag skønnet" in table]
    rows = amounts_of(table)
    assert list(rows) == ["A", "B"]
    for operator, fares, fee, net, *_ in rows.values():
        assert operator - fares + fee == net


def test_pages_may_only_fetch_from_here(client: TestClient) -> None:
    for path in ("/", "/sammenlign?kommune=0316", "/om", "/was", "/koersler", "/log-ind"):
        got = client.get(path, headers=HTML)
        assert got.status_code == 200
        assert "default-src 'self'" in got.headers["content-security-policy"]
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", re.sub(r'<a [^>]*rel="noreferrer"', "", got.text))
        assert not re.search(r'<[^>]+ (style|onclick|onload)="', got.text)


def test_the_builder_shows_the_published_prices_of_each_option(client: TestClient) -> None:
    page = text_of(
        client.get("/sammenlign?kommune=0316&navn0=A&navn1=B&bytakst1=low&kommunetakst1=1", headers=HTML).text
    )
    assert "3 km inden for byområdet 36 kr. 48 kr. (uden ændring 36)" in page
    assert "8 km mellem by og land i kommunen 36 kr. 24 kr. (uden ændring 36)" in page
    assert "SKØN" in page


def test_an_estimate_is_the_closed_form_and_has_an_interval(client: TestClient) -> None:
    from api.web.instant import instant

    values = {"municipality": "0316", "year": 2020, "passengers": 12000.0, "options": [
        {"name": "A", "elements": ("kommunetakst",)}, {"name": "B", "elements": ("kommunetakst", "bytakst=high")},
    ]}  # fmt: skip
    found = instant(values)
    asked = client.get("/v1/skoen/0316", params={
        "kommunetakst": "1", "bytakst": "high", "today": "kommunetakst", "passengers": "12000", "felt": "net_cost_change",
        "enhed": "oere",
    })  # fmt: skip
    change = found.options[1].change.net_cost_oere
    assert round(change.mean) == int(asked.text)
    assert change.p10 <= change.mean <= change.p90 < 0


def test_what_cannot_be_simulated_is_said_in_the_form(client: TestClient) -> None:
    wrong = {"kommune": "0316", "navn0": "A", "navn1": "B", "gratis1": "Rådhuset på Månen"}
    got = client.post("/simuler", data=wrong, headers=HTML)
    assert got.status_code == 422
    assert "Rådhuset på Månen" in text_of(got.text)


def test_a_form_of_another_site_is_refused(client: TestClient) -> None:
    got = client.post("/simuler", data={"kommune": "0316"}, headers={**HTML, "Origin": "https://fremmed.example"})
    assert got.status_code == 403
    assert "fremmed" in text_of(got.text)


def test_with_keys_a_browser_signs_in_and_out(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "lager"), open_reading=False)
    keys = KeyBook(tmp_path / "keys.json")
    _, secret = keys.add("kontoret", ("read",), 30)
    memory = Memory(settings)
    client = TestClient(create_app(settings, memory, memory, keys), base_url=ADDRESS)
    refused = client.get("/", headers=HTML)
    assert refused.status_code == 401
    assert "/log-ind" in refused.text
    assert client.post("/log-ind", data={"noegle": "tk_forkert"}, headers=HTML).status_code == 401
    entered = client.post("/log-ind", data={"noegle": secret}, headers=HTML, follow_redirects=False)
    assert entered.status_code == 303
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/", headers=HTML).status_code == 200
    assert client.post("/simuler", data={"kommune": "0316"}, headers=HTML).status_code == 403
    elsewhere = {**HTML, "Origin": "https://fremmed.example"}
    for path in ("/log-ind", "/log-ud"):
        assert client.post(path, data={"noegle": secret}, headers=elsewhere).status_code == 403
        assert client.post(path, headers={**HTML, "Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/", headers=HTML).status_code == 200
    # A link that somebody was sent leads to its page: by the form, and by the button alone where a key is kept already.
    client.post("/log-ud", headers=HTML)
    linked = client.get("/koersler?km=3&noegle=tk_gammel", headers=HTML)
    assert linked.status_code == 401
    assert "Authorization" not in linked.text
    assert 'href="/log-ind?til=%2Fkoersler%3Fkm%3D3"' in linked.text
    asked = {"noegle": secret, "til": "/koersler?km=3"}
    assert 'value="/koersler?km=3"' in client.post("/log-ind", data={**asked, "noegle": "tk_x"}, headers=HTML).text
    entered = client.post("/log-ind", data=asked, headers=HTML, follow_redirects=False)
    assert entered.headers["location"] == "/koersler?km=3"
    again = client.get("/log-ind?til=/koersler", headers=HTML, follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (303, "/koersler")
    for outside in ("https://fremmed.example/", "//fremmed.example", "javascript:x"):
        entered = client.post("/log-ind", data={**asked, "til": outside}, headers=HTML, follow_redirects=False)
        assert entered.headers["location"] == "/"
    client.post("/log-ud", headers=HTML)
    assert client.get("/", headers=HTML).status_code == 401


def test_an_unknown_address_is_a_page_for_people_and_json_for_programs(client: TestClient) -> None:
    assert "<h1>" in client.get("/findes-ikke", headers=HTML).text
    assert client.get("/findes-ikke").headers["content-type"] == "application/problem+json"
    assert client.get("/v1/findes-ikke", headers=HTML).headers["content-type"] == "application/problem+json"
