"""Addresses as they may be kept a while: street, house and persons replaced by a token, so that one address is still one place.

The token is keyed by the file that the address came in, which is not kept: the same file gives the same tokens, and nothing that is
kept tells which address one stands for.
"""

import hashlib
import hmac

from sim.geography.names import fold
from sim.inputs.intake.addresses import HIDDEN_TEXT, is_known, written
from sim.inputs.intake.person_names import without_names

LETTERS, DIGITS = 10, 7
_HOUSE = "1"


def without_address(text: str, key: bytes) -> str:
    """Return a text about a place so that it is read, placed and grouped as before, with a token for what it was.

    Of an address the known villages and the town are kept; of other texts what is shown of them, and a number for what is not.

    >>> key = b"of the file"
    >>> without_address("Ahlgade 12, st. tv, Udby, 4300 Holbæk", key), without_address("Ahlgade 12", key)
    ('jwiepgdimh 1, Udby, 4300 Holbæk', 'Ahlgade 1865081')
    >>> without_address("Netto, Tølløse", key), without_address("4300 Holbæk", key), without_address("Hos Jens Hansen", key)
    ('Netto, Tølløse', '4300 Holbæk', 'Hos (navn) 7561424')
    """
    read = written(text)
    number = int.from_bytes(hmac.digest(key, fold(" ".join(text.split())).encode(), hashlib.sha256)[:12], "big")
    if read.house:
        letters = "".join(chr(ord("a") + number // 26**place % 26) for place in range(LETTERS))
        town = f"{read.postcode} {without_names(read.town)}".strip()
        return ", ".join([f"{letters} {_HOUSE}", *filter(is_known, read.localities), town])
    if is_known(text) or (without_names(text) == text and not any(letter.isdigit() for letter in text)):
        return text
    if read.postcode or read.group == HIDDEN_TEXT:
        return read.group
    return f"{read.group} {10 ** (DIGITS - 1) + number % (9 * 10 ** (DIGITS - 1))}"
