"""A file of zones laid out in a folder of its own, with a limit on what it unpacks to."""

import re
import shutil
import zipfile
from pathlib import Path, PurePosixPath

from sim.geography.zone_files.parts import FORMATS, IN_WORDS, MISSING_PARTS, OPTIONAL_PARTS, PACKED, lacking, parts_of
from tariffs.errors import InputError

MOST_MB = 200
MOST_FILES = 500
_CHUNK = 1 << 20
_KEPT = {*FORMATS, *(ending for parts in (*MISSING_PARTS.values(), *OPTIONAL_PARTS.values()) for ending in parts)}


def lay_out(file: Path, folder: Path) -> list[Path]:
    """Put the file, or what it holds, in a folder that is empty; returns the files of zones there.

    Raises InputError for an archive that cannot be read or is beyond the limits, and for files that lack their other half.
    """
    if file.suffix.lower() in PACKED:
        _unpack(file, folder)
    else:
        parts = parts_of(file)
        if sum(part.stat().st_size for part in parts) > MOST_MB * 1_000_000:
            raise _too_large()
        for part in parts:
            shutil.copyfile(part, folder / f"{_plain(file.stem)}{part.suffix.lower()}")
    found = [one for one in sorted(folder.rglob("*")) if one.suffix.lower() in FORMATS and one.suffix not in PACKED]
    if not found:
        raise InputError("Filen er pakket, men har ingen zoner i sig", next_step=f"pak {IN_WORDS}")
    for one in found:
        if missing := lacking(one):
            raise InputError(
                f"{one.name} mangler {' og '.join(one.stem + ending for ending in missing)}",
                why="de hører sammen og kan ikke læses hver for sig",
                next_step="pak alle filerne med samme navn i én zip-fil, og brug den",
            )
    return found


def _unpack(file: Path, folder: Path) -> None:
    left = MOST_MB * 1_000_000
    try:
        with zipfile.ZipFile(file) as packed:
            wanted = [one for one in packed.infolist() if not one.is_dir() and _is_wanted(one.filename)]
            if len(wanted) > MOST_FILES:
                raise _too_large()
            places = {place: f"{n}" for n, place in enumerate(dict.fromkeys(_parent(one.filename) for one in wanted))}
            for one in wanted:
                name = PurePosixPath(one.filename.replace("\\", "/"))
                target = folder / places[_parent(one.filename)] / f"{_plain(name.stem)}{name.suffix.lower()}"
                target.parent.mkdir(exist_ok=True)
                with packed.open(one) as stream, target.open("wb") as out:
                    while chunk := stream.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise _too_large()
                        out.write(chunk)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise InputError(
            "Den pakkede fil kan ikke pakkes ud",
            why="den har en adgangskode" if "encrypted" in str(error) else "den er beskadiget eller ikke en zip-fil",
            next_step="pak den igen som almindelig zip uden adgangskode",
        ) from None


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.suffix.lower() in _KEPT - set(PACKED) and not path.name.startswith(".") and "__MACOSX" not in path.parts


def _parent(name: str) -> str:
    return str(PurePosixPath(name.replace("\\", "/")).parent)


def _plain(stem: str) -> str:
    """Return a name that leads nowhere else."""
    return re.sub(r"[^\w\- ]", "_", stem)[-80:] or "zoner"


def _too_large() -> InputError:
    return InputError(
        f"Filen fylder over {MOST_MB} MB eller {MOST_FILES} filer udpakket",
        why="så store filer læses ikke, for at en lille fil ikke kan fylde maskinen",
        next_step="gem kun kommunens egne zoner i en fil for sig",
    )
