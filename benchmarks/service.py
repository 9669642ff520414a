"""The service under load: quotes, cells and pages asked for by fifty at once, and its health while runs keep both cores busy.

wrk asks, on the same machine and the same cores as the service, so that what is told is worse than what a service alone would give.
Every answer must be a 200; the first of each kind is read and must be right.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

CONNECTIONS, SECONDS = 50, 8
BUILT = "/sammenlign?kommune=0316&navn0=A&navn1=B&bytakst1=high"
TRIP = "from=0316&to=0316&distance_m=13000&travel=2019-08-03&element=kommunetakst"
FARE_OERE = 4200
"""13 km at kommunetakst 24: 24 + 3 x 6 kr."""
TINY = {
    "municipality": "0155", "passengers": 300, "draws": 0, "min_replications": 2, "max_replications": 2,
    "options": ["I dag: ", "Kommunetakst: kommunetakst"],
}  # fmt: skip
BUSY = {
    "municipality": "0316", "year": 2020,
    "options": ["I dag: kommunetakst, bytakst=low", "Bytakst 60: kommunetakst, bytakst=high"],
}  # fmt: skip
DONE = """
done = function(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("TOLD %d %d %d %d %d\\n", summary.requests, bad, latency:percentile(50), latency:percentile(95), latency.max))
end
"""
POST = 'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = [[{body}]]\n'


class Service:
    """``takstlab serve`` in a process of its own, on a store that is thrown away."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        command = [sys.executable, "-m", "api.cli.main", "serve", "--port", "0", "--store", str(folder / "lager")]
        command[1:3] = ["-c", "from api.cli.main import main; main()"]
        waits = {**os.environ, "TAKSTLAB_ESTIMATE_WAIT_MS": "60000"}
        self.process = subprocess.Popen(command, stderr=self.log.open("wb"), env=waits)
        while "svarer på " not in (said := self.log.read_text(encoding="utf-8")):
            assert self.process.poll() is None, said
            time.sleep(0.1)
        self.address = said.split("svarer på ")[1].split(" ")[0]

    def ask(self, path: str, body: Any = None, **headers: str) -> bytes:
        """Return an answer, which must be a good one."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"content-type": "application/json", **headers})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                content: bytes = answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.code} {error.read().decode('utf-8', 'replace')[:500]}") from error
        return content

    def send(self, scenario: dict[str, Any]) -> str:
        """Send a scenario and return its run."""
        return str(json.loads(self.ask("/v1/runs", scenario))["id"])

    def state(self, run: str) -> str:
        """Return how far a run is."""
        return str(json.loads(self.ask(f"/v1/runs/{run}"))["state"])

    def wait(self, run: str) -> None:
        """Return when a run is done."""
        while (state := self.state(run)) != "done":
            assert state in ("queued", "running"), state
            time.sleep(0.2)

    def stop(self) -> None:
        """End it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


def loaded(service: Service, path: str, body: Any = None) -> tuple[int, int, float, float, float]:
    """Return requests, answers that were none, and the median, 95th percentile and longest time in ms, under wrk."""
    script = DONE if body is None else POST.format(body=json.dumps(body)) + DONE
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        told = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-s", file.name, service.address + path],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    requests, bad, middle, high, most = (int(word) for word in told.split("TOLD ")[1].split())
    return requests, bad, middle / 1000, high / 1000, most / 1000


def timed(service: Service, paths: list[str], holds: str) -> list[float]:
    """Return how long each page takes, one after the other, in ms; each must hold what it is asked for."""
    took = []
    for path in paths:
        began = time.perf_counter()
        assert holds.encode() in service.ask(path, accept="text/html")
        took.append(1000 * (time.perf_counter() - began))
    return took


def run() -> None:
    """Measure and tell."""
    if shutil.which("wrk") is None:
        print("service: wrk is not installed (apt-get install wrk); the load on the service is not measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        try:
            _measure(service)
        finally:
            service.stop()


def _measure(service: Service) -> None:
    run = service.send(TINY)
    service.wait(run)
    cell = f"/v1/celle/{run}/0155/2/net_cost"
    net = json.loads(service.ask(f"/v1/runs/{run}/result.json"))
    net = net if "options" in net else net["results"]["0155"]
    assert abs(int(service.ask(cell)) - net["options"][1]["net_cost_oere"]["mean"] / 100) <= 0.5
    assert json.loads(service.ask(f"/v1/quote?{TRIP}"))["fare_oere"] == FARE_OERE
    trips = {"trips": [{
        "from": "0316", "to": "0316", "distance_m": 13000, "travel": "2019-08-03", "elements": ["kommunetakst"],
    }]}  # fmt: skip
    print(f"{CONNECTIONS} connections for {SECONDS} s each, wrk beside the service on the same cores")
    for name, path, body in (
        ("cells", cell, None), ("a quote by address", f"/v1/quote?{TRIP}", None), ("a quote by body", "/v1/quotes", trips),
    ):  # fmt: skip
        service.ask(path, body)
        requests, bad, middle, high, most = loaded(service, path, body)
        assert bad == 0, f"{name}: {bad} of {requests} answers were none"
        print(
            f"{name:24} {requests / SECONDS:8.0f} a second   median {middle:6.1f} ms   p95 {high:6.1f} ms   longest {most:6.0f} ms"
        )
    for name, holds, paths in (
        ("first page", "<h1>", ["/"] * 20),
        ("estimate, prices changed", "Skøn for et helt år", [f"{BUILT}&passagerer={n}" for n in range(9000, 9012)]),
        ("answer", "Svaret", [f"/koersel/{run}"] * 10),
    ):  # fmt: skip
        took = timed(service, paths, holds)
        print(
            f"{name:24} first {took[0]:6.0f} ms   then median {statistics.median(took[1:]):6.0f} ms   longest {max(took[1:]):6.0f} ms"
        )
    busy = service.send(BUSY)
    while service.state(busy) == "queued":
        time.sleep(0.1)
    time.sleep(5)  # the processes have begun to drive
    took = []
    while service.state(busy) == "running" and len(took) < 400:
        began = time.perf_counter()
        service.ask("/healthz")
        took.append(1000 * (time.perf_counter() - began))
        time.sleep(0.02)
    assert len(took) > 20
    took.sort()
    high, name = took[int(0.95 * len(took))], "health while runs work"
    print(
        f"{name:24} median {took[len(took) // 2]:5.1f} ms   p95 {high:5.1f} ms   longest {took[-1]:5.0f} ms   n {len(took)}"
    )


if __name__ == "__main__":
    run()
