"""Which assumptions matter: the answer at the low and at the high value of each, one at a time."""

from collections.abc import Sequence
from dataclasses import replace

from sim.answer.records import Answer
from sim.answer.records.basis import Swing
from sim.estimate.sensitivity.most_important import TEN, entry
from sim.estimate.sensitivity.tornado import Tornado
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import THOUSAND_KRONER, UNIT, kroner_words
from sim.telling.drawing.rows import Axis, Line, Marks, Row, row_chart
from sim.telling.drawing.scale import Scale
from sim.telling.drawing.svg import BLUE, INK, PAPER, box, document, line, tag
from sim.telling.report.important import FITTED, most_important_table, printed_for
from sim.words.cells import Formatter, plain_number

SHARE = "andel"
CHANGE, LEVEL = "mer-/mindreudgift: ", "nettoudgift: "


def tornado(comparison: Answer, place: int, width: int = WIDE) -> Drawing | None:
    """Draw the assumptions that matter most for an option's change, or for today's net cost; None where none moves it."""
    entries = dict(enumerate(_each(comparison))).get(place)
    return _drawn(entries, place, width) if entries else None


def leading(comparison: Answer) -> int | None:
    """Return the place of the option that the five assumptions that matter most are of; None where none is."""
    target = {row.target for row in comparison.most_important or ()}
    return next((n for n, rows in enumerate(_each(comparison)) if rows and {rows[0].target} == target), None)


def _each(comparison: Answer) -> Sequence[Sequence[Swing]]:
    """Return each option's ten; of a comparison that was kept before it held them, the five of the one that they are of."""
    if comparison.tornadoes is not None:
        return comparison.tornadoes
    names = [(CHANGE if n else LEVEL) + option.name for n, option in enumerate(comparison.options)]
    return [[row for row in comparison.most_important or () if row.target == name] for name in names]


def tornados(found: "Tornado", width: int = WIDE) -> dict[str, Drawing]:
    """Draw the widest swings of each target of a study's tornado (`sim.estimate.sensitivity.tornado.tornado`, some 1.4 s)."""

    drawings = {}
    for target in range(len(found.targets)):
        rows = [Swing(**entry(found, swing, target)) for swing in found.ordered(target)[:TEN]]
        if rows:
            drawing = _drawn(rows, target, width)
            drawings[drawing.name] = drawing
    return drawings


def _drawn(entries: Sequence[Swing], place: int, width: int) -> Drawing:
    changes = entries[0].target.startswith("mer-")
    shown = printed_for(entries)
    central = entries[0].central_oere / THOUSAND_KRONER
    rows = [Row(entry.statement, (Line(_said(entry, shown), _swing(entry, central)),)) for entry in entries]
    values = [oere / THOUSAND_KRONER for e in entries for oere in (e.low_oere, e.high_oere, e.central_oere)]
    axis = Axis(
        tuple(values), f"{UNIT}; hul: lav værdi, fyldt: høj værdi", *(("mindreudgift", "merudgift") if changes else ())
    )
    parts, height = row_chart(rows, axis, width)
    name = f"tornado-{place + 1}"
    title = f"Hvilke forudsætninger betyder mest (skøn), {entries[0].target}"
    kind = "" if not changes else "en merudgift på " if central > 0 else "en mindreudgift på "
    effect = f"Skønnet er {kind}{kroner_words(abs(entries[0].central_oere))} om året"
    alt = " ".join(f"{said.rstrip('.')}." for said in (effect, *(_clause(entry) for entry in entries[:3])))
    table = most_important_table(entries)
    assert table is not None
    if len(entries) != 5:
        _, _, rest = table.caption.partition(". ")
        table = replace(table, caption=f"De forudsætninger, der betyder mest. {rest}")
    return Drawing(name, title, alt, document(name, width, height, title, alt, parts), table)


def _said(entry: Swing, shown: Formatter) -> str:
    ends = f"{shown(entry.low_oere)} til {shown(entry.high_oere)}"
    return f"{_values(entry)}: {ends}"


def _values(entry: Swing) -> str:
    if entry.low is None or entry.high is None:
        return FITTED
    low, high = (plain_number(round(v) if abs(v) >= 1000 else v) for v in (entry.low, entry.high))
    return f"fra {low} til {high}" + ("" if entry.unit == SHARE else f" {entry.unit}")


def _clause(entry: Swing) -> str:
    low, high = map(kroner_words, (entry.low_oere, entry.high_oere))
    return f"{entry.statement}, {_values(entry)}, giver {low.removesuffix(' kr.')} til {high}"


def _swing(entry: Swing, central: float) -> Marks:
    """Return a hollow bar to the result at the low value, a filled one to that at the high, and the line they start from."""

    def marks(across: Scale, y: float) -> str:
        middle = across(central)
        pieces = []
        for oere, fill in ((entry.low_oere, PAPER), (entry.high_oere, BLUE)):
            left, right = sorted((middle, across(oere / THOUSAND_KRONER)))
            half = 7 if fill == BLUE else 5
            pieces.append(tag("g", box(left, y - half, max(right - left, 1.0), 2 * half, fill, BLUE), stroke_width=1.5))
        return "".join(pieces) + line(middle, y - 10, middle, y + 10, INK, 1.5)

    return marks
