"""``takstlab paper`` as an officer meets it."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_papers import MANIFEST, Json, pdf_text

from sim.telling.report.headline import headline
from tests.answer.building import answer_of

Takstlab = Callable[..., tuple[int, str, str]]


@pytest.fixture
def result(comparison: Json, tmp_path: Path) -> Path:
    """A result folder with what the paper reads of it."""
    folder = tmp_path / "resultat"
    folder.mkdir()
    text = json.dumps(comparison, ensure_ascii=False)
    (folder / "comparison.json").write_text(text, encoding="utf-8")
    files = {"comparison.json": hashlib.sha256(text.encode()).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({**MANIFEST, "files": files}), encoding="utf-8")
    return folder


def test_a_result_folder_gives_the_paper_in_every_form(takstlab: Takstlab, result: Path, tmp_path: Path) -> None:
    out = tmp_path / "papir"
    status, said, _ = takstlab("paper", result, "--out", out)
    assert status == 0
    assert said.splitlines() == [f"Skrevet: {out / f'beslutning.{form}'}" for form in ("pdf", "html", "docx")]
    assert sorted(path.name for path in out.iterdir()) == ["beslutning.docx", "beslutning.html", "beslutning.pdf"]
    assert (out / "beslutning.pdf").read_bytes().startswith(b"%PDF-1.7")
    page = (out / "beslutning.html").read_text(encoding="utf-8")
    assert "Administrationen indstiller, at" in page
    assert "<dd>01-07-2020</dd>" in page


def test_form_language_and_head_are_chosen(takstlab: Takstlab, result: Path, tmp_path: Path) -> None:
    out = tmp_path / "papir"
    head = ("--date", "2. marts 2027", "--author", "A. Sen", "--journal", "27/1234", "--committee", "Teknik, 4. marts")
    status, said, _ = takstlab("paper", result, "--out", out, "--format", "html", "--language", "en", *head)
    assert status == 0
    assert said.splitlines() == [f"Skrevet: {out / 'decision.html'}"]
    page = (out / "decision.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert [
        words for words in ("2 March 2027", "A. Sen", "27/1234", "Teknik, 4. marts") if f"<dd>{words}</dd>" not in page
    ] == []


def test_a_date_that_is_none_is_refused(takstlab: Takstlab, result: Path, tmp_path: Path) -> None:
    status, _, said = takstlab("paper", result, "--out", tmp_path / "papir", "--date", "snart")
    assert status == 2
    assert "--date" in said
    assert not (tmp_path / "papir").exists()


def test_a_paper_is_replaced_only_when_asked(takstlab: Takstlab, result: Path, tmp_path: Path) -> None:
    out = tmp_path / "papir"
    out.mkdir()
    (out / "beslutning.pdf").write_bytes(b"rettet i haanden")
    status, _, said = takstlab("paper", result, "--out", out)
    assert status == 2
    assert "har allerede beslutning.pdf" in said
    assert (out / "beslutning.pdf").read_bytes() == b"rettet i haanden"
    assert takstlab("paper", result, "--out", out, "--overwrite")[0] == 0
    assert (out / "beslutning.pdf").read_bytes().startswith(b"%PDF")


def test_numbers_that_were_changed_afterwards_are_refused(takstlab: Takstlab, result: Path, tmp_path: Path) -> None:
    text = (result / "comparison.json").read_text(encoding="utf-8")
    (result / "comparison.json").write_text(text.replace("Sorø", "Faxe"), encoding="utf-8")
    status, _, said = takstlab("paper", result, "--out", tmp_path / "papir")
    assert status == 2
    assert "ændret, siden de blev beregnet" in said
    assert not (tmp_path / "papir").exists()


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "manifest.json mangler"),
        (lambda folder: (folder / "comparison.json").unlink(), "er ikke et resultat af takstlab compare"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "Filen kan ikke læses"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "Filen er ikke det, den skal være"),
    ],
)
def test_a_folder_that_is_no_result_is_refused(
    takstlab: Takstlab, result: Path, tmp_path: Path, breaks: Callable[[Path], object], said: str
) -> None:
    breaks(result)
    status, _, told = takstlab("paper", result, "--out", tmp_path / "papir")
    assert status == 2
    assert said in told


def test_another_version_of_the_result_is_refused(
    takstlab: Takstlab, result: Path, comparison: Json, tmp_path: Path
) -> None:
    (result / "comparison.json").write_text(json.dumps({**comparison, "schema_version": 99}), encoding="utf-8")
    (result / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    status, _, said = takstlab("paper", result, "--out", tmp_path / "papir")
    assert status == 2
    assert "schema_version er 99" in said


def test_a_place_that_does_not_exist_is_said(takstlab: Takstlab, tmp_path: Path) -> None:
    status, _, said = takstlab("paper", tmp_path / "ingen", "--out", tmp_path / "papir")
    assert status == 2
    assert "findes ikke" in said


def test_a_scenario_is_compared_first(takstlab: Takstlab, tmp_path: Path) -> None:
    scenario = tmp_path / "dragoer.toml"
    scenario.write_text(
        'municipality = "Dragør"\ndraws = 1\nmin_replications = 2\nmax_replications = 2\npassengers = 600\n'
        'options = ["I dag: ", "Kommunetakst: kommunetakst"]\n',
        encoding="utf-8",
    )
    out = tmp_path / "papir"
    status, _, said = takstlab("paper", scenario, "--out", out)
    assert status == 0, said
    assert "Simulerer Dragør" in said
    assert sorted(path.name for path in out.iterdir()) == [
        "beslutning.docx",
        "beslutning.html",
        "beslutning.pdf",
        "resultat",
    ]
    words = pdf_text((out / "beslutning.pdf").read_bytes(), tmp_path)
    numbers = json.loads((out / "resultat" / "comparison.json").read_text(encoding="utf-8"))
    assert f"Kommunetakst i Dragør i 2020: {headline(answer_of(numbers), 1)}" in words
