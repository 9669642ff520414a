"""The Prisberegner as it is asked by address: prices, refusals, what is wrong, and the same answer elsewhere."""

import html
import json
import re
import shlex
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli.main import takstlab
from api.http.app import create_app
from api.settings import Settings
from api.web.prices import PriceForm, answer, api_address, command, read_form
from api.web.reading import Faults
from tariffs import Offer, Refusal


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    settings = Settings(store=str(tmp_path_factory.mktemp("lager")))
    app = create_app(settings, None, None)  # type: ignore[arg-type] # neither jobs nor results are asked
    return TestClient(app, base_url="http://127.0.0.1:8600")


def text_of(client: TestClient, status: int = 200, **asked: str) -> str:
    """The page without its marks and its list of places."""
    response = client.get(f"/pris?{urlencode(asked)}", headers={"Accept": "text/html"})
    assert response.status_code == status, response.text[:500]
    bare = re.sub(r"<datalist.*?</datalist>", "", response.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def asked(**told: str) -> PriceForm:
    faults = Faults()
    form = read_form(list(told.items()), faults, date(2020, 7, 1))
    assert not faults
    return form


def test_the_empty_form_asks_and_answers_nothing(client: TestClient) -> None:
    text = text_of(client)
    assert "Beregn prisen" in text
    assert "Turen koster" not in text
    assert "kendt fra 1.1.2012 til 18.1.2025, derefter fremskrevet til 15.1.2028" in text


@pytest.mark.parametrize(
    ("told", "fare"),
    [
        # Published prices: 36/32, 24/21, 48/43, 60/54, 13 km at grundtakst 54, 20 km 96, plustur 21.
        ({"km": "8", "valg": "egne"}, "36 kr."),
        ({"km": "8", "valg": "egne", "kanal": "online"}, "32 kr."),
        ({"km": "8", "valg": "egne", "kommunetakst": "1"}, "24 kr."),
        ({"km": "8", "valg": "egne", "kommunetakst": "1", "kanal": "online"}, "21 kr."),
        ({"km": "3", "valg": "egne", "bytakst": "low", "iby": "ja"}, "48 kr."),
        ({"km": "3", "valg": "egne", "bytakst": "low", "iby": "ja", "kanal": "online"}, "43 kr."),
        ({"km": "3", "valg": "egne", "bytakst": "high", "iby": "ja"}, "60 kr."),
        ({"km": "3", "valg": "egne", "bytakst": "high", "iby": "ja", "kanal": "online"}, "54 kr."),
        ({"km": "13", "valg": "egne"}, "54 kr."),
        ({"km": "20", "valg": "egne"}, "96 kr."),
        ({"km": "3", "gratis": "1"}, "0 kr."),
        ({"km": "30", "produkt": "plustur", "kanal": "online"}, "21 kr."),
        ({"km": "8", "valg": "egne", "voksne": "1", "boern": "2"}, "72 kr."),
    ],
)
def test_published_prices_are_hit(client: TestClient, told: dict[str, Any], fare: str) -> None:
    assert f"Turen koster {fare}" in text_of(client, fra="Holbæk Kommune", til="Holbæk Kommune", **told)


def test_the_municipalitys_own_elements_and_town_are_found(client: TestClient) -> None:
    text = text_of(client, fra="Holbæk", til="Holbæk station")
    assert "Turen koster 48 kr." in text
    assert "Holbæk Kommune den dag (kendt)" in text or "Holbæk Kommune den dag (antaget)" in text
    assert "Begge ender ligger i byområdet Holbæk" in text
    assert "Byområdets grænse er afledt af folketal, ikke kommunens egen" in text


def test_from_the_country_to_the_town_pays_kommunetakst() -> None:
    priced = answer(asked(fra="Undløse", til="Holbæk", km="9"), Faults())
    assert priced is not None
    assert isinstance(priced.answer, Offer)
    assert (priced.answer.level, priced.answer.fare_oere) == ("kommunetakst", 2400)


def test_across_the_border_the_distance_says_how_wrong_it_may_be(client: TestClient) -> None:
    # 46.7 km: 36 + 10 x 6 + 27 x 12 = 420; 41.5 km: 36 + 60 + 22 x 12 = 360; 51.8 km: 36 + 60 + 32 x 12 = 480.
    text = text_of(client, fra="Holbæk", til="Kalundborg")
    assert "Turen koster 420 kr." in text
    assert "mellem 360 kr. og 480 kr." in text
    assert "krydser en kommunegrænse" in text


@pytest.mark.parametrize(
    ("day", "fare"), [("1.6.2015", 24), ("1.2.2016", 36), ("1.8.2019", 36), ("1.6.2023", 41), ("1.6.2024", 45)]
)
def test_every_edition_has_its_price(day: str, fare: int) -> None:
    form = asked(fra="Holbæk Kommune", til="Holbæk Kommune", km="8", valg="egne", dag=day, somom="1")
    priced = answer(form, Faults())
    assert priced is not None
    assert isinstance(priced.answer, Offer)
    assert priced.answer.fare_oere == 100 * fare


def test_the_same_trip_in_all_editions_stands_below(client: TestClient) -> None:
    text = text_of(client, fra="Holbæk Kommune", til="Holbæk Kommune", km="8", valg="egne")
    table = text[text.index("i alle takstudgaver") :]
    assert re.findall(r"(\d+) kr\.", table)[:6] == ["24", "36", "36", "36", "41", "45"]


def test_the_day_of_booking_chooses_the_edition() -> None:
    # Booked before 16 January 2017 for travel after it: the old fare per km beyond 20 km.
    told = {"fra": "Holbæk Kommune", "til": "Kalundborg Kommune", "km": "23", "dag": "20.1.2017"}
    before, after = (answer(asked(**told, **booked), Faults()) for booked in ({"bestilt": "10.1.2017"}, {}))
    assert before is not None
    assert after is not None
    assert isinstance(before.answer, Offer)
    assert isinstance(after.answer, Offer)
    assert (before.answer.fare_oere, after.answer.fare_oere) == (100 * (36 + 13 * 6), 100 * (36 + 10 * 6 + 3 * 12))


def test_a_projected_price_says_so_beside_it(client: TestClient) -> None:
    trip = {"fra": "Holbæk Kommune", "til": "Holbæk Kommune", "km": "13", "valg": "egne", "kommunetakst": "1"}
    text = text_of(client, **trip, dag="28.11.2026")
    assert "Turen koster 55 kr. Fremskrevet; ikke Movias prisliste." in text
    assert "kun kendte priser er valgt" in text_of(client, **trip, dag="28.11.2026", kendte="1")
    assert "Fremskrevet; ikke Movias prisliste." not in text_of(client, **trip, dag="1.7.2020")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"dag": "1.7.2028"}, "taksten for dagen er ukendt"),
        ({"voksne": "6"}, "for mange medrejsende"),
        ({"valg": "egne", "by": "lukket_by", "iby": "ja"}, "byen er lukket for ture"),
        ({"dag": "1.7.2018", "valg": "egne", "bytakst": "high", "iby": "ja"}, "takstudgaven har ikke dette niveau"),
        ({"bestilt": "1.6.2020"}, "bestilt for lang tid i forvejen"),
    ],
)
def test_a_refusal_says_why_and_shows_no_price(client: TestClient, told: dict[str, Any], words: str) -> None:
    text = text_of(client, fra="Holbæk Kommune", til="Holbæk Kommune", km="8", **told)
    assert "Turen har ingen pris" in text
    assert words in text
    assert "Turen koster" not in text


