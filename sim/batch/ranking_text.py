"""Rankings in an officer's words and tables."""

from collections.abc import Sequence

from sim.batch.ranking import Fee, Ranked, Ranking
from sim.telling.report.text_table import lay_out
from sim.words.cells import NONE, Cell, change_cell, kroner_cell, millions_cell, percent_cell
from sim.words.numbers import danish
from sim.words.table import Table
from tariffs import Certainty
from tariffs.certainty import TEXTS

HEADER = (
    "pakke", "nettoudgift, mio. kr.", "mer-/mindreudgift", "passagerer, ændring", "kr. pr. mistet tur",
    "billigere end første", "billigere end næste",
)  # fmt: skip
FEE = {
    "alone": "Betaling til Movia: som når kommunen vælger alene; den fælles betaling flytter sig kun med dens egen andel.",
    "together": "Betaling til Movia: som når alle planens kommuner vælger pakken samtidig; den fælles betaling flytter sig for alle.",
}


def ranking_text(found: Sequence[Ranking], fee: Fee, keep_riders: float) -> str:
    """Return all rankings as text: a table for each municipality and for their sum, then the choices in short."""
    lines = [
        FEE[fee],
        "Under hvert tal står det interval, som 8 af 10 beregninger ligger i. Billigere: i hvor stor en del af beregningerne.",
        "",
    ]
    for ranking in found:
        lines += [*_one(ranking), ""]
    lines += _in_short(found, keep_riders)
    return "\n".join(lines) + "\n"


def _one(ranking: Ranking) -> list[str]:
    title = f"{ranking.municipality} {ranking.municipality_name}".strip()
    of = f", {ranking.municipalities} kommuner" if ranking.municipalities > 1 else ""
    lines = [f"{title} {ranking.year}{of}"]
    if not ranking.packages:
        return [*lines, "Har ikke flextur: ingen af pakkerne kan regnes."]
    lines.append(f"Hvert tal hviler på {ranking.replications} gentagelser og {ranking.draws} sæt forudsætninger.")
    if any(ranked.certainty == "assumed" for ranked in ranking.packages):
        lines.append("Det er antaget, ikke bekræftet, at kommunen har produkterne.")
    unsure = {ranked.fares for ranked in ranking.packages} - {None, Certainty.KNOWN}
    lines += [f"Takster: {TEXTS[fares][0]}." for fares in Certainty if fares in unsure]
    lines += lay_out(Table("", HEADER, tuple(_row(ranked) for ranked in ranking.packages)))
    if ranking.not_offered:
        lines.append(f"Kan ikke vælges: {'; '.join(ranking.not_offered)}.")
    if ranking.municipalities > 1:
        lines.append("Summen har sit eget interval: hver beregning er lagt sammen for sig.")
    return lines


def _row(ranked: Ranked) -> tuple[Cell, ...]:
    return (
        Cell(ranked.name), millions_cell(ranked.net_cost), change_cell(ranked.change),
        percent_cell(ranked.riders_change_percent), kroner_cell(ranked.per_lost_trip),
        _share(ranked.cheaper_than_base), _share(ranked.cheaper_than_next),
    )  # fmt: skip


def _in_short(found: Sequence[Ranking], keep_riders: float) -> list[str]:
    share = f"{danish(100 * keep_riders)} %"
    base = next((ranking.base for ranking in found if ranking.base), "den første")
    lines = [f"Billigste pakke, der beholder mindst {share} af passagererne under {base}:"]
    for ranking in found:
        best = ranking.cheapest_keeping
        name = f"{ranking.municipality} {ranking.municipality_name} {ranking.year}".strip()
        if best is not None and best.keeps is not None:
            lines.append(f"  {name}: {best.name} (beholder {danish(100 * best.keeps)} %)")
        else:
            lines.append(f"  {name}: ingen" + ("" if ranking.packages else " (har ikke flextur)"))
    return lines


def _share(share: float | None) -> Cell:
    return Cell(NONE if share is None else f"{danish(100 * share)} %")
