"""The built wheel, installed where nothing of the checkout can be seen, works from any folder."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def takstlab(tmp_path_factory) -> Path:
    """A virtual environment with the wheel alone; the libraries are those of this one, lent by a .pth file."""
    home = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(home / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    subprocess.run([sys.executable, "-m", "venv", str(home / "venv")], check=True)
    python = home / "venv" / "bin" / "python"
    (wheel,) = (home / "dist").glob("*.whl")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # Only the libraries: the editable install of the checkout is a .pth of its own, which a .pth file does not follow.
    (Path(site) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "venv" / "bin" / "takstlab"


def run(command: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run([command, *args], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_packages_come_from_the_wheel(takstlab: Path, tmp_path: Path) -> None:
    python = takstlab.parent / "python"
    where = run(python, tmp_path, "-c", "import sim, data; print(sim.__file__, data.__file__)").stdout
    assert str(ROOT) not in where.replace(str(takstlab.parent.parent), "")


def test_analysts_import_it(takstlab: Path, tmp_path: Path) -> None:
    asked = "import takstlab, datetime; print(takstlab.quote('0316', '0316', 13, datetime.date(2019, 8, 3)).fare_oere)"
    said = run(takstlab.parent / "python", tmp_path, "-c", asked)
    assert said.returncode == 0, said.stderr
    assert int(said.stdout) > 0


def test_the_changelog_comes_with_it(takstlab: Path, tmp_path: Path) -> None:
    asked = "from sim.desk.changed.changelog import changelog; print(changelog()[:12])"
    assert run(takstlab.parent / "python", tmp_path, "-c", asked).stdout == "# Changelog\n\n"


def test_it_quotes_lists_and_compares_from_any_folder(takstlab: Path, tmp_path: Path) -> None:
    quoted = run(takstlab, tmp_path, "quote", "--from", "0316", "--to", "0316", "--km", "13", "--travel", "2019-08-03",
                 "--channel", "online", "--element", "kommunetakst", "--json")  # fmt: skip
    assert quoted.returncode == 0, quoted.stderr
    assert json.loads(quoted.stdout)["fare_oere"] == 3700  # (24 + 3 x 6) x 0.9 = 37.8, rounded down
    listed = run(takstlab, tmp_path, "municipalities", "--json")
    assert listed.returncode == 0, listed.stderr
    compared = run(takstlab, tmp_path, "compare", "--municipality", "Dragør", "--option", "I dag:", "--passengers", "500",
                   "--draws", "2", "--min-replications", "2", "--max-replications", "2", "--out", "ud")  # fmt: skip
    assert compared.returncode == 0, compared.stderr
    assert (tmp_path / "ud" / "report.html").stat().st_size > 10_000
