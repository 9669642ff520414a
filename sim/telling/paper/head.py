"""The paper's title and head, and the fields that its author fills in."""

from dataclasses import dataclass
from datetime import date

from sim.answer.records import Answer
from sim.telling.paper.texts import day_text, names
from sim.telling.section import Text, same


@dataclass(frozen=True)
class Head:
    """What the paper's author states; what is None is left to be filled in."""

    day: date | None = None
    author: str | None = None
    journal: str | None = None
    committee: str | None = None

    def fields(self) -> tuple[tuple[Text, Text | None], ...]:
        """Return the lines of the head."""
        day = None if self.day is None else Text(f"{self.day:%d-%m-%Y}", day_text(self.day).en)
        return (
            (Text("Dato", "Date"), day),
            (Text("Udvalg og møde", "Committee and meeting"), _stated(self.committee)),
            (Text("Forfatter", "Author"), _stated(self.author)),
            (Text("Journalnummer", "Case number"), _stated(self.journal)),
        )


def _stated(words: str | None) -> Text | None:
    return same(words) if words else None


def title(comparison: Answer) -> Text:
    """Return the paper's title: a choice, or what the only option costs in its year."""
    town, year = comparison.municipality_name, comparison.year
    if len(comparison.options) == 1:
        return Text(f"Flextur i {town} Kommune: nettoudgift {year}", f"Flextur in {town} Municipality: net cost {year}")
    return Text(
        f"Flextur i {town} Kommune: valg af serviceelementer", f"Flextur in {town} Municipality: choice of service"
    )


def subtitle(comparison: Answer) -> Text:
    """Return what stands under the title: which options."""
    first, *others = (option.name for option in comparison.options)
    if not others:
        return Text(first, first)
    listed = names(others)
    return Text(f"{first} sammenlignet med {listed.da}", f"{first} compared with {listed.en}")


def running(comparison: Answer) -> Text:
    """Return the words on top of each page."""
    town = comparison.municipality_name
    return Text(f"Flextur i {town} Kommune", f"Flextur in {town} Municipality")
