"""``takstlab store``: is everything in the store as it was written, a copy of it, and the copy put back."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.keys import settings_option, store_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.settings import Settings
    from api.store.inventory import Damage


@click.group("store")
def command() -> None:
    """Lageret: efterse det, tag en sikkerhedskopi, og læg den tilbage."""


@command.command("check", epilog="Ændrer intet, og kan gives, mens tjenesten kører. Svarer 1, når noget er beskadiget.")
@store_option
@settings_option
def check(store: str | None, settings: Path | None) -> int:
    """Efterse hver fil i et lager, eller i en sikkerhedskopi af et: hvad er beskadiget, og hvad gøres ved det?"""
    from api.store.backup import changed_since, is_backup
    from api.store.inventory import ABOUT, look_through
    from tariffs.errors import InputError

    folder = Path(_read(store, settings).store)
    if not (folder / ABOUT).exists():
        raise InputError(f"{folder} er ikke et lager", next_step="vælg lagerets mappe med --store")
    looked = look_through(folder)
    damages = {damage.file: damage for damage in looked.damages}
    if is_backup(folder):
        damages |= {damage.file: damage for damage in changed_since(folder)}
    _say(damages.values())
    said = "intet er beskadiget" if not damages else f"{_files(len(damages))} er beskadiget"
    click.echo(f"{_files(looked.files)} efterset, {_runs(looked.runs)}: {said}.")
    if looked.set_aside:
        click.echo(
            f"Tjenesten har lagt {_files(looked.set_aside)} til side i damaged/; slet dem, når årsagen er kendt."
        )
    return 1 if damages else 0


@command.command(
    "backup",
    epilog="Kan gives, mens tjenesten kører. Med job i PostgreSQL tages de først, med pg_dump, og gives med --jobs."
    " Svarer 1, når noget i lageret er beskadiget og derfor ikke er med.",
)
@click.argument("folder", metavar="MAPPE", type=click.Path(path_type=Path))
@click.option("--uploads", is_flag=True, help="Tag indlæste turlister med; de er personoplysninger.")
@click.option(
    "--jobs", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FIL", help="Job fra pg_dump."
)
@store_option
@settings_option
def backup(folder: Path, uploads: bool, jobs: Path | None, store: str | None, settings: Path | None) -> int:
    """Kopiér lageret til MAPPE, som ikke må være der i forvejen: resultater, navne, nøgler, job, prislister, byområder og køreplaner."""
    from api.store.backup import back_up
    from api.store.store import Store
    from tariffs.errors import InputError

    read = _read(store, settings)
    if read.database and jobs is None:
        raise InputError(
            "Jobbene ligger i PostgreSQL og skal tages først",
            why="en kopi, hvis job er nyere end dens resultater, mangler dem",
            next_step=f'pg_dump --schema=takstlab_{Store(Path(read.store)).id} --file=jobs.sql "$TAKSTLAB_DATABASE", og kør '
            "derpå kommandoen igen med --jobs jobs.sql",
        )
    copied = back_up(Path(read.store), folder, with_uploads=uploads, dump=jobs)
    _say(copied.damages)
    click.echo(f"{_files(copied.files)} kopieret til {folder}, {_runs(copied.runs)}.")
    if not uploads:
        click.echo("Indlæste turlister er ikke med; de tages med --uploads.", err=True)
    if copied.damages:
        click.echo(f"{_files(len(copied.damages))} er beskadiget og ikke med; se dem ovenfor.", err=True)
    return 1 if copied.damages else 0


@command.command(
    "restore", epilog="Tjenesten på lageret skal være standset. Svarer 1, og ændrer intet, når kopien er beskadiget."
)
@click.argument("folder", metavar="MAPPE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Læg kopien i stedet for det lager, der er; det flyttes til side.")
@store_option
@settings_option
def put_back(folder: Path, replace: bool, store: str | None, settings: Path | None) -> int:
    """Læg sikkerhedskopien i MAPPE tilbage som lager, når hver fil i den er, som den blev kopieret."""
    from api.store.backup import DUMP, restore

    read = _read(store, settings)
    place = Path(read.store)
    done = restore(folder, place, replace=replace)
    if done.damages:
        _say(done.damages)
        click.echo(
            f"{_files(len(done.damages))} af {done.files} er beskadiget; intet er ændret. Er der ingen anden kopi, så kopiér"
            " mappen, og start tjenesten på kopien: den læser alt det, der er helt.",
            err=True,
        )
        return 1
    click.echo(f"{_files(done.files)} lagt tilbage i {place}.")
    if done.moved is not None:
        click.echo(f"Det gamle lager står i {done.moved}; slet det, når det nye er set efter.")
    if (place / DUMP).exists():
        click.echo(
            f'Før tjenesten startes: psql --file={place / DUMP} "$TAKSTLAB_DATABASE", i en database uden de gamle job.'
        )
    return 0


def _read(store: str | None, settings: Path | None) -> "Settings":
    from api.settings import read_settings

    return read_settings(os.environ, settings, store=store)


def _say(damages: "Iterable[Damage]") -> None:
    for damage in damages:
        click.echo(f"{damage.file}: {damage.wrong}. Gør nu: {damage.next_step}")


def _files(count: int) -> str:
    return "1 fil" if count == 1 else f"{count} filer"


def _runs(count: int) -> str:
    return "1 resultat" if count == 1 else f"{count} resultater"
