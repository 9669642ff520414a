import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TODAY = "I dag: kommunetakst, bytakst=low"
DEARER = "Bytakst 60: kommunetakst, bytakst=high"
QUICK = ("--passengers", "800", "--draws", "2", "--min-replications", "2", "--max-replications", "2", "--workers", "1")
FILES = {"comparison.json", "comparison.csv", "trips.parquet", "stops.parquet", "duties.parquet", "report.html",
         "manifest.json"}  # fmt: skip


def compare(takstlab, out: Path, *args: object, option: str = TODAY):
    return takstlab("compare", "--municipality", "0316", "--option", option, *QUICK, "--out", out, *args)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A whole result folder, made once by the command in a process of its own."""
    out = tmp_path_factory.mktemp("compare") / "ud" / "holbæk"
    args = ["--municipality", "Holbæk", "--option", TODAY, "--option", DEARER, "--start", "2020-07-01", *QUICK]
    done = subprocess.run(
        [sys.executable, "-c", "from api.cli.main import main; main()", "compare", *args, "--out", str(out)],
        capture_output=True, text=True, cwd=out.parent.parent, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (out.parent.parent / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return out


def test_the_folder_holds_everything_and_nothing_is_left_beside_it(folder: Path) -> None:
    assert {p.name for p in folder.iterdir()} == FILES
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_the_manifest_names_versions_and_the_hash_of_every_file(folder: Path) -> None:
    import hashlib

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == FILES - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    for key in ("takstlab", "model", "tariffs", "data", "assumptions", "response", "python", "numpy", "simpy"):
        assert manifest["versions"][key]
    assert manifest["seed"] == 1
    assert manifest["price_level"] == manifest["scenario"]["year"]
    assert manifest["switches"]["kilometre_counting"] == "started"
    assert manifest["command"].startswith("takstlab compare") or "compare" in manifest["command"]


def test_the_table_and_the_sentence_are_printed_in_danish(folder: Path) -> None:
    printed = (folder.parent.parent / "printed.txt").read_text(encoding="utf-8")
    for words in (
        "nettoudgift",
        "vognmandsbetaling",
        "virkning i",
        "uændret af",
        "Bytakst 60: m",
        "Forudbestilte",
    ):
        assert words in printed
    assert "IKKE KOMMUNENS EGNE TAL" not in printed  # the volume was given


def test_the_means_are_those_of_the_trips_table(folder: Path) -> None:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    comparison = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    trips = pq.read_table(folder / "trips.parquet")
    n = comparison["replications"]
    assert n == 2
    for option in comparison["options"]:
        mine = trips.filter(pc.equal(trips["option"].cast("string"), option["name"]))
        assert len(mine) / n == option["requests"]["mean"]
        for column, key in (("fare_oere", "fares_oere"), ("operator_payment_oere",) * 2, ("net_cost_oere",) * 2):
            assert pc.sum(mine[column]).as_py() / n == pytest.approx(option[key]["mean"], abs=1e-6)


def test_the_csv_is_one_a_danish_sheet_reads(folder: Path) -> None:
    raw = (folder / "comparison.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0].split(";")[0] == "kommune"
    comparison = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    net = comparison["options"][0]["net_cost_oere"]["mean"] / 100
    row = next(line for line in lines if ";I dag;helår;i alt;nettoudgift;kr.;" in line)
    assert float(row.split(";")[6].replace(",", ".")) == pytest.approx(net, abs=0.0051)


def test_the_same_command_again_replaces_its_own_folder_with_the_same_bytes(folder: Path, takstlab) -> None:
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "manifest.json"}
    status, _, err = takstlab("compare", "--municipality", "0316", "--option", TODAY, "--option", DEARER, "--start",
                              "2020-07-01", *QUICK, "--out", folder)  # fmt: skip
    assert status == 0, err
    after = {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "manifest.json"}
    assert before.keys() == after.keys()
    # The report names the command that made it, which was given differently.
    assert all(before[name] == after[name] for name in before if name != "report.html")


def test_a_folder_of_another_run_is_left_alone(folder: Path, takstlab) -> None:
    before = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}
    status, _, err = compare(takstlab, folder, "--seed", "2")
    assert status == 2
    assert "er i brug" in err
    assert "--out" in err
    assert {p.name: p.stat().st_mtime_ns for p in folder.iterdir()} == before


def test_a_folder_of_the_users_own_files_is_never_replaced(tmp_path: Path, takstlab) -> None:
    (tmp_path / "ud").mkdir()
    (tmp_path / "ud" / "noter.txt").write_text("mine")
    for extra in ((), ("--overwrite",)):
        status, _, err = compare(takstlab, tmp_path / "ud", *extra)
        assert status == 2
        assert "ud" in err
    assert (tmp_path / "ud" / "noter.txt").read_text() == "mine"


BAD = {
    "unknown municipality": (("--municipality", "Holbek"), ["Holbek", "Holbæk"]),
    "not one of Movia's": (("--municipality", "0461"), ["Odense", "Movia"]),
    "no flextur there": (("--municipality", "0101"), ["0101", "flextur"]),
    "unknown element": (("--option", "B: kommunetaks"), ["kommunetaks", "kommunetakst"]),
    "contradiction": (("--option", "B: bytakst=low, lukket_by"), ["bytakst", "lukket_by", "modsiger"]),
    "level between 0 and 21": (("--option", "B: bytakst=12"), ["12", "21"]),
    "option without a name": (("--option", "kommunetakst, bytakst=low"), ["navn"]),
    "name that cannot be seen": (("--option", "B\u200b: kommunetakst"), ["B\\u200b", "ikke kan ses"]),
    "name that is drawn as nothing": (("--option", "B\u3164: kommunetakst"), ["B\\u3164", "ikke kan ses"]),
    "name that is no UTF-8": (("--option", "B\udcff: kommunetakst"), ["er ikke gyldig UTF-8"]),
    "name as long as a page": (("--option", "B" * 121), ["name", "højst 120"]),
    "same name twice": (("--option", "I dag: kommunetakst"), ["samme navn"]),
    "year without an edition": (("--year", "2035"), ["2035", "takstudgave", "--tariff"]),
    "level not in the edition": (("--year", "2018", "--option", "B: bytakst=high"), ["Bytakst, højt niveau", "udgave"]),
    "negative passengers": (("--passengers", "-5"), ["passengers", "mindst 1"]),
    "no passengers at all": (("--passengers", "0"), ["passengers", "mindst 1"]),
    "start in another year": (("--year", "2020", "--start", "2021-07-01"), ["2021-07-01", "2020"]),
    "start is no date": (("--start", "1. juli"), ["1. juli", "er ikke en dato", "1.7.2020"]),
    "unknown assumption": (("--assume", "town_shar=0.3"), ["town_shar", "town_share"]),
    "share above one": (("--assume", "town_share=1.5"), ["town_share", "1.5"]),
    "assumption is no number": (("--assume", "town_share=mange"), ["mange", "tal"]),
    "unknown switch": (("--switch", "kilometer=x"), ["kilometer", "kilometre_counting"]),
    "unknown town zone": (("--town-zone", "Holbækk"), ["Holbækk", "Holbæk"]),
    "unknown destination": (("--option", "B: gratis=Rådhuzet"), ["Rådhuzet"]),
    "tariff file missing": (("--tariff", "findes-ikke.toml"), ["findes-ikke.toml"]),
    "areas file missing": (("--town-areas", "findes-ikke.geojson"), ["findes-ikke.geojson"]),
    "scenario file missing": (("findes-ikke.toml",), ["findes-ikke.toml"]),
    "unknown variant": (("--variant", "memo-2020"), ["memo-2020"]),
    "one volume for two": (("--municipality", "0316", "--municipality", "0340"), ["passagertal", "2"]),
    "passengers as a word": (("--passengers", "mange"), ["mange", "12000"]),
    "an element without a name": (("--option", "kommunetakst"), ["navn"]),
    "a name too long for a folder": (("--option", "B:"), ["for langt"]),
    "too many draws": (("--draws", "65"), ["64"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_words_and_nothing_is_written(case: str, takstlab, tmp_path: Path) -> None:
    given, words = BAD[case]
    municipality = () if "--municipality" in given else ("--municipality", "0316")
    quick = [x for x in QUICK if not ("--passengers" in given and x in ("--passengers", "800"))]
    out = tmp_path / "ny" / ("mappe" if "long" not in case else "x" * 300)
    status, printed, err = takstlab("compare", *municipality, "--option", TODAY, *quick, *given, "--out", out)
    assert status == 2, (printed, err)
    assert printed == ""
    for word in words:
        assert word in err
    assert list(tmp_path.iterdir()) == []
    assert "Traceback" not in err


SCENARIOS = {
    "half a file": ('municipality = "0316"\n[[options', ["TOML", "scenario.toml"]),
    "unknown key": ('municipality = "0316"\noptins = []\n[[options]]\nname = "A"\n', ["optins", "ukendt nøgle"]),
    "year as text": ('municipality = "0316"\nyear = "2020"\n[[options]]\nname = "A"\n', ["year", "helt tal"]),
    "no options": ('municipality = "0316"\n', ["--option"]),
    "element of the wrong kind": ('municipality = "0316"\n[[options]]\nname = "A"\nelements = [24]\n', ["elements"]),
}


@pytest.mark.parametrize("case", SCENARIOS)
def test_a_bad_scenario_file_is_refused_by_key(case: str, takstlab, tmp_path: Path) -> None:
    text, words = SCENARIOS[case]
    path = tmp_path / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    status, _, err = takstlab("compare", path, "--out", tmp_path / "ud")
    assert status == 2
    for word in words:
        assert word in err
    assert [p.name for p in tmp_path.iterdir()] == ["scenario.toml"]


INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from api.cli.main import main; main()"
)
"""Hears Ctrl-C also when the tests were started in the background, where a shell lets it be ignored."""


def test_an_interrupted_run_leaves_nothing_that_looks_whole(tmp_path: Path) -> None:
    out = tmp_path / "ud"
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "compare", "--municipality", "0316", "--option",
         TODAY, "--option", DEARER, "--draws", "64", "--workers", "1", "--out", str(out)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".ud.*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Afbrudt" in err
    assert list(tmp_path.iterdir()) == []


LOST = (
    "import ctypes, os, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " import sim.answer.compare as c; run = c.gather;"
    " pressed = ctypes.CFUNCTYPE(None)(lambda: os.kill(os.getpid(), signal.SIGINT));"
    " c.gather = lambda *given, **named: (pressed(), run(*given, **named))[1];"
    " from api.cli.main import main; main()"
)
"""Ctrl-C inside a callback from compiled code, as while numba compiles: Python prints the exception and goes on."""


def test_an_interrupt_that_python_loses_is_heard_all_the_same(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        LOST,
        "compare",
        "--municipality",
        "0316",
        "--option",
        TODAY,
        *QUICK,
        "--out",
        str(tmp_path / "ud"),
    ]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert "Exception ignored" in ended.stderr
    assert ended.returncode == 130, ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_several_municipalities_get_a_folder_each(takstlab, tmp_path: Path) -> None:
    status, out, err = takstlab("compare", "--municipality", "Sorø", "--municipality", "0269", "--option",
                                "I dag: kommunetakst", *QUICK[2:], "--out", tmp_path / "to")  # fmt: skip
    assert status == 0, err
    assert {p.name for p in (tmp_path / "to").iterdir()} == {"0340", "0269"}
    assert "Sorø" in out
    assert "Solrød" in out


def test_a_number_that_may_be_two_is_asked_about_and_either_reading_works(takstlab, tmp_path: Path) -> None:
    asked = ("compare", "--municipality", "0340", "--option", "I dag:", *QUICK[2:], "--out", tmp_path / "ud")
    status, _, err = takstlab(*asked, "--passengers", "1.200")
    assert (status, "'1.200' kan være 1,2 eller 1200" in err, (tmp_path / "ud").exists()) == (2, True, False)
    status, _, err = takstlab(*asked, "--passengers", "1 200")
    assert status == 0, err
    comparison = json.loads((tmp_path / "ud" / "comparison.json").read_text(encoding="utf-8"))
    assert comparison["volume"]["passengers"] == 1200
