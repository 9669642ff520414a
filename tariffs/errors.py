"""The one error that Takstlab shows to a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """What an error is about: a scenario's field by its name there, or a service element by its word.

    ``which`` are those of several that it is about: town areas, free destinations, assumptions, an option by its name, an
    element's value.
    """

    name: str
    which: tuple[str, ...] = ()


class TakstlabError(Exception):
    """Says what is wrong, where, why, and what to do next; nothing has been written when it is raised.

    Subclasses name the kind of fault, so that the command line and the API can map each to a status; ``about`` says which field
    of the scenario is wrong, None where it is about no single one.
    """

    def __init__(
        self, what: str, *, where: str = "", why: str = "", next_step: str = "", about: About | None = None
    ) -> None:
        self.what = what
        self.where = where
        self.why = why
        self.next_step = next_step
        self.about = about
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = [_ended(self.what)]
        if self.where:
            parts.append(f"Hvor: {_ended(self.where)}")
        if self.why:
            parts.append(f"Hvorfor: {_ended(self.why)}")
        if self.next_step:
            parts.append(f"Gør nu: {_ended(self.next_step)}")
        return " ".join(parts)


def _ended(text: str) -> str:
    """Return a part of an error with one mark at its end.

    >>> _ended("ret filen"), _ended("Det koster 12 kr."), _ended("mente du Passagerer?")
    ('ret filen.', 'Det koster 12 kr.', 'mente du Passagerer?')
    """
    return text if text.endswith("?") else text.rstrip(".") + "."


class InputError(TakstlabError):
    """The user's input (option, scenario, file, argument) cannot be used as it stands."""


class DataError(TakstlabError):
    """A file of ours or of the user's is unreadable, damaged or breaks its schema."""


class TariffError(TakstlabError):
    """The tariff has no answer: no edition in force, a level it does not have, a malformed parameter."""