def test_plustur_is_booked_online_whatever_was_chosen(client: TestClient) -> None:
    text = text_of(
        client, fra="Holbæk Kommune", til="Holbæk Kommune", km="13", produkt="plustur", kanal="phone", dag="28.11.2026"
    )
    assert "Turen koster 28 kr." in text
    assert "plustur, bestilt på nettet" in text
    assert "plustur kan kun bestilles online" not in text


def test_a_refusal_names_municipality_and_day_as_people_do(client: TestClient) -> None:
    told = {"fra": "Holbæk Kommune", "til": "Holbæk Kommune", "km": "8"}
    assert "plustur i Holbæk den 1.3.2019" in text_of(client, **told, produkt="plustur", dag="1.3.2019")
    text = text_of(client, **told, valg="egne", bytakst="high", iby="ja", dag="1.7.2018")
    assert "Bytakst, højt niveau; udgaven fra 16.1.2017 gælder 1.7.2018" in text
    assert not re.search(r"\d{4}-\d\d-\d\d", text[: text.index("Sådan får du samme svar")])


@pytest.mark.parametrize(("page", "day"), [("/pris", "1.7.2018"), ("/byomraade", "1.7.2018")])
def test_a_level_that_the_days_price_list_lacks_cannot_be_chosen(client: TestClient, page: str, day: str) -> None:
    def choices(day: str) -> dict[str, bool]:
        shown = client.get(page, params={"dag": day, "valg": "egne"}).text
        found = re.findall(r'name="bytakst" value="(\w*)"( disabled)?', shown)
        assert found
        return {level: not disabled for level, disabled in found}

    assert choices(day) == {"": True, "low": True, "high": False}
    assert choices("1.7.2024") == {"": True, "low": True, "high": True}
    shown = html.unescape(client.get(page, params={"dag": "1.7.2024", "valg": "egne"}).text)
    assert "lavt niveau, 60 kr." in shown
    assert "højt niveau, 75 kr." in shown


