"""A bus between Tølløse and Ugerløse in Holbæk, as a feed of a week: a trip each way in each hour from 6 to 22."""

from pathlib import Path

from tests.plustur.plustur_world import write_feed

STOPS = "t,Tølløse,55.6120,11.7733\nu,Ugerløse,55.5855,11.6580\n"


def bus(path: Path, hours: range = range(6, 23), **more: str) -> Path:
    """Write the feed."""
    there = [(f"ind{h}", "alle", [("u", f"{h:02}:10:00"), ("t", f"{h:02}:25:00")]) for h in hours]
    back = [(f"ud{h}", "alle", [("t", f"{h:02}:30:00"), ("u", f"{h:02}:45:00")]) for h in hours]
    return write_feed(path, there + back, stops=STOPS, **more)
