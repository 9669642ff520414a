"""What an option means for those who ride: how many trips it touches, whose, and whether more or fewer are made."""

from dataclasses import replace

from sim.answer.records import Answer
from sim.answer.records.option import AffectedRiders
from sim.telling.figures import SHARE
from sim.telling.paper.in_play import InPlay, in_play
from sim.telling.paper.kroner import OPTION, change_figure, level_figure
from sim.telling.paper.texts import option_name
from sim.telling.report.printed import affected_counts
from sim.telling.section import Column, Figure, Part, Rows, Section, Text, sentences


def citizens(comparison: Answer) -> list[Section]:
    """Return the section; nothing where there is only one option."""
    if len(comparison.options) == 1:
        return []
    parts: list[Part] = [_riders(comparison)]
    told = _words(in_play(comparison))
    if told:
        parts.append(sentences(told))
    return [Section("borgerne", Text("Hvem det berører", "Who is affected"), tuple(parts))]


def _riders(comparison: Answer) -> Rows:
    year = comparison.year
    columns = (
        OPTION,
        Column("touched", Text(f"ture, valget kan berøre, uændret {year}", f"trips the choice can touch, {year} unchanged")),
        Column("older", Text("heraf 70 år eller ældre", "of which 70 or older"), SHARE),
        Column("after", Text("de samme ture efter valget", "the same kind of trips after")),
        Column("trips", Text("ændring i alle ture", "change in all trips")),
    )  # fmt: skip
    counts = [affected_counts(option) for option in comparison.options[1:]]
    rows = tuple(
        (
            option_name(option),
            replace(level_figure(option.riders.trips), mean=before),
            _share(option.riders),
            replace(level_figure(option.touches.trips), mean=after),
            change_figure(option.change.trips),
        )
        for option, (before, after) in zip(comparison.options[1:], counts, strict=True)
    )
    return Rows(Text("Ture på et helt år", "Trips in a full year"), columns, rows)


def _share(riders: AffectedRiders) -> Figure | None:
    whole = riders.trips.mean
    return Figure(100 * riders.older.mean / whole) if whole else None


def _words(play: InPlay) -> list[Text]:
    """Return what the elements in play mean to a rider."""
    said = []
    if play.dearer:
        said.append(
            Text(
                "Nogle af dem, hvis pris stiger, holder op med at køre. Hvem de er, er ikke undersøgt.",
                "Some of those whose fare rises stop riding. Who they are has not been studied.",
            )
        )
    if play.cheaper or play.free:
        said.append(
            Text(
                "Hvor prisen falder, ventes flere ture, også nogle, der ellers var kørt på anden måde.",
                "Where the fare falls, more trips are expected, also trips that are made in other ways.",
            )
        )
    if play.closes:
        said.append(
            Text(
                "Ture, der ikke længere kan bestilles, er regnet som bortfaldet; ingen er regnet som kørt på anden måde.",
                "Trips that can no longer be booked are counted as lost; none is counted as made in another way.",
            )
        )
    if play.no_longer_free:
        said.append(
            Text(
                "Hvor en destination ikke længere er gratis, betaler passageren den almindelige pris.",
                "Where a destination is no longer free, the passenger pays the ordinary fare.",
            )
        )
    if play.plustur:
        said.append(
            Text(
                "Plustur er et nyt tilbud til rejser med bus og tog; nogle af turene ville ellers være kørt med flextur.",
                "Plustur is a new offer for journeys by bus and train; some of the trips would else have been made by flextur.",
            )
        )
    return said
