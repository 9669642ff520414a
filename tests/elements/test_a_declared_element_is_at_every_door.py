"""A service element that is declared in elements.toml, and nowhere else, is at every door.

The one declared here is what Vordingborg has had since 1 December 2023: the lower bytakst as the whole municipality's fare,
60 kr. from 21 January 2024 and 8 kr. for each kilometre from the eleventh.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tariffs import elements as declared

ROOT = Path(__file__).parents[2]
DA, EN = "bytakstens lave niveau i hele kommunen", "the lower bytakst in the whole municipality"


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("elementer")
    file = folder / "elements.toml"
    file.write_text(declared.FILE.read_text("utf-8") + (Path(__file__).parent / "one_more.toml").read_text("utf-8"))
    run = subprocess.run(
        [sys.executable, "-m", "tests.elements.doors", file, folder],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_it_is_read_written_and_refused_beside_what_it_excludes(doors: dict[str, Any]) -> None:
    said = doors["tariff"]
    assert (said["written"], said["is"]) == ("plustur, bytakst_overalt", True)
    assert "elementerne bytakst og bytakst_overalt modsiger hinanden" in said["with_bytakst"]
    assert "mente du bytakst_overalt?" in said["misspelt"]


def test_it_prices_trips_inside_the_municipality_one_by_one_and_as_columns(doors: dict[str, Any]) -> None:
    by_hand = [6_000, 6_000, 6_000 + 3 * 800]
    assert doors["tariff"]["fares_oere"] == by_hand
    assert doors["tariff"]["column_oere"] == by_hand


def test_addresses_take_it_and_describe_it(doors: dict[str, Any]) -> None:
    service = doors["service"]
    assert "bytakst_overalt" in service["parameters"]
    assert service["estimate"]["options"][1]["elements"] == ["bytakst_overalt"]
    assert service["listed"] == [False]


@pytest.mark.parametrize(
    ("language", "control"), [("da", "lav bytakst i hele kommunen"), ("en", "low bytakst everywhere")]
)
def test_every_form_has_its_control(doors: dict[str, Any], language: str, control: str) -> None:
    pages = [text for page, text in doors["service"]["pages"].items() if page.endswith(f"sprog={language}")]
    assert len(pages) == 3
    for text in pages:
        assert 'value="bytakst_overalt"' in text
        assert control in text


def test_a_comparison_simulates_it_and_says_whom_it_touches(doors: dict[str, Any]) -> None:
    answer = doors["answer"]
    assert answer["elements"] == ["bytakst_overalt"]
    assert answer["touches"] == "ture inden for kommunen"
    assert answer["prices"][0] == 6_000


@pytest.mark.parametrize(("door", "text"), [("text", DA), ("report", DA), ("paper_da", DA), ("paper_en", EN)])
def test_terminal_report_and_paper_name_it(doors: dict[str, Any], door: str, text: str) -> None:
    assert text in " ".join(doors["answer"][door].split())


def test_the_paper_says_what_it_means_in_both_languages(doors: dict[str, Any]) -> None:
    assert "ture inden for kommunen koster bytakstens lave niveau." in doors["answer"]["paper_da"]
    assert "trips within the municipality cost the lower bytakst." in doors["answer"]["paper_en"]
