"""A file that says which columns of lists with the same headings are which, so that it need not be said each time."""

import tomllib
from pathlib import Path
from typing import Any

from tariffs.errors import InputError

KEYS = {"columns": dict, "ignore": list, "sheet": str, "numbers": str, "dates": str}
CHOICES = {"numbers": ("da", "en"), "dates": ("dmy", "mdy")}
EXAMPLE = '[columns], og under den linjer som passagerer = "Antal pers."'


def read_columns_file(file: Path) -> dict[str, Any]:
    """Return what a TOML file says of a list: ``columns`` (field to column), ``ignore``, ``sheet``, ``numbers`` and ``dates``.

    What is not said is left out. Raises InputError for a file that cannot be read or says anything else.
    """
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            "filen med kolonner kan ikke læses", where=str(file), why=str(error), next_step=f"skriv {EXAMPLE}"
        ) from None
    for key, value in said.items():
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if (
            not isinstance(value, KEYS.get(key, ()))
            or not all(isinstance(one, str) for one in inside)
            or value not in CHOICES.get(key, (value,))
        ):
            raise InputError(
                f"'{key}' i filen med kolonner kan ikke bruges",
                where=str(file),
                next_step=f"brug {', '.join(KEYS)}: {EXAMPLE}",
            )
    return said
