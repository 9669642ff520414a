"""From a chart to SVG text that can stand in an HTML page: named for those who cannot see it, and all of one piece."""

import re
from html import escape
from typing import Any

_NAMESPACES = re.compile(r'\sxmlns(?::\w+)?="[^"]*"')
_SIZE = re.compile(r'\s(?:width|height|class|version)="[^"]*"')
_IDS = re.compile(r'\bid="|\burl\(')
_ROOT = re.compile(r"<svg[^>]*>")


def finished(chart: Any, name: str, title: str, told: str) -> str:
    """Return the chart as inline SVG with a title and a description under ids made of ``name``.

    Raises ValueError when the drawing refers to anything by id or address: inside a page ids would clash, and an
    address would be a request.
    """
    import altair as alt
    import vl_convert

    language = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    drawn: str = vl_convert.vegalite_to_svg(
        chart.to_dict(), vl_version=language, format_locale="da-DK", allowed_base_urls=[]
    )
    root = _ROOT.match(drawn)
    if root is None or "<svg" in drawn[root.end() :]:
        raise ValueError(f"the chart {name} did not come out as one SVG drawing")
    inside = drawn[root.end() :]
    if _IDS.search(_without_text(inside)) or "<image" in inside or "href=" in _without_text(inside):
        raise ValueError(f"the chart {name} refers to something by id or address")
    size = re.search(r'width="([\d.]+)"', root.group())
    opening = _SIZE.sub("", _NAMESPACES.sub("", root.group()))
    width = f' width="{size.group(1)}"' if size else ""
    return (
        f'{opening[:-1]}{width} role="img" aria-labelledby="{name}-titel {name}-tekst">'
        f'<title id="{name}-titel">{escape(title)}</title><desc id="{name}-tekst">{escape(told)}</desc>{inside}'
    )


def _without_text(svg: str) -> str:
    """Return the tags of the drawing, without the words between them: a name may look like anything."""
    return "".join(re.findall(r"<[^>]*>", svg))
