"""The comparison as a matrix: what is typed, what Enter does, where an error stands, and what an address of before means."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web.field_of_error import field_of
from api.web.form import Plan, read_plan
from api.web.option_form import OptionForm
from api.web.plan_of_scenario import plan_of
from api.web.reading import Faults
from api.web.values import scenario_values
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from tariffs.errors import About, InputError
from tests.api.http.conftest import ADDRESS, Memory

HTML = {"Accept": "text/html"}
FAULTY = "&passagerer=x"
"""What keeps a page from estimating."""
ASKED = "/sammenlign?kommune=0316&aar=2020&navn0=&kommunetakst0=1&navn1=&bytakst1=60"
SEVEN = "/sammenlign?kommune=0316&aar=2020&" + "&".join(f"navn{n}=V{n}" for n in range(7))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    memory = Memory(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    return TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS, headers=HTML)


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    """The builder with its estimate."""
    return unescape(client.get(f"{ASKED}&kommunetakst1=1&passagerer=9000").text)


def read(address: str) -> Plan:
    return read_plan(parse_qsl(urlsplit(address).query, keep_blank_values=True), 2020)


@pytest.mark.parametrize(
    ("typed", "year", "elements"),
    [
        ("60", 2020, ("bytakst=60",)),
        ("52", 2020, ("bytakst=52",)),
        ("48 kr.", 2020, ("bytakst=48",)),
        ("", 2020, ()),
        ("54", 2023, ("bytakst=54",)),
    ],
)
def test_any_price_is_typed_in_kroner(typed: str, year: int, elements: tuple[str, ...]) -> None:
    plan = read(f"{ASKED}&bytakstkr1={typed}".replace("2020", str(year)))
    faults = Faults()
    assert scenario_values(plan, faults)["options"][1]["elements"] == elements
    assert not faults
    assert "bytakstkr" not in plan.address
    assert read(plan.address) == plan


def test_kroner_that_were_there_when_the_year_was_changed_are_no_own_price_unasked() -> None:
    faults = Faults()
    scenario_values(read(f"{ASKED}&bytakstkr1=60".replace("2020", "2023")), faults)
    assert faults == [("bytakstkr1", "60 kr. findes ikke i 2023; vælg 54 eller 68, eller regn med 60 som egen pris")]


def test_what_is_typed_leads_to_the_address_that_is_the_scenario(client: TestClient) -> None:
    wanted = "/sammenlign?kommune=0316&aar=2020&navn0=&kommunetakst0=1&navn1=&bytakst1=egen&egenbytakst1=52"
    asked = f"{ASKED}&egenbytakst1=&bytakstkr1=52{FAULTY}"
    wanted = wanted.replace("&navn0", f"{FAULTY}&navn0")
    plain = client.get(asked, follow_redirects=False)
    assert (plain.status_code, plain.headers["location"]) == (303, wanted)
    assert client.get(asked, headers={"HX-Request": "true"}).headers["hx-replace-url"] == wanted


def test_enter_estimates_and_adds_no_option(client: TestClient) -> None:
    form = client.get(f"{ASKED}{FAULTY}").text.partition('<form id="bygger"')[2]
    first = re.findall(r"<button[^>]*>", form)[0]
    assert 'type="submit"' in first
    assert "name=" not in first
    assert "formaction" not in first


def test_a_name_that_the_elements_gave_follows_the_kroner_and_a_typed_one_stays() -> None:
    """Also one that was typed as the elements would have given it."""
    named = ASKED.replace("navn1=", "navn1={}&kommunetakst1=1")
    for typed, followed in (("", "Bytakst 52"), ("Forslag B", "Forslag B"), ("Bytakst 60", "Bytakst 60")):
        asked = named.format(typed)
        assert read(asked).names[1] == (typed or "Bytakst 60")
        assert read(read(asked).address + "&bytakstkr1=52").names[1] == followed
    scenario = build_scenario(scenario_values(read(ASKED), Faults()), "test")
    assert plan_of(scenario.model_dump(mode="json")).options[1].name == ""


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("gratis1=Rådhuset+på+Månen", "gratis1-0"),
        ("omraade=Ingenby", "omraade-0"),
        ("egetby1=Ingenby", "egetby1-0"),
        ("navn1=Bytakst+80", "navn1"),
        ("by1=lukket_by", "by1"),
        ("passagerer=24.5", "passagerer"),
        ("start=31.2.2020", "start"),
        ("fors_online_share=7", "fors_online_share"),
        ("linje0_navn=Bus&linje0_kr=x&linje0_valg=1", "linje0_kr"),
        ("plustur1=1&bytakst1=&aar=2018", "plustur1"),
        ("bytakst1=high&aar=2018", "bytakstkr1"),
        ("kommunetakst1=1&egenkommunetakst1=12", "egenkommunetakst1"),
        ("kendte=1&aar=2027&bytakst1=64", "kendte"),
        ("forbrug=100000&forbrug_til=30.6.2019", "forbrug_til"),
        ("forbrug=100000&budget=200000", "forbrug_til"),
        ("forbrug_til=30.6.2020&budget=200000", "forbrug"),
        ("forbrug=100000&forbrug_til=31.12.2020", "forbrug_til"),
        ("forbrug=100000&forbrug_til=30.6.2020&start=1.2.2020", "start"),
        ("fors_cross_border_share=0,9", "fors_cross_border_share"),
        ("plustur1=1&bytakst1=egen&egenbytakst1=900", "bytakstkr1"),
    ],
)
def test_an_error_stands_at_its_field(client: TestClient, asked: str, field: str) -> None:
    page = client.get(f"{ASKED}&{asked}").text
    assert f'<a href="#{field}">' in page.partition('id="fejl"')[2]
    assert re.search(rf'class="form-error-message" id="{field}-error"', page)
    tag = re.search(rf'<(?:input|select)[^>]* id="{field}"[^>]*>', page)
    assert tag is not None
    assert f"{field}-error" in tag[0]
    assert 'aria-invalid="true"' in tag[0]


@pytest.mark.parametrize(
    ("about", "field"),
    [
        (None, ""),
        (About("start"), "forbrug_til"),
        (About("assumptions", ("town_share", "online_share")), "fors_online_share"),
        (About("town_zones", ("Holbæk",)), "egetby1-1"),
        (About("bytakst", ("low",)), ""),
        (About("bytakst", ("high",)), "bytakstkr1"),
        (About("name", ("B",)), "navn1"),
        (About("lukket_by"), ""),
        (About("options"), ""),
    ],
)
def test_the_field_of_an_error_is_found_whatever_its_words_are(about: About | None, field: str) -> None:
    plan = read(f"{ASKED}&egetby1=Jyderup&egetby1=Holbæk&fors_online_share=7".replace("navn1=", "navn1=B"))
    assert field_of(InputError("Noget andet", about=about), plan) == field


def test_an_error_found_while_the_estimate_was_awaited_comes_to_its_field(client: TestClient) -> None:
    box = {"HX-Request": "true", "HX-Target": "div#skoenboks"}
    wrong = client.get(f"{ASKED}&gratis1=Ingensteds", headers=box)
    assert (wrong.headers["hx-retarget"], wrong.headers["hx-reselect"]) == ("#bygger", "#bygger")


@pytest.mark.parametrize("year", range(2017, 2028))
def test_the_first_page_of_a_year_is_filled_in_with_what_the_year_has(year: int) -> None:
    """The high bytakst came in 2019 and plustur in the course of it: both were filled in before, which was an error."""
    plan, faults = read(f"/sammenlign?kommune=0316&aar={year}"), Faults()
    values = scenario_values(plan, faults)
    assert not faults
    prepare(build_scenario(values, "test"), "0316")
    assert plan.options[0].elements != plan.options[1].elements


def test_the_seventh_option_is_refused_with_the_reason(client: TestClient) -> None:
    page = client.get(f"{SEVEN}{FAULTY}").text
    assert 'value="tilfoej"' not in page
    assert "Der er plads til 6 valgmuligheder ved siden af den nuværende ordning. Fjern en af dem" in page
    added = client.get(f"{SEVEN}&goer=tilfoej", follow_redirects=False).headers["location"]
    assert added.endswith("#tilfoej")
    assert len(read(added).options) == 7
    more = client.get(f"{SEVEN}&navn7=Nabo&navn11=Sidste{FAULTY}").text
    assert "Udeladt: Nabo, Sidste." in more


def test_the_matrix_has_elements_down_options_across_and_a_name_for_each_field(page: str) -> None:
    matrix = page[page.index('class="tl-matrix"') : page.index("</table>", page.index('class="tl-matrix"'))]
    rows = [
        re.sub(r"<[^>]+>.*", "", row, flags=re.S).strip() for row in re.findall(r'<th scope="row">([^\n]*)', matrix)
    ]
    assert rows[:4] == ["Navn", "Kommunetakst", "Bytakst i byområdet, kr.", "Plustur"]
    assert matrix.count("Prislisten har 48 og 60") == 1
    fields = re.findall(r'<(?:input|select)(?![^>]*type="hidden")[^>]* id="([^"]+)"', matrix)
    assert len(fields) == len(set(fields)) == 2 * 8
    for field in fields:
        label = re.search(rf'<label[^>]* for="{field}">(.*?)</label>', matrix)
        assert label is not None
        assert "Nuværende ordning" in label[1] or "Bytakst 60" in label[1]


def test_the_estimate_in_sight_is_that_of_the_table(page: str) -> None:
    line = re.sub(r"<[^>]+>", " ", page[page.index('id="skoenlinje"') :].partition("</ul>")[0])
    table = page[page.index("<caption>Skøn for et helt år") :].partition("</table>")[0]
    change = re.findall(r"<td>([^<]*) <small>([^<]*)</small></td>", table)[2]
    assert " ".join(line.split()).endswith("Bytakst 60 " + " ".join(change))


def test_an_option_without_a_price_list_for_its_level_shows_the_level_by_name() -> None:
    option = OptionForm(bytakst="high")
    assert option.typed_bytakst == "højt niveau"
    assert read(f"{ASKED}&aar=2018&bytakst1=high&bytakstkr1=").options[1].bytakst == ""


def test_the_english_matrix_has_its_amounts_in_dkk(client: TestClient) -> None:
    page = client.get("/sammenlign?kommune=0316&sprog=en").text
    matrix = page[page.index('<table class="tl-matrix"') :]
    matrix = matrix[: matrix.index("</table>")]
    assert "<strong>DKK " in matrix
    assert not re.search(r"\d kr\.", matrix)


ONLY_THE_LINE = "kommune=0316&aar=2020&navn0=&bytakst0=48&navn1=&bytakst1=48"


def test_a_town_area_of_its_own_is_difference_enough_to_be_simulated(client: TestClient) -> None:
    """An option with the price of today in another town area is refused only where nothing at all is another."""
    for own, status in (("&egetby1=Tølløse", 303), ("", 422), ("&egetby0=Tølløse&egetby1=Tølløse", 422)):
        sent = client.post("/simuler", content=ONLY_THE_LINE + own, follow_redirects=False)
        assert sent.status_code == status, own
    assert 'href="#valg1"' in sent.text.partition('id="fejl"')[2]


def test_what_is_wrong_with_an_option_is_english_whatever_the_option_is_called(client: TestClient) -> None:
    """The names that the elements give have commas and Danish words in them: "Bytakst 60, kommunetakst abc"."""
    own = f"{ASKED}&kommunetakst1=1&egenkommunetakst1=abc&sprog=en"
    for asked, said in (
        (own, "kommunetakst abc: “abc” is not whole kroner"),
        (f"{ASKED}&by1=dobbelt_grundtakst&sprog=en", "contradict each other"),
    ):
        page = unescape(client.get(asked).text)
        assert said in page.partition('id="fejl"')[2].partition("</section>")[0]
    sent = client.post("/simuler?sprog=en", content=f"{ONLY_THE_LINE}&egetby0=Tølløse&egetby1=Tølløse&sprog=en")
    assert "is the same as the present scheme" in unescape(sent.text)
