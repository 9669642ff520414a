"""What an answer rests on that was never tried, each thing said once for all options that it concerns."""

from collections.abc import Iterable

from sim.answer.extrapolation import PREDICTION_ONLY
from sim.answer.records import Answer
from sim.riders.response.texts import Level, untried_levels, untried_text
from sim.telling.section import Text
from sim.words.names import in_a_row


def untried(comparison: Answer) -> list[tuple[Text, Text]]:
    """Return the sentences of a comparison's options in both languages, each with the options it is of, as they are listed.

    A text that is of no known kind has no English.
    """
    return untried_of((option.name, option.extrapolation or "") for option in comparison.options[1:])


def untried_of(texts: Iterable[tuple[str, str]]) -> list[tuple[Text, Text]]:
    """Return the same of options' names and texts."""
    levels: dict[str, dict[Level, None]] = {}
    concerned: dict[str, dict[str, None]] = {}
    others: dict[str, dict[str, None]] = {}
    for name, text in texts:
        found, rest = untried_levels(text)
        for kind, level in found:
            levels.setdefault(kind, {})[level] = None
            concerned.setdefault(kind, {})[name] = None
        if rest:
            others.setdefault(rest, {})[name] = None
    told = [
        (
            _named(concerned[kind]),
            Text(untried_text(kind, list(of), "da"), untried_text(kind, list(of), "en")),
        )
        for kind, of in levels.items()
    ]
    english = {PREDICTION_ONLY["da"]: PREDICTION_ONLY["en"]}
    return told + [(_named(names), Text(rest, english.get(rest))) for rest, names in others.items()]


def _named(names: Iterable[str]) -> Text:
    """Return the options' names one after the other in both languages."""
    row = list(names)
    return Text(in_a_row(row), in_a_row(row, "en"))
