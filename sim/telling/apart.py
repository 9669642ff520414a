"""Papers and pictures drawn in a process of their own, so that what the drawing programs keep does not stay with who asked.

Typst (0.15) and vl-convert (1.9) keep typefaces, compiled templates and a JavaScript engine for good: some 100 MB each in a service that
has sent a few. A process of theirs takes 0.1 to 0.5 seconds more, and what it held is free again.

``python -m sim.telling.apart`` reads the name of a drawer and what it takes as one pickle and writes the bytes it made.
"""

import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from threading import BoundedSemaphore
from typing import Any, Literal

AT_ONCE = 2
"""So many are drawn at a time; the next waits, as they would share the cores anyway."""
SECONDS = 120
MOST_SAID = 2_000
TIGHT, NEARLY_EMPTY_PT = (1, 2), 300.0
"""How the body may be set more tightly (templates/document.typ), and how far down a last page it ends that is not worth a page."""
_turns = BoundedSemaphore(AT_ONCE)
Drawer = Literal["paper", "png", "pdf"]


class DrawingError(RuntimeError):
    """A drawing program ended without having drawn; the text is what it said last."""


def drawn_apart(drawer: Drawer, *taken: Any) -> bytes:
    """Return what a drawer makes of what it takes; raises DrawingError when it ends without."""
    with _turns:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "sim.telling.apart"],
                input=pickle.dumps((drawer, taken)),
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise DrawingError(f"{drawer}: not drawn within {SECONDS} seconds") from late
    if done.returncode or not done.stdout:
        raise DrawingError(f"{drawer}: status {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-MOST_SAID:]}")
    return done.stdout


def _paper(inputs: Mapping[str, bytes], standard: str) -> bytes:
    """Return the paper, set more tightly where that saves the body a last page with next to nothing on it."""
    import typst

    end, tight = _body_end(inputs, 0), 0
    if end is not None and end[0] > 1 and end[1] < NEARLY_EMPTY_PT:
        tight = next((one for one in TIGHT if (_body_end(inputs, one) or end)[0] < end[0]), 0)
    typed: Any = inputs  # files by name in memory are taken by typst, though its type stubs do not say so
    standards: Any = [standard]
    made: bytes = typst.compile(
        typed, format="pdf", pdf_standards=standards, ignore_system_fonts=True, sys_inputs={"tight": str(tight)}
    )
    return made


def _body_end(inputs: Mapping[str, bytes], tight: int) -> tuple[int, float] | None:
    """Return the page on which the body ends and how far down, in points; None for a document that is all body."""
    import typst

    typed: Any = inputs
    set_by = {"tight": str(tight)}
    found = json.loads(typst.query(typed, "<body-end>", field="value", ignore_system_fonts=True, sys_inputs=set_by))
    return (found[0]["page"], found[0]["down"]) if found else None


def _png(svg: str, scale: float) -> bytes:
    import vl_convert

    made: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return made


def _pdf(svg: str) -> bytes:
    import vl_convert

    made: bytes = vl_convert.svg_to_pdf(svg)
    return made


DRAWERS: Mapping[Drawer, Callable[..., bytes]] = {"paper": _paper, "png": _png, "pdf": _pdf}


if __name__ == "__main__":
    drawer, taken = pickle.load(sys.stdin.buffer)
    try:
        drawn = DRAWERS[drawer](*taken)
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}"[: MOST_SAID // 2])
    sys.stdout.buffer.write(drawn)
