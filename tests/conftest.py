import os
import sys
from collections.abc import Callable

import pytest

from api.cli.main import main
from api.clock import VARIABLE

os.environ[VARIABLE] = "2020-07-01"
"""The day of every test that states none, also in the processes that tests start: a test that names no year means a normal 2020."""
os.environ["TAKSTLAB_MEASURE_AHEAD"] = "nej"
"""Services that tests start measure no roads beside what is tested."""
Takstlab = Callable[..., tuple[int, str, str]]


@pytest.fixture
def takstlab(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Takstlab:
    """Run the command as a user would; returns exit status, standard output and standard error."""

    def run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["takstlab", *map(str, args)])
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run
