"""The budget page: what is pasted from a sheet becomes next year's budget; what is wrong is said in the page's words."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web.form import Plan, read_plan
from api.web.months import from_address
from api.web.plan_of_scenario import plan_of
from api.web.reading import Faults
from api.web.reproduce import scenario_file
from api.web.values import scenario_values
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prices import PriceIndex, price_note
from tests.api.web.hard_spaces import typed

NAMES = ("Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec")
MONTHS = "".join(f"{name}\t{800 + n}\t{140_000 + n},50\n" for n, name in enumerate(NAMES))
SHEET = f"Flextur i Næstved 2025\t\t\n\nMåned\tPassagerer\tNettoudgift\n{MONTHS}I alt\t9.666\t1.680.072,00\nKilde: egne tal\n"
NUMBERED = re.compile(r"--[a-z]|\bdocs/|\.md\b|\bobserved\b")


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = Settings(store=str(tmp_path), today="2026-11-28", estimate_wait_ms=0)
    app = create_app(settings, None, None)  # type: ignore[arg-type] # neither jobs nor results are asked
    return TestClient(app, base_url="http://127.0.0.1:8600", headers={"Accept": "text/html"})


def send(client: TestClient, text: str, status: int = 200, **fields: str) -> str:
    told = {"kommune": "0370", "tal": text, **fields}
    page = client.post("/budget", files={key: (None, value) for key, value in told.items()})
    assert page.status_code == status, page.text[:300]
    return typed(page.text).replace("&amp;", "&")


def plan_behind(page: str, words: str) -> Plan:
    found = next(href for href in re.findall(r'<a href="(/sammenlign\?[^"]*)"><strong>[^<]*' + words, page))
    return read_plan(parse_qsl(urlsplit(found).query, keep_blank_values=True), 2027)


def test_a_pasted_year_becomes_the_budget_of_2027_with_three_overslagsaar(client: TestClient) -> None:
    page = send(client, SHEET)
    assert "9.666 passagerer, nettoudgift 1.680.072 kr." in page
    assert "over overskriften er sprunget over" in page
    assert "er en sum og ikke læst" in page
    assert "2025 er taget fra rækkerne over overskriften" in page
    plan = plan_behind(page, "Budget 2027 med tre overslagsår")
    faults = Faults()
    scenario = build_scenario(scenario_values(plan, faults), "test")
    assert not faults
    assert (scenario.year, scenario.years_ahead, len(scenario.options)) == (2027, 3, 1)
    assert scenario.options[0].elements == ("bytakst=80", "plustur")
    assert scenario.observed_months is not None
    assert scenario.observed_months.passengers[:2] == (800, 801)
    assert scenario.observed_months.cost_kr is not None
    assert scenario.observed_months.cost_kr[0] == 140_000.5
    again = plan_of(scenario.model_dump(mode="json"))
    assert (again.months, again.alone) == (plan.months, True)
    assert "[observed_months]" in scenario_file(scenario.model_dump(mode="json"))


def test_this_years_months_become_the_expected_outturn(client: TestClient) -> None:
    page = send(client, "2026\nmåned;passagerer;nettoudgift\nJanuar;800;140.000\nFebruar;790;139.000\n")
    plan = plan_behind(page, "Forventet regnskab 2026")
    assert (plan.year, plan.spent, plan.spent_to) == ("2026", "279.000", "28.2.2026")
    assert "Forventet regnskab" not in send(client, SHEET), "2025 is over"


def test_months_that_are_not_over_are_no_observed_months(client: TestClient) -> None:
    page = send(client, SHEET.replace("2025", "2026"))  # today is 28 November 2026
    assert "10 måneder af 2026 (januar-oktober)" in page
    assert "November, december 2026 er ikke omme endnu og er ikke regnet som observeret." in page
    assert "Ingen af månederne i 2027 er omme endnu" in send(client, SHEET.replace("2025", "2027"), 422)


def test_the_builder_says_how_the_months_are_carried(client: TestClient) -> None:
    plan = plan_behind(send(client, SHEET), "Budget 2027")
    built = client.get(plan.address).text
    assert "Egne måneder i brug" in built
    assert "De føres til 2027 med aldersgrupperne" in built
    assert 'name="fors_operator_index_percent"' in built
    assert built.count('<th scope="col" id="valg') == 1
    added = client.get(f"{plan.address}&goer=tilfoej", follow_redirects=False)
    assert "alene" not in added.headers["location"]
    assert f"maaneder={plan.months}" in added.headers["location"]


def rated(text: str, **more: str) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """What a plan of 2027 makes of the text in the operator index's field."""
    faults = Faults()
    told = {"kommune": "0306", "aar": "2027", "fors_operator_index_percent": text, **more}
    values = scenario_values(read_plan(told.items(), 2027), faults)
    return values.get("assumptions", {}), [*faults]


