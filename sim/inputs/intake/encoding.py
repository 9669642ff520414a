"""From bytes to UTF-8: the encoding a file was saved in, told or found out."""

import codecs

from sim.inputs.intake.delimited import BOM
from sim.words.code_pages import has_quotation_marks
from tariffs.errors import InputError

NAMES = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-bom": "utf-8",
    "utf-16": "utf-16",
    "utf16": "utf-16",
    "cp1252": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "cp850": "cp850",
    "ibm850": "cp850",
}
"""What may be said for --encoding; ISO 8859-1 is read as the superset that Windows writes."""

_DANISH = "æøåÆØÅéÉöÖäÄüÜ"
_OTHER_SIGNS = "–—’‘“”…§°½€ \xa0"


def to_utf8(data: bytes, where: str, told: str | None = None) -> tuple[bytes, str]:
    """Return the text as UTF-8 without a BOM, and the encoding it came in.

    Without ``told`` a BOM decides, then UTF-8 if every byte fits, then Windows-1252 or code page 850 if its letters are
    Danish. Raises InputError when none fits: another 8-bit encoding would otherwise turn letters into others without a sound.
    """
    if told is not None and told.lower() not in NAMES:
        raise InputError(f"tegnsættet '{told}' kendes ikke", next_step="brug utf-8, utf-16, cp1252 eller cp850")
    encoding = NAMES[told.lower()] if told else _found(data, where)
    try:
        text = data.removeprefix(BOM).decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"filen er ikke {encoding}",
            where=f"{where}, linje {line}",
            why=f"byte 0x{data[error.start]:02x} findes ikke i {encoding}",
            next_step="angiv det rigtige tegnsæt med --encoding, eller gem filen som CSV UTF-8",
        ) from None
    return text.removeprefix("\ufeff").encode(), encoding


def _found(data: bytes, where: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data.startswith(BOM):
        return "utf-8"
    if b"\0" in data[:4096]:
        # Text without a BOM in which every other byte is nul.
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be" if data[:1] == b"\0" else "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        strange = {c for c in data.decode("cp1252", "replace") if ord(c) > 127} - set(_DANISH + _OTHER_SIGNS)
        danish_850 = not {c for c in data.decode("cp850") if ord(c) > 127} - set(_DANISH)
        if not strange and (not danish_850 or has_quotation_marks(data)):
            return "cp1252"
        if danish_850:
            return "cp850"
        if not strange:
            return "cp1252"
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "filens tegnsæt kan ikke afgøres",
            where=f"{where}, linje {line}",
            why=f"den er ikke UTF-8, og læst som Windows-1252 giver den tegn, der ikke er danske: {' '.join(sorted(strange)[:5])}",
            next_step="angiv --encoding (utf-8, utf-16, cp1252 eller cp850), eller gem filen som CSV UTF-8",
        ) from None
    return "utf-8"
