"""The answer's page with the papers, pictures and map that it leads to, held against what was calculated."""

import copy
import html
import io
import json
import re
import shutil
import tomllib
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from fastapi.testclient import TestClient

from api.web.results import answers, cost_sentences, own_passengers
from sim.inputs.scenario.scenario import build_scenario
from sim.telling.report.cost_words import cost_words, cost_words_en
from sim.telling.report.gains import gains
from sim.telling.report.headline import headline
from sim.words.numbers import kroner
from tests.answer.building import answer_of
from tests.api.http.conftest import ADDRESS
from tests.api.web.danish_marks import danish_marks
from tests.api.web.small_answer import HTML, LINE, NASTY, Kept, run_of, text_of
from tests.report.printed_tables import Page as PrintedPage
from tests.report.printed_tables import sums_of


def test_the_answer_says_each_options_kroner_fare_and_part_year_first(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    page = text_of(client.get(f"/koersel/{run}", headers=HTML).text)
    told = headline(answer_of(comparison), 1)
    for text in (told.amount, told.part, told.fare, told.interval):
        assert text.strip("()")[1:] in page, text
    assert f"8 af 10 beregninger: {told.interval.strip('()')}" in page
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
    assert answers(answer_of(comparison), "da")[1]["lead"] is None
    comparison["volume"]["origin"] = "allocated"
    assert "nettoudgiften" in answers(answer_of(comparison), "da")[1]["lead"]
    own, allocated = (
        text_of(client.get(f"/sammenlign?kommune=0316&navn0=A&navn1=B&bytakst1=high{tail}", headers=HTML).text)
        for tail in ("&passagerer=9000", "")
    )
    assert "Læs procenten før kronerne" in allocated
    assert "Ikke kommunens egne tal" in allocated
    assert "Læs procenten før kronerne" not in own


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
    danish, english = (answers(answer_of(lossy), language)[1]["follow_on"] for language in ("da", "en"))
    assert danish == LINE
    assert english.endswith(
        "flexhandicap may add about DKK 12,500 a year (5,000-28,000) if 10 % (0-20 %) of the about 600 trips turned away come back"
        " as flexhandicap. It is not part of the net cost."
    )


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
    assert f" i Holbæk i 2020: {headline(answer_of(comparison), 1)}" in text_of(page.text)
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
    assert {"Date: 2 March 2027", "Case number: 27/1234"} <= {line.text for line in made.paragraphs}
    assert client.get(f"/koersel/{run}/beslutning.docx?dato=snart").status_code == 422


def test_the_links_of_the_answer_lead_somewhere(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    pictures = {html.unescape(u) for u in re.findall(r'(?:src|srcset|href)="(/koersel/[^"]+/figur/[^"]+)"', page)}
    assert len(pictures) >= 10
    for path in pictures:
        assert client.get(path).status_code == 200, path


def test_an_answer_of_one_option_begins_with_what_it_costs(client: TestClient, kept: Kept) -> None:
    run, comparison = run_of(kept)
    alone = {**comparison, "options": comparison["options"][:1], "experiments": []}
    said = cost_sentences(answer_of(alone), "da")
    assert said == [cost_words(answer_of(alone))]
    assert cost_sentences(answer_of(alone), "en") == [cost_words_en(answer_of(alone))]
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


def test_columns_of_words_are_read_from_the_left(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}", headers=HTML).text
    heads = re.findall(r'<th scope="col"( class="tl-words")?[^>]*>([^<]*)</th>', page)
    assert ('class="tl-words"', "forsøg") in [(kind.strip(), name) for kind, name in heads]
    assert not [name for kind, name in heads if kind and name in ("ture efter", "nettoudgift")]


def test_a_typed_number_that_is_not_the_tables_is_explained_under_it(kept: Kept) -> None:
    comparison = copy.deepcopy(run_of(kept)[1])
    shown = round(comparison["options"][0]["passengers"]["mean"])
    comparison["volume"] |= {"origin": "own", "passengers": shown + 82.0}
    assert f"ventes {shown + 82} passagerer med flextur i {comparison['year']}" in own_passengers(
        answer_of(comparison), "da"
    )
    assert f"{shown + 82} passengers are expected with flextur" in own_passengers(answer_of(comparison), "en")
    assert "plustur" not in own_passengers(answer_of(comparison), "da")
    by_plustur = {"mean": 205.1, "p10": 190.0, "p90": 220.0}
    comparison["options"][0]["plustur"] = dict.fromkeys(
        ("trips", "passengers", "fares_oere", "operator_payment_oere", "net_cost_oere"), by_plustur
    )
    assert "heraf 205 med plustur, som kommer oven i" in own_passengers(answer_of(comparison), "da")
    assert "205 of them by plustur, which come on top" in own_passengers(answer_of(comparison), "en")
    comparison["volume"]["passengers"] = float(shown)
    assert own_passengers(answer_of(comparison), "da") == ""


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
    groups = gains(answer_of(comparison), 1, kept.folder)
    assert groups is not None
    change = comparison["options"][1]["change"]
    for of in ("by_age", "by_place_class", "by_distance"):
        own = [group for group in groups if group.of == of]
        trips = sum(group.counts["new"].mean() - group.counts["stopped"].mean() for group in own)
        assert trips == pytest.approx(change["trips"]["mean"])
        assert sum(group.paid_oere.mean() for group in own) == pytest.approx(change["fares_oere"]["mean"])


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
    titles = re.findall(r'<p class="kort-titel">([^<]+)</p>', client.get(f"/koersel/{run}?sprog=en", headers=HTML).text)
    assert titles
    assert all(title.endswith("; trips a year in each parish") for title in titles)
    layer = client.get(f"/koersel/{run}/kort/1.geojson")
    assert layer.headers["content-type"] == "application/geo+json"
    assert any(one["properties"]["figure"] for one in layer.json()["features"])
    assert 2 <= len(layer.json()["classes"]) <= 6
    assert {line["properties"]["name"] for line in layer.json()["lines"]["features"]} == {"Holbæk"}
    assert client.get(f"/koersel/{run}/kort/9.geojson").status_code == 404


def test_the_english_map_has_english_classes_and_marks(client: TestClient, kept: Kept) -> None:
    """Its legend said "færre end 5" on an English page, and a thousand trips were 1.000."""
    run, _ = run_of(kept)
    page = client.get(f"/koersel/{run}?sprog=en", headers=HTML).text
    assert f"/koersel/{run}/kort/1.geojson?kommune=0316&amp;sprog=en" in page
    danish, english = (client.get(f"/koersel/{run}/kort/1.geojson?sprog={lang}").json() for lang in ("da", "en"))
    labels = [[one["label"] for one in layer["classes"]] for layer in (danish, english)]
    assert [label.replace("færre end", "fewer than").replace(".", ",") for label in labels[0]] == labels[1]
    assert "fewer than 5" in labels[1]


def test_the_map_of_a_run_of_several_municipalities_has_the_line_of_the_one_that_is_asked_for(
    client: TestClient, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = run_of(kept)
    folder = tmp_path / "0316"
    shutil.copytree(kept.folder, folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["scenario"]["municipalities"] = ["0265", "0316"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    monkeypatch.setattr(kept, "folder", folder)
    monkeypatch.setitem(kept.states, run, replace(kept.states[run], municipalities=("0265", "0316")))
    layer = client.get(f"/koersel/{run}/kort/1.geojson?kommune=0316").json()
    assert {line["properties"]["name"] for line in layer["lines"]["features"]} == {"Holbæk"}
