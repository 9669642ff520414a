"""``takstlab calibrate --part response``, run once as a user would, and what it left."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli.calibrate import command
from sim.evidence.calibration import parts
from sim.evidence.calibration.found import evidence_of
from sim.evidence.calibration.parts import OTHER, SAME, SAME_NUMBERS, Part, PartResult, agreement, load_part, shipped
from sim.evidence.calibration.report import json_text, render_html, report_of
from sim.evidence.calibration.response import sections
from sim.inputs.facts import load_facts
from sim.riders.response.fit import CHANGES, version
from sim.words.numbers import danish
from tariffs.errors import InputError

FILES = ("response/draws.csv", "response/response.toml", "response/evidence.json")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    out = tmp_path_factory.mktemp("kalibrering") / "ud"
    result = CliRunner().invoke(command, ["--part", "response", "--out", str(out), "--workers", "1"])
    assert result.exit_code == 0, result.output
    return result, out


@pytest.fixture(scope="module")
def report(run) -> dict:
    return json.loads((run[1] / "calibration.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(run) -> str:
    return (run[1] / "calibration.html").read_text(encoding="utf-8")


def test_the_fit_gives_the_shipped_files_again(run) -> None:
    """Byte for byte on the machine that made them; elsewhere the last digit of a logarithm may differ."""
    result, out = run
    for name in FILES:
        text = (out / name).read_text(encoding="utf-8")
        found = agreement(name, text)
        assert found in (SAME, SAME_NUMBERS)
        assert (found == SAME) == (text.encode() == shipped(name).read_bytes())
        assert f"data/{name}: som den medfølgende" in result.output


def test_the_shipped_fit_is_that_of_todays_facts_and_code() -> None:
    assert f'version = "{version()}"' in shipped("response/response.toml").read_text(encoding="utf-8")
    assert json.loads(shipped("response/evidence.json").read_text(encoding="utf-8"))["version"] == version()


def test_it_prints_each_fact_once_under_its_use(run) -> None:
    lines = run[0].stdout.splitlines()
    starts = {name: next(n for n, line in enumerate(lines) if line.startswith(name)) for name in
              ("Kalibrering", "Validering", "Verifikation")}  # fmt: skip
    for fact in load_facts().values():
        places = [n for n, line in enumerate(lines) if re.match(rf"  {fact.id}[ :]", line)]
        assert len(places) == 1
        uses = {"Kalibrering": "calibration", "Validering": "validation", "Verifikation": "verification"}
        under = max((start, name) for name, start in starts.items() if start < places[0])[1]
        assert uses[under] == fact.use


def test_the_json_names_facts_files_and_versions(report) -> None:
    part = report["parts"]["response"]
    assert part["facts"] == ["town_48_trips", "lolland_72_trips"]
    assert set(part["files"]) == set(FILES)
    assert {"takstlab", "model", "data"} <= set(report["versions"])
    assert {fact["id"] for facts in report["facts"].values() for fact in facts} == set(load_facts())


def test_the_page_has_prior_data_and_posterior_of_every_change(report, page) -> None:
    effects = report["parts"]["response"]["result"]["effects"]
    assert set(effects) == {f"{a}_to_{b}" for a, b in CHANGES}
    for key, found in effects.items():
        before, after = key.split("_to_")
        row = re.search(rf'<th scope="row">{before} → {after} kr\..*?</tr>', page)
        assert row is not None
        for state in ("prior", "posterior", "without_lolland"):
            figure = found[state]
            assert danish(figure["mean"], 1) in row.group()
            assert f"({danish(figure['p10'], 1)} til {danish(figure['p90'], 1)})" in row.group()
    assert "-55 til -40" in page
    assert "-92 til -85" in page


def test_the_page_has_families_spread_elasticities_and_free_destinations(report, page) -> None:
    result = report["parts"]["response"]["result"]
    for family in result["families"].values():
        assert danish(family["posterior"]["weight"], 2) in page
        assert danish(family["posterior"]["mean"]["24_to_60"], 1) in page
    for figure in (*result["elasticity"].values(), *result["spread"].values()):
        assert danish(figure["mean"], 2) in page
    assert "én destination: Gladsaxe" in page
    for bound in (result["effects"]["24_to_60"]["without_form"], result["effects"]["36_to_60"]["without_form"]):
        assert f"{danish(bound['low'], 1)} til {danish(bound['high'], 1)}" in page


class Page(HTMLParser):
    """What a browser would fetch or run, and the drawings with their words for those who cannot see them."""

    def __init__(self) -> None:
        super().__init__()
        self.fetches: list[str] = []
        self.drawings = 0
        self.described = 0
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "iframe", "object", "img", "base", "form"):
            self.fetches.append(tag)
        self.fetches += [f"{k}={v}" for k, v in attrs if k in ("src", "href", "xlink:href", "action", "srcset")]
        self.drawings += tag == "svg"
        self.described += tag == "desc"
        self.ids += [v for k, v in attrs if k == "id" and v]


def test_the_page_asks_for_nothing_and_every_drawing_is_told_in_words(page) -> None:
    parsed = Page()
    parsed.feed(page)
    assert parsed.fetches == []
    assert parsed.drawings == parsed.described == 3
    assert len(parsed.ids) == len(set(parsed.ids))


def test_the_words_about_lolland_follow_the_numbers(report) -> None:
    """With Lolland's part turned round, the mean moving and the interval not, the page says the opposite."""
    found = report["parts"]["response"]["result"]
    told = " ".join(sections(evidence_of(found))[1].paragraphs)
    assert "Midten af svaret for 60 kr. hviler ikke på Lolland. Det gør sikkerheden" in told
    turned = json.loads(json.dumps(found))
    for part in turned["lolland"].values():
        part |= {"shift": -8.0, "ratio": 1.0, "width_without": part["width_with"]}
    told = " ".join(sections(evidence_of(turned))[1].paragraphs)
    assert "Midten af svaret for 60 kr. hviler også på Lolland. Sikkerheden gør det ikke." in told
    assert told.count("flytter middeltallet sig meget (8,0 procentpoint), og intervallet bliver lige så bredt") == 3


