"""An hour of officers' mixed requests over every municipality: memory, files and processes stay as they were.

Not part of the continuous integration: ``make soak`` runs it and prints a line a minute. SOAK_MINUTES shortens it for a trial.
"""

import os
import random
import re
import time
import urllib.request
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from sim.geography.municipalities import movia_municipalities
from tests.api.serve.conftest import Serve, Served, gone

MINUTES = float(os.environ.get("SOAK_MINUTES", "60"))
LEAST_REQUESTS = round(20_000 * min(1.0, MINUTES / 60))
MOST_MB = 600
GROWTH = 1.05
"""What the last quarter may need at most, as a share of the quarter before it."""
KINDS = {
    "quote": 30, "cell": 20, "builder": 15, "estimate": 5, "answer": 8, "drawing": 8, "table": 4, "paper": 2, "sheet": 1, "first": 3,
    "price": 2, "map": 2,
}  # fmt: skip
"""How many of a hundred requests are of each kind."""
RUN_EVERY_S = 120


class Day:
    """Addresses that officers ask for, by a die, over all municipalities and the runs that are done."""

    def __init__(self, server: Served, seed: int) -> None:
        self.server, self.dice = server, random.Random(seed)
        self.codes = [one.code for one in movia_municipalities()]
        self.runs: list[str] = []
        self.drawings: dict[str, list[str]] = {}
        self.asked: Counter[str] = Counter()

    def add_run(self, run: str) -> None:
        """Take a run that is done into what is asked for."""
        page = self.server.ask(f"/koersel/{run}", accept="text/html")[2]
        self.drawings[run] = sorted(set(re.findall(rf'(/koersel/{run}/figur/[^"?]+)', page)))
        assert self.drawings[run], "the answer's page names no drawing"
        self.runs.append(run)

    def address(self, kind: str) -> str:
        """Return an address of a kind."""
        code, run, number = self.dice.choice(self.codes), self.dice.choice(self.runs), self.dice.randrange(500, 20_000)
        return {
            "quote": f"/v1/quote?from={code}&to={code}&distance_m={number}&travel=2019-08-03",
            "cell": f"/v1/celle/{run}/0316/{self.dice.choice((1, 2))}/net_cost",
            "builder": f"/sammenlign?kommune={code}&navn0=A&navn1=B&kommunetakst1=24&passagerer={number}",
            "estimate": f"/v1/skoen/{code}?kommunetakst=1&passengers={number}&felt=net_cost_change",
            "answer": f"/koersel/{run}",
            "drawing": self.dice.choice(self.drawings[run]),
            "table": f"/v1/runs/{run}/result.{self.dice.choice(('csv', 'json'))}",
            "paper": f"/koersel/{run}/beslutning.{self.dice.choice(('html', 'pdf', 'docx'))}",
            "sheet": f"/v1/runs/{run}/budget.xlsx",
            "first": f"/?kommune={code}",
            "price": f"/pris?kommune={code}&km={number // 1000}&dag=3.8.2026",
            "map": f"/kort?kommune={code}",
        }[kind]

    def ask(self) -> None:
        """Ask once; an answer must be one that its reader can use."""
        [kind] = self.dice.choices(list(KINDS), list(KINDS.values()))
        path = self.address(kind)
        request = urllib.request.Request(self.server.address + path, headers={"accept": "text/html, */*"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                assert answer.read()
                self.asked[kind] += 1
        except urllib.error.HTTPError as error:
            said = error.read().decode("utf-8", "replace")
            if error.code not in REFUSED:
                raise AssertionError(f"{path}: {error.code} {said[:500]}") from error
            self.asked[f"{kind} {error.code}"] += 1


REFUSED = (422,)
"""A municipality without flextur is refused, with its reason."""


def held(server: Served) -> tuple[float, int]:
    """Return a server's resident memory in MB and its open files."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    resident = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert resident is not None
    return int(resident[1]) / 1000, len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


@pytest.mark.hour
def test_an_hour_of_mixed_requests_leaves_the_service_as_it_was(
    serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    server = serve(today="2026-11-28")
    day, sent = Day(server, seed=1), [server.send(seed=1)]
    server.finish(*sent)
    day.add_run(sent[0])
    began, told, samples = time.monotonic(), 0, list[tuple[float, int]]()
    while (passed := time.monotonic() - began) < 60 * MINUTES or day.asked.total() < LEAST_REQUESTS:
        day.ask()
        if passed > RUN_EVERY_S * len(sent):
            sent.append(server.send(seed=1 + len(sent)))
        if server.state(sent[-1])["state"] == "done" and len(day.runs) < len(sent):
            day.add_run(sent[-1])
        if passed > 60 * told * min(1.0, MINUTES / 60):
            told += 1
            samples.append(held(server))
            with capsys.disabled():
                print(
                    f"{passed / 60:6.1f} min {day.asked.total():7} answers {samples[-1][0]:6.0f} MB {samples[-1][1]:4} files "
                    f"{len(server.family()):3} processes"
                )
        time.sleep(max(0.0, day.asked.total() * 60 * MINUTES / LEAST_REQUESTS / 1.2 - (time.monotonic() - began)))
    memory = [megabytes for megabytes, _ in samples]
    with capsys.disabled():
        print(f"memory: median {median(memory):.0f} MB, most {max(memory):.0f} MB; {dict(sorted(day.asked.items()))}")
    quarter = len(samples) // 4
    before, last = samples[2 * quarter : 3 * quarter], samples[3 * quarter :]
    family = server.family()
    assert server.stop() == 0
    assert gone(family), "processes outlive their server"
    assert max(memory for memory, _ in samples) <= MOST_MB
    assert max(memory for memory, _ in last) <= GROWTH * max(memory for memory, _ in before)
    assert max(files for _, files in last) <= max(files for _, files in before) + 5
