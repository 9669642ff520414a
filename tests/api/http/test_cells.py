import copy
import re

import pytest
from fastapi.testclient import TestClient

from api.http.fields import all_fields, cell_text, find_field

NUMBER = re.compile(r"-?[0-9]+")


def cell(client: TestClient, run: str, option: int, field: str, **asked: str):
    return client.get(f"/v1/celle/{run}/0316/{option}/{field}", params=asked)


def test_every_field_of_every_option_is_one_whole_number(client: TestClient, done: str) -> None:
    # Nine quantities; itself, its change, both in the part year, and per mille of the two changes: six, by mean, p10, p90.
    assert len(all_fields()) == 9 * 6 * 3
    for option in (1, 2):
        for field in all_fields():
            answer = cell(client, done, option, field)
            assert answer.status_code == 200, (field, answer.text)
            assert NUMBER.fullmatch(answer.text), field
            assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_cell_is_the_number_of_the_comparison_in_whole_kroner_or_oere(client, done, memory) -> None:
    option = memory.comparisons[done, "0316"]["options"][1]
    option["net_cost_oere"] = {"mean": 123_456_750.0, "p10": -49.0, "p90": -50.0}
    option["change"]["net_cost_oere"] = {"mean": -123_450.0, "p10": -1e9, "p90": 0.0}
    option["change"]["percent"]["net_cost_oere"] = {"mean": -5.36, "p10": -6.0, "p90": -4.0}
    option["trips"] = {"mean": 2874.5, "p10": 2800.2, "p90": 2900.7}
    # Halves away from zero, so 1,234,567.50 kr is 1,234,568 and -0.50 is -1; -0.49 is 0 and never "-0".
    assert cell(client, done, 2, "net_cost").text == "1234568"
    assert cell(client, done, 2, "net_cost", enhed="oere").text == "123456750"
    assert cell(client, done, 2, "net_cost_p10").text == "0"
    assert cell(client, done, 2, "net_cost_p90").text == "-1"
    assert cell(client, done, 2, "net_cost_change").text == "-1235"
    assert cell(client, done, 2, "net_cost_change_permille").text == "-54"
    assert cell(client, done, 2, "trips").text == "2875"
    assert cell(client, done, 2, "trips", enhed="oere").text == "2875"


def test_trips_are_todays_and_the_change_as_on_the_answers_page(client, done, memory) -> None:
    """7,854.4 and 190.9 fewer are 7,854 and 191 fewer: 7,663, though the mean alone is nearer to 7,664."""
    today, option = memory.comparisons[done, "0316"]["options"]
    today["trips"]["mean"], option["trips"]["mean"], option["change"]["trips"]["mean"] = 7_854.4, 7_663.5, -190.9
    assert [cell(client, done, n, "trips").text for n in (1, 2)] == ["7854", "7663"]
    assert cell(client, done, 2, "trips_change").text == "-191"
    assert cell(client, done, 2, "trips", enhed="oere").text == "7664", "each number for itself"


def test_the_changes_of_every_quantity_are_the_difference_of_their_means(client: TestClient, done: str) -> None:
    for base in ("requests", "bookings", "trips", "passengers", "fares", "operator_payment", "movia_fee", "net_cost"):
        for period in ("", "_part_year"):
            before, after, change = (
                int(cell(client, done, option, f"{base}{what}{period}", enhed="oere").text)
                for option, what in ((1, ""), (2, ""), (2, "_change"))
            )
            assert abs(after - before - change) <= 1  # each is rounded for itself


def test_a_cell_of_today_has_no_change(client: TestClient, done: str) -> None:
    assert cell(client, done, 1, "net_cost_change").text == "0"


def test_what_does_not_exist_is_an_error_and_never_a_zero(client, done, memory) -> None:
    memory.comparisons[done, "0316"]["options"][1]["part_year"] = None
    memory.comparisons[done, "0316"]["options"][1]["net_cost_per_passenger_oere"] = None
    for path, word in (
        (f"{done}/0316/3/trips", "valgmulighed nummer 3"),
        (f"{done}/0316/2/trips_part_year", "startdato"),
        (f"{done}/0316/2/net_cost_per_passenger", "kendes ikke"),
        (f"{done}/0316/2/net_cots", "Feltet findes ikke"),
        (f"{done}/0326/2/trips", "ikke den kommune"),
        (f"{'0' * 64}/0316/2/trips", "findes ikke"),
        ("intet-navn/0316/2/trips", "intet gemt navn"),
    ):
        answer = client.get(f"/v1/celle/{path}")
        assert answer.status_code == 404
        assert word in answer.json()["what"]
        told = client.get(f"/v1/celle/{path}", params={"fejl": "tekst"})
        assert told.status_code == 200
        assert told.text.startswith("#FEJL: ")
        assert word in told.text
    assert "net_cost" in client.get(f"/v1/celle/{done}/0316/2/net_cots").json()["next"]


@pytest.mark.parametrize("wrong", [{"enehd": "oere"}, {"enhed": "øre"}, {"fejl": "ja"}])
def test_a_misspelt_parameter_never_gives_a_number_of_another_unit(client, done, wrong: dict) -> None:
    assert cell(client, done, 1, "net_cost", **wrong).status_code == 422
    assert cell(client, done, 1, "net_cost", **(wrong | {"fejl": "tekst"})).text.startswith("#FEJL") or "fejl" in wrong