def test_the_same_results_give_the_same_page(report) -> None:
    found = evidence_of(report["parts"]["response"]["result"])
    result = PartResult({}, found, sections(found))
    pages = [render_html(report_of({"response": result}), {"response": result}) for _ in range(2)]
    assert pages[0] == pages[1]
    assert (
        json.loads(json_text(report_of({"response": result})))["parts"]["response"]["result"]
        == report["parts"]["response"]["result"]
    )


def test_a_changed_number_is_seen_and_a_last_digit_forgiven() -> None:
    text = shipped("response/draws.csv").read_text(encoding="utf-8")
    assert agreement("response/draws.csv", text) == SAME
    assert agreement("response/draws.csv", text.replace("43.907085750993076", "43.90708575099308")) == SAME_NUMBERS
    assert agreement("response/draws.csv", text.replace("43.907085750993076", "43.9071")) == OTHER
    assert agreement("response/draws.csv", text.replace("normal", "linear", 1)) == OTHER


def test_an_unknown_part_and_a_folder_in_use_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="vælg response"):
        load_part("weather")
    (tmp_path / "brev.txt").write_text("kære ...", encoding="utf-8")
    refused = CliRunner().invoke(command, ["--out", str(tmp_path)])
    assert isinstance(refused.exception, InputError)
    assert "er i brug" in str(refused.exception)


def test_only_with_write_are_the_shipped_files_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "response").mkdir()
    place = tmp_path / "response" / "draws.csv"
    place.write_text("draw,a\n0,1.5\n", encoding="utf-8")
    monkeypatch.setattr(parts, "shipped", lambda name: tmp_path / name)
    shipped_evidence = evidence_of(json.loads(shipped("response/evidence.json").read_text(encoding="utf-8")))
    made = PartResult({"response/draws.csv": "draw,a\n0,2.5\n"}, shipped_evidence, ())
    monkeypatch.setattr(parts, "load_part", lambda name: Part(name, "Prøve", "price response", lambda *_: made))
    looked = CliRunner().invoke(command, [])
    assert "data/response/draws.csv: ikke som den medfølgende." in looked.output
    assert place.read_text(encoding="utf-8") == "draw,a\n0,1.5\n"
    written = CliRunner().invoke(command, ["--write"])
    assert written.exit_code == 0
    assert place.read_text(encoding="utf-8") == "draw,a\n0,2.5\n"
    assert "data/response/draws.csv: som den medfølgende." in CliRunner().invoke(command, []).output
