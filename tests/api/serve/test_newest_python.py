"""The newest Python that the machine has beside the one that runs the tests: it prices, compares, serves and does a job."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.serve.conftest import Served, fingerprints

ROOT = Path(__file__).parents[3]
SUPPORTED = [(3, minor) for minor in range(11, 15)]
TAKSTLAB = ("-c", "from api.cli.main import main; main()")
QUOTE = ("quote", "--from", "0316", "--to", "0316", "--km", "13", "--travel", "2019-08-03", "--channel", "online")
COMPARE = (
    "compare", "--municipality", "0316", "--year", "2020", "--passengers", "300", "--draws", "0", "--max-replications", "5",
    "--option", "Nu: kommunetakst", "--option", "Ny: kommunetakst, bytakst=high",
)  # fmt: skip


def newest_beside_this_one() -> Path | None:
    """Return the newest supported Python of another version, of those on the path and those of pyenv."""
    names = [shutil.which(f"python{major}.{minor}") for major, minor in SUPPORTED]
    places = [Path(name) for name in names if name]
    if shutil.which("pyenv"):
        root = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=True).stdout.strip()
        places += sorted(Path(root).glob("versions/*/bin/python3"))
    found: dict[tuple[int, int], Path] = {}
    for place in places:
        asked = [str(place), "-c", "import sys, venv, sqlite3; print(*sys.version_info[:2])"]
        told = subprocess.run(asked, capture_output=True, text=True, check=False)
        if told.returncode == 0:
            major, minor = map(int, told.stdout.split())
            found[major, minor] = place
    others = [version for version in found if version in SUPPORTED and version != sys.version_info[:2]]
    return found[max(others)] if others else None


@pytest.mark.slow
def test_the_newest_python_beside_this_one_gives_the_same_answers(
    tmp_path: Path, undisturbed: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    newest = newest_beside_this_one()
    if newest is None:
        with capsys.disabled():
            print(f"\nthe machine has no other Python of {SUPPORTED[0]} to {SUPPORTED[-1]}: nothing was tried")
        return
    subprocess.run([newest, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    check_answers(python, tmp_path, undisturbed)


def check_answers(python: Path, folder: Path, undisturbed: dict[str, str]) -> None:
    """Price, compare, serve and do one job with a Python whose environment is ready."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run(*told: object) -> str:
        command = [python, *TAKSTLAB, *told]
        return subprocess.run(command, env=env, cwd=folder, check=True, capture_output=True, text=True).stdout

    mine = subprocess.run([sys.executable, *TAKSTLAB, *QUOTE], env=env, check=True, capture_output=True, text=True)
    assert run(*QUOTE) == mine.stdout
    run(*COMPARE, "--out", folder / "ud")
    assert (folder / "ud" / "comparison.json").exists()
    server = Served(folder / "lager", python=str(python), workers=1)
    try:
        server.finish(server.send(seed=1))
        assert server.ask("/readyz")[0] == 200
    finally:
        server.stop()
    made = [mark for name, mark in fingerprints(server.store).items() if name.endswith("/comparison.json")]
    assert len(made) == 1
    assert made[0] in undisturbed.values()  # under another run's name, as the lock file has other libraries for it
