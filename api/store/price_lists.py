"""Price lists that were typed from Movia's notices: one edition file each, kept until it is removed.

price_lists/<id>.toml    the list as an edition; the id is the hash of the file
"""

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog
from filelock import FileLock

from api.settings import Settings
from api.store.errors import NotFoundError, StoreFullError
from api.store.files import free_mb, full_disk_said, sync_folder, write_whole
from tariffs import PriceBook, PriceList, load_price_book, read_price_list
from tariffs.errors import InputError, TakstlabError
from tariffs.price_list_entry import check_price_list
from tariffs.projection import FURTHEST_YEAR
from tariffs.source import parse_toml

FOLDER = "price_lists"
ID = re.compile(r"[0-9a-f]{64}")
NAMED = re.compile(r"prices:([0-9a-f]{64})")
"""How a scenario or an address names a price list that is kept here."""
MOST = 50

log = structlog.get_logger("takstlab.price_lists")


@dataclass(frozen=True)
class KeptList:
    """A price list that is kept under its id.

    ``replaced`` says that Movia's own list of the same days has come with the program, so that this one can no longer be used.
    """

    id: str
    price_list: PriceList
    replaced: bool

    @property
    def name(self) -> str:
        """How a scenario names it."""
        return f"prices:{self.id}"


class PriceLists:
    """The price lists of one store. Nothing is held in memory: several may look at the same folder."""

    def __init__(self, store: Path, settings: Settings) -> None:
        self._store, self._settings = store.absolute(), settings
        self._folder = self._store / FOLDER
        self._changing = FileLock(self._store / "price_lists.lock")

    def all(self) -> list[KeptList]:
        """Return the lists, the earliest first."""
        try:
            names = [path.stem for path in self._folder.iterdir() if path.suffix == ".toml"]
        except FileNotFoundError:
            return []
        found = [kept for name in names if (kept := self._read(name)) is not None]
        return sorted(found, key=lambda kept: (kept.price_list.start, kept.id))

    def usable(self) -> list[KeptList]:
        """Return those that answers can be priced by, the earliest first."""
        return [kept for kept in self.all() if not kept.replaced]

    def get(self, name: str) -> KeptList:
        """Return a list by its id; raises NotFoundError."""
        found = self._read(name)
        if found is None:
            raise NotFoundError(
                "Prislisten er ikke gemt her",
                where=f"prices:{name[:64]}",
                why="den er fjernet, eller den har aldrig været der",
                next_step="vælg en anden på siden »Prislister«, eller indtast den igen",
            )
        return found

    def place(self, name: str) -> Path:
        """Return the file of a list; raises NotFoundError."""
        return self._folder / f"{self.get(name).id}.toml"

    def places(self, names: Sequence[str]) -> tuple[Path, ...]:
        """Return the files of the lists that are named prices:<id>; raises InputError for what is not, or cannot be used."""
        found = []
        for text in names:
            named = NAMED.fullmatch(text)
            if named is None:
                raise InputError(
                    f"'{text[:80]}' er ikke en prisliste", where="tariff_files", next_step="skriv prices:<id>"
                )
            try:
                kept = self.get(named[1])
            except NotFoundError as error:
                raise InputError(error.what, where=error.where, why=error.why, next_step=error.next_step) from None
            if kept.replaced:
                raise InputError(
                    f"Prislisten fra {kept.price_list.start:%d-%m-%Y} kan ikke bruges mere",
                    where=text,
                    why="Movias egne priser for dagene er kommet med programmet",
                    next_step="udelad den; så regnes der med Movias",
                )
            found.append(self._folder / f"{kept.id}.toml")
        return tuple(found)

    def places_left(self, names: Sequence[str]) -> tuple[Path, ...]:
        """Return the files of the lists, none where one of them is gone or cannot be used."""
        try:
            return self.places(names)
        except InputError:
            return ()

    def book_without(self, instead_of: str = "") -> PriceBook:
        """Return the price book with the lists that are kept, without one of them: what a new list is held against."""
        files = [self._folder / f"{kept.id}.toml" for kept in self.usable() if kept.id != instead_of]
        return load_price_book(files, last_year=FURTHEST_YEAR)

    def keep(self, price_list: PriceList, instead_of: str = "") -> tuple[KeptList, bool]:
        """Keep a list, safely on disk, in place of another where one is given; returns it, and whether it is new.

        Raises InputError where it cannot be used or another holds from the same day, StoreFullError.
        """
        content = price_list.toml().encode()
        name = hashlib.sha256(content).hexdigest()
        for remark in check_price_list(price_list, load_price_book()):
            raise InputError(remark.text, where=remark.field)
        with self._changing, full_disk_said():
            kept = self.all()
            new = all(one.id != name for one in kept)
            if new:
                self._check_room([one for one in kept if one.id != instead_of], price_list)
                self._folder.mkdir(mode=0o700, exist_ok=True)
                write_whole(self._folder / f"{name}.toml", content)
            if instead_of and instead_of != name and ID.fullmatch(instead_of):
                with suppress(FileNotFoundError):
                    (self._folder / f"{instead_of}.toml").unlink()
                sync_folder(self._folder)
            found = self.get(name)
        log.info("price list kept", price_list=name, new=new)
        return found, new

    def delete(self, name: str) -> None:
        """Remove a list; raises NotFoundError."""
        with self._changing, full_disk_said():
            self.place(name).unlink()
            sync_folder(self._folder)
        log.info("price list removed", price_list=name)

    def _check_room(self, others: Sequence[KeptList], price_list: PriceList) -> None:
        for other in others:
            if other.price_list.start == price_list.start:
                raise InputError(
                    f"Der er allerede en prisliste fra {price_list.start:%d-%m-%Y}",
                    where="from",
                    why=f"den er efter {other.price_list.source}",
                    next_step="ret den, eller fjern den først",
                )
        if len(others) >= MOST:
            raise StoreFullError(f"Tjenesten gemmer højst {MOST} prislister", next_step="fjern en, der ikke bruges")
        if free_mb(self._store) < self._settings.least_free_mb:
            raise StoreFullError(
                "Der er ikke plads til prislisten",
                why=f"der er under {self._settings.least_free_mb} MB ledig plads på disken",
                next_step="skaf plads, og prøv igen",
            )

    def _read(self, name: str) -> KeptList | None:
        """Return a list, None when there is none or it is not what was written."""
        if not ID.fullmatch(name):
            return None
        try:
            content = (self._folder / f"{name}.toml").read_bytes()
            if hashlib.sha256(content).hexdigest() != name:
                return None
            price_list = read_price_list(parse_toml(content, name), name)
        except (OSError, TakstlabError):
            return None
        return KeptList(name, price_list, bool(check_price_list(price_list, load_price_book())))


def price_lists_of(settings: Settings) -> PriceLists:
    """Return the price lists of the store that the settings name."""
    return PriceLists(Path(settings.store), settings)
