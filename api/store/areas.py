"""Town areas of the user's own: names and lines from a file of a GIS program, kept until they are deleted.

areas/<id>/byomraader.geojson    the areas, with nothing of the file but names and coordinates
areas/<id>/areas.json            the municipality they lie in, their names, when they came, what was mended
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from api.settings import Settings
from api.store.errors import NotFoundError, StoreFullError
from api.store.files import free_mb
from api.store.folders import NAME, Folders, without_place
from sim.geography.municipalities import Municipality
from sim.geography.user_areas import Chosen, UserAreas, geojson_bytes, read_areas_in
from tariffs.errors import InputError, TakstlabError

FOLDER = "areas"
LINES, ABOUT = "byomraader.geojson", "areas.json"
LARGEST = 1_000_000
"""Bytes of what is kept; a town's line in GeoJSON is seldom more than 100 KB."""
LARGEST_SENT = 10_000_000
"""Bytes of a file as it comes: a GeoPackage without a single zone is 100 KB."""

log = structlog.get_logger("takstlab.areas")


@dataclass(frozen=True)
class Areas:
    """Town areas that are kept.

    Attributes
    ----------
    id : hash of the names and coordinates (64 hex digits)
    municipality : code of the municipality in which they lie
    names : what the areas are called, in the file's order
    received : instant (UTC)
    size : bytes on the disk
    notes : what was said of how the file was read, in Danish
    """

    id: str
    municipality: str
    names: tuple[str, ...]
    received: datetime
    size: int
    notes: tuple[str, ...] = ()


class AreasStore:
    """The town areas of one store. Nothing is held in memory: several may look at the same folder."""

    def __init__(self, store: Path, settings: Settings) -> None:
        self._settings, self._folders = settings, Folders(store, FOLDER, "areas")

    def all(self) -> list[Areas]:
        """Return the areas that are kept, the newest first."""
        found = [areas for name in self._folders.names() if (areas := self._read(name)) is not None]
        return sorted(found, key=lambda areas: (areas.received, areas.id), reverse=True)

    def get(self, areas: str) -> Areas:
        """Return areas by their id; raises NotFoundError."""
        found = self._read(areas)
        if found is None:
            raise NotFoundError(
                "Byområderne er ikke gemt her",
                where=f"areas:{areas[:64]}",
                why="de er slettet, eller de har aldrig været der",
                next_step="indlæs filen igen",
            )
        return found

    def place(self, areas: str) -> Path:
        """Return the file of areas; raises NotFoundError."""
        return self._folders / self.get(areas).id / LINES

    def delete(self, areas: str) -> None:
        """Remove areas; raises NotFoundError."""
        with self._folders.changing:
            name = self.get(areas).id
            self._folders.remove(name)
        log.info("areas deleted", areas=name)

    def keep(
        self, content: bytes, municipality: Municipality, ending: str = ".geojson", chosen: Chosen | None = None
    ) -> tuple[Areas, bool]:
        """Keep the areas of a file, whole and safely on disk; returns them, and whether they are new.

        Raises InputError for what cannot be used in the municipality, and for a choice that is the user's; StoreFullError.
        """
        with self._folders.arriving() as work:
            return self._keep(content, municipality, work, ending, chosen)

    def _keep(
        self, content: bytes, municipality: Municipality, work: Path, ending: str, chosen: Chosen | None
    ) -> tuple[Areas, bool]:
        read = self._read_sent(content, municipality, ending, chosen)
        bare = geojson_bytes(read)
        if len(bare) > LARGEST:
            raise InputError(
                "Zonernes linjer fylder over 1 MB",
                why="en bygrænse fylder sjældent over 100 KB",
                next_step="forenkl linjerne til et par meters nøjagtighed, eller send kun kommunens egne zoner",
            )
        (work / LINES).write_bytes(bare)
        name = hashlib.sha256(bare).hexdigest()
        received = datetime.now(UTC).replace(microsecond=0).isoformat()
        about = {"municipality": municipality.code, "names": read.names, "received": received, "notes": read.notes}
        (work / ABOUT).write_bytes(json.dumps(about, ensure_ascii=False, indent=2).encode() + b"\n")
        with self._folders.changing:
            new = self._read(name) is None
            if new:
                self._check_room(len(bare))
                self._folders.publish(work, name)
            kept = self.get(name)
        log.info("areas kept", areas=name, new=new)
        return kept, new

    def _read_sent(self, content: bytes, municipality: Municipality, ending: str, chosen: Chosen | None) -> UserAreas:
        """Read a file as it came, which is not kept; errors do not tell where it was."""
        with self._folders.arriving() as work:
            file = work / f"filen{ending}"
            file.write_bytes(content)
            try:
                return read_areas_in(file, municipality, chosen)
            except TakstlabError as error:
                raise without_place(error, file) from None

    def _check_room(self, new_bytes: int) -> None:
        settings, kept = self._settings, self.all()
        why = ""
        if len(kept) >= settings.most_areas:
            why = f"tjenesten gemmer højst {settings.most_areas}"
        elif sum(areas.size for areas in kept) + new_bytes > settings.areas_mb * 2**20:
            why = f"byområderne må højst fylde {settings.areas_mb} MB"
        elif free_mb(self._folders.store) < settings.least_free_mb:
            why = f"der er under {settings.least_free_mb} MB ledig plads på disken"
        if why:
            raise StoreFullError(
                "Der er ikke plads til flere byområder", why=why, next_step="slet nogle, der ikke bruges"
            )

    def _read(self, name: str) -> Areas | None:
        """Return areas, None when there are none or they are not what they were."""
        if not NAME.fullmatch(name):
            return None
        folder = self._folders / name
        try:
            lines = (folder / LINES).read_bytes()
            about = json.loads((folder / ABOUT).read_bytes())
            received, names = datetime.fromisoformat(about["received"]), tuple(about["names"])
            municipality, notes = str(about["municipality"]), tuple(about.get("notes", ()))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if hashlib.sha256(lines).hexdigest() != name:
            return None
        return Areas(name, municipality, names, received, len(lines), notes)


def areas_of(settings: Settings) -> AreasStore:
    """Return the town areas of the store that the settings name."""
    return AreasStore(Path(settings.store), settings)
