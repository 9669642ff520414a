"""The folder: files whole or not at all, damage found, one writer, and no mixing of what does not belong together."""

import errno
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.batch import store as store_module
from sim.batch.batch import run_batch
from sim.batch.execution import Crew
from sim.batch.packages import read_results
from sim.batch.store import opened
from tariffs.errors import DataError, InputError
from tests.batch.conftest import result_bytes, tiny


@pytest.fixture
def folder(unbroken: Path, tmp_path: Path) -> Path:
    """A copy of a finished batch."""
    return Path(shutil.copytree(unbroken, tmp_path / "batch"))


def units(folder: Path) -> list[Path]:
    return sorted((folder / "units").glob("*.parquet"))


@pytest.mark.parametrize("place", [0, 100, 0.3, 0.5, -200, -1], ids=str)
def test_a_flipped_bit_anywhere_in_a_unit_is_found_and_the_unit_made_again(
    folder: Path, unbroken: Path, place: float
) -> None:
    damaged = units(folder)[3]
    content = bytearray(damaged.read_bytes())
    at = int(place * len(content)) if isinstance(place, float) else place
    content[at] ^= 1
    damaged.write_bytes(content)
    told: list[str] = []
    outcome = run_batch(tiny(), folder, Crew(), tell=told.append)
    assert (outcome.kept, outcome.made) == (9, 1)
    assert told[0] == f"1 beskadigede enheder regnes om: {damaged.name}"
    assert [p.name for p in units(folder)] == [p.name for p in units(unbroken)]
    assert result_bytes(folder) == result_bytes(unbroken)


def test_a_missing_or_cut_off_unit_is_made_again(folder: Path, unbroken: Path) -> None:
    first, second, *_ = units(folder)
    first.unlink()
    second.write_bytes(second.read_bytes()[:500])
    assert run_batch(tiny(), folder, Crew()).made == 2
    assert result_bytes(folder) == result_bytes(unbroken)


def test_foreign_files_are_left_alone(folder: Path, unbroken: Path) -> None:
    foreign = [
        folder / "units" / "notat.txt",
        folder / "units" / "0155-2020-0123456789abcdef-0.parquet",
        folder / "x.md",
    ]
    for path in foreign:
        path.write_text("mit")
    assert run_batch(tiny(), folder, Crew()).made == 0
    assert [path.read_text() for path in foreign] == ["mit"] * 3
    assert result_bytes(folder) == result_bytes(unbroken)


def test_what_an_interrupted_writer_left_is_cleared_away(folder: Path) -> None:
    left = folder / "units" / ".0155-2020-x.parquet.00ff.ufaerdig"
    left.write_bytes(b"half")
    (folder / ".results.00ff.ufaerdig" / "year=2020").mkdir(parents=True)
    run_batch(tiny(), folder, Crew())
    assert not list(folder.rglob("*.ufaerdig"))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"seed": 4}, r"der er ændret i frøet \(seed\): 3 → 4\."),
        (
            {"options": [{"name": "Grundtakst"}, {"name": "B", "elements": ["bytakst=low"]}]},
            r"valgmulighederne \(options\): 2 med hash [0-9a-f]{16} → 2 med hash [0-9a-f]{16}",
        ),
        (
            {"passengers": {"0155": 200, "0340": 250}},
            r"passagertal eller reference for 0340 2020: 200 under plustur → 250 under plustur",
        ),
        ({"passengers": {"0340": 200}}, r"0155 2020: 200 under grundtakst → fordelt"),
    ],
)
def test_a_changed_plan_does_not_mix_with_what_is_there(folder: Path, values: dict[str, Any], words: str) -> None:
    before = result_bytes(folder)
    with pytest.raises(InputError, match=words):
        run_batch(tiny(**values), folder, Crew())
    assert result_bytes(folder) == before


@pytest.mark.parametrize("key", ["model", "tariffs", "data", "assumptions", "response", "numpy"])
def test_another_version_of_anything_that_decides_is_refused_by_name(folder: Path, key: str) -> None:
    path = folder / "identity.json"
    identity = json.loads(path.read_text())
    here = identity["versions"][key]
    identity["versions"][key] = "0123456789abcdef"
    path.write_text(json.dumps(identity))
    with pytest.raises(InputError, match=rf"{key}\)?: 0123456789abcdef → {here}"):
        run_batch(tiny(), folder, Crew())


