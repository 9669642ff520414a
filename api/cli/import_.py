"""``takstlab import``: a municipality's own data, checked and minimised as it comes in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.options import Typed, read_pairs
from api.clock import today
from sim.words.names import told_apart
from sim.words.no_formula import no_formula
from tariffs.errors import InputError
from tariffs.typed import read_day

if TYPE_CHECKING:
    from sim.inputs.intake.settings import Settings
    from sim.inputs.intake.trip_list import TripList


@click.group("import")
def command() -> None:
    """Indlæs kommunens egne data."""


def read_period(text: str, flag: str) -> tuple[date, date]:
    """Return the first and the last day of a period; raises InputError.

    A day with slashes has no place in it: the slash stands between the days.
    """
    parts = text.split("/")
    if len(parts) != 2:
        raise InputError(f"{text} er ikke en periode", where=flag, next_step="skriv 2019-01-01/2019-12-31")
    first, last = (read_day(part, flag) for part in parts)
    if last < first:
        raise InputError(f"{text} slutter, før den begynder", where=flag, next_step="byt om på dagene")
    return first, last


PERIOD = Typed("periode", read_period)


def trip_file_options(decorated: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command everything that can be said of a file of trips."""
    options = (
        click.argument("file", type=click.Path(path_type=Path), metavar="FIL"),
        click.option("--municipality", required=True, metavar="KOMMUNE", help="Kommune: kode eller navn."),
        click.option("--map", "mapping", multiple=True, metavar="FELT=KOLONNE", help="Filens kolonne for et felt; kan gentages."),
        click.option("--ignore", "ignored", multiple=True, metavar="KOLONNE", help="Udelad en kolonne; kan gentages."),
        click.option("--columns", type=click.Path(path_type=Path), metavar="FIL", help="Kolonnerne fra en TOML-fil; --map går forud."),
        click.option("--sheet", metavar="NAVN", help="Arket i et regneark."),
        click.option("--numbers", type=click.Choice(["da", "en"]), help="Tal som 1.234,50 (da) eller 1,234.50 (en)."),
        click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="Datoer med dag eller måned først."),
        click.option("--encoding", metavar="TEGNSÆT", help="utf-8, utf-16, cp1252 eller cp850; ellers afgøres det af filen."),
        click.option("--period", type=PERIOD, metavar="FRA/TIL", help="Tag kun ture i perioden, fx 2019-01-01/2019-12-31."),
        click.option("--only-own", is_flag=True, help="Udelad ture, der starter i en anden kommune."),
        click.option("--places", type=click.Path(path_type=Path), metavar="FIL",
                     help="Steder for tekster, der ikke kan placeres (tekst;sted). Findes filen ikke, skrives den med teksterne."),
        click.option("--leave-out-unplaced", is_flag=True, help="Udelad ture med et sted, der ikke kan placeres (højst 10 %)."),
        click.option("--faults", type=click.Path(path_type=Path), metavar="FIL", help="Skriv alle fejl som CSV."),
        click.option("--overwrite", is_flag=True, help="Erstat et tidligere resultat."),
    )  # fmt: skip
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


@command.command("trips")
@trip_file_options
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="MAPPE", help="Mappe til turlisten.")
def trips(file: Path, out: Path, overwrite: bool, **given: Any) -> None:
    """Indlæs en turliste (CSV, regneark, Parquet) som efterspørgsel i stedet for den beregnede.

    Adresser bliver til zoner og tider til halve timer, før noget gemmes. Er der én fejl, gemmes intet. Kolonner, der
    ikke kendes, og alt, der ligner personoplysninger, afvises. Felter og kolonnenavne: docs/import.md.
    """
    from sim.inputs.intake.imported import check_place, write_import

    check_place(out, overwrite=overwrite)
    listed, settings = read_file(file, given)
    told = write_import(listed, settings.period, out)
    tell(listed)
    click.echo(
        f"{_count(told['rows'])} ture med {_count(told['passengers'])} passagerer, {told['period']['first']} - "
        f"{told['period']['last']}, er indlæst i {out}. Brug dem med takstlab compare --trips {out}."
    )


@command.command("areas")
@click.argument("file", type=click.Path(path_type=Path), metavar="FIL")
@click.option("--municipality", required=True, metavar="KOMMUNE", help="Kommune: kode eller navn.")
@click.option("--layer", metavar="LAG", help="Laget med zonerne, når filen har flere.")
@click.option(
    "--name-property", metavar="EGENSKAB", help="Egenskaben med zonernes navne; ellers vælges den ud fra filen."
)
@click.option(
    "--crs", type=click.Choice(["25832", "4326", "3857"]), help="Koordinatsystem (EPSG), når filen intet siger."
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Fil til byområderne (.geojson, .gpkg).",
)
@click.option(
    "--trips", type=click.Path(path_type=Path), metavar="MAPPE", help="Egne ture, der tælles for hvert område."
)
@click.option("--overwrite", is_flag=True, help="Erstat filen.")
def areas(file: Path, municipality: str, out: Path, trips: Path | None, overwrite: bool, **said: str | None) -> None:
    """Læs byområder fra en fil af GIS, og skriv dem som GeoJSON eller GeoPackage med det, der vides om dem.

    Der læses GeoPackage, shapefile, MapInfo, KML, GML og GeoJSON. Områderne prøves mod kommunen. Ugyldige omrids rettes, og det
    vises, hvad rettelsen betød for arealet. Filen har for hvert område indbyggere (persons) og med --trips ture fra, til og inden
    for det, og kan bruges med --town-areas.
    """
    from sim.desk.fairness import area_figures
    from sim.geography.municipalities import find_municipality
    from sim.geography.user_areas import Chosen, read_areas_in
    from sim.geography.zone_files.writing import OUT, write_zones
    from sim.inputs.intake.imported import read_import

    if out.suffix.lower() not in OUT:
        raise InputError(
            f"--out {out} er hverken GeoJSON eller GeoPackage", next_step=f"giv den endelsen {' eller '.join(OUT)}"
        )
    if out.exists() and not overwrite:
        raise InputError(f"{out} findes i forvejen", next_step="vælg et andet navn, eller brug --overwrite")
    place = find_municipality(municipality)
    read = read_areas_in(file, place, Chosen(**said))
    write_zones(area_figures.with_figures(read, place, None if trips is None else read_import(trips)[0]), out)
    for note in read.notes:
        click.echo(f"  {note}", err=True)
    click.echo(
        f"{len(read.names)} byområder er skrevet i {out}: {', '.join(told_apart(read.names))}. Brug dem med --town-areas {out}."
    )


