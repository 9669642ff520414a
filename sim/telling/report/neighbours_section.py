"""Neighbours as tables and sentences, from the ``neighbours`` block of the comparison."""

from sim.answer.records import Answer
from sim.answer.records.neighbours import AcrossTo, FeeMove, NeighbourRow, Neighbours
from sim.telling.report.phrases import elements_words
from sim.telling.report.printed import UNIT
from sim.words.cells import NONE, Cell, count_cell, figure_cell, kroner_cell
from sim.words.numbers import approximately, danish, kroner
from sim.words.rounding import COUNT, THOUSANDS
from sim.words.table import Table

HEADING = "Naboerne"
ORIGINS = {"own": "eget tal", "published": "Movias tal", "allocated": "fordelt"}
WITHOUT = "har ikke flextur"


def neighbours_tables(comparison: Answer) -> list[Table]:
    """Return what each municipality chose, what it costs, and the trips across to each neighbour; none without neighbours."""
    block = comparison.neighbours
    if block is None:
        return []
    return [_choices(block), _costs(block), _across(block)]


def neighbours_words(comparison: Answer) -> list[str]:
    """Return how the figures are to be read, and what a neighbour's leaving does to the common fee."""
    block = comparison.neighbours
    if block is None:
        return []
    runs = f"Naboerne er regnet med {block.replications} gentagelser og {block.draws} sæt forudsætninger."
    return [*block.notes, runs, *(_fee_words(across) for across in block.across)]


def _choices(block: Neighbours) -> Table:
    header = ("kommune", "ordning nu", "pris 3 km i byen, kr.", "pris 8 km i kommunen, kr.")
    rows: list[tuple[Cell, ...]] = []
    for row in block.rows:
        if not isinstance(row, NeighbourRow):
            rows.append((Cell(row.name), Cell(WITHOUT), Cell(NONE), Cell(NONE)))
            continue
        known = "" if row.own else "kendt" if row.package_certainty == "known" else "antaget"
        prices = (row.price_3_km_oere, row.price_8_km_oere)
        rows.append(
            (
                Cell(row.name),
                Cell(elements_words(row.package), f"({known})" if known else ""),
                *(Cell("køres ikke" if price is None else kroner(price)) for price in prices),
            )
        )
    return Table("Ordningerne; pris for en voksen, der bestiller i telefonen", header, tuple(rows))


def _costs(block: Neighbours) -> Table:
    header = (
        "kommune", "passagerer", f"nettoudgift, {UNIT}", "kr. pr. passager", "kr. pr. indbygger", "kr. pr. indbygger på 70+",
        "ture pr. 1.000 på 70+",
    )  # fmt: skip
    rows = []
    for row in block.rows:
        if not isinstance(row, NeighbourRow):
            continue
        passengers = count_cell(row.passengers)
        rows.append(
            (
                Cell(row.name, f"passagerer: {ORIGINS[row.volume_origin]}"),
                passengers,
                figure_cell(row.net_cost_oere, THOUSANDS),
                kroner_cell(row.net_cost_per_passenger_oere),
                kroner_cell(row.net_cost_per_resident_oere),
                kroner_cell(row.net_cost_per_older_resident_oere),
                figure_cell(row.trips_per_1000_older, COUNT),
            )
        )
    return Table("Et helt år; ture af alle aldre i forhold til indbyggere på 70 år eller ældre", header, tuple(rows))


def _across(block: Neighbours) -> Table:
    header = ("ture herfra til", "ture", "passagerer", f"nettoudgift, {UNIT}")
    rows = []
    for across in block.across:
        under = f"{WITHOUT}: turene kan ikke køres" if across.offers_flextur == "no" else ""
        rows.append(
            (
                Cell(across.name, under),
                count_cell(across.trips),
                count_cell(across.passengers),
                figure_cell(across.net_cost_oere, THOUSANDS),
            )
        )
    return Table("Hvad der falder bort her, hvis naboen forlader flextur", header, tuple(rows))


def _fee_words(across: AcrossTo) -> str:
    if across.fee is None:
        return f"{across.name} {WITHOUT}; dens valg ændrer intet i betalingen til Movia."
    now, *high = across.fee
    told = f"Forlader {across.name} flextur, ændres betalingen til Movia her {_moved(now)}"
    for part in high:
        told += f"; var {danish(100 * part.fixed_part)} % af den fast, {_moved(part)}"
    return f"{told}."


def _moved(fee: FeeMove) -> str:
    if fee.year_oere == 0:
        return "ikke"
    return f"med ca. {approximately(fee.year_oere / 100)} kr. om året ({kroner(fee.per_passenger_oere, 2)} kr. pr. passager)"