def test_what_is_not_ready_is_503_with_a_time_or_says_that_it_waits(client, done, memory) -> None:
    for state in ("queued", "running"):
        memory.move(done, state=state)
        answer = cell(client, done, 1, "net_cost")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
        assert int(answer.headers["Retry-After"]) > 0
        assert cell(client, done, 1, "net_cost", fejl="tekst").text == "#VENTER"
        assert cell(client, done, 1, "net_cost", fejl="tekst").status_code == 200


def test_a_run_that_failed_or_was_cancelled_has_no_number(client, done, memory) -> None:
    for state in ("failed", "cancelled"):
        memory.move(done, state=state)
        assert cell(client, done, 1, "net_cost").status_code == 409
        assert cell(client, done, 1, "net_cost", fejl="tekst").text.startswith("#FEJL")


def test_no_text_of_an_error_can_be_read_as_a_number(client, done, memory) -> None:
    """A sum over NUMBERVALUE of an error must be an error: in no locale may the text be a number, or be empty."""
    memory.move(done, state="running")
    texts = [cell(client, done, 1, "net_cost", fejl="tekst").text, cell(client, done, 9, "x", fejl="tekst").text]
    for text in texts:
        assert text.startswith("#")
        with pytest.raises(ValueError, match="could not convert"):
            float(text.replace(",", "."))


def test_asking_for_cells_starts_no_work(client, done, memory) -> None:
    before = dict(memory.states)
    for _ in range(3):
        cell(client, done, 1, "net_cost")
        client.get(f"/v1/celle/{'1' * 64}/0316/1/net_cost")
    assert memory.states == before


def test_a_saved_name_follows_the_run_it_is_moved_to(client, done, memory, comparison) -> None:
    assert client.put("/v1/names/Budget-2027", json={"run": done}).status_code == 200
    first = cell(client, "budget-2027", 1, "trips")
    assert first.text == cell(client, done, 1, "trips").text
    assert "immutable" not in first.headers["Cache-Control"]
    assert "immutable" in cell(client, done, 1, "trips").headers["Cache-Control"]
    assert "immutable" not in cell(client, done, 1, "price_mark").headers["Cache-Control"]
    other = copy.deepcopy(comparison)
    other["options"][0]["trips"]["mean"] = 7.0
    run = "a" * 64
    memory.states[run] = memory.states[done]
    memory.comparisons[run, "0316"] = other
    client.put("/v1/names/budget-2027", json={"run": run})
    assert cell(client, "budget-2027", 1, "trips").text == "7"


def test_a_municipality_may_be_written_by_its_name(client: TestClient, done: str) -> None:
    assert client.get(f"/v1/celle/{done}/Holbæk/1/trips").text == cell(client, done, 1, "trips").text


def test_a_sheet_that_asks_by_head_or_options_or_for_a_range_is_answered(client: TestClient, done: str) -> None:
    path = f"/v1/celle/{done}/0316/1/trips"
    whole = client.get(path)
    head = client.head(path)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(whole.content)))
    assert client.options(path).status_code == 204
    assert client.options(path).headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get(path, headers={"Range": "bytes=0-0"}).content == whole.content
    assert client.head("/v1/celle/ukendt/0316/1/trips").status_code == 404


def test_a_number_that_is_none_is_refused_rather_than_written() -> None:
    from api.http.problems import NoSuchFieldError

    with pytest.raises(NoSuchFieldError):
        cell_text(float("nan"), find_field("net_cost"), "kr")


@pytest.mark.parametrize("asked", ["enhed=kr&enhed=oere", "enhed=oere&enhed=kr", "fejl=tekst&fejl=tekst&enhed=kr"])
def test_a_parameter_that_stands_twice_is_refused_and_no_number_is_guessed(client, done: str, asked: str) -> None:
    answer = client.get(f"/v1/celle/{done}/0316/2/net_cost?{asked}")
    assert not NUMBER.fullmatch(answer.text)
    assert "står der to gange" in answer.text


def test_the_mark_of_a_price_is_a_word_for_a_sheet(client, done, memory) -> None:
    rows = memory.comparisons[done, "0316"]["citizen_prices"]
    for certainties, word in (
        (("known", "known"), "kendt"), (("known", "projected"), "fremskrevet"), (("own", "projected"), "egen pris"),
        (("calculated", "known"), "udregnet"), (("assumed", "known"), "antaget"),
    ):  # fmt: skip
        for row, certainty in zip(rows, (*certainties, *["known"] * len(rows)), strict=False):
            row["certainty"] = ["known", certainty]
        assert cell(client, done, 2, "price_mark").text == word
    assert cell(client, done, 1, "price_mark").text == "kendt"
    assert cell(client, done, 3, "price_mark").status_code == 404
    for row in rows:
        del row["certainty"]
    assert cell(client, done, 2, "price_mark", fejl="tekst").text.startswith("#FEJL: Prisens mærke kendes ikke")
