"""Bytes that are a quotation mark in Windows-1252 and a Danish letter in code page 850: which of them a text means."""

import re

_APOSTROPHE = re.compile(rb"[a-z]\x92|\x92[Ss](?![A-Za-z])|\x92(?![A-Za-z\x80-\xff])")
"""0x92, an apostrophe or a capital AE: after a small letter, before an s that ends the word, and at a word's end an apostrophe."""
_OPENING = re.compile(rb"(?<![A-Za-z\x80-\xff])\x91[A-Z]")
"""0x91, an opening mark or a small ae: before a capital at the beginning of a word a mark."""


def has_quotation_marks(data: bytes) -> bool:
    """Say whether bytes that would be Danish letters in code page 850 are most likely the quotation marks of Windows-1252.

    >>> [has_quotation_marks(name.encode("cp1252")) for name in ("Ole’s Kro", "OLE’S KRO", "Hans’ Vang", "Rest. ‘Molen’")]
    [True, True, True, True]
    >>> [has_quotation_marks(name.encode("cp850")) for name in ("HOLBÆK", "Ærø", "Holbæk", "æblehaven", "JÆGERSPRIS")]
    [False, False, False, False, False]
    """
    return bool(_APOSTROPHE.search(data) or _OPENING.search(data))
