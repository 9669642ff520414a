"""What an officer waits for: four options for Holbæk, sent to the service as the page sends them, until the answer is there.

Two volumes: the municipality's own 12,000 passengers, and the larger one that Movia's total is allocated to it, whose parameter draws
reach twice and three times that. Checked: every option is there, as many draws as are enough, and the precision that was promised.
"""

import json
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.service import Service
from benchmarks.simulation import EVENTS_A_BOOKING, bare_loop

AIM_SECONDS = 30.0
FEWEST, DRAWS = 16, 32
BARE_BOOKINGS = 200_000
SCENARIO = {
    "municipality": "0316",
    "start": "2020-07-01",
    "options": [
        "I dag: kommunetakst, bytakst=low", "Bytakst 60: kommunetakst, bytakst=high", "Uden bytakst: kommunetakst",
        "Plustur: kommunetakst, bytakst=low, plustur",
    ],
}  # fmt: skip


def run() -> None:
    """Print the seconds from sending to done, and their ratio to a bare SimPy loop of the flextur bookings simulated."""
    began = time.perf_counter()
    assert bare_loop(BARE_BOOKINGS) == EVENTS_A_BOOKING * BARE_BOOKINGS
    bare = (time.perf_counter() - began) / BARE_BOOKINGS
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        try:
            for name, volume in (("12,000 passengers", {"passengers": 12_000}), ("allocated volume", {})):
                began = time.perf_counter()
                sent = service.send(SCENARIO | volume)
                service.wait(sent)
                _tell(name, time.perf_counter() - began, bare, _result(service, sent))
        finally:
            service.stop()


def _result(service: Service, sent: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(service.ask(f"/v1/runs/{sent}/result.json"))
    return answer if "options" in answer else dict(answer["results"]["0316"])


def _tell(name: str, seconds: float, bare: float, result: dict[str, Any]) -> None:
    assert len(result["options"]) == 4
    draws = result["draws"]
    assert FEWEST <= draws <= DRAWS
    assert result["precision"]["reached"]
    # Every unit drives every option; a draw's volume differs, but in the middle it is the centre's.
    bookings = sum(option["bookings"]["mean"] for option in result["options"]) * (result["replications"] + draws)
    print(
        f"four options, {name}: {seconds:.1f} s from sent to done (aim: under {AIM_SECONDS:.0f}); {result['replications']} replications "
        f"and {draws} draws; / bare SimPy loop of {EVENTS_A_BOOKING} events a flextur booking ({bookings * bare:.1f} s): "
        f"{seconds / (bookings * bare):.2f}"
    )


if __name__ == "__main__":
    run()
