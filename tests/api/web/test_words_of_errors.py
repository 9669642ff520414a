"""What a page says is wrong speaks of fields and buttons: never of the command line's options or of the documents' file names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web.advice import PAGES, advice, in_page_words, read_on
from api.web.page import NAVIGATION, environment
from sim.answer.judgements import fixed_judgements
from tariffs.errors import InputError
from tariffs.offer import KNOWN_ONLY_DA

ROOT = Path(__file__).parents[3]
ROOMS = ("sim", "tariffs", "api/jobs", "api/store", "api/web")
ERRORS = {"InputError", "DataError", "TooMuchWorkError"}
REFUSED = re.compile(r"--[a-z]|\bdocs/|\.md\b|\btakstlab [a-z]|\bdata/")
ONLY_ON_THE_COMMAND_LINE = (
    "sim/batch/", "sim/evidence/", "sim/desk/changed/", "sim/telling/folder.py", "sim/inputs/whole_folder.py",
    "sim/inputs/intake/imported.py", "sim/telling/paper/folder.py", "sim/desk/planning/", "sim/desk/quoting/", "tariffs/indexing.py",
    "api/store/store.py", "api/store/backup.py",
)  # fmt: skip
"""Rooms that no page asks: they write folders and files, or are the server's own start."""
OF_THE_BUILD = ("takstlab calibrate", "data/response/facts.toml")
"""What only a build with a damaged file of its own would say."""


def texts() -> Iterator[tuple[str, str]]:
    """Yield where and what: every text that is written into an error, a value in it as X."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(ONLY_ON_THE_COMMAND_LINE):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
                if called in ERRORS or called == "refuse":
                    assert isinstance(node, ast.Call)
                    for value in (*node.args, *(keyword.value for keyword in node.keywords if keyword.arg != "where")):
                        yield f"{name}:{node.lineno}", _text(value)


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "2020" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    if isinstance(node, ast.IfExp):
        return f"{_text(node.body)} {_text(node.orelse)}"
    return ""


def test_no_error_that_a_page_shows_names_an_option_a_document_or_a_command() -> None:
    found = list(texts())
    assert len(found) > 200
    wrong = {
        where: said
        for where, text in found
        if REFUSED.search(said := in_page_words(text)) and not any(word in text for word in OF_THE_BUILD)
    }
    assert not wrong, "\n".join(f"{where}: {said}" for where, said in wrong.items())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vælg en anden kommune med --neighbour", "fjern krydset ved kommunen under »Naboer«"),
        ("ret værdien; se docs/scenarios.md", "ret feltet"),
        ("vælg et id fra data/assumptions.toml, fx online_share", "vælg et id under »Forudsætninger«, fx online_share"),
    ],
)
def test_an_error_is_said_by_the_fields_one_has_in_front_of_one(text: str, said: str) -> None:
    assert in_page_words(text) == said


def test_days_are_written_as_danes_write_them() -> None:
    assert advice(InputError("Forbruget er talt til og med 2020-06-30")) == "Forbruget er talt til og med 30.6.2020."


def test_every_page_that_a_message_names_is_one_to_go_to() -> None:
    named = {name for _, text in texts() for name in re.findall("»([^»«]+)«", in_page_words(text))}
    assert set(PAGES) & named
    assert {name for name in named & {link.da for link in NAVIGATION} if not read_on(f"»{name}«")} == set()


def test_a_page_that_a_message_sends_one_to_is_in_guillemets_and_so_a_link() -> None:
    bare = re.compile("(?:siden|se) (" + "|".join(PAGES) + r")\b")
    assert {where: said for where, text in texts() if bare.search(said := in_page_words(text))} == {}


def test_known_prices_only_is_one_sentence_where_a_year_has_none() -> None:
    said = advice(
        InputError("Året 2027 har ingen takstudgave", why="taksten er kendt til 2025-01-18", next_step=KNOWN_ONLY_DA)
    )
    assert said.startswith(
        "Året 2027 har ingen takstudgave. Taksten er kendt til 18.1.2025. Kun kendte priser er valgt: fjern"
    )


def test_a_message_that_names_a_page_or_an_assumption_links_to_it(tmp_path: Path) -> None:
    app = create_app(Settings(store=str(tmp_path), today="2026-11-28", estimate_wait_ms=5_000), None, None)  # type: ignore[arg-type]
    client = TestClient(app, base_url="http://127.0.0.1:8600", headers={"Accept": "text/html"})
    page = client.get("/ingenting").text
    assert 'href="/om#api">Læs: Regneark og API</a>' in page
    assert "docs/" not in page
    wrong = client.get("/sammenlign?kommune=0316&fors_online_share=7").text
    assert 'href="/om#online_share">Læs: online_share</a>' in wrong
    assert 'id="online_share"' in client.get("/om").text
    assert 'href="/egne-data">Læs: Egne data</a>' in client.get("/sammenlign?kommune=0316&ture=noget").text


def test_why_a_run_failed_is_said_in_the_pages_words_with_a_link_to_what_it_names() -> None:
    template = '{% import "macros.html.j2" as ui with context %}{{ ui.told(message) }}'
    error = InputError(
        "Overslagsår kan ikke regnes på kommunens egen turliste",
        next_step="angiv i stedet passagertallet med --passengers, eller udelad --years-ahead",
    )
    said = environment("da").from_string(template).render(t=lambda da, en: da, message=str(error))
    assert "brug passagertallet i stedet for turlisten, eller vælg 0 overslagsår." in said
    lacking = (
        environment("da")
        .from_string(template)
        .render(t=lambda da, en: da, message="Filen er væk. Gør nu: lav den igen med takstlab import trips.")
    )
    assert '<a class="tl-read-on" href="/egne-data">Læs: Egne data</a>' in lacking


@pytest.mark.parametrize("name", ["progress", "changed", "result"])
def test_no_page_shows_a_runs_error_in_the_command_lines_words(name: str) -> None:
    page = (ROOT / "api/web/templates" / f"{name}.html.j2").read_text("utf-8")
    assert "ui.told(state.error)" in page
    assert "{{ state.error }}" not in page


def test_every_page_that_calls_a_macro_imports_it() -> None:
    """One that lacks them fails only where there is an error to show."""
    for path in (ROOT / "api/web/templates").glob("*.html.j2"):
        text = path.read_text("utf-8")
        if re.search(r"[{ ]ui\.", text) and "{% extends" in text:
            assert 'import "macros.html.j2" as ui with context' in text, path.name


def test_what_an_assumption_rests_on_names_no_file(tmp_path: Path) -> None:
    app = create_app(Settings(store=str(tmp_path), today="2026-11-28"), None, None)  # type: ignore[arg-type]
    page = TestClient(app, base_url="http://127.0.0.1:8600", headers={"Accept": "text/html"}).get("/om").text
    assert not re.search(r"docs/|\.md\b", page)
    assert "under 13 km skøn</span></td>" in page
    for judgement in fixed_judgements():
        assert not REFUSED.search(in_page_words(judgement.statement))
