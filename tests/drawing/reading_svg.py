"""What a test wants to know of a drawing: that it is one clean piece, and where its marks lie."""

import xml.etree.ElementTree as ElementTree
from xml.etree.ElementTree import Element

from sim.telling.drawing import Drawing

NAMESPACE = "{http://www.w3.org/2000/svg}"
HARMLESS = {"svg", "title", "desc", "g", "a", "path", "line", "rect", "circle", "polygon", "polyline", "text", "tspan"}


def opened(svg: str) -> Element:
    """Return the drawing after having looked for anything that is not a plain shape, or points outside."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        assert element.tag.removeprefix(NAMESPACE) in HARMLESS, element.tag
        for key, value in element.attrib.items():
            assert key not in ("style", "src")
            assert not key.startswith("on")
            assert "url(" not in value
            assert "http" not in value
    return root


def checked(drawing: Drawing) -> Element:
    """Return the drawing's root, having held it against what every drawing must be."""
    root = opened(drawing.svg)
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert names[:2] == [f"{drawing.name}-title", f"{drawing.name}-desc"]
    assert root.get("aria-labelledby") == " ".join(names[:2])
    assert text_of(root, "title") == [drawing.title]
    assert text_of(root, "desc") == [drawing.alt]
    assert drawing.table.rows
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    for x, y in (place for element in root.iter() for place in places(element)):
        assert -1 <= x <= width + 1, (x, width)
        assert -1 <= y <= height + 1, (y, height)
    return root


def places(element: Element) -> list[tuple[float, float]]:
    """Return where an element with simple coordinates lies."""
    pairs = (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy"))
    return [(float(element.attrib[a]), float(element.attrib[b])) for a, b in pairs if a in element.attrib]


def every(root: Element, kind: str, **wanted: str) -> list[Element]:
    """Return the elements of a kind with the attributes asked for."""
    found = root.iter(f"{NAMESPACE}{kind}")
    return [e for e in found if all(e.get(key.replace("_", "-")) == value for key, value in wanted.items())]


def text_of(root: Element, kind: str = "text") -> list[str]:
    """Return the words of the elements of a kind, hard spaces as spaces."""
    return ["".join(e.itertext()).replace("\u00a0", " ") for e in every(root, kind)]
