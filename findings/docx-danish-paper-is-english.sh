#!/usr/bin/env bash
# A Word file made by python-docx is English (en-US), also where its language property is set to da-DK: the language of the text stands in the
# template's styles and settings, the property is only told about. Word marks every Danish word, and a screen reader reads the paper in English.
# Version: python-docx 1.2.0. Seen: 2026-11. Source: ECMA-376 part 1, 17.3.2.20 (w:lang), 17.15.1.88 (w:themeFontLang); WCAG 2.2, 3.1.1.
# Matters: papers of a municipality must be accessible by law, and their language is the first thing that is tested.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check python-docx==1.2.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import docx
from docx.oxml.ns import qn

paper = docx.Document()
paper.core_properties.language = "da-DK"
paper.add_paragraph("Nettoudgiften falder, fordi færre rejser.")
paper.save("beslutning.docx")
again = docx.Document("beslutning.docx")
styles = {one.get(qn("w:val")) for one in again.styles.element.iter(qn("w:lang"))}
theme = {one.get(qn("w:val")) for one in again.settings.element.iter(qn("w:themeFontLang"))}
print("python-docx", version("python-docx"))
print("expected: da-DK in the property, the styles and the settings")
print(f"seen: {again.core_properties.language}, {styles}, {theme}")
if again.core_properties.language != "da-DK" or styles != {"en-US"} or "da-DK" in theme:
    sys.exit("changed: the language that was set is the text's")
PYTHON
