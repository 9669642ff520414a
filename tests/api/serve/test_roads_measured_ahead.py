"""Roads are measured before anybody asks: those of every municipality that may have flextur, by a process that ends with the service."""

import os
import signal
import time
from pathlib import Path

import pytest

from api.web.lands import measure
from sim.geography.build import Request
from sim.study import terms
from tests.api.serve.conftest import Serve


def test_what_is_kept_is_left_and_the_rest_is_measured_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, asked = {"0316", "0340"}, []

    def measured(land: Request) -> None:
        asked.append(land.municipality.code)

    monkeypatch.setattr(terms, "is_measured", lambda land: land.municipality.code in kept)
    monkeypatch.setattr(terms, "measured", measured)
    assert measure(2027) == asked
    assert asked == sorted(set(asked) - kept)
    assert {"0330", "0370", "0376"} <= set(asked), "Slagelse, Næstved, Guldborgsund"
    assert "0185" not in asked, "Tårnby has no flextur"


def test_the_land_measured_is_the_one_that_a_comparison_asks_for() -> None:
    from sim.geography import cache
    from sim.inputs.assumptions import load_assumptions
    from sim.inputs.scenario.scenario import build_scenario, parse_option

    told = {"municipality": "0316", "year": 2027, "options": [parse_option("A: kommunetakst")], "passengers": 100.0}
    asked = terms.terms_of(build_scenario(told, "test"), "0316").land
    assert cache.key(asked) == cache.key(terms.land_of("0316", 2027, load_assumptions()))


def measuring(parent: int) -> list[int]:
    """The measuring processes that a process has started."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words, status = (process / "cmdline").read_bytes().split(b"\0"), (process / "stat").read_text()
        except OSError:
            continue
        if b"api.web.lands" in words and status.rpartition(")")[2].split()[1] == str(parent):
            found.append(int(process.name))
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_measuring_ends_with_the_service(serve: Serve, tmp_path: Path, number: signal.Signals) -> None:
    served = serve(measure_ahead="ja", cache=tmp_path / "nyt")
    until = time.monotonic() + 60
    while not (found := measuring(served.process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert found
    served.process.send_signal(number)
    served.process.wait(60)
    while Path(f"/proc/{found[0]}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(found[0], 0)
