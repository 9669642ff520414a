"""A national timetable of 100 MB is read within 2 GB: what a call takes, measured on smaller ones."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from plustur_world import HEAD, LAT, LON

CALLS, STOPS = 20, 5_000
MEASURE = """
import sys
from pathlib import Path
from sim.riders.plustur.timetable import read_calls

calls, _, notes = read_calls(Path(sys.argv[1]), 2027)
assert sum(len(day.trip) for day in calls) == int(sys.argv[2]), notes
# Of this program alone: what getrusage tells is at least what the process that started it had.
print(next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


HALVES = "0,1,1,1,1,1,0,0,20270104,20271231\n1,0,0,0,0,0,1,1,20270104,20271231\n"
EVERY_DAY = "1,1,1,1,1,1,1,20270104,20271231\n"
DAILY = f"0,{EVERY_DAY}1,{EVERY_DAY}2,0,0,0,0,0,1,0,20270104,20271231\n3,0,0,0,0,0,0,1,20270104,20271231\n"
"""Every trip every day, and a service without trips on Saturdays and one on Sundays: no two kinds of days are made as one."""


def write_large_feed(path: Path, trips: int, weeks: str = HALVES) -> Path:
    """Trips of 20 calls, a minute apart, no two alike, of the services 0 and 1 by turns."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, text in HEAD.items():
            packed.writestr(name, text)
        head = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        packed.writestr("calendar.txt", head + weeks)
        places = (f"{n:09},Stop,{LAT + n // 100 * 0.01:.5f},{LON + n % 100 * 0.01:.5f}\n" for n in range(STOPS))
        packed.writestr("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(places))
        rows = (f"r,{n % 2},{700_000_000 + n},Endestation\n" for n in range(trips))
        packed.writestr("trips.txt", "route_id,service_id,trip_id,trip_headsign\n" + "".join(rows))
        with packed.open("stop_times.txt", "w") as part:
            part.write(b"trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,stop_headsign\n")
            for n in range(trips):
                start, hour = n % STOPS, 5 + n // STOPS
                times = [f"{hour:02}:{minute + n % 40:02}:00" for minute in range(CALLS)]
                stops = (f"{(start + 7 * place) % STOPS:09}" for place in range(CALLS))
                part.write("".join(
                    f"{700_000_000 + n},{time},{time},{stop},{place},0,Endestation\n"
                    for place, (time, stop) in enumerate(zip(times, stops, strict=True))
                ).encode())  # fmt: skip
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("weeks", "kinds"), [(HALVES, 1.5), (DAILY, 3)])
def test_a_call_takes_less_than_a_national_timetable_may(tmp_path: Path, weeks: str, kinds: float) -> None:
    """100 MB packed are 10 to 12 million calls, measured on fewer: 2 GB less 400 MB for the libraries are 130 bytes each."""
    peak = []
    for trips in (20_000, 80_000):
        path = write_large_feed(tmp_path / f"{trips}.zip", trips, weeks)
        expected = int(CALLS * trips * kinds)  # of a weekday, a Saturday and a Sunday
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, path, str(expected)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        peak.append(int(done.stdout))
    assert peak[0] < 400e6
    assert (peak[1] - peak[0]) / (60_000 * CALLS) < 130
