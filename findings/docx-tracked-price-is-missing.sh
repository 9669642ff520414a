#!/usr/bin/env bash
# In a Word file with a tracked change from 48 to 60 kr, python-docx' text of the paragraph is "Takst  kr.": neither the
# old price nor the new one. mammoth and docx2python read 60.
# Version: python-docx 1.2.0, mammoth 1.13.0, docx2python 3.7.1. Seen: 2026-11.
# Source: python-docx issues 340 and 1123 (open).
# Matters: proposals go round as Word files with tracked changes; the sentence lost is the very one decided on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0 docx2python==3.7.1 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import docx
import mammoth
from docx.oxml import parse_xml
from docx2python import docx2python

by = 'w:author="A" w:date="2024-01-01T00:00:00Z"'
paragraph = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:r><w:t xml:space="preserve">Takst </w:t></w:r>'
    f'<w:del w:id="1" {by}><w:r><w:delText>48</w:delText></w:r></w:del>'
    f'<w:ins w:id="2" {by}><w:r><w:t>60</w:t></w:r></w:ins>'
    '<w:r><w:t xml:space="preserve"> kr.</w:t></w:r></w:p>'
)
document = docx.Document()
document.element.body.insert(0, parse_xml(paragraph))
document.save("a.docx")
one = docx.Document("a.docx").paragraphs[0].text
with open("a.docx", "rb") as file:
    two = mammoth.extract_raw_text(file).value.strip()
with docx2python("a.docx") as read:
    three = read.text.strip()
print(*(f"{name} {version(name)}" for name in ("python-docx", "mammoth", "docx2python")))
print("expected: Takst 60 kr. from all three (or 48)")
print("seen:", [one, two, three])
if [one, two, three] != ["Takst  kr.", "Takst 60 kr.", "Takst 60 kr."]:
    sys.exit("changed: tracked changes are read otherwise now")
PYTHON
