"""Papers and pictures are drawn in a process of their own: what it takes is free again, and one that falls is told of."""

import sys
from typing import Any, cast

import pytest

from sim.telling import apart
from sim.telling.apart import Drawer, DrawingError, drawn_apart
from sim.telling.drawing.drawing import pdf, png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#0a5"/></svg>'


def test_a_picture_is_drawn_without_the_program_here() -> None:
    before = {"typst", "vl_convert"} & set(sys.modules)
    picture = png(SVG)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 80  # twice its width
    assert pdf(SVG).startswith(b"%PDF")
    assert {"typst", "vl_convert"} & set(sys.modules) == before


def test_a_drawing_that_cannot_be_made_is_told_with_what_was_said() -> None:
    with pytest.raises(DrawingError, match=r"png: status 1: .*unknown token"):
        png("no drawing at all")


def test_a_drawing_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(DrawingError, match="not drawn within"):
        png(SVG)


def test_an_unknown_drawer_is_a_fault() -> None:
    with pytest.raises(DrawingError, match="KeyError"):
        drawn_apart(cast(Drawer, "no-such"), cast(Any, SVG))