def test_an_operator_price_in_kroner_is_the_growth_that_gives_it() -> None:
    """HOUR kr. of 2017 grown by the percent over ten years is 440 kr., to the øre that a thousandth of a percent leaves."""
    base = load_assumptions().number("operator_driving_kr_per_hour")
    for text in ("440 kr.", "440,00 kr", "440 kr. pr. time", "440 kr/time"):
        told, faults = rated(text)
        assert not faults, text
        assert base * (1 + told["operator_index_percent"] / 100) ** 10 == pytest.approx(440, abs=0.03)
    assert rated("2,5") == ({"operator_index_percent": 2.5}, [])


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("44 kr.", {}, "uden for 100-1.500 kr."),
        ("150 kr.", {}, "er under de "),
        ("440 kr.", {"aar": "2017"}, "kan ikke skrives i kroner for 2017"),
        ("440.5 kr.", {}, "kan være 440,5 eller 4.405"),
        ("tre hundrede kr.", {}, "er ikke et tal"),
    ],
)
def test_an_operator_price_that_is_none_is_said_at_its_field(text: str, more: dict[str, str], said: str) -> None:
    told, faults = rated(text, **more)
    assert told == {}
    assert [where for where, _ in faults] == ["fors_operator_index_percent"]
    assert said in faults[0][1]


def test_the_builder_shows_the_percent_that_an_operator_price_means(client: TestClient) -> None:
    page = client.get("/sammenlign?kommune=0306&aar=2027&fors_operator_index_percent=440+kr.").text
    assert re.search(r"[\d,]+ % om året fra 2017 er 440 kr\. pr\. køretime i 2027", page)
    assert 'value="440 kr."' in page


def test_an_answer_under_a_stated_index_names_what_an_hour_costs() -> None:
    stated = load_assumptions().overriding({"operator_index_percent": rated("440 kr.")[0]["operator_index_percent"]})
    index = PriceIndex(2027, Fraction(1), Fraction(1), 1.0)
    assert "En vogns køretime koster 440 kr. i 2027-priser: " in price_note(index, stated)
    assert "køretime" not in price_note(index, load_assumptions())
    assert "price_level" not in price_note(index, load_assumptions()), "an id is no word of an answer"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Sæt tallene ind fra regnearket"),
        ("måned;passagerer\nJanuar 2025;mange\n", "&#39;mange&#39;"),
        ("Januar;100\nFebruar;90\n", "kendes ikke"),
        ("måned;passagerer;moms\nJanuar 2025;100;5\n", "kendes ikke"),
        ("måned;passagerer\nJanuar 2012;100\n", "der kan regnes på 2017-2027"),
        ("måned;passagerer\nJanuar;100\n", "Månederne har intet år"),
    ],
)
def test_what_cannot_be_read_is_said_in_the_pages_words_and_stays_in_the_field(
    client: TestClient, text: str, said: str
) -> None:
    page = send(client, text, 422)
    assert said in page
    alert = page[page.index('id="fejl"') : page.index("<form action")]
    assert not NUMBERED.search(alert)
    assert "Filen" not in alert
    assert text.strip().replace("'", "&#39;") in page


def test_months_and_a_number_of_passengers_are_not_both_taken() -> None:
    months = from_address("2025_1~812~14530050_2~790~14102000")
    assert months is not None
    assert months.last_day == date(2025, 2, 28)
    faults = Faults()
    plan = read_plan([("kommune", "0370"), ("passagerer", "9000"), ("maaneder", months.address)], 2027)
    scenario_values(plan, faults)
    assert [where for where, _ in faults] == ["passagerer"]


def test_the_backtest_is_offered_and_says_month_by_month_what_was_said_and_what_it_was(client: TestClient) -> None:
    address = next(
        href for href in re.findall(r'<a href="(/budget/bagud[^"]*)"', send(client, "\n".join(SHEET.split("\n")[:7])))
    )
    page = client.get(address)
    assert page.status_code == 200
    assert "Hvad havde modellen sagt om 2025?" in page.text
    assert "lige fremskrivning" in page.text
    assert page.text.count('<th scope="row"') == 4
    assert client.get("/budget/bagud?kommune=0370&maaneder=2025_2~800").status_code == 422


@pytest.mark.parametrize(
    ("name", "told"),
    [("utf16.txt", "2 måneder af 2020 (januar-februar): 1.900 passagerer, nettoudgift 190.001 kr."),
     ("cp850.csv", "af 2020 (januar-januar): 1.000 passagerer")],
)  # fmt: skip
def test_a_file_in_any_of_the_offices_encodings_comes_in_on_the_page(client: TestClient, name: str, told: str) -> None:
    content = (Path(__file__).parents[2] / "budget" / "months" / name).read_bytes()
    page = client.post("/budget", data={"kommune": "0370"}, files={"maanedsfil": (name, content)})
    assert page.status_code == 200
    assert told in typed(page.text)


def test_months_of_the_corona_years_are_warned_of_as_they_are_read_and_where_they_are_used(client: TestClient) -> None:
    warned = "Corona holdt mange hjemme i marts, april, maj"
    page = send(client, SHEET.replace("2025", "2020"))
    assert warned in page
    address = next(href for href in re.findall(r'<a href="(/sammenlign\?[^"]*)"', page))
    assert warned in client.get(address).text
    assert "Corona kept many at home in March, April" in client.get(f"{address}&sprog=en").text
    assert "Corona" not in send(client, SHEET)
