"""Settings: each with a default, each documented, none guessed."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from api.settings import Settings, meanings, read_settings
from tariffs.errors import InputError

DOCUMENT = Path(__file__).parent.parent.parent.parent / "docs" / "service.md"


def test_nothing_needs_to_be_set() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings()
    assert Settings().on_loopback


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "takstlab.toml"
    file.write_text('port = 1\nworkers = 2\nhost = "::1"\nbatches = ["movia=resultater"]\n')
    environment = {"TAKSTLAB_SETTINGS": str(file), "TAKSTLAB_PORT": "3", "TAKSTLAB_WORKERS": "4"}
    read = read_settings(environment, port=5, host=None)
    assert (read.port, read.workers, read.host, read.batches) == (5, 4, "::1", ("movia=resultater",))


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"TAKSTLAB_PROT": "1"}, "Ukendt indstilling 'prot'"),
        ({"TAKSTLAB_PORT": "åtte"}, "er ikke et helt tal"),
        ({"TAKSTLAB_PORT": "-1"}, "mindst 0"),
        ({"TAKSTLAB_OPEN_TO_ALL": "måske"}, "true eller false"),
        ({"TAKSTLAB_LOG_FORMAT": "xml"}, "json eller text"),
        ({"TAKSTLAB_SETTINGS": "/findes/ikke.toml"}, "kan ikke læses"),
    ],
)
def test_a_setting_that_cannot_be_one_is_refused(environment: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_settings(environment)


@pytest.mark.parametrize(
    "line", ['port = "8600"', "port = true", "port = 1.5", "host = 1", "batches = [1]", "ukendt = 1", "["]
)
def test_a_file_is_read_strictly(tmp_path: Path, line: str) -> None:
    file = tmp_path / "takstlab.toml"
    file.write_text(line)
    if line == 'port = "8600"':
        assert read_settings({}, file).port == 8600
        return
    with pytest.raises(InputError, match=re.escape(str(file))):
        read_settings({}, file)


def test_the_address_of_a_database_is_never_said_for_it_may_hold_a_password(tmp_path: Path) -> None:
    file = tmp_path / "takstlab.toml"
    file.write_text('database = ["postgresql://bruger:hemmeligt@vært/navn"]')
    with pytest.raises(InputError) as told:
        read_settings({}, file)
    assert "hemmeligt" not in str(told.value)


@pytest.mark.parametrize(
    ("host", "inside"),
    [("127.0.0.1", True), ("127.3.2.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],
)
def test_which_addresses_only_this_machine_can_reach(host: str, inside: bool) -> None:
    assert Settings(host=host).on_loopback is inside


def test_every_setting_is_in_the_document_with_its_default_and_meaning() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for setting in fields(Settings):
        shown = {True: "true", False: "false", "": "(tom)", (): "(tom)"}.get(setting.default, str(setting.default))
        shown = str(setting.default) if type(setting.default) is int else shown
        assert f"| `{setting.name}` | {shown} | {meanings()[setting.name]} |" in text
    named = re.findall(
        r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", text.partition("## Indstillinger")[2].partition("\n## ")[0], re.M
    )
    assert named == [setting.name for setting in fields(Settings)]
