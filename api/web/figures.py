"""The pictures of an answer, drawn when first asked for and kept."""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from threading import Lock

from api.web.translation import english, is_translated
from sim.answer.records import Answer
from sim.telling.drawing.drawing import PAGE, Drawing

FIGURE = r"^[a-z0-9-]{1,60}$"
Figures = Mapping[str, Drawing]
KEPT = 16
_kept: OrderedDict[tuple[str, str, str], Figures] = OrderedDict()
_lock = Lock()


def figures_of(run: str, comparison: Answer, folder: Path, language: str = "da") -> Figures:
    """Return a run's pictures by name, with the words in them in a language."""
    key = run, comparison.municipality, language
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    from sim.telling.drawing.drawings import drawings

    found = drawings(comparison, folder, width=PAGE, translator=english if language == "en" else str)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def in_english(drawing: Drawing) -> Drawing:
    """Return a drawing, whose words are English already, with its title and what is read aloud of it in English too."""
    title, alt = english(drawing.title), english(drawing.alt)
    svg = drawing.svg.replace(escape(drawing.title), escape(title)).replace(escape(drawing.alt), escape(alt))
    return replace(drawing, title=title, alt=alt, svg=svg)


def inline(figures: Figures, name: str, translate: Callable[[str], str] = str, *, half: bool = False) -> str:
    """Return a drawing as markup of the page: wide, and narrow for a small screen; each fills its column, in the page's own type.

    One of two beside each other is half as wide.

    What users wrote in it is escaped already, as text of the SVG. Ids of the narrow one are its own, since both are there.
    """
    shown = []
    first = ("half", figures[f"{name}-half"]) if half else ("wide", figures[name])
    for kind, drawing in (first, ("narrow", figures[f"{name}-narrow"])):
        opening, _, inside = drawing.svg.partition(">")
        width, height = (re.search(f' {side}="([\\d.]+)"', opening)[1] for side in ("width", "height"))  # type: ignore[index]
        own = name if kind != "narrow" else f"{name}-n"
        title, text = escape(translate(drawing.title)), escape(translate(drawing.alt))
        danish = ' lang="da"' if translate is english and not is_translated(drawing.alt) else ""
        inside = inside[inside.index("</desc>") + len("</desc>") :]
        shown.append(
            f'<svg class="tl-{kind}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{own}-title {own}-desc">'
            f'<title id="{own}-title">{title}</title><desc id="{own}-desc"{danish}>{text}</desc>{inside}'
        )
    return "".join(shown)
