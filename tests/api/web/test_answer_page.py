"""The builder, the answer and its reasons, as they are asked over HTTP, held against what was calculated."""

import copy
import html
import io
import json
import re
import tomllib
from collections import OrderedDict
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.keys import KeyBook
from api.settings import Settings
from api.web.results import answers, cost_sentences, own_passengers
from api.web.why import fee_table, hours_table
from api.web.why_parts import SECTIONS, waterfall_check
from sim.answer.compare import compare
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.telling.folder import PARTS, write_results
from sim.telling.report.arithmetic import whole_oere
from sim.telling.report.cost_words import cost_words, cost_words_en
from sim.telling.report.gains import gains
from sim.telling.report.headline import headline
from sim.words.numbers import kroner
from tests.api.http.conftest import ADDRESS, SCENARIO, Memory
from tests.api.web.danish_marks import danish_marks
from tests.report.printed_tables import Page as PrintedPage
from tests.report.printed_tables import sums_of

HTML = {"Accept": "text/html"}
NASTY = '<script>alert(1)</script>"&='


class Kept(Memory):
    """Jobs in memory over one result on the disk."""

    folder: Path

    def tables(self, run: str, municipality: str | None = None) -> Path:
        self.result(run, municipality)
        return self.folder


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("svar")
    (folder / PARTS).mkdir()
    told = {**SCENARIO, "options": [SCENARIO["options"][0], {"name": NASTY, "elements": ["kommunetakst"]}]}  # type: ignore[index]
    scenario = build_scenario({**told, "start": date(2020, 7, 1)}, "test")
    study = prepare(scenario, "0316")
    found = compare(study, workers=1, tables_to=folder / PARTS)
    write_results(study, found, folder, "test")
    kept = Kept(Settings(store=str(tmp_path_factory.mktemp("lager")), estimate_wait_ms=60_000))
    kept.folder = folder
    kept.run = kept.submit({**told}).id  # type: ignore[attr-defined]
    kept.finish(kept.run, found.json)  # type: ignore[attr-defined]
    return kept


@pytest.fixture(scope="module")
def client(kept: Kept) -> TestClient:
    return TestClient(create_app(kept.settings, kept, kept), base_url=ADDRESS)


def text_of(markup: str) -> str:
    seen = re.sub(r'<span class="sr-only">.*?</span>', "", markup, flags=re.S)
    bare = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", seen)).split())
    return bare.replace("\u2060", "").replace("\u00ad", "").replace("\u00a0", " ")


def run_of(kept: Kept) -> tuple[str, dict[str, Any]]:
    run: str = kept.run  # type: ignore[attr-defined]
    return run, kept.result(run)


