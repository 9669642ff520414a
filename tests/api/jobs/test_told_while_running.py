"""What a real worker tells of its figures while it works, held against the answer that it publishes."""

import json
from pathlib import Path

import pytest

from api.jobs.accepting import accept
from api.jobs.process import Worker
from api.jobs.worker import Order
from api.settings import Settings
from api.store.store import Store
from sim.study.replicated.so_far import SoFar
from tests.api.jobs.conftest import TINY


def test_what_is_told_last_is_what_the_answer_says(tmp_path: Path) -> None:
    """The means of three replications, then those of the answer, which is made of the same three."""
    store = Store(tmp_path / "lager")
    accepted = accept(TINY, Settings())
    work = tmp_path / "lager" / "work"
    work.mkdir(parents=True, exist_ok=True)
    order = Order(
        str(store.folder), accepted.run, accepted.scenario.model_dump_json(), accepted.municipalities, str(work), 1, 30
    )
    told: list[SoFar] = []
    ending = Worker(order).wait(lambda done, expected: None, told.append)
    assert ending.told == {"published": True}, ending.printed
    assert [figures.replications for figures in told] == [1, 2, 3]
    answer = json.loads((store.place(accepted.run) / "0316" / "comparison.json").read_bytes())
    for said, option in zip(told[-1].options, answer["options"], strict=True):
        assert said.name == option["name"]
        assert said.net_cost_oere == pytest.approx(option["net_cost_oere"]["mean"])
        assert said.change_oere == pytest.approx(option["change"]["net_cost_oere"]["mean"])
    assert told[-1].options[1].half_width_oere == pytest.approx(answer["precision"]["half_width_oere"])
