"""Estimates of municipalities that nobody asked a service for before: 50 callers ask for all 45 at once, on a service just started.

Their roads have been measured, as a service does by itself after its start; then the same callers ask for other prices. Both are done
for the figure of a sheet's cell and for the builder's page, of a service that made nothing ready ("cold") and of one that did ("warm").
Beside it one municipality whose roads nobody measured, asked for alone. The service's processor time is given too, for fifty callers and
other work share its cores.
"""

import contextlib
import http.client
import json
import os
import queue
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from api.web.lands import measure
from benchmarks.service import CONNECTIONS, Service
from sim.geography.municipalities import movia_municipalities

AIM_P95_S, AIM_LONGEST_S = 2.0, 9.0
TODAY, YEAR = "2026-11-29", 2027
ADDRESSES = {
    "figure": "/v1/skoen/{code}?kommunetakst={price}&year={year}&felt=net_cost_change",
    "page": "/sammenlign?kommune={code}&navn0=A&navn1=B&kommunetakst1={price}&aar={year}",
}
SETTLED_S = 20.0
"""Seconds for a service to warm up after its start."""
WITHOUT_FLEXTUR = 422


def run() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        with environment(TAKSTLAB_MEASURE_AHEAD="nej", TAKSTLAB_CACHE=f"{folder}/empty"), started(folder) as service:
            _print("one, its roads not measured", service, partial(asked, service, ["0336"], 30, "figure"))
        codes = [one.code for one in movia_municipalities()]
        measure(YEAR)
        for ahead, made in (("nej", "cold"), ("ja", "warm")):
            for kind in ADDRESSES:
                with environment(TAKSTLAB_MEASURE_AHEAD=ahead, TAKSTLAB_TODAY=TODAY), started(folder) as service:
                    _print(f"all 45, {made}, {kind}", service, partial(asked, service, codes, 30, kind))
                    _print("  other prices", service, partial(asked, service, codes, 31, kind))


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    """Set variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def started(folder: str) -> Iterator[Service]:
    """Start a service, and end it."""
    service = Service(Path(folder))
    try:
        time.sleep(SETTLED_S)
        yield service
    finally:
        service.stop()


def asked(service: Service, codes: list[str], price: int, kind: str) -> list[float]:
    """Ask for every municipality once, on as many connections as there are callers; returns the seconds of each answer, sorted."""
    left: queue.SimpleQueue[str] = queue.SimpleQueue()
    for code in codes:
        left.put(ADDRESSES[kind].format(code=code, price=price, year=YEAR))
    host, _, port = service.address.removeprefix("http://").partition(":")
    took: list[float] = []
    callers = [threading.Thread(target=_call, args=(host, int(port), left, took)) for _ in range(CONNECTIONS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len(took) == len(codes), "an estimate failed"
    return sorted(took)


def _call(host: str, port: int, left: "queue.SimpleQueue[str]", took: list[float]) -> None:
    connection = http.client.HTTPConnection(host, port, timeout=300)
    while True:
        try:
            path = left.get_nowait()
        except queue.Empty:
            return
        began = time.perf_counter()
        connection.request("GET", path, headers={"Accept": "text/html, */*"})
        answer = connection.getresponse()
        content = answer.read()
        spent = time.perf_counter() - began
        assert answer.status in (200, WITHOUT_FLEXTUR), content[:300]
        if answer.status == WITHOUT_FLEXTUR:
            assert b"flextur" in content
        elif path.startswith("/v1/"):
            assert isinstance(json.loads(content), int)
        took.append(spent)


def _print(title: str, service: Service, measure: Callable[[], list[float]]) -> None:
    before = processor_s(service)
    took = measure()
    p95 = took[int(0.95 * len(took))]
    print(
        f"{title:28} median {took[len(took) // 2]:5.2f} s, p95 {p95:5.2f} s, longest {took[-1]:5.2f} s; processor "
        f"{processor_s(service) - before:.1f} s (aims {AIM_P95_S:g} and {AIM_LONGEST_S:g} s); load {os.getloadavg()[0]:.0f}"
    )


def processor_s(service: Service) -> float:
    """Return the processor time that a service has used."""
    fields = Path(f"/proc/{service.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
