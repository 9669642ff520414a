import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.batch.plan import BatchPlan, plan_of

TINY = """\
name = "lille"
municipalities = ["Dragør", "Sorø"]
years = [2020]
seed = 3
replications = 3
draws = 2
passengers = {"0155" = 200, "0340" = 200}

[[options]]
name = "Grundtakst"

[[options]]
name = "Bytakst og plustur"
elements = ["bytakst=high", "plustur"]
"""
"""Two municipalities, of which Dragør has no plustur: 10 units of a few hundredths of a second."""

Start = Callable[..., subprocess.Popen[str]]


def tiny(**values: Any) -> BatchPlan:
    """The tiny plan with some values replaced."""
    import tomllib

    return plan_of(tomllib.loads(TINY) | values, "test")


def result_bytes(folder: Path) -> dict[str, bytes]:
    """Every compacted file of a batch, the manifest included, by its place in the folder."""
    paths = [folder / "manifest.json", *sorted((folder / "results").rglob("*.parquet"))]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(TINY, encoding="utf-8")
    return path


@pytest.fixture
def start() -> Start:
    """Start ``takstlab`` with its arguments as a process of its own, in a process group of its own."""

    def run(*args: object) -> subprocess.Popen[str]:
        # Ctrl-C is heard also when the tests were started in the background, where a shell lets it be ignored.
        code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        code += "from api.cli.main import main; main()"
        command = [sys.executable, "-c", code, *map(str, args)]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
            start_new_session=True,
        )

    return run


@pytest.fixture(scope="session")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny plan, run by one worker without interruption."""
    from sim.batch.batch import run_batch
    from sim.batch.execution import Crew

    folder = tmp_path_factory.mktemp("unbroken")
    run_batch(tiny(), folder, Crew())
    return folder