def test_units_without_an_identity_are_not_trusted(folder: Path) -> None:
    (folder / "identity.json").unlink()
    with pytest.raises(InputError, match="har enheder, men ingen identitet"):
        run_batch(tiny(), folder, Crew())
    (folder / "identity.json").write_text("{")
    with pytest.raises(DataError, match="Mappens identitet kan ikke læses"):
        run_batch(tiny(), folder, Crew())


def test_more_of_the_same_plan_is_welcome_and_less_of_it_too(folder: Path, unbroken: Path) -> None:
    outcome = run_batch(tiny(replications=4), folder, Crew())
    assert (outcome.kept, outcome.made) == (10, 2)
    assert outcome.manifest["rows"] == 2 * 2 * (4 + 2)
    assert run_batch(tiny(), folder, Crew()).made == 0
    assert result_bytes(folder) == result_bytes(unbroken)


def test_a_second_writer_is_refused_while_the_first_is_at_it(tmp_path: Path) -> None:
    folder = tmp_path / "b"
    holding = "import sys, time; from pathlib import Path; from sim.batch.store import opened\n"
    holding += f"with opened(Path({str(folder)!r})): print('mine', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", holding], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "mine\n"
        with pytest.raises(InputError, match=r"i brug.*en anden batch skriver i den"), opened(folder):
            pass
        first.kill()
    with opened(folder):  # the lock died with its holder
        pass


def test_a_full_disk_is_said_and_leaves_everything_as_it_was(
    folder: Path, unbroken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = result_bytes(folder)
    units(folder)[0].unlink()
    with monkeypatch.context() as patched:

        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patched.setattr(store_module.os, "fsync", full)
        with pytest.raises(InputError, match="Disken er fuld"):
            run_batch(tiny(), folder, Crew())
    assert result_bytes(folder) == before
    assert len(units(folder)) == 9
    assert not list(folder.rglob("*.ufaerdig"))
    run_batch(tiny(), folder, Crew())
    assert result_bytes(folder) == result_bytes(unbroken)


def test_a_disk_that_fills_while_results_are_written_leaves_the_old_ones(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = result_bytes(folder)
    write = Path.write_bytes

    def fills(path: Path, content: bytes) -> int:
        if path.name.startswith("0340."):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fills)
    with pytest.raises(InputError, match="Disken er fuld"):
        run_batch(tiny(replications=4), folder, Crew())
    assert result_bytes(folder) == before
    assert read_results(folder).num_rows == 20


def test_a_read_only_folder_is_said_and_its_results_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, opens = result_bytes(folder), Path.open

    def only_reads(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        # Root may write everywhere, so the system's refusal is played.
        if mode != "r" and mode != "rb":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opens(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", only_reads)
    with pytest.raises(InputError, match="Der kan ikke skrives") as told:
        run_batch(tiny(replications=4), folder, Crew())
    assert "rettigheder" in str(told.value)
    monkeypatch.undo()
    assert result_bytes(folder) == before


def test_a_place_that_cannot_be_written_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    with pytest.raises(InputError, match="er en fil, ikke en mappe"):
        run_batch(tiny(), tmp_path / "fil", Crew())
    with pytest.raises(InputError, match="Der kan ikke skrives"):
        run_batch(tiny(), tmp_path / "fil" / "under", Crew())
    with pytest.raises(InputError, match="Der kan ikke skrives"):
        run_batch(tiny(), Path("/proc/takstlab"), Crew())


def test_a_result_file_that_was_touched_is_refused(folder: Path) -> None:
    path = folder / "results" / "2020" / "0340.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataError, match="er ikke, som den blev skrevet"):
        read_results(folder)
    path.unlink()
    with pytest.raises(DataError, match="er ikke, som den blev skrevet"):
        read_results(folder)
    run_batch(tiny(), folder, Crew())
    assert read_results(folder).num_rows == 20
