"""What is refused before a run is taken on, and what is the same run."""

import json
from typing import Any

import pytest

from api.jobs.accepting import accept, read_scenario
from api.settings import Settings
from sim.answer.identity import run_id
from tariffs.errors import InputError
from tests.api.jobs.conftest import TINY


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"trips": "/etc/passwd"}, "må ikke nævne filer: trips"),
        ({"tariff_files": ["x.toml"]}, "må ikke nævne filer: tariff_files"),
        ({"max_replications": 1000}, "højst 100"),
        ({"options": [{"name": "x", "elements": ["bytakst=high", "ukendt"]}]}, "ukendt"),
        ({"options": [{"name": 3, "elements": []}]}, "skal være tekst"),
        ({"options": []}, "mindst én"),
        ({"options": [{"name": "a\u0000b", "elements": []}]}, "ikke kan ses"),
        ({"options": [{"name": "a\u202eb", "elements": []}]}, "ikke kan ses"),
        ({"passengers": -1}, "mindst 1"),
        ({"passengers": float("nan")}, "skal være et tal"),
        ({"municipality": "9999"}, "9999"),
        ({"municipality": None}, "tekst"),
        ({"start": "i morgen"}, "er ikke en dato"),
        ({"ukendt": 1}, "ukendt nøgle"),
        ({"year": True}, "helt tal"),
    ],
)
def test_a_scenario_that_cannot_be_run_is_refused_before_it_is_taken_on(change: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        accept({**TINY, **change}, Settings())


def test_a_run_is_called_what_the_command_line_calls_it() -> None:
    accepted = accept({**TINY, "start": "2020-07-01"}, Settings())
    assert accepted.run == run_id(accepted.scenario, "0316")
    assert accepted.municipalities == ("0316",)


def test_the_order_in_which_elements_are_named_makes_no_other_run() -> None:
    def run(elements: list[str]) -> str:
        return accept({**TINY, "options": [{"name": "A", "elements": elements}]}, Settings()).run

    assert run(["bytakst=low", "kommunetakst"]) == run(["kommunetakst", "bytakst=low"])
    assert run(["bytakst=low", "kommunetakst"]) != run(["bytakst=high", "kommunetakst"])


def test_several_municipalities_are_one_run_of_its_own() -> None:
    values = {key: value for key, value in TINY.items() if key not in ("municipality", "passengers")}
    both = accept({**values, "municipalities": ["Holbæk", "0326", "0316"]}, Settings())
    alone = accept({**values, "municipalities": ["0316"]}, Settings())
    assert both.municipalities == ("0316", "0326")
    assert both.run != alone.run
    with pytest.raises(InputError, match="højst 5 ad gangen"):
        accept({**values, "municipalities": ["0316", "0326", "0265", "0270", "0306", "0320"]}, Settings())
    with pytest.raises(InputError, match="Ét passagertal"):
        accept({**values, "municipalities": ["0316", "0326"], "passengers": 300}, Settings())


def test_what_is_accepted_is_the_scenario_the_worker_reads_back() -> None:
    everything = {
        "start": "2020-07-01",
        "spent_to": "2020-03-31",
        "budget_kr": 500000,
        "spent_kr": 100000.5,
        "assumptions": {"kappa": 0.9},
        "free_destinations": [{"name": "Holbæk Sygehus", "trips_per_month_before": 30}],
        "options": [{"name": "I dag", "elements": ["kommunetakst", "bytakst=low"]}],
        "reference": ["kommunetakst"],
        "town_zones": ["Holbæk"],
        "switches": {"kilometre_counting": "exact"},
    }
    scenario = accept({**TINY, **everything}, Settings()).scenario
    assert read_scenario(json.loads(scenario.model_dump_json())) == scenario
