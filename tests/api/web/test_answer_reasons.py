"""Why an answer's figures are what they are, page by page: each adds up to what the answer says."""

import copy
import html
import re
from collections import OrderedDict
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.web.why import fee_table, hours_table
from api.web.why_parts import SECTIONS, waterfall_check
from sim.answer.compare import compare
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.telling.report.arithmetic import whole_oere
from sim.words.numbers import kroner
from tests.answer.building import answer_of
from tests.api.http.conftest import ADDRESS, SCENARIO
from tests.api.web.small_answer import HTML, LINE, Kept, amounts_of, run_of, tables_of, text_of


def test_the_account_of_a_figure_adds_up_to_the_oere(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}/hvorfor/2/net_cost_change", headers=HTML).text
    table = page[page.index("<table") : page.index("</table>")]
    assert "Regnestykket" in table
    rows = [
        [text_of(c) for c in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)] for row in table.split("<tr>")[2:]
    ]
    oere = [[round(float(c.replace(".", "").replace(",", ".")) * 100) for c in row[1:]] for row in rows]
    operator, fares, fee, net = oere
    assert [a - b + c for a, b, c in zip(operator, fares, fee, strict=True)] == net
    assert [column[1] - column[0] for column in oere] == [column[2] for column in oere]
    assert net[:2] == [whole_oere(option).net_cost for option in kept.answer(run).options]


