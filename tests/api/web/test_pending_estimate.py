"""An estimate that takes its time: the page comes without it, and it is there for who asks again."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web import instant
from tariffs.errors import InputError
from tests.api.http.conftest import ADDRESS, Memory

HTML = {"Accept": "text/html"}
ASKED = "/sammenlign?kommune=0316&navn0=A&navn1=B&bytakst1=high&passagerer={}"
PENDING, THERE = 'id="venter"', "Skøn for et helt år"


class Slow:
    """Stands in for the estimate: waits until it may go on, and then does what it should or fails."""

    def __init__(self, real: Any) -> None:
        self.real, self.may_go_on, self.asked, self.fault = real, Event(), 0, ""

    def __call__(self, values: dict[str, Any]) -> Any:
        self.asked += 1
        assert self.may_go_on.wait(60)
        if self.fault:
            raise InputError(self.fault)
        return self.real(values)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    stands_in = Slow(instant._estimated)
    monkeypatch.setattr(instant, "_estimated", stands_in)
    yield stands_in
    stands_in.may_go_on.set()


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = Settings(store=str(tmp_path / "lager"), estimate_wait_ms=50)
    memory = Memory(settings)
    return TestClient(create_app(settings, memory, memory), base_url=ADDRESS)


def until(client: TestClient, path: str, wanted: str) -> str:
    """Ask again until the page says it."""
    end = time.monotonic() + 60
    while wanted not in (page := client.get(path, headers=HTML).text):
        assert time.monotonic() < end, page
        time.sleep(0.02)
    return page


def test_the_page_comes_at_once_and_the_estimate_is_worked_out_once_for_who_asks_again(
    client: TestClient, slow: Slow
) -> None:
    path = ASKED.format(7001)
    first = client.get(path, headers=HTML)
    assert first.status_code == 200
    assert PENDING in first.text
    assert THERE not in first.text
    assert PENDING in client.get(path, headers=HTML).text
    button = re.search(r"<button[^>]*>Simulér</button>", first.text)
    assert button is not None
    assert "disabled" not in button[0]
    slow.may_go_on.set()
    page = until(client, path, THERE)
    assert PENDING not in page
    assert slow.asked == 1


def test_what_was_wrong_is_told_when_it_is_known(client: TestClient, slow: Slow) -> None:
    path = ASKED.format(7002)
    assert PENDING in client.get(path, headers=HTML).text
    slow.fault = "Vejene er væk"
    slow.may_go_on.set()
    assert PENDING not in until(client, path, "Vejene er væk")


def test_what_nobody_came_back_for_is_not_kept_under_way(client: TestClient, slow: Slow) -> None:
    for number in (7003, 7004):
        assert PENDING in client.get(ASKED.format(number), headers=HTML).text
    slow.may_go_on.set()
    end = time.monotonic() + 60
    while not all(work.future.done() for work in list(instant._under_way.values())):
        assert time.monotonic() < end
        time.sleep(0.02)
    instant._let_go(time.monotonic() + 60)
    assert instant._under_way == {}


def test_what_is_waited_for_is_not_given_up(client: TestClient, slow: Slow) -> None:
    path = ASKED.format(7006)
    assert PENDING in client.get(path, headers=HTML).text
    instant._let_go(time.monotonic() + 60)  # it is being worked on
    instant._let_go(time.monotonic())
    slow.may_go_on.set()
    until(client, path, THERE)
    assert slow.asked == 1


def test_a_fault_that_nobody_fetched_is_not_told_to_who_asks_later(client: TestClient, slow: Slow) -> None:
    path = ASKED.format(7007)
    slow.fault = "Vejene er væk"
    assert PENDING in client.get(path, headers=HTML).text
    slow.may_go_on.set()
    end = time.monotonic() + 60
    while not all(work.future.done() for work in list(instant._under_way.values())):
        assert time.monotonic() < end
        time.sleep(0.02)
    slow.fault = ""
    instant._let_go(time.monotonic() + 60)
    assert "Vejene er væk" not in until(client, path, THERE)


def test_a_municipality_whose_roads_are_measured_waits_for_no_other_and_what_is_given_up_is_never_measured(
    client: TestClient, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.study.terms.is_measured", lambda land: land.municipality.code == "0316")
    cold = ASKED.replace("0316", "{}")
    for code in ("0320", "0326", "0330"):
        assert PENDING in client.get(cold.format(code, 7008), headers=HTML).text
    end = time.monotonic() + 60
    while slow.asked < 1:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert slow.asked == 1  # the first; the two others wait for it, one at a time
    assert PENDING in client.get(ASKED.format(7008), headers=HTML).text
    while slow.asked < 2:  # the one whose roads are there is begun meanwhile
        assert time.monotonic() < end
        time.sleep(0.01)
    instant._let_go(time.monotonic() + 60)
    slow.may_go_on.set()
    until(client, ASKED.format(7008), THERE)
    until(client, cold.format("0320", 7008), THERE)
    assert slow.asked == 2