def test_where_the_product_is_not_offered_the_price_can_be_asked_all_the_same(client: TestClient) -> None:
    told: dict[str, Any] = {"fra": "Holbæk Kommune", "til": "Tårnby Kommune", "km": "60"}
    assert "Regn, som om begge kommuner havde produktet" in text_of(client, **told)
    text = text_of(client, **told, somom="1")
    assert f"Turen koster {36 + 60 + 40 * 12} kr." in text
    assert "--offers" in text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"fra": "Kastrup", "til": "Holbæk"}, "Flere steder hedder 'Kastrup'"),
        ({"fra": "Holbæk"}, "Skriv en by, en station, et sted eller en kommune"),
        ({"fra": "Holbæk Kommune", "til": "Holbæk"}, "Skriv vejafstanden i km"),
        ({"fra": "Holbæk", "til": "Ubby", "km": "1.234,5"}, "er ikke en afstand"),
        ({"fra": "Holbæk", "til": "Ubby", "dag": "31.2.2020"}, "er ikke en dato"),
        ({"fra": "Holbæk", "til": "Ubby", "voksne": "-1"}, "Skriv et antal"),
        ({"fra": "Holbæk", "til": "Ubby", "voksne": "0"}, "ingen passagerer"),
        ({"fra": "Holbæk", "til": "Ubby", "kanal": "fax"}, "kan ikke vælges her"),
        ({"fra": "Holbæk", "til": "Ubby", "kannal": "online"}, "et felt, som siden ikke kender: 'kannal'"),
        ({"kommune": "Atlantis"}, "Kommunen 'Atlantis' kendes ikke"),
    ],
)
def test_what_is_wrong_stands_in_the_summary_and_nothing_is_priced(
    client: TestClient, told: dict[str, Any], words: str
) -> None:
    text = text_of(client, 422, **told)
    assert "Ret dette, før prisen kan beregnes" in text
    assert words in text
    assert "Turen koster" not in text


def test_what_is_written_cannot_become_markup(client: TestClient) -> None:
    response = client.get(
        "/pris", params={"fra": '"><script>x</script>', "til": "Holbæk"}, headers={"Accept": "text/html"}
    )
    assert "<script>x" not in response.text


