"""Days, lists and elements as texts in both languages."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from sim.answer.records import Answer
from sim.telling.paper.in_play import kind_of, value_of
from sim.telling.report.phrases import date_words, option_words, own_areas, town_fare_kr
from sim.telling.report.priced_trips import PLUSTUR_EN, PlusturTrip, PricedTrip
from sim.telling.section import NAMES_EN, Text
from sim.words.names import in_a_row
from sim.words.numbers import english_marks
from tariffs.elements import elements

ELEMENTS_EN = {
    "kommunetakst": "kommunetakst",
    "bytakst=low": "bytakst, the lower level",
    "bytakst=high": "bytakst, the higher level",
    "plustur": "plustur",
    **{element.id: element.en for element in elements().values()},
}
PLACES_EN = {"in_town": "in the town area", "inside": "within the municipality", "across": "across the border"}


def joined(texts: Sequence[Text]) -> Text:
    """Return texts one after the other; in English where all of them are.

    >>> joined([Text("Ja.", "Yes."), Text("Nej.", "No.")])
    Text(da='Ja. Nej.', en='Yes. No.')
    """
    english = [text.en for text in texts]
    return Text(" ".join(text.da for text in texts), None if None in english else " ".join(e for e in english if e))


def day_text(day: date) -> Text:
    """Return a day.

    >>> day_text(date(2027, 5, 1))
    Text(da='1. maj 2027', en='1 May 2027')
    """
    danish = date_words(day)
    return Text(danish, english_marks(danish))


def names(of: Sequence[str]) -> Text:
    """Return names with commas and a last "og" or "and".

    >>> names(["a", "b", "c"])
    Text(da='a, b og c', en='a, b and c')
    """
    return Text(in_a_row(of), in_a_row(of, "en"))


def elements_text(comparison: Answer, place: int) -> Text:
    """Return an option's elements, its bytakst in kroner; none of them is grundtakst."""
    kroner = town_fare_kr(comparison, place)
    english = [_element_en(element, kroner) for element in comparison.options[place].elements]
    own = own_areas(comparison, comparison.options[place].name)
    said = "; ".join(english) or "grundtakst alone"
    return Text(option_words(comparison, place), f"{said}; own town area: {own}" if own else said)


def _element_en(element: str, town_fare: int | None) -> str:
    kind, value = kind_of(element), value_of(element)
    if kind == "bytakst" and not value.isdecimal() and town_fare is not None:
        return f"bytakst DKK {town_fare}"
    if kind == "gratis":
        return f"free to and from {value}"
    return f"{kind} DKK {value} (own price)" if value.isdecimal() else ELEMENTS_EN.get(element, element)


def trip_text(trip: PricedTrip) -> Text:
    """Return a typical trip."""
    danish = trip.trip
    if isinstance(trip, PlusturTrip):
        return Text(danish, PLUSTUR_EN)
    if trip.destination:
        return Text(danish, f"{trip.km} km to or from {trip.destination}")
    return Text(danish, f"{trip.km} km {PLACES_EN[trip.place_class]}")


class Named(Protocol):
    """What has an option's name."""

    @property
    def name(self) -> str:
        """The name as it was typed."""


def option_name(option: Named) -> Text:
    """Return an option's name as it was typed; in English the name that the page gives the first is explained."""
    name = option.name
    return Text(name, NAMES_EN.get(name, name))
