"""A stream inside a compound file, the container of .xls: sectors in chains, as MS-CFB describes them."""

import struct
from collections.abc import Sequence

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here up end a chain, or are no sector of a stream."""
_ENTRY = 128
_HEADER_SECTORS = 109


def stream_of(content: bytes, names: Sequence[str]) -> bytes | None:
    """Return the stream of the first name that is there, None for none and for a file that is not whole."""
    if content[:8] != MAGIC:
        return None
    try:
        return _Sectors(content).stream(names)
    except (struct.error, ValueError):
        return None


class _Sectors:
    """A file's sectors and the table of which follows which."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = 1 << struct.unpack_from("<H", content, 30)[0]
        self.small_size = 1 << struct.unpack_from("<H", content, 32)[0]
        if self.size not in (512, 4096) or self.small_size != 64:
            raise ValueError("sizes of sectors that are not defined")
        self.directory, _, self.small_below, self.small_table = struct.unpack_from("<4I", content, 48)
        self.next = self._table()

    def sector(self, number: int) -> bytes:
        """Return one sector; the header takes the place of the one before the first."""
        start = (number + 1) * self.size
        if start + 1 > len(self.content):
            raise ValueError("a sector beyond the end of the file")
        return self.content[start : start + self.size].ljust(self.size, b"\0")

    def chain(self, first: int, following: Sequence[int]) -> list[int]:
        """Return the sectors of a chain; raises ValueError for one that never ends."""
        found: list[int] = []
        while first < _LAST_SECTOR:
            if first >= len(following) or len(found) > len(following):
                raise ValueError("a chain of sectors that leads nowhere")
            found.append(first)
            first = following[first]
        return found

    def read(self, first: int) -> bytes:
        """Return what a chain of sectors holds."""
        return b"".join(map(self.sector, self.chain(first, self.next)))

    def stream(self, names: Sequence[str]) -> bytes | None:
        """Return the stream of the first name that the directory has."""
        listed = self.read(self.directory)
        entries = {}
        for at in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", listed, at + 64)
            name = listed[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            entries[name] = (kind, *struct.unpack_from("<2I", listed, at + 116))
        found = [entries[one] for one in names if one in entries and entries[one][0] == 2]
        if not found:
            return None
        _, first, size = found[0]
        if size >= self.small_below:
            return self.read(first)[:size]
        root = next(start for kind, start, _ in entries.values() if kind == 5)
        small, following = self.read(root), _numbers(self.read(self.small_table))
        places = self.chain(first, following)
        return b"".join(small[one * self.small_size : (one + 1) * self.small_size] for one in places)[:size]

    def _table(self) -> list[int]:
        """Return which sector follows each, from the sectors that the header and those it names list."""
        per_sector = self.size // 4
        listed = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", self.content, 76))
        more = struct.unpack_from("<I", self.content, 68)[0]
        seen: set[int] = set()
        while more < _LAST_SECTOR and more not in seen:
            seen.add(more)
            *further, more = struct.unpack(f"<{per_sector}I", self.sector(more))
            listed += further
        return _numbers(b"".join(self.sector(one) for one in listed if one < _LAST_SECTOR))


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
