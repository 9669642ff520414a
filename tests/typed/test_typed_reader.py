"""The one reader of numbers and days: its table, its refusals, and that what it advises is read."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.telling.report.phrases import date_words
from tariffs.errors import InputError
from tariffs.typed import Door, in_field, read_day, read_kroner, read_number, read_whole
from tests.typed.typed_texts import DANISH, DAYS, NUMBERS, OPEN


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_what_it_means_at_its_door_or_refused(text: str) -> None:
    for door, table in ((Door.DANISH, DANISH), (Door.OPEN, OPEN)):
        if table[text] is not None:
            assert read_number(text, door) == table[text]
            continue
        with pytest.raises(InputError) as refused:
            read_number(text, door)
        assert text[:40] in refused.value.what
        advised = re.findall(r"[-0-9][-0-9.,]*", refused.value.next_step)
        assert advised
        assert all(read_number(part, door) is not None for part in advised)


@pytest.mark.parametrize(
    ("text", "door", "readings"),
    [
        ("12,000", Door.DANISH, "'12,000' kan være 12 eller 12.000"),
        ("12,000", Door.OPEN, "'12,000' kan være 12 eller 12000"),
        ("1.358", Door.OPEN, "'1.358' kan være 1,3580 eller 1358"),
        ("12.5", Door.DANISH, "'12.5' kan være 12,5 eller 125"),
        ("0.500", Door.OPEN, "'0.500' kan være 0,5 eller 500"),
        ("0.125", Door.OPEN, "'0.125' kan være 0,1250 eller 125"),
    ],
)
def test_a_refusal_says_both_readings(text: str, door: Door, readings: str) -> None:
    with pytest.raises(InputError) as refused:
        read_number(text, door, "her")
    assert (refused.value.what, refused.value.where) == (readings, "her")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.sampled_from(Door))
def test_what_is_written_for_a_field_is_read_as_itself(number: Decimal, door: Door) -> None:
    assert read_number(in_field(number, door), door) == number


@given(st.text(alphabet="0123456789., -+\u2212\u00a0", max_size=12), st.sampled_from(Door))
def test_nothing_is_read_that_has_two_readings_of_its_own(text: str, door: Door) -> None:
    try:
        number = read_number(text, door)
    except InputError:
        return
    digits = re.sub(r"[^0-9]", "", text)
    assert number in {
        Decimal(digits[:n] + "." + digits[n:] or "0") * s for n in range(len(digits) + 1) for s in (1, -1)
    }


def test_amounts_have_their_unit_and_counts_are_whole() -> None:
    assert read_kroner("1,25 mio. kr.") == read_kroner("1.250.000 kr.", Door.DANISH) == 1_250_000
    assert read_kroner("52,-") == read_kroner("52 kroner") == 52
    for text in ("kr.", "mio.", "1,250 mio."):
        with pytest.raises(InputError):
            read_kroner(text)
    with pytest.raises(InputError, match="'7,5' er ikke et helt tal"):
        read_whole("7,5")


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_what_it_means_or_refused(text: str) -> None:
    if DAYS[text] is not None:
        assert read_day(text) == DAYS[text]
        return
    with pytest.raises(InputError) as refused:
        read_day(text, "--start")
    assert refused.value.where == "--start"
    read_day(refused.value.next_step.removeprefix("skriv ").removeprefix("fx "))


@pytest.mark.parametrize(
    ("text", "said"),
    [("May 1, 2024", "har måneden først"), ("5/31/2024", "har måneden først"), ("1.5.24", "har kun to cifre af året")],
)
def test_a_day_of_other_peoples_writing_is_refused_with_how_it_is_written_here(text: str, said: str) -> None:
    day = "31.5.2024" if "31" in text else "1.5.2024"
    with pytest.raises(InputError, match=f"{said}. Gør nu: skriv {day}."):
        read_day(text)


def test_every_day_that_is_printed_is_read() -> None:
    for n in range(366):
        day = date(2024, 1, 1) + timedelta(days=n)
        assert read_day(date_words(day)) == read_day(f"{day:%d-%m-%Y}") == read_day(day.isoformat()) == day
