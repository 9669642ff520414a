"""How the paper begins: its title and head, resumé and indstilling."""

from sim.telling.paper.document import Bullets, Callout, Item, Paragraph, Section
from sim.telling.paper.today import is_todays
from sim.telling.report.cost_words import cost_words, years_ahead_words
from sim.telling.report.flexhandicap_section import flexhandicap_sentence
from sim.telling.report.phrases import (
    INTERVAL,
    NOT_OWN,
    date_words,
    elements_words,
    is_own_volume,
    lead_words,
    price_level_words,
    volume_words,
    year_words,
)
from sim.telling.report.table import change_table
from sim.words.cells import Json
from sim.words.numbers import listed

LEFT_OPEN = "udfyldes af administrationen"
WITH_PART = 3
"""The place of this budget year's part in the table of changes, where it has one."""


def title(comparison: Json) -> str:
    """Return the paper's title: a choice, or what the only option costs in its year."""
    about = "valg af serviceelementer" if len(comparison["options"]) > 1 else f"nettoudgift {comparison['year']}"
    return f"Flextur i {comparison['municipality_name']} Kommune: {about}"


def subtitle(comparison: Json) -> str:
    """Return what stands under the title: which options."""
    first, *others = (option["name"] for option in comparison["options"])
    return f"{first} sammenlignet med {listed(others)}" if others else first


def facts(comparison: Json, manifest: Json) -> tuple[tuple[str, str], ...]:
    """Return the lines of the paper's head."""
    year = year_words(comparison["year"])
    start = comparison["start"]
    return (
        ("Kommune", f"{comparison['municipality_name']} ({comparison['municipality']})"),
        ("Udvalg, møde og sagsnummer", LEFT_OPEN),
        ("Beregnet for", f"{year}; ordningen ændres {date_words(start)}" if start else f"{year}; hele året"),
        ("Passagertal", "kommunens eget" if is_own_volume(comparison) else "ikke kommunens eget, men et skøn"),
        ("Beregningens id", str(manifest.get("run_id") or "ukendt")[:16]),
    )


def summary(comparison: Json) -> Section:
    """Return the resumé: the conclusions, how sure they are, and what the scheme costs today."""
    today, *others = comparison["options"]
    place = comparison["municipality_name"]
    cost = f"{cost_words(comparison)} {price_level_words(comparison)}".strip()
    blocks: list[Paragraph | Callout | Bullets] = []
    if others:
        blocks.append(
            Paragraph(
                f"Udvalget skal tage stilling til, hvilke serviceelementer {place} Kommune skal have i flextur."
                f" {today['name']} er sammenlignet med {listed([o['name'] for o in others])}. {cost}"
            )
        )
    else:
        blocks.append(Paragraph(f"Sagen viser, hvad flextur koster {place} Kommune med {today['name']}. {cost}"))
        if ahead := years_ahead_words(comparison):
            blocks.append(Paragraph(ahead))
    for option in others:
        blocks.append(Paragraph(option["sentence"], "answer"))
        if option["extrapolation"]:
            blocks.append(Paragraph(option["extrapolation"]))
        if follow_on := flexhandicap_sentence(option):
            blocks.append(Paragraph(follow_on))
    if not is_own_volume(comparison):
        leads = tuple(lead_words(option) for option in others)
        blocks.append(Callout(f"{NOT_OWN}.", (volume_words(comparison), *leads)))
    blocks.append(Paragraph(INTERVAL, "note"))
    return Section("resume", "Resumé", tuple(blocks))


def recommendation(comparison: Json) -> Section:
    """Return the indstilling, left open: the options as alternatives to choose between."""
    today, *others = comparison["options"]
    if not others:
        told = Paragraph("Administrationen indstiller, at redegørelsen tages til efterretning.")
        return Section("indstilling", "Indstilling", (told,))
    start = comparison["start"]
    begins = f" fra {date_words(start)}" if start else ""
    changes = change_table(comparison)
    alternatives = [Item(today["name"], f"fortsætter uændret ({elements_words(today['elements'])}).")]
    for option, row in zip(others, changes.rows, strict=True):
        effect = f"Ændring i nettoudgift, 1.000 kr.: hele året {row[1]}"
        if len(row) > WITH_PART:
            effect += f", i budgetåret {row[WITH_PART]}"
        words = elements_words(option["elements"])
        if is_todays(comparison, option):
            alternatives.append(Item(option["name"], f"svarer til nuværende ordning ({words})."))
            continue
        alternatives.append(Item(option["name"], f"indføres{begins} ({words}). {effect}."))
    return Section(
        "indstilling",
        "Indstilling",
        (
            Paragraph("Administrationen indstiller, at udvalget vælger én af disse muligheder:"),
            Bullets(tuple(alternatives), lettered=True),
            Paragraph(
                "og at ældrerådet (seniorrådet) og handicaprådet høres, før der træffes endelig beslutning. Vælges en ændring,"
                " indarbejdes virkningen i budgetåret og helårsvirkningen i budgettet."
            ),
        ),
    )