def test_the_answer_says_each_options_kroner_fare_and_part_year_first(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    page = text_of(client.get(f"/koersel/{run}", headers=HTML).text)
    told = headline(comparison, 1)
    for text in (told.amount, told.part, told.fare, told.interval):
        assert text[1:] in page, text
    assert kroner(comparison["options"][0]["net_cost_per_passenger_oere"]["mean"]) in page


def test_the_answer_in_english_has_english_marks(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    reasons = re.findall(r'class="tl-why" href="([^"]+)"', client.get(f"/koersel/{run}", headers=HTML).text)
    for path in (f"/koersel/{run}", "/koersler", *sorted({html.unescape(path) for path in reasons})):
        page = client.get(path, headers=HTML | {"Cookie": "sprog=en"})
        assert (page.status_code, danish_marks(page.text)) == (200, []), path


def test_what_users_wrote_stays_text(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    for path in (f"/koersel/{run}", f"/koersel/{run}/hvorfor/2/net_cost", f"/koersel/{run}/figur/intervals.svg"):
        got = client.get(path, headers=HTML)
        assert got.status_code == 200
        assert "<script>alert" not in got.text
        assert NASTY not in got.text


def test_the_account_of_a_figure_adds_up_to_the_oere(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
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
    assert net[:2] == [whole_oere(option).net_cost for option in comparison["options"]]


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


def amounts_of(table: str) -> dict[str, list[int]]:
    """Return the rows of a table of kroner and oere in oere, by name."""
    rows = [
        [text_of(c) for c in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)] for row in table.split("<tr>")[2:]
    ]
    return {row[0]: [round(float(c.replace(".", "").replace(",", ".")) * 100) for c in row[1:]] for row in rows}


def tables_of(page: str) -> list[str]:
    return re.findall(r"<table.*?</table>", page, re.S)


def test_every_section_of_the_answer_can_be_asked_why(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    asked = {link[1]: link[0] for link in re.findall(r'href="(/koersel/[^"]+/hvorfor/([a-z_]+)\?[^"]+)"', page)}
    assert set(asked) == {key for key, section in SECTIONS.items() if section.is_in(comparison)}
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
        waterfall_check(comparison)


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
    _, comparison = run_of(kept)
    for section in SECTIONS.values():
        for key in section.keys if section.is_in(comparison) else ():
            found: Any = comparison
            for name in key.split("."):
                found = found[name.removesuffix("[]")]
                found = found[1] if name.endswith("[]") else found


def test_an_answer_from_before_every_option_had_a_tornado_shows_the_one_it_has(
    client: TestClient, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, comparison = run_of(kept)
    old = {key: value for key, value in comparison.items() if key != "tornadoes"}
    monkeypatch.setattr(kept, "result", lambda *_: old)
    monkeypatch.setattr("api.web.figures._kept", OrderedDict())
    page = client.get(f"/koersel/{run}", headers=HTML).text
    assert "/figur/tornado-2.svg" in page
    assert "/figur/tornado-1.svg" not in page


def test_with_an_allocated_volume_the_percent_stand_with_the_sentence_and_the_estimate_says_whose_number_it_is(
    client: TestClient, kept: Kept
) -> None:
    comparison = copy.deepcopy(run_of(kept)[1])
    assert answers(comparison, "da")[1]["lead"] is None
    comparison["volume"]["origin"] = "allocated"
    assert "nettoudgiften" in answers(comparison, "da")[1]["lead"]
    own, allocated = (
        text_of(client.get(f"/sammenlign?kommune=0316&navn0=A&navn1=B&bytakst1=high{tail}", headers=HTML).text)
        for tail in ("&passagerer=9000", "")
    )
    assert "Læs procenten før kronerne" in allocated
    assert "Ikke kommunens egne tal" in allocated
    assert "Læs procenten før kronerne" not in own


LINE = "dertil kan komme en afledt udgift til flexhandicap på ca."
LINE_EN = "flexhandicap may add about DKK"


def test_flexhandicap_is_said_outside_the_net_cost_in_both_languages(client: TestClient, kept: Kept) -> None:
    """The option without bytakst turns nobody away; the one with it does."""
    run, comparison = run_of(kept)
    assert comparison["options"][1]["change"]["trips"]["mean"] > 0
    assert "fledt udgift til flexhandicap" not in text_of(client.get(f"/koersel/{run}", headers=HTML).text)
    lossy = copy.deepcopy(comparison)
    figure = {"mean": 1_250_000.0, "p10": 590_000.0, "p90": 2_800_000.0}
    away = dict.fromkeys(("mean", "p10", "p90"), 600.0)
    lossy["options"][1]["flexhandicap"] = {
        "turned_away_trips": away,
        "trips": away,
        "cost_oere": figure,
        "sentence": LINE,
    }
    lossy["flexhandicap"] = {"moved_share": [0.1, 0.0, 0.2]}
    danish, english = (answers(lossy, language)[1]["follow_on"] for language in ("da", "en"))
    assert danish == LINE
    assert english.endswith(
        "flexhandicap may add about DKK 12,500 a year (5,900-28,000) if 10 % (0-20 %) of the about 600 trips turned away come back"
        " as flexhandicap. It is not part of the net cost."
    )


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


def test_the_scenario_file_is_the_run(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    told = tomllib.loads(client.get(f"/koersel/{run}/scenarie.toml").text)
    scenario = build_scenario(told, "test")
    assert scenario.model_dump(mode="json") == json.loads((kept.folder / "manifest.json").read_text())["scenario"]
    assert comparison["start"] == scenario.start.isoformat()  # type: ignore[union-attr]


def test_the_paper_comes_as_a_file_and_as_a_page(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    pdf = client.get(f"/koersel/{run}/beslutning.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert "attachment" in pdf.headers["content-disposition"]
    page = client.get(f"/koersel/{run}/beslutning.html", headers=HTML)
    assert comparison["options"][1]["sentence"].partition(NASTY)[2] in text_of(page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_paper_and_pictures_are_asked_for_every_time_and_drawn_once(
    client: TestClient, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = run_of(kept)
    first = {
        path: client.get(f"/koersel/{run}/{path}")
        for path in ("beslutning.html", "figur/intervals.svg", "scenarie.toml")
    }
    tags = {path: {"If-None-Match": answer.headers["ETag"]} for path, answer in first.items()}
    assert len({tag["If-None-Match"] for tag in tags.values()}) == 3
    assert {answer.headers["Cache-Control"] for answer in first.values()} == {"private, no-cache"}
    assert [client.get(f"/koersel/{run}/{path}", headers=tags[path]).status_code for path in tags] == [304] * 3
    monkeypatch.setattr("api.http.replies.program_version", lambda: "a later program")
    assert [client.get(f"/koersel/{run}/{path}", headers=tags[path]).status_code for path in tags] == [200] * 3


def test_the_papers_links_are_dated_and_in_the_pages_language(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    for language in ("en", "da"):  # Danish last: the choice is kept for the tests that follow
        page = client.get(f"/koersel/{run}?sprog={language}", headers=HTML).text
        links = [html.unescape(found) for found in re.findall(r'href="([^"]*/beslutning[^"]*)"', page)]
        assert [link.partition("beslutning.")[2].partition("?")[0] for link in links] == ["pdf", "docx", "html"]
        assert all(f"sprog={language}" in link and re.search(r"dato=\d{4}-\d\d-\d\d", link) for link in links)


def test_the_paper_comes_as_word_with_the_head_that_is_asked_for(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    head = "sprog=en&dato=2027-03-02&forfatter=A.+Sen&journalnummer=27%2F1234"
    word = client.get(f"/koersel/{run}/beslutning.docx?{head}")
    assert word.headers["content-type"].endswith("wordprocessingml.document")
    assert ".docx" in word.headers["content-disposition"]
    made = docx.Document(io.BytesIO(word.content))
    assert (made.core_properties.author, made.core_properties.language) == ("A. Sen", "en-GB")
    assert {"Date: 02-03-2027", "Case number: 27/1234"} <= {line.text for line in made.paragraphs}
    assert client.get(f"/koersel/{run}/beslutning.docx?dato=snart").status_code == 422


def test_the_links_of_the_answer_lead_somewhere(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    pictures = {html.unescape(u) for u in re.findall(r'(?:src|srcset|href)="(/koersel/[^"]+/figur/[^"]+)"', page)}
    assert len(pictures) >= 10
    for path in pictures:
        assert client.get(path).status_code == 200, path


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
    change = found.options[1]["change"]["net_cost_oere"]
    assert round(change["mean"]) == int(asked.text)
    assert change["p10"] <= change["mean"] <= change["p90"] < 0


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
    client.post("/log-ud", headers=HTML)
    assert client.get("/", headers=HTML).status_code == 401


def test_an_unknown_address_is_a_page_for_people_and_json_for_programs(client: TestClient) -> None:
    assert "<h1>" in client.get("/findes-ikke", headers=HTML).text
    assert client.get("/findes-ikke").headers["content-type"] == "application/problem+json"
    assert client.get("/v1/findes-ikke", headers=HTML).headers["content-type"] == "application/problem+json"


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


def test_an_answer_of_one_option_begins_with_what_it_costs(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    alone = {**comparison, "options": comparison["options"][:1], "experiments": []}
    said = cost_sentences(alone, "da")
    assert said == [cost_words(alone)]
    assert cost_sentences(alone, "en") == [cost_words_en(alone)]
    kept.finish(run, alone)
    try:
        page = text_of(client.get(f"/koersel/{run}", headers=HTML).text)
    finally:
        kept.finish(run, comparison)
    assert page.index("Svaret") < page.index(said[0]) < page.index("Overblik")


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_table_of_the_page_adds_up_as_printed(client: TestClient, kept: Kept, language: str) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML | {"Cookie": f"sprog={language}"}).text
    tables = PrintedPage(page).tables
    assert len(tables) > 8
    assert sum(sums_of(table) for table in tables) >= 8


def test_a_typed_number_that_is_not_the_tables_is_explained_under_it(kept: Kept) -> None:
    comparison = copy.deepcopy(run_of(kept)[1])
    shown = round(comparison["options"][0]["passengers"]["mean"])
    comparison["volume"] |= {"origin": "own", "passengers": shown + 82.0}
    assert f"De {shown + 82} passagerer, I har oplyst" in own_passengers(comparison, "da")
    assert f"The {shown + 82} passengers that you gave" in own_passengers(comparison, "en")
    comparison["volume"]["passengers"] = float(shown)
    assert own_passengers(comparison, "da") == ""


def test_the_contents_list_names_every_section_that_is_there(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    listed = re.search(r'<nav class="tl-contents.*?</nav>', page, re.S)
    assert listed is not None
    assert re.findall(r'href="#([a-z]+)"', listed[0]) == re.findall(r'<h2 id="([a-z]+)"', page)


def test_the_drawings_stand_in_the_page_once_with_ids_of_their_own_and_their_tables(
    client: TestClient, kept: Kept
) -> None:
    """No style and no address inside: the security policy allows none."""
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    drawings = re.findall(r"<svg class=.*?</svg>", page, re.S)
    assert len(drawings) >= 14
    assert all("style=" not in svg and "href=" not in svg and "<script" not in svg for svg in drawings)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for svg in drawings:
        named = re.search(r'aria-labelledby="([^ ]+) ([^"]+)"', svg)
        assert named is not None
        assert all(f'id="{name}"' in svg for name in named.groups())
    assert page.count('data-value="') > 40


def test_the_drawings_of_the_english_page_speak_english(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML | {"Cookie": "sprog=en"}).text
    charts = re.findall(r'<div class="tl-chart" data-tegning="[^"]*">.*?</div>', page, re.S)
    words = html.unescape(" ".join(text for chart in charts for text in re.findall(r"<text[^>]*>(.*?)</text>", chart)))
    assert len(charts) >= 6
    for english in ("full year:", "Operator payment", "trips a year", "before", "DKK thousand", "line: mean"):
        assert english in words, english
    for danish in ("hele året", "Vognmandsbetaling", "ture om året", "efter alder", "gennemsnit"):
        assert danish not in words, danish
    assert not re.search(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?!\d)", words)


def test_who_gains_and_who_loses_add_up_to_the_answers_trips_and_fares(kept: Kept) -> None:
    comparison = run_of(kept)[1]
    groups = gains(comparison, 1, kept.folder)
    assert groups is not None
    change = comparison["options"][1]["change"]
    for of in ("by_age", "by_place_class", "by_distance"):
        own = [group for group in groups if group.of == of]
        trips = sum(group.counts["new"].mean() - group.counts["stopped"].mean() for group in own)
        assert trips == pytest.approx(change["trips"]["mean"])
        assert sum(group.paid_oere.mean() for group in own) == pytest.approx(change["fares_oere"]["mean"])


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
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in fee_table(comparison, 1).rows}

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
    table = hours_table(comparison, 1, kept.folder)
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
    assert hours_table(comparison, 1, kept.folder / "nowhere") is None


def test_a_printed_answer_says_its_day_and_address(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    printed = re.search(r'<p class="tl-printed">([^<]+)</p>', page)
    assert printed is not None
    assert printed[1] == f"1. juli 2020, {ADDRESS}/koersel/{run}"


def test_the_map_of_an_option_has_its_line_and_the_parishes_of_the_affected_trips(
    client: TestClient, kept: Kept
) -> None:
    run, _ = run_of(kept)
    layer = client.get(f"/koersel/{run}/kort/1.geojson")
    assert layer.headers["content-type"] == "application/geo+json"
    assert any(one["properties"]["figure"] for one in layer.json()["features"])
    assert 2 <= len(layer.json()["classes"]) <= 6
    assert client.get(f"/koersel/{run}/kort/9.geojson").status_code == 404
