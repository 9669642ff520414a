"""``takstlab clean``: a list of trips minimised where it lies, before it leaves the house."""

import os
from pathlib import Path
from typing import Any

import click

from api.cli.import_ import read_file, tell, trip_file_options
from tariffs.errors import InputError


@click.command("clean")
@trip_file_options
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FIL.parquet", help="Den rensede fil.")
def command(file: Path, out: Path, overwrite: bool, **given: Any) -> None:
    """Rens en turliste for personoplysninger, før den sendes videre.

    Adresser bliver til zoner og tider til halve timer; kolonner, der udelades med --ignore, læses ikke. Den rensede fil
    kan indlæses med takstlab import trips. Alt sker på denne maskine.
    """
    from sim.inputs.intake.trip_list import write_trips

    if out.suffix.lower() != ".parquet":
        raise InputError(f"Den rensede fil {out} skal ende på .parquet", next_step="skriv --out ture.parquet")
    if not out.parent.is_dir():
        raise InputError(f"Mappen {out.parent} findes ikke", next_step="opret den først")
    if out.exists() and (not overwrite or (file.exists() and out.samefile(file))):
        raise InputError(
            f"Filen {out} findes i forvejen", next_step="vælg et andet navn, eller erstat den med --overwrite"
        )
    listed, _ = read_file(file, given, cleaning=True)
    draft = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        write_trips(listed.table, draft)
        draft.replace(out)
    except OSError as error:
        raise InputError(f"Filen {out} kan ikke skrives", why=str(error.strerror or error)) from None
    finally:
        draft.unlink(missing_ok=True)
    tell(listed)
    click.echo(f"Den rensede liste er skrevet i {out}: kun {', '.join(listed.table.column_names)}.")
