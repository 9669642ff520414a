#!/usr/bin/env bash
# In a PC-Axis file (.px, as statistical offices give out) "-" is zero, ".." not available, "." not possible. pyaxis
# makes ".." missing and "." an empty text, and leaves "-" and "..." in the column with their quotation marks, so that
# all numbers stay text.
# Version: pyaxis 0.4.3. Seen: 2026-11. Source: the PX file format, keyword DATA; pyaxis' null_values, sd_values.
# Matters: small municipalities have many dashes; as zeros they count in a mean, as text they fail or fall out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyaxis==0.4.3 pandas==3.1.1 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

from pyaxis import pyaxis

warnings.simplefilter("ignore")
Path("a.px").write_text(
    'CHARSET="ANSI";\nAXIS-VERSION="2010";\nLANGUAGE="da";\nMATRIX="T";\nDECIMALS=1;\nTITLE="Ture";\nCONTENTS="Ture";\n'
    'UNITS="antal";\nSTUB="kommune";\nHEADING="tid";\nVALUES("kommune")="A","B","C","D","E";\nVALUES("tid")="2024K1";\n'
    'DATA=\n12.5\n"-"\n".."\n"."\n"..."\n;\n',
    encoding="latin-1",
)
seen = pyaxis.parse("a.px", encoding="ISO-8859-1")["DATA"]["DATA"].tolist()
seen = [None if value != value else value for value in seen]
print("pyaxis", version("pyaxis"))
print("expected: 12.5, 0 and three kinds of missing")
print("seen:", seen)
if seen != ["12.5", '"-"', None, "", '"..."']:
    sys.exit("changed: the signs are read otherwise now")
PYTHON
