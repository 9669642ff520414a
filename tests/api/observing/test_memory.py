import re
import threading
import time
from pathlib import Path

from api.observing.memory import give_back, trimmer

MB = 10**6


def resident_mb() -> float:
    resident = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert resident is not None
    return int(resident[1]) / 1000


def scattered(mb: int) -> list[bytes]:
    """Take so much in small pieces, so that the C library keeps what is freed between those that stay."""
    pieces = [bytes(2_000) for _ in range(mb * MB // 2_000)]
    return pieces[::400]


def test_what_is_free_is_given_back_while_the_process_works() -> None:
    assert trimmer() is not None, "these tests run on glibc"
    ended = threading.Event()
    give_back(ended, every_s=0.05)
    before = resident_mb()
    held = scattered(120)
    until = time.monotonic() + 20
    while resident_mb() > before + 30 and time.monotonic() < until:
        time.sleep(0.05)
    grown = resident_mb() - before
    ended.set()
    assert held
    assert grown <= 30
