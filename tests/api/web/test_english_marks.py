"""English pages have English marks: 2,900 trips, 12.5 per cent, 1 July 2020."""

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web.translation import english, is_translated
from sim.words.numbers import danish, english_marks, kroner
from tests.api.web.danish_marks import danish_marks

MONTHS = "maaneder=2025_1~1812~14530050_2~1790~14102000_3~1790~14102000"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    settings = Settings(store=str(tmp_path_factory.mktemp("lager")), today="2026-11-28", estimate_wait_ms=60_000)
    app = create_app(settings, None, None)  # type: ignore[arg-type] # neither jobs nor results are asked
    return TestClient(app, base_url="http://127.0.0.1:8600", headers={"Accept": "text/html"})


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/sammenlign?kommune=0316", "fewer trips"),
        ("/sammenlign?kommune=0316&aar=2025&alene=1&navn0=&navn1=&" + MONTHS, "January-March): 5,392 passengers, net cost DKK 427,341"),
        ("/budget?kommune=0316&" + MONTHS, "145,301"),
        ("/budget/bagud?kommune=0316&" + MONTHS, ""),
        ("/pris?fra=Holbæk+Kommune&til=Kalundborg&km=23,5&dag=3.8.2019", "23.5 km"),
        ("/byomraade?kommune=0316&afstand=1000", "at most 1,000 m"),
        ("/om", "389,000"),
        ("/prislister", ""),
        ("/egne-data?kommune=0316", ""),
    ],
)  # fmt: skip
def test_no_number_and_no_day_of_an_english_page_has_danish_marks(client: TestClient, address: str, said: str) -> None:
    page = client.get(f"{address}&sprog=en" if "?" in address else f"{address}?sprog=en")
    assert page.status_code == 200
    assert said in page.text.replace("\u2060", "").replace("\u00a0", " ")
    assert danish_marks(page.text) == []


def test_the_danish_page_keeps_its_marks(client: TestClient) -> None:
    page = client.get("/budget?kommune=0316&sprog=da&" + MONTHS).text
    assert "145.301" in page
    assert len(danish_marks(page)) > 5


@pytest.mark.parametrize("value", [0.0, 0.5, 12.0, 999.4, 1000.0, 12345.678, 1_250_000.5, -2900.0, 0.125])
@pytest.mark.parametrize("decimals", [0, 1, 2, 3])
def test_a_number_turned_is_the_number_python_writes(value: float, decimals: int) -> None:
    turned = english_marks(danish(value, decimals))
    assert abs(float(turned.replace(",", "")) - value) <= 0.5 * 10.0**-decimals + 1e-9
    assert english_marks(f"DKK {kroner(123_456_789, 2)}") == "DKK 1,234,567.89"


def test_what_is_no_number_is_left_as_it_is() -> None:
    for text in ("kl. 10.30", "0.5.0", "2026-11-28", "kapitel 3.1.4", "127.0.0.1", "bytakst=60", "A12,5B", "8600"):
        assert english_marks(text) == text
    assert english("Min ordning 2,5") == "Min ordning 2,5"
    assert not is_translated("Min ordning 2,5")
    assert english("nettet 32,50, barn 18") == "online 32.50, child 18"


def test_the_first_pages_map_is_in_the_pages_language(client: TestClient) -> None:
    assert "Hovedstadsområdet, forstørret" in client.get("/?sprog=da").text
    turned = client.get("/?sprog=en").text
    assert "forstørret" not in turned
    assert turned.count("The Copenhagen area, enlarged") == 2
