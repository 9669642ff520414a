"""Every error that a page or the service may answer has English, those without a Danish letter too.

Danish words such as "send scenariet igen" look like English to a test that knows the language by its letters.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tariffs.errors
from api.web.advice import in_page_words
from api.web.translation import known_english
from sim.geography.zone_files.parts import IN_WORDS
from tests.api.web.test_words_of_errors import ONLY_ON_THE_COMMAND_LINE, REFUSED

ROOT = Path(__file__).parents[2]
ROOMS = ("sim", "tariffs", "api")
MAKERS = ("bad", "fault")
BUILTIN = ("ValueError", "TypeError", "RuntimeError", "OSError", "KeyError", "AttributeError", "NotImplementedError")
VALUES = ("2020", "ture.csv", "--sheet", IN_WORDS)
"""What fields are filled with: the sentence has English when it has it with one of them."""
UNSEEN = {
    "api/cli/": "the command line is Danish",
    "api/settings.py": "stops the server before it answers anybody",
    "sim/answer/quantities.py": "a shipped register out of order",
    "sim/inputs/assumptions.py": "a shipped register out of order; what a user may write in it is in the catalogue",
    "sim/inputs/facts.py": "a shipped register out of order",
    "sim/riders/response/": "a shipped fit out of order",
    "sim/study/": "a shipped fit out of order; what a user may cause is in the catalogue",
    "sim/telling/apart.py": "told to who runs the service, in its log",
    "tariffs/elements.py": "a shipped register out of order",
    "tariffs/fare_lines.py": "a price book out of order",
    "api/web/build_assets.py": "a build of the pages",
    "tariffs/municipal_choices.py": "a shipped register out of order; a municipality's name is in the catalogue",
    "tariffs/operator_payment.py": "a shipped price out of order",
    "sim/batch/plan.py": "plans are read by takstlab batch alone",
    "sim/batch/execution.py": "takstlab batch", "sim/batch/dask_cluster.py": "takstlab batch", "sim/batch/identity.py": "takstlab batch",
    "sim/batch/units.py": "takstlab batch", "sim/batch/store.py": "takstlab batch",
}  # fmt: skip
SEEN = ("sim/batch/queries.py", "sim/batch/compaction.py", "sim/desk/quoting/", "sim/desk/changed/")
"""In rooms of the command line, but asked by pages too: batches on a map, prices of trips, what has changed."""
WRITTEN = ("sim/desk/quoting/writing.py", "sim/desk/quoting/reading.py", "sim/desk/changed/again.py")
"""Columns and files of takstlab quote and takstlab changed."""
KEPT = ("tariffs/package.py", "sim/geography/user_areas.py")
"""Put together of pieces; the whole sentences are in the catalogue."""


def errors() -> Iterator[tuple[str, str]]:
    """Yield where and what: each text of each error that may be shown, its fields empty braces."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not _may_be_shown(name):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                called = _called(node.func) if isinstance(node, ast.Call) else ""
                if called in MAKERS or (called.endswith("Error") and called not in BUILTIN):
                    assert isinstance(node, ast.Call)
                    for value in (*node.args, *(keyword.value for keyword in node.keywords if keyword.arg != "where")):
                        yield from ((f"{name}:{node.lineno}", text) for text in _texts(value) if " " in text)


def _called(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _may_be_shown(name: str) -> bool:
    if name.startswith((*UNSEEN, *WRITTEN, *KEPT)):
        return False
    return name.startswith(SEEN) or not name.startswith(ONLY_ON_THE_COMMAND_LINE)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield " ".join(node.value.split())
    elif isinstance(node, ast.JoinedStr):
        parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        yield " ".join("".join(parts).split())
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def _has_english(text: str) -> bool:
    return any(known_english(text.replace("{}", value)) is not None for value in VALUES)


def test_every_error_that_may_be_shown_has_english() -> None:
    found = list(errors())
    assert len(found) > 700
    lacking = [f"{where}: {text}" for where, text in found if not _has_english(text)]
    assert lacking == [], "add the English to api/web/english/"


def test_an_english_page_says_it_by_its_fields_and_buttons_too() -> None:
    """Where the Danish page has words of its own, the English one does not name an option, a document or a command."""
    wrong = {}
    for where, text in errors():
        for value in VALUES:
            page = in_page_words(text.replace("{}", value))
            said = known_english(page)
            if said is not None:
                break
        if not REFUSED.search(page) and (said is None or REFUSED.search(said)):
            wrong[where] = f"{page}: {said}"
    assert wrong == {}


@pytest.mark.parametrize("names", [UNSEEN, SEEN, WRITTEN, KEPT], ids=["unseen", "seen", "written", "kept"])
def test_every_room_that_is_named_is_there(names: tuple[str, ...]) -> None:
    files = [path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    assert [name for name in names if not any(file.startswith(name) for file in files)] == []


def test_an_error_without_a_danish_letter_and_without_english_would_be_found() -> None:
    assert not _has_english("vend tilbage i morgen")
    assert _has_english("send scenariet igen")


def test_what_is_called_an_error_is_one_of_ours() -> None:
    assert {name for name in BUILTIN if hasattr(tariffs.errors, name)} == set()
