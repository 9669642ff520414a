import sys
from collections.abc import Callable

import pytest

from api.cli.main import main

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
