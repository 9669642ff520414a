"""The økonomi: full year, part year, against the budget, and the overslagsår."""

from sim.telling.paper.document import Block, Heading, Paragraph, Picture, Rows, Section, sentences
from sim.telling.paper.tables import picked
from sim.telling.report import budget_section, clinic_section, flexhandicap_section, outlook_section, own_lines_section
from sim.telling.report.phrases import INTERVAL, introduction_words
from sim.telling.report.residents_table import residents_table
from sim.telling.report.table import across_table, change_table, officers
from sim.telling.report.waterfall_table import WORDS, waterfall_table
from sim.words.cells import Json

ACTIVITY = ("ture", "passagerer", "nettoudgift", "mer-/mindreudgift", "virkning i budgetåret")
AMOUNTS = ("brugerbetaling", "vognmandsbetaling", "betaling til Movia", "nettoudgift")
EACH = ("kr. pr. passager", "kr. pr. mistet tur")
READ = (
    f"{INTERVAL} + er merudgift, - er mindreudgift. “Usikker” betyder: kan blive mer- eller mindreudgift."
    " – står, hvor et tal ingen mening har."
)


def economy(comparison: Json, pictures: list[Picture]) -> Section:
    """Return the section; ``pictures`` are the drawings of the change in net cost."""
    wide = officers(comparison)
    blocks: list[Block] = [
        Heading("Helårsvirkning og virkning i budgetåret"),
        Rows(picked(wide, ACTIVITY, "Ture og nettoudgift på et helt år; beløb i mio. kr.")),
        Paragraph(READ, "note"),
    ]
    begins = introduction_words(comparison)
    if begins is not None:
        blocks.append(Paragraph(begins))
    if len(comparison["options"]) > 1:
        blocks.append(Rows(change_table(comparison)))
    blocks += pictures
    parts = waterfall_table(comparison)
    if parts is not None:
        blocks += [Rows(parts), Paragraph(WORDS, "note")]
    blocks += [
        Heading("Hvad nettoudgiften består af"),
        Rows(picked(wide, AMOUNTS, "Nettoudgiften og dens dele på et helt år, mio. kr.")),
        Rows(picked(wide, EACH, "Nettoudgift pr. passager og pr. mistet tur, kr.")),
        *_residents(comparison),
        Paragraph("Kr. pr. mistet tur er mindreudgiften delt med de ture, der falder væk.", "note"),
        Paragraph("Ture over kommunegrænsen indgår i tallene og er uændret af valget:"),
        Rows(across_table(comparison)),
        *_parts(comparison),
    ]
    return Section("oekonomi", "Økonomi", tuple(blocks))


def _residents(comparison: Json) -> list[Rows]:
    table = residents_table(comparison)
    return [] if table is None else [Rows(table)]


def _parts(comparison: Json) -> list[Block]:
    """Return the parts that only some comparisons have, each under its heading."""
    blocks: list[Block] = []
    lines = own_lines_section.own_lines_table(comparison)
    if lines is not None:
        told = sentences(own_lines_section.own_lines_words(comparison))
        blocks += [Heading(own_lines_section.HEADING), Rows(lines, words=True), told]
    follow_on = flexhandicap_section.flexhandicap_table(comparison)
    if follow_on is not None:
        told = sentences(flexhandicap_section.flexhandicap_words(comparison))
        blocks += [Heading(flexhandicap_section.HEADING), Rows(follow_on), told]
    for heading, tables, words in (
        (budget_section.HEADING, budget_section.budget_tables, budget_section.budget_words),
        (outlook_section.HEADING, outlook_section.outlook_tables, outlook_section.outlook_words),
        (clinic_section.HEADING, clinic_section.clinic_tables, clinic_section.clinic_words),
    ):
        shown = tables(comparison)
        if shown:
            blocks += [Heading(heading), *(Rows(table) for table in shown), sentences(words(comparison))]
    if comparison.get("budget") is None:
        blocks.append(
            Paragraph("Kommunens budget og forbrug er ikke givet, så tallene er ikke holdt op imod dem.", "note")
        )
    return blocks
