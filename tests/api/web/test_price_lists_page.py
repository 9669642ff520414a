"""The page of price lists: typed beside the year before, faults at their fields, kept, used, corrected, removed."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from api.store.price_lists import PriceLists
from tests.answer.building import answer_of
from tests.api.http.conftest import Memory, open_client
from tests.api.http.test_price_lists import LIST

TYPED = {
    "from": "17-01-2027", "source": "Movias brev af 20-11-2026", "grundtakst": "49", "kommunetakst": "33",
    "bytakst_low": "64", "bytakst_high": "80", "gratis_destination": "0", "kilometertakst_fra_km_11": "9",
    "kilometertakst_fra_km_21": "17", "plusturtakst": "29",
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=str(tmp_path / "lager"), today="2026-11-28")


@pytest.fixture
def client(settings: Settings) -> TestClient:
    return open_client(settings, Memory(settings))


def post(client: TestClient, file: bytes | None = None, where: str = "/prislister", **fields: str) -> Any:
    parts: list[tuple[str, Any]] = [(key, (None, value)) for key, value in fields.items()]
    parts += [("fil", ("liste.toml", file))] if file is not None else []
    return client.post(where, files=parts, follow_redirects=False)


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def field(page: str, name: str) -> str:
    found = re.search(rf'<div class="form-group[^"]*">\s*<label class="form-label" for="{name}">.*?</div>', page, re.S)
    assert found, name
    return found[0]


@pytest.fixture
def kept(client: TestClient, settings: Settings) -> str:
    assert post(client, **TYPED).status_code == 303
    (one,) = PriceLists(Path(settings.store), settings).all()
    assert one.price_list == LIST
    return one.id


def test_every_field_has_the_year_before_beside_it_with_its_mark(client: TestClient) -> None:
    page = client.get("/prislister").text
    assert "året før 47 kr. (fremskrevet)" in field(page, "grundtakst")
    assert "året før 0 kr." in field(page, "gratis_destination")
    assert "fremskrevet" not in field(page, "gratis_destination")
    assert "året før 28 kr.<" in field(page, "plusturtakst")
    assert len(re.findall(r'inputmode="decimal"', page)) == 8
    assert 'value="0"' in field(page, "gratis_destination")


def test_the_change_in_per_cent_is_shown_before_anything_is_kept(client: TestClient, settings: Settings) -> None:
    answer = post(client, **TYPED, goer="vis")
    assert answer.status_code == 200
    assert "ændring +4,3 %" in field(answer.text, "grundtakst")  # 49 / 47
    assert PriceLists(Path(settings.store), settings).all() == []


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(client: TestClient) -> None:
    answer = post(client, **(TYPED | {"grundtakst": "fyrre<b>", "from": "21-01-2024"}))
    assert answer.status_code == 422
    assert "'fyrre&lt;b&gt;' er ikke en pris" in html.unescape(field(answer.text, "grundtakst")).replace(
        "<b>", "&lt;b&gt;"
    )
    assert "form-error" in field(answer.text, "from")
    assert 'value="Movias brev af 20-11-2026"' in field(answer.text, "source")
    assert '<a href="#grundtakst">Grundtakst, flextur: ' in answer.text


def test_an_unusual_price_is_kept_when_it_is_confirmed(client: TestClient, settings: Settings) -> None:
    answer = post(client, **(TYPED | {"bytakst_high": "100"}))
    assert answer.status_code == 422
    assert "Det er +28,2 % i forhold til året før (78 kr.)" in field(answer.text, "bytakst_high")
    assert "Ja, priserne er rigtige, også de usædvanlige" in answer.text
    assert post(client, **(TYPED | {"bytakst_high": "100"}), rigtigt="1").status_code == 303
    assert len(PriceLists(Path(settings.store), settings).all()) == 1


def test_a_kept_list_is_shown_beside_the_year_before_and_can_be_fetched(client: TestClient, kept: str) -> None:
    page = client.get(f"/prislister?vis={kept}").text
    told = text_of(page)
    assert "Fra 17. januar 2027 til 15. januar 2028: Movias brev af 20-11-2026" in told
    assert "Prislisten er gemt. Nye sammenligninger og Prisberegneren bruger den" in told
    assert "Grundtakst, flextur 47 kr. fremskrevet 49 kr. +4,3 %" in told
    file = client.get(f"/v1/price-lists/{kept}/file.toml").content
    assert post(client, where="/prislister/fjern", id=kept).status_code == 303
    assert "Ingen prislister er gemt." in client.get("/prislister?fjernet=1").text
    assert post(client, file).headers["location"] == f"/prislister?vis={kept}#liste-{kept}"


def test_a_list_is_corrected_in_place_and_a_second_of_the_same_day_refused(
    client: TestClient, settings: Settings, kept: str
) -> None:
    assert 'value="49"' in field(client.get(f"/prislister?ret={kept}").text, "grundtakst")
    refused = post(client, **(TYPED | {"grundtakst": "50"}))
    assert "Der er allerede en prisliste fra 17-01-2027" in field(refused.text, "from")
    assert post(client, **(TYPED | {"grundtakst": "50"}), ret=kept).status_code == 303
    assert [o.price_list.oere["grundtakst"] for o in PriceLists(Path(settings.store), settings).all()] == [5000]


def test_the_prisberegner_uses_kept_lists_until_they_are_ticked_off(client: TestClient, kept: str) -> None:
    assert f'value="prices:{kept}" checked' in client.get("/pris").text
    asked = "/pris?kommune=0316&km=13&dag=3.3.2027&valg=egne"
    own = client.get(f"{asked}&prisliste=prices:{kept}").text
    assert "Turen koster 76 kr." in text_of(own)  # 49 + 3 x 9
    assert "Egen prisliste, Movias brev af 20-11-2026." in text_of(own)
    assert "[egen prisliste]" in own
    assert "--tariff prisliste-2027-01-17.toml" in own
    assert f"tariff_file=prices%3A{kept}" in own
    assert "egen prisliste" not in text_of(client.get(asked).text).split("Spørg om en anden tur")[1]
    post(client, where="/prislister/fjern", id=kept)
    gone = client.get(f"{asked}&prisliste=prices:{kept}")
    assert gone.status_code == 422
    assert "Prislisten er ikke gemt her." in gone.text


def test_the_comparison_takes_kept_lists_from_the_start_and_shows_their_kroner(client: TestClient, kept: str) -> None:
    led_on = client.get("/sammenlign?kommune=0316", follow_redirects=False).text
    assert f'value="prices:{kept}" checked' in led_on
    asked = "/sammenlign?kommune=0316&aar=2027&kommunetakst0=1&navn0=&navn1=&bytakst1=high"
    own = text_of(client.get(f"{asked}&prisliste=prices:{kept}").text)
    assert "Kommunetakst 33 kr." in own
    assert "Bytakst 80, uden kommunetakst" in own
    assert "Priser her: egen prisliste." in own
    assert "Kommunetakst 32 kr." in text_of(client.get(asked).text)


def test_to_type_and_remove_needs_the_right_to_upload(settings: Settings, tmp_path: Path) -> None:
    from dataclasses import replace

    from api.http.keys import KeyBook

    keys = KeyBook(tmp_path / "keys.json")
    _, key = keys.add("læser", ["read"], 1)
    client = open_client(replace(settings, open_reading=False), Memory(settings), keys)
    client.headers["Authorization"] = f"Bearer {key}"
    assert post(client, **TYPED).status_code == 403
    assert client.get("/prislister").status_code == 200


def test_why_an_answer_is_what_it_is_is_told_by_the_list_that_lies_with_it(tmp_path: Path) -> None:
    from api.web.why import rules

    asked = answer_of({"year": 2027})
    (tmp_path / "takster-1.toml").write_text(LIST.toml(), encoding="utf-8")
    found = {rule.da: rule for rule in rules(asked, tmp_path)}
    kommunetakst = found["Kommunetakst, flextur"]
    assert (kommunetakst.text, kommunetakst.edition) == ("33", "2027-01-17-egen")
    assert str(kommunetakst.source) == "Movias brev af 20-11-2026 (priser fra 17-01-2027) [egen prisliste]"
    (tmp_path / "takster-1.toml").write_text(LIST.toml().replace("2027-01-17", "2024-01-21"), encoding="utf-8")
    assert rules(asked, tmp_path) == [], "a list of days that Movia's own has since been published for"


def test_a_budget_from_own_months_takes_the_list_that_is_kept(client: TestClient, kept: str) -> None:
    sent = client.post(
        "/budget", files={"kommune": (None, "0370"), "tal": (None, "2025\nmåned;passagerer\nJanuar;800\n")}
    )
    assert f"prisliste=prices%3A{kept}" in re.findall(r'href="(/sammenlign\?[^"]*)"', sent.text)[0]


def test_what_is_wrong_with_a_day_or_an_amount_is_said_at_its_field(client: TestClient) -> None:
    page = client.get(
        "/sammenlign?kommune=0306&aar=2027&start=32.5.2027&budget=mange&forbrug=nogle&forbrug_til=31.2.2027"
    ).text
    for name in ("start", "budget", "forbrug", "forbrug_til"):
        assert "form-error-message" in field(page, name), name


def test_the_english_page_has_amounts_and_units_in_english(client: TestClient) -> None:
    page = client.get("/prislister?sprog=en").text
    form = page[page.index("<fieldset") : page.index("</fieldset>")]
    assert "the year before DKK " in form
    assert "DKK/km" in form
    assert "kr." not in form
