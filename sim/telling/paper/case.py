"""The sagsfremstilling: what flextur is, what is compared, what the municipality has today and who is touched."""

from sim.telling.paper.document import Block, Heading, Paragraph, Rows, Section
from sim.telling.paper.today import today_words
from sim.telling.report.arithmetic import FORMULA
from sim.telling.report.neighbours_section import neighbours_tables
from sim.telling.report.phrases import date_words, elements_words, prebooked_words
from sim.telling.report.table import elements_table
from sim.words.cells import NONE, Cell, Json
from sim.words.table import Table

FLEXTUR = (
    "Flextur er fælles kørsel fra adresse til adresse, som alle kan bestille hos Movia. Turene køres i de samme vogne som den"
    " visiterede kørsel, og planlægningen samler ture, hvor det kan lade sig gøre. Kommunen vælger selv serviceelementer for ture,"
    " der begynder og slutter i kommunen; ture over kommunegrænsen betaler altid grundtakst."
)
PAYS = "Kommunen betaler vognmændene og et beløb til Movia for hver passager, og passagerernes betaling trækkes fra"


def case(comparison: Json) -> Section:
    """Return the section."""
    today, *others = comparison["options"]
    blocks: list[Block] = [
        Paragraph(FLEXTUR),
        Paragraph(f"{PAYS}: {FORMULA}."),
        Heading(f"Ordningen uden ændring, {comparison['year']}"),
        Paragraph(" ".join([f"{today['name']}: {elements_words(today['elements'])}.", *today_words(comparison)])),
    ]
    if others:
        blocks += [Heading("Hvad der kan vælges"), Rows(_choices(comparison), words=True)]
    start = comparison["start"]
    booked = prebooked_words(comparison)
    if others and start is not None:
        began = (
            f"Ændringen gælder fra {date_words(start)}. Virkningen i budgetåret er regnet fra den dag til 31. december."
        )
        blocks += [Heading("Hvornår det gælder"), Paragraph(f"{began} {booked or ''}".strip())]
    near = neighbours_tables(comparison)
    if near:
        blocks += [Heading("Hvad naboerne har valgt"), Rows(near[0], words=True), Rows(near[1])]
    return Section("sagsfremstilling", "Sagsfremstilling", tuple(blocks))


def _choices(comparison: Json) -> Table:
    """Return what each option consists of and which trips it can touch."""
    elements = elements_table(comparison)
    rules = [NONE, *(option["affected"]["rule"] for option in comparison["options"][1:])]
    rows = tuple((*row, Cell(rule)) for row, rule in zip(elements.rows, rules, strict=True))
    return Table(elements.caption, (*elements.header, "kan berøre"), rows)
