# ruff: noqa: E501  a case is a line
"""What every refusal of a timetable says to do, done word for word: the timetable is then read."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from plustur_world import no_points, small_region

from sim.riders.plustur.timetable import departures, read_calls
from tests.intake.hints import follow, without_a_case

FEEDS = Path(__file__).parent / "feeds"
MODULES = tuple(
    f"sim.riders.plustur.{name}" for name in ("day_calls", "feed", "feed_files", "services", "stop_times", "timetable")
)
WHOLE = "hent køreplanen igen; den skal være en GTFS-zip med stops, routes, trips, stop_times og calendar"
STOP, CALL = "A,Tølløse st,55.80279,11.82805", "T6,06:00:00,06:00:00,A,1"
EVERY = "trip_id,start_time,end_time,headway_secs\nT6,06:00:00,07:00:00,"
Change = Callable[[str], str | bytes | None]


def feed(folder: Path, name: str = "ny.zip", **parts: Change) -> Path:
    """A bus an hour with some of its files changed; None leaves one out."""
    with zipfile.ZipFile(FEEDS / "base.zip") as packed, zipfile.ZipFile(folder / name, "w") as written:
        names = packed.namelist()
        for part in [*names, *(f"{part}.txt" for part in parts if f"{part}.txt" not in names)]:
            text = packed.read(part).decode() if part in names else ""
            content = parts.get(part.removesuffix(".txt"), str)(text)
            if content is not None:
                written.writestr(part, content)
    return folder / name


def put(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


def to(text: str) -> Change:
    return lambda _: text


CASES: dict[str, tuple[str, dict[str, Change], dict[str, Change]]] = {
    "another clock": ("brug en køreplan i Europe/Copenhagen", {"agency": put("Europe/Copenhagen", "Europe/London")}, {}),
    "school buses alone": ("brug en køreplan med busser og tog, som alle kan stige på", {"routes": put(",3", ",712")}, {}),
    "a name with a comma": ("et navn med komma skal stå i anførselstegn", {"stops": put("A,Tølløse st,55.80279", "A,Tølløse,st")},
                            {"stops": put("Tølløse st", '"Tølløse, st"')}),
    "headways of a second": ("ret headway_secs (600 er hvert tiende minut)", {"frequencies": to("trip_id,start_time,end_time,headway_secs\nT6,00:00:00,139:00:00,1\n")}, {"frequencies": to(EVERY + "600\n")}),
    "headways": ("skriv første og sidste tid og sekunderne mellem turene", {"frequencies": to(EVERY + "ofte\n")}, {"frequencies": to(EVERY + "1800\n")}),
    "a quotation mark": ("et anførselstegn uden mage er den hyppigste grund; ret den", {"stops": put("Tølløse st", '"Tølløse st')}, {"stops": put("Tølløse st", '"Tølløse st"')}),
    "a column missing": ("hent køreplanen igen", {"trips": put("service_id", "service")}, {}),
    "a file missing": (WHOLE, {"trips": lambda text: None}, {}),
    "a field too many": ("ret den (en tekst med komma skal stå i anførselstegn)", {"stops": put(STOP, STOP + ",x")}, {}),
    "an id twice": ("ret den ene række", {"stops": lambda text: text + "A,Et andet sted,55.7,11.7\n"}, {"stops": lambda text: text + "A2,Et andet sted,55.7,11.7\n"}),
    "a code": ("ret rækken", {"calendar": put("WK,1,", "WK,ja,")}, {}),
    "a place in the trip": ("ret rækken, eller hent køreplanen igen", {"stop_times": put(CALL, CALL[:-1] + "først")}, {}),
    "a clock time": ("skriv den som 08:05:00 (efter midnat 24:05:00)", {"stop_times": put("T6,06:00:00,06:00:00", "T6,kl. 6,kl. 6")}, {}),
    "a date": ("skriv den som 20270131", {"calendar": put("20200106", "6/1-2020")}, {}),
    "a single day": ("brug en køreplan, der dækker mindst en hel uge", {"calendar": put("20200705", "20200106")}, {"calendar": put("20200705", "20200112")}),
    "no days": ("der dækker mindst en hel uge", {"calendar": lambda text: text.splitlines()[0] + "\n"}, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_timetable_is_read_once_the_hint_is_followed(name: str, tmp_path: Path) -> None:
    words, broken, mended = CASES[name]
    follow(
        words,
        lambda: read_calls(feed(tmp_path, "f.zip", **broken), 2020),
        lambda: read_calls(feed(tmp_path, **mended), 2020),
    )


def test_two_timetables_in_one_zip_a_half_one_and_none(tmp_path: Path) -> None:
    both, half = feed(tmp_path, "to.zip"), tmp_path / "halv.zip"
    with zipfile.ZipFile(both, "a") as packed:
        packed.writestr("bus/stops.txt", "stop_id,stop_lat,stop_lon\n")
    half.write_bytes(both.read_bytes()[:300])
    good = feed(tmp_path)
    for words, file in (
        ("pak én køreplan i hver zip", both),
        (WHOLE, half),
        ("kontrollér stien til GTFS-zippen", tmp_path / "ingen.zip"),
    ):
        follow(words, lambda file=file: read_calls(file, 2020), lambda: read_calls(good, 2020))


def test_a_timetable_of_elsewhere_is_replaced_by_one_that_covers_the_municipality(tmp_path: Path) -> None:
    region = small_region()

    def offered(**parts: Change) -> object:
        calls, _, _ = read_calls(feed(tmp_path, "x.zip", **parts), 2020)
        return departures(region, no_points(), calls, 400.0, "x.zip")

    follow(
        "brug en køreplan, der dækker kommunen",
        offered,
        lambda: offered(stops=put("55.75828,11.80889", "55.7,11.7")),
    )


ALONE = ("pak én køreplan i hver zip", "kontrollér stien til GTFS-zippen", "brug en køreplan, der dækker kommunen, eller udelad gtfs",
         "brug en køreplan i ", "ret den ene række, eller hent køreplanen igen")  # fmt: skip


def test_no_hint_of_a_timetable_is_without_a_test() -> None:
    assert without_a_case(MODULES, [*(words for words, *_ in CASES.values()), *ALONE]) == []
