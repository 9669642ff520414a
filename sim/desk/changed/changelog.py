"""What the changelog says of the versions between two builds."""

import re
from importlib.resources import files
from pathlib import Path

VERSION = re.compile(r"^## (\d+(?:\.\d+)*)\s*$")


def changelog() -> str:
    """Return the changelog's text: the wheel's, else the checkout's; empty where neither is to be found."""
    room = Path(str(files("data")))
    for path in (room / "CHANGELOG.md", room.parent / "CHANGELOG.md"):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return ""


def entries_since(version: str, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return each later version with its lines, the newest first, from and with the one after ``version``.

    >>> text = "# Changelog\\n\\n## 0.3.0\\n\\n* c\\n\\n## 0.2.0\\n\\nWords.\\n\\n* a\\n* b\\n"
    >>> entries_since("0.1.0", text)
    [('0.3.0', ('c',)), ('0.2.0', ('Words.', 'a', 'b'))]
    >>> entries_since("0.2.0", text)
    [('0.3.0', ('c',))]
    """
    return [(name, lines) for name, lines in _sections(text) if _numbers(name) > _numbers(version)]


def entries_of(version: str, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return one version with its lines, for two builds that bear the same."""
    return [(name, lines) for name, lines in _sections(text) if _numbers(name) == _numbers(version)]


def _sections(text: str) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        heading = VERSION.match(line)
        if heading:
            found.append((heading[1], []))
        elif found and line.strip():
            found[-1][1].append(line.strip().removeprefix("* "))
    return [(name, tuple(lines)) for name, lines in found]


def _numbers(version: str) -> tuple[int, ...]:
    """Return a version's numbers; what stands after them (a pre-release) does not count."""
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