def read_file(file: Path, given: dict[str, Any], *, cleaning: bool = False) -> "tuple[TripList, Settings]":
    """Read and minimise a file as the command's options say; all faults are written when that is asked for."""
    from sim.geography.municipalities import find_municipality
    from sim.inputs.intake.columns_file import read_columns_file
    from sim.inputs.intake.door import FaultyTripsError, read_trip_list
    from sim.inputs.intake.places_file import read_places, write_places
    from sim.inputs.intake.settings import Settings

    places: Path | None = given["places"]
    said = {} if given["columns"] is None else read_columns_file(given["columns"])
    settings = Settings(
        mapping={**said.get("columns", {}), **read_pairs(given["mapping"], "--map")},
        ignored=(*said.get("ignore", ()), *given["ignored"]),
        sheet=given["sheet"] or said.get("sheet"),
        numbers=given["numbers"] or said.get("numbers"),
        dates=given["dates"] or said.get("dates"),
        encoding=given["encoding"],
        period=given["period"],
        only_own=given["only_own"],
        places=read_places(places) if places is not None and places.exists() else {},
        leave_out_unplaced=given["leave_out_unplaced"],
        today=today(),
    )
    code = find_municipality(given["municipality"]).code
    if given["faults"] is not None:
        _check_faults(given["faults"])
    try:
        return read_trip_list(file, code, settings, cleaning=cleaning), settings
    except FaultyTripsError as error:
        if given["faults"] is not None:
            _write_faults(error.faults.listed(), given["faults"])
            click.echo(f"Alle fejl står i {given['faults']}.", err=True)
        if error.unplaced and places is not None and not places.exists():
            write_places(error.unplaced, places)
            click.echo(
                f"Teksterne står i {places}: udfyld kolonnen sted, se forslagene efter, og kør kommandoen igen.",
                err=True,
            )
        raise


def tell(listed: "TripList") -> None:
    """Say on standard error what became of the file: rows and columns left out, how it was read, what was supposed."""
    account = listed.account
    click.echo(f"{_count(account.rows_read)} rækker læst, {_count(account.rows_kept)} beholdt.", err=True)
    for reason, rows in account.left_out.items():
        click.echo(f"  udeladt: {_count(rows)}: {reason}", err=True)
    click.echo(
        "  kolonner: " + ", ".join(f"{column} ({field})" for field, column in account.columns_kept.items()), err=True
    )
    if account.columns_ignored:
        click.echo(f"  kolonner udeladt: {', '.join(account.columns_ignored)}", err=True)
    read_as = [f"tegnsæt {account.encoding}"] if account.encoding else []
    if account.numbers:
        read_as.append({"da": "danske tal (1.234,50)", "en": "engelske tal (1,234.50)"}[account.numbers])
    if read_as:
        click.echo(f"  læst som {', '.join(read_as)}", err=True)
    click.echo("  adresser, navne og koordinater er blevet zoner, tider halve timer", err=True)
    placing = account.placing
    click.echo(
        f"  steder: {_count(placing.placed)} af {_count(placing.trips)} ture er placeret, {_count(placing.by_town)} af dem kun efter"
        f" by, {_count(placing.by_user)} af jer; {_count(placing.left_out)} er udeladt, 0 afvist",
        err=True,
    )
    for note in account.notes:
        click.echo(f"  {note}", err=True)


HEADER = "række;kolonne;værdi;ventet"


def _check_faults(file: Path) -> None:
    """Raise InputError when the faults would take the place of anything but earlier faults: the list itself, for one."""
    if not file.exists():
        return
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as stream:
            ours = stream.readline().rstrip() == HEADER
    except OSError:
        ours = False
    if not ours:
        raise InputError(f"{file} findes og er ikke en fejlliste", next_step="vælg et andet navn med --faults")


def _write_faults(faults: list[tuple[int, str, str, str]], file: Path) -> None:
    import csv

    try:
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
            writer.writerow(HEADER.split(";"))
            for row, *texts in faults:
                # A cell that a sheet would take for a formula gets an apostrophe.
                writer.writerow([row, *map(no_formula, texts)])
    except OSError as error:
        raise InputError(f"Fejlene kan ikke skrives i {file}", why=str(error.strerror or error)) from None


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