def test_every_figure_of_the_table_leads_to_its_reason(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    links = re.findall(r'class="tl-why" href="([^"]+)"', client.get(f"/koersel/{run}", headers=HTML).text)
    assert len(links) >= 16
    for link in links:
        assert client.get(html.unescape(link), headers=HTML).status_code == 200


def test_a_reason_tells_the_rules_with_their_sources_and_how_to_make_the_figure_again(
    client: TestClient, kept: Kept
) -> None:
    run, _ = run_of(kept)
    page = text_of(client.get(f"/koersel/{run}/hvorfor/2/net_cost", headers=HTML).text)
    assert "Bytakst, lavt niveau 48 kr. 1. juli 2019" in page
    assert f"{ADDRESS}/v1/celle/{run}/0316/2/net_cost" in page
    assert "takstlab compare scenarie.toml" in page


def test_every_section_of_the_answer_can_be_asked_why(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    asked = {link[1]: link[0] for link in re.findall(r'href="(/koersel/[^"]+/hvorfor/([a-z_]+)\?[^"]+)"', page)}
    assert set(asked) == {key for key, section in SECTIONS.items() if section.is_in(kept.answer(run))}
    assert len(asked) >= 10
    sentences = re.findall(r'href="/koersel/[^"]+/hvorfor/(\d)/net_cost_change\?[^"]+">Hvorfor', page)
    assert sentences == ["2"]
    for path in asked.values():
        why = client.get(path, headers=HTML)
        assert why.status_code == 200, path
        back = re.search(r'class="back-link" href="([^"]+)#([^"]+)"', why.text)
        assert back is not None
        assert f'id="{back[2]}"' in page, path


@pytest.mark.parametrize("part", ["waterfall", "months"])
def test_the_parts_of_a_section_add_up_to_what_the_answer_says(client: TestClient, kept: Kept, part: str) -> None:
    run, comparison = run_of(kept)
    tables = tables_of(client.get(f"/koersel/{run}/hvorfor/{part}", headers=HTML).text)
    options = comparison["options"][1:] if part == "waterfall" else comparison["options"]
    assert len(tables) == len(options)
    for table, option in zip(tables, options, strict=True):
        *lines, (total,) = amounts_of(table).values()
        published = option["change"]["net_cost_oere"] if part == "waterfall" else option["net_cost_oere"]
        assert total == pytest.approx(published["mean"], abs=0.5)
        assert sum(line for (line,) in lines) == total
        rounding = amounts_of(table).get("afrunding af linjerne til hele øre", [0])
        assert abs(rounding[0]) <= 7


def test_parts_that_do_not_add_up_are_no_rounding(kept: Kept) -> None:
    comparison = copy.deepcopy(run_of(kept)[1])
    comparison["options"][1]["waterfall"][0]["oere"]["mean"] += 500
    with pytest.raises(ValueError, match="no rounding"):
        waterfall_check(answer_of(comparison))


def test_net_cost_per_resident_is_a_division_one_can_do(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    (table,) = tables_of(client.get(f"/koersel/{run}/hvorfor/residents", headers=HTML).text)
    first = comparison["options"][0]
    net, people, each = next(iter(amounts_of(table).values()))
    assert people == 100 * comparison["population"]
    assert each == pytest.approx(100 * net / people, abs=0.5)
    assert each == pytest.approx(first["net_cost_per_resident_oere"]["mean"], abs=0.5)


def test_what_a_section_rests_on_is_in_the_register() -> None:
    for key, part in SECTIONS.items():
        assert set(part.assumptions) <= set(load_assumptions()), key
        assert len(part.how_da) == len(part.how_en), key


@pytest.mark.parametrize("part", ["vejret", "clinic"])
def test_a_section_that_is_not_there_is_said(client: TestClient, kept: Kept, part: str) -> None:
    run, _ = run_of(kept)
    assert client.get(f"/koersel/{run}/hvorfor/{part}", headers=HTML).status_code == 404


def test_the_keys_that_are_named_are_those_of_the_answer(kept: Kept) -> None:
    run, comparison = run_of(kept)
    for section in SECTIONS.values():
        for key in section.keys if section.is_in(kept.answer(run)) else ():
            found: Any = comparison
            for name in key.split("."):
                found = found[name.removesuffix("[]")]
                found = found[1] if name.endswith("[]") else found


def test_the_answer_shows_flexhandicap_with_its_reason_as_a_product(
    client: TestClient, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = run_of(kept)
    dearer = {"name": "Bytakst 60", "elements": ["kommunetakst", "bytakst=high"]}
    scenario = build_scenario({**SCENARIO, "start": None, "options": [SCENARIO["options"][0], dearer]}, "test")  # type: ignore[index]
    lossy = compare(prepare(scenario, "0316"), workers=1).json
    monkeypatch.setattr(kept, "result", lambda *_: lossy)
    monkeypatch.setattr("api.web.figures._kept", OrderedDict())
    page = client.get(f"/koersel/{run}", headers=HTML).text
    assert LINE in text_of(page)
    assert f"/koersel/{run}/hvorfor/flexhandicap?" in page
    (table,) = tables_of(client.get(f"/koersel/{run}/hvorfor/flexhandicap", headers=HTML).text)
    found = lossy["options"][1]["flexhandicap"]  # type: ignore[index]
    assert kroner(found["cost_oere"]["mean"], 2) in text_of(table)
    assert kroner(lossy["flexhandicap"]["cost_per_trip_oere"], 2) in text_of(table)  # type: ignore[index]


def test_each_price_of_a_typical_trip_is_the_one_its_explanation_gives(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    prices = [
        price["adult_phone"] // 100
        for trip in comparison["citizen_prices"]
        for price in trip["oere"]
        if price is not None
    ]
    links = [html.unescape(link) for link in re.findall(r'class="tl-why" href="(/pris[^"]+)"', page)]
    assert len(links) == len(prices) == 10
    for link, price in zip(links, prices, strict=True):
        assert f"Turen koster {price} kr." in text_of(client.get(link, headers=HTML).text), link


@pytest.mark.parametrize("level", [2017, 2027])
def test_the_fee_is_the_product_of_the_factors_as_printed(kept: Kept, level: int) -> None:
    """34.50 kr. × index × passengers, to the oere: in prices of 2027, ten years of 2 %, the index is 1.218994."""
    comparison = copy.deepcopy(run_of(kept)[1])
    index = 1.218994 if level == 2027 else 1.0
    assert comparison["price_level"] in (2017, 2020)
    now = round(1.02 ** (comparison["price_level"] - 2017), 6)
    comparison["price_level"] = level
    for option in comparison["options"]:
        option["movia_fee_oere"] = {key: value / now * index for key, value in option["movia_fee_oere"].items()}
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in fee_table(answer_of(comparison), 1).rows}

    def numbers(line: str) -> list[float]:
        return [float(text.replace(".", "").replace(",", ".")) for text in rows[line]]

    assert numbers(f"× prisudvikling 2017-{level}") == [index, index]
    fees, each, passengers = (
        numbers(line) for line in ("= betaling til Movia, kr.", "= pr. passager, kr.", "× passagerer")
    )
    for fee, one, count in zip(fees, each, passengers, strict=True):
        assert fee == pytest.approx(one * count, abs=0.01)
        assert one == pytest.approx(34.50 * index, rel=0.05)


def test_operator_payment_is_hours_times_price_times_the_part_as_printed(kept: Kept) -> None:
    comparison = run_of(kept)[1]
    table = hours_table(answer_of(comparison), 1, kept.folder)
    assert table is not None
    for column in (1, 2):
        hours, price, vehicles, part, payment = (
            float(row[column].text.replace(".", "").replace(",", ".")) for row in table.rows
        )
        assert vehicles == pytest.approx(hours * price, abs=1.0)
        assert payment == pytest.approx(vehicles * part, abs=1.0)
        assert 0 < part <= 1
        assert payment == pytest.approx(
            comparison["options"][column - 1]["operator_payment_oere"]["mean"] / 100, abs=0.5
        )
    assert hours_table(answer_of(comparison), 1, kept.folder / "nowhere") is None
