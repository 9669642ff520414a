"""An earlier commit and this one side by side: ``python -m benchmarks.compare REV [WORK ...]``.

The earlier commit is unpacked into a folder of its own, with an environment of its own where its lock file is another. Both builds do
each work once unmeasured (machine code and maps are made then), and after that in turn, so that whatever else the machine does meets
both alike. Every work checks that it was done. Printed: the quickest of the rounds by the clock and by processor time, and the median,
least and largest of the rounds' ratios.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.few_units import UNITS, write_plan

ROOT = Path(__file__).parents[1]
HOLBAEK = (
    "--municipality", "Holbæk", "--year", "2020",
    "--option", "I dag: kommunetakst, bytakst=low", "--option", "Bytakst 60: kommunetakst, bytakst=high",
    "--option", "Uden bytakst: kommunetakst", "--option", "Plustur: kommunetakst, bytakst=low, plustur",
)  # fmt: skip
FOUR = 4
PATIENCE_S = 120


@dataclass(frozen=True)
class Build:
    """A checkout and the Python that runs it."""

    folder: Path
    python: Path

    def start(self, *words: str, log: Path) -> "subprocess.Popen[bytes]":
        """Start ``takstlab`` with these words; what it says goes into a file."""
        command = [str(self.python), "-c", "from api.cli.main import main; main()", *words]
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "TAKSTLAB_MEASURE_AHEAD": "nej"}
        with log.open("wb") as out:
            return subprocess.Popen(command, cwd=log.parent, env=environment, stdout=out, stderr=subprocess.STDOUT)


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and of processor time with that of all processes started."""

    clock: float
    processor: float


def run_to_end(build: Build, folder: Path, *words: str) -> Taken:
    """Run a command and return what it took; raises AssertionError with its words when it fails."""
    log = folder / "log"
    began = time.perf_counter()
    process = build.start(*words, log=log)
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, log.read_text(encoding="utf-8")
    return Taken(clock, used.ru_utime + used.ru_stime)


def help_text(build: Build, folder: Path) -> Taken:
    """Print the commands."""
    taken = run_to_end(build, folder, "--help")
    assert "compare" in (folder / "log").read_text(encoding="utf-8")
    return taken


def estimate(build: Build, folder: Path) -> Taken:
    """Estimate four options at once, the process started anew."""
    taken = run_to_end(build, folder, "estimate", *HOLBAEK)
    assert "Bytakst 60" in (folder / "log").read_text(encoding="utf-8")
    return taken


def four_options(build: Build, folder: Path, *volume: str) -> Taken:
    """Compare four options to the precision that is the default, into a finished folder."""
    taken = run_to_end(build, folder, "compare", *HOLBAEK, *volume, "--out", "answer")
    answer = json.loads((folder / "answer" / "comparison.json").read_bytes())
    assert len(answer["options"]) == FOUR
    assert answer["precision"]["reached"], answer["precision"]
    return taken


def four_options_own(build: Build, folder: Path) -> Taken:
    """Four options for 12,000 passengers of its own."""
    return four_options(build, folder, "--passengers", "12000")


def units(build: Build, folder: Path) -> Taken:
    """Simulate units of the ready plan: years of five municipalities under its twelve packages, the tables joined."""
    write_plan(folder)
    taken = run_to_end(build, folder, "batch", "plan.toml", "--out", "batch")
    said = (folder / "log").read_text(encoding="utf-8")
    assert f"{UNITS}" in said, said
    return taken


def first_page(build: Build, folder: Path) -> Taken:
    """Start the service on an empty store until the first page is there; processor time up to its end."""
    log = folder / "log"
    began = time.perf_counter()
    process = build.start("serve", "--port", "0", "--store", "store", log=log)
    try:
        while "svarer på " not in (printed := log.read_text(encoding="utf-8")):
            assert process.poll() is None, printed
            assert time.perf_counter() - began < PATIENCE_S, printed
            time.sleep(0.01)
        address = printed.split("svarer på ")[1].split(" ")[0]
        with urllib.request.urlopen(address + "/", timeout=PATIENCE_S) as answer:
            assert "Takstlab" in answer.read().decode()
        clock = time.perf_counter() - began
    finally:
        process.terminate()
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    return Taken(clock, used.ru_utime + used.ru_stime)


WORKS: dict[str, Callable[[Build, Path], Taken]] = {
    "help": help_text, "estimate": estimate, "first_page": first_page, "four_options_own": four_options_own,
    "four_options_allocated": four_options, "units": units,
}  # fmt: skip
ROUNDS = {"help": 9, "estimate": 7, "first_page": 5, "four_options_own": 3, "four_options_allocated": 3, "units": 2}


def unpack(revision: str, folder: Path) -> Build:
    """Unpack a commit into a folder, with what the pages need and, where its lock is another, an environment of its own."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed, check=True)
    vendor = Path("api", "web", "static", "vendor")
    if (ROOT / vendor).is_dir() and not (folder / vendor).exists():
        shutil.copytree(ROOT / vendor, folder / vendor)
    if (folder / "requirements.lock").read_bytes() == (ROOT / "requirements.lock").read_bytes():
        return Build(folder, Path(sys.executable))
    print(f"{revision} has another lock file: its environment is made ...", flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / ".venv")], check=True)
    python = folder / ".venv" / "bin" / "python"
    for what in (
        ("--require-hashes", "-r", "requirements.lock"),
        ("--no-deps", "--no-build-isolation", "--editable", "."),
    ):
        install = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)
        subprocess.run(install, cwd=folder, check=True, stderr=subprocess.DEVNULL)
    return Build(folder, python)


def compare(name: str, before: Build, after: Build, rounds: int, folder: Path) -> str:
    """Return a line on one work: both builds' quickest round, and the rounds' ratios before / after."""
    taken: dict[Build, list[Taken]] = {before: [], after: []}
    for number in range(rounds + 1):
        for build in (before, after) if number % 2 else (after, before):
            place = Path(tempfile.mkdtemp(dir=folder))
            seconds = WORKS[name](build, place)
            shutil.rmtree(place)
            if number:
                taken[build].append(seconds)
    said = []
    for kind in ("clock", "processor"):
        a, b = ([float(getattr(each, kind)) for each in taken[build]] for build in (before, after))
        ratios = [x / y for x, y in zip(a, b, strict=True)]
        said.append(
            f"{kind} {min(a):.2f} s before, {min(b):.2f} s now, {statistics.median(ratios):.2f} times "
            f"({min(ratios):.2f}-{max(ratios):.2f})"
        )
    return f"{name}: {'; '.join(said)}; {rounds} rounds"


def main() -> None:
    """Compare the works named, or all of them, with an earlier commit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__.splitlines()[0])
    parser.add_argument("revision", help="the earlier commit")
    parser.add_argument("work", nargs="*", help=f"of {', '.join(WORKS)}; all when none is named")
    given = parser.parse_args()
    if unknown := set(given.work) - set(WORKS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(WORKS)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, after = unpack(given.revision, folder / "before"), Build(ROOT, Path(sys.executable))
        for work in given.work or WORKS:
            print(compare(work, before, after, ROUNDS[work], folder), flush=True)


if __name__ == "__main__":
    main()
