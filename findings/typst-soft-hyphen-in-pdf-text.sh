#!/usr/bin/env bash
# A word that Typst has broken at the end of a line is read out of the PDF with a soft hyphen and a line break in it:
# "kommune", U+00AD, new line, "tilskuddet". Searching for the word in the text finds nothing.
# Version: typst 0.15.2, pypdf 7.1.1, pdfplumber 0.11.10. Seen: 2026-11.
# Source: ISO 32000 on tagged PDF (a hyphen that only breaks a line is U+00AD); none of the readers joins the parts.
# Matters: long Danish words break often; searching a paper, or comparing two, misses them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check typst==0.15.2 pypdf==7.1.1 pdfplumber==0.11.10 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import pdfplumber
import pypdf
import typst

word = "kommunetilskuddet"
Path("a.typ").write_text(
    "#set page(width: 8cm, height: 6cm, margin: 1cm)\n"
    '#set text(lang: "da", hyphenate: true)\n#set par(justify: true)\n'
    f"Vognmandsbetalingen og {word} til flextrafikordningen fastsættes af regionsrådet.\n",
    encoding="utf-8",
)
typst.compile("a.typ", output="a.pdf")
texts = {"pypdf": pypdf.PdfReader("a.pdf").pages[0].extract_text()}
with pdfplumber.open("a.pdf") as file:
    texts["pdfplumber"] = file.pages[0].extract_text()
found = {name: (word in text, "\u00ad\n" in text) for name, text in texts.items()}
print(*(f"{name} {version(name)}" for name in ("typst", "pypdf", "pdfplumber")))
print("expected:", word, "found in the text")
print("seen (found, soft hyphen before a new line):", found)
if set(found.values()) != {(False, True)}:
    sys.exit("changed: broken words are joined now, or Typst breaks elsewhere")
PYTHON
