"""The files in cases/, read or refused."""

from pathlib import Path

import pytest
from test_trip_list_comes_in import HOLBAEK

from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.trip_list import TripList
from tariffs.errors import InputError

CASES = Path(__file__).parent / "cases"


def case(name: str, **said: object) -> TripList:
    return read_trip_list(CASES / name, HOLBAEK, Settings(**said))  # type: ignore[arg-type]


def case_refused(name: str, **said: object) -> str:
    with pytest.raises(InputError) as caught:
        case(name, **said)
    return str(caught.value)