@pytest.mark.parametrize(
    "told",
    [
        {"fra": "Holbæk", "til": "Holbæk station", "kanal": "online"},
        {"fra": "Holbæk", "til": "Kalundborg", "boern": "2", "bestilt": "28.6.2020"},
        {"fra": "Telefonfabrikken", "til": "Gladsaxe Kommune", "km": "4,5", "dag": "1.3.2018"},
        {"fra": "Holbæk Kommune", "til": "Holbæk Kommune", "km": "13", "fast": "1", "gratis": "1"},
        {"fra": "Holbæk Kommune", "til": "Holbæk Kommune", "km": "13", "produkt": "plustur"},
    ],
)
def test_command_and_api_give_the_pages_answer(client: TestClient, told: dict[str, Any]) -> None:
    form = asked(**told)
    priced = answer(form, Faults())
    assert priced is not None
    address = api_address(form, priced)
    assert address is not None
    by_api = client.get(address).json()
    by_command = CliRunner().invoke(takstlab, [*shlex.split(command(form, priced))[1:], "--json"])
    assert json.loads(by_command.output) == by_api
    refused = isinstance(priced.answer, Refusal)
    assert by_api["fare_oere"] == (None if isinstance(priced.answer, Refusal) else priced.answer.fare_oere)
    assert (by_api["status"] == "refused") is refused
    text = text_of(client, **told)
    assert address in text
    assert ("Turen koster" in text) is not refused


def test_the_address_is_the_question() -> None:
    form = asked(fra="Holbæk", til="Ubby", voksne="2", kanal="online")
    assert form.address == "/pris?fra=Holb%C3%A6k&til=Ubby&dag=1.7.2020&kanal=online&voksne=2"  # the day always
    assert answer(form, Faults()) is not None


def test_in_english_the_numbers_have_english_marks(client: TestClient) -> None:
    text = text_of(client, fra="Holbæk", til="Holbæk station", sprog="en", kanal="online", km="3,5")
    assert "The trip costs 43 kr." in text
    assert "DKK -4.80" in text
    assert "Town fare (bytakst), low" in text


def test_one_heading_and_every_field_has_its_label(client: TestClient) -> None:
    page = client.get("/pris?fra=Holb%C3%A6k&til=Ubby", headers={"Accept": "text/html"}).text
    assert len(re.findall(r"<h1", page)) == 1
    fields = re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', page)
    assert fields
    assert [field for field in fields if f'for="{field}"' not in page] == []
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_a_closed_day_and_vordingborgs_own_fare_are_refused_and_stated_elements_priced(client: TestClient) -> None:
    trip = {"fra": "Vordingborg Kommune", "til": "Vordingborg Kommune", "km": "5"}
    closed = answer(asked(**trip, dag="2023-10-01"), Faults())
    assert closed is not None
    assert isinstance(closed.answer, Refusal)
    assert "Vordingborg Kommune havde ingen flextur" in closed.answer.text_da
    told = "Vordingborg Kommune had no flextur, 1 September 2023 to 30 November 2023; choose another day"
    assert told in text_of(client, **trip, dag="2023-10-01", sprog="en")
    # Booked before the first day of its own fare, for a day after: never the 27 kr of the day of booking.
    for booked in ({}, {"bestilt": "2023-11-28"}):
        faults = Faults()
        form = read_form(list((trip | {"dag": "2023-12-02"} | booked).items()), faults, date(2020, 7, 1))
        assert answer(form, faults) is None
        assert "54 kr. pr. tur fra 01-12-2023" in str(faults)
    stated = answer(asked(**trip, dag="2024-02-01", valg="egne", kommunetakst="1"), Faults())
    assert stated is not None
    assert isinstance(stated.answer, Offer)
    assert stated.answer.fare_oere == 3000
    alone = answer(asked(**trip, dag="2024-02-01", valg="egne"), Faults())
    assert alone is not None
    assert isinstance(alone.answer, Offer)
    assert alone.answer.fare_oere == 4500
