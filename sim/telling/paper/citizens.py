"""The konsekvenser for borgerne: what one passenger pays before and after, and who is affected."""

from sim.telling.paper.document import Block, Heading, Paragraph, Picture, Rows, Section
from sim.telling.paper.tables import transposed
from sim.telling.report.phrases import date_words, fares_words, price_day
from sim.telling.report.riders_tables import riders_by_age_table, riders_by_place_table
from sim.telling.report.table import affected_table, citizen_table, riders_table, trips_table
from sim.words.cells import Json
from sim.words.numbers import kroner

MOST_GROUPED = 3
"""Options beside today's that have their riders by age and place in the paper; of more of them the report tells."""


def citizens(comparison: Json, pictures: list[Picture]) -> Section:
    """Return the section; ``pictures`` show who is affected and where."""
    several = len(comparison["options"]) > 1
    prices = transposed(citizen_table(comparison), "valgmulighed")
    blocks: list[Block] = [
        Heading("Hvad borgeren betaler"),
        Rows(prices),
        Paragraph(
            f"{_price_day(comparison)} Ture over kommunegrænsen betaler grundtakst under alle valgmuligheder.", "note"
        ),
    ]
    plustur = comparison.get("plustur_prices")
    if plustur is not None:
        blocks.append(Paragraph(_plustur_words(plustur)))
    blocks += [Heading("Ture"), Rows(trips_table(comparison))]
    if several:
        blocks += [
            Heading("Hvem der berøres"),
            Rows(riders_table(comparison)),
            *pictures,
            Rows(affected_table(comparison)),
        ]
    if several and len(comparison["options"]) - 1 <= MOST_GROUPED:
        grouped = (riders_by_age_table(comparison), riders_by_place_table(comparison))
        blocks += [Rows(table) for table in grouped if table is not None]
    return Section("borgerne", "Konsekvenser for borgerne", tuple(blocks))


def _price_day(comparison: Json) -> str:
    return f"Priserne er dem, der gælder {date_words(price_day(comparison))}. {fares_words(comparison)}".strip()


def _plustur_words(plustur: Json) -> str:
    ticket = plustur["ticket_oere"]
    return (
        f"Plustur koster {kroner(plustur['fare_oere'])} kr. pr. passager uanset længden. Dertil kommer billetten til bus eller tog,"
        f" skønnet til {kroner(ticket['value'])} kr. ({kroner(ticket['low'])}-{kroner(ticket['high'])}), som ikke er med i kommunens"
        " regnskab."
    )
