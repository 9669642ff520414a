"""Names that try to be markup, and how the words of a PDF are read in the tests of the paper."""

import copy
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

Json = dict[str, Any]
NASTY = '<script>alert("x")</script> & #panic("y") *60* $z$ @ref [q]'
NASTIER = 'Gratis "] #import "a.typ": * <b>\\ `kode` // ${7*7} {{ 7*7 }}'
MANIFEST: Json = {
    "run_id": "0123456789abcdef0123",
    "command": "takstlab compare soroe.toml --out resultat",
    "versions": {"takstlab": "1.0", "model": "abc"},
    "town_zones": {"names": ["Sorø"], "source": "prøve"},
}


def pdf_text(pdf: bytes, tmp_path: Path, *, layout: bool = False) -> str:
    """The text of a PDF with one blank between words, as poppler reads it; the test is skipped without poppler."""
    place = tmp_path / "papir.pdf"
    place.write_bytes(pdf)
    return plain(poppler("pdftotext", *(["-layout"] if layout else []), str(place), "-"), keep_lines=layout)


def poppler(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")
    except FileNotFoundError:
        pytest.skip("needs poppler's programs (poppler-utils)")


def plain(text: str, *, keep_lines: bool = False) -> str:
    """Text without what only guides the breaking of lines."""
    text = re.sub("[\u00ad\u2060]", "", text).replace("\u00a0", " ")
    return text if keep_lines else " ".join(text.split())


def plain_names(comparison: Json, count: int = 2) -> Json:
    """The comparison with names that people give, and as many options beside today's as asked for."""
    text = json.dumps(comparison)
    for nasty, name in ((NASTY, "Bytakst 60"), (NASTIER, "Uden bytakst")):
        text = text.replace(json.dumps(nasty)[1:-1], name)
    changed: Json = json.loads(text)
    for _ in range(count - 2):
        changed["options"].append(
            {**copy.deepcopy(changed["options"][1]), "name": "Kommunetakst og gratis til biblioteket"}
        )
        for trip in changed["citizen_prices"]:
            trip["oere"].append(trip["oere"][1])
            trip["certainty"].append(trip["certainty"][1])
    return changed
