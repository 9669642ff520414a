"""The five assumptions that matter most, as a table for every report."""

from sim.words.cells import Cell, Formatter, Json, column_millions, plain_number, signed
from sim.words.table import Table

HEADING = "De fem forudsætninger, der betyder mest"
FITTED = "10-90 % af kurverne"


def most_important_table(comparison: Json) -> Table | None:
    """Return the five with the answer at their low and high value, None where the comparison does not name them."""
    rows = comparison.get("most_important")
    if not rows:
        return None
    shown: Formatter = column_millions(
        [{"mean": row["central_oere"], "p10": row["low_oere"], "p90": row["high_oere"]} for row in rows]
    )
    if rows[0]["target"].startswith("mer-"):
        shown = signed(shown)
    caption = (
        f"{HEADING}. Skøn i lukket form (ikke simulering), {rows[0]['target']}, mio. kr.; centralt"
        f" {shown(rows[0]['central_oere'])}; én forudsætning ad gangen, køretimens pris følger med"
    )
    return Table(
        caption,
        ("forudsætning", "fra", "til", "ved lav værdi", "ved høj værdi"),
        tuple(
            (
                Cell(row["statement"], row["id"]), _value(row["low"]), _value(row["high"]),
                Cell(shown(row["low_oere"])), Cell(shown(row["high_oere"])),
            )
            for row in rows
        ),
    )  # fmt: skip


def _value(value: float | None) -> Cell:
    if value is None:
        return Cell(FITTED)
    return Cell(plain_number(round(value) if abs(value) >= 1000 else value))
