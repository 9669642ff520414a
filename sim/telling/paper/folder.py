"""Reads a result folder for its paper, and writes the paper's files."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from sim.answer.codec import read_answer
from sim.answer.identity import file_hash
from sim.answer.records import Answer
from sim.inputs.whole_folder import refuse_a_file
from sim.telling.folder import MANIFEST
from sim.telling.html import to_html
from sim.telling.paper.head import Head
from sim.telling.paper.paper import decision_paper
from sim.telling.pdf import to_pdf
from sim.telling.section import Document, English
from sim.telling.sheet import Lang
from tariffs.errors import DataError, InputError

COMPARISON = "comparison.json"
Form = Literal["pdf", "html", "docx"]
FORMS: tuple[Form, ...] = ("pdf", "html", "docx")
NAMES: dict[Lang, str] = {"da": "beslutning", "en": "decision"}
AGAIN = "kør takstlab compare igen"


def read_result(folder: Path) -> tuple[Answer, dict[str, Any]]:
    """Return the comparison and the manifest of a result folder.

    Raises InputError when it is not one, DataError when the comparison is damaged, changed by hand, or of another version.
    """
    for name in (COMPARISON, MANIFEST):
        if not (folder / name).is_file():
            raise InputError(
                f"Mappen {folder} er ikke et resultat af takstlab compare", why=f"{name} mangler",
                next_step="angiv mappen, som takstlab compare skrev, eller en scenariefil",
            )  # fmt: skip
    manifest = _read(folder / MANIFEST)
    written = (manifest.get("files") or {}).get(COMPARISON)
    if written is not None and written != file_hash(folder / COMPARISON):
        raise DataError(
            "Tallene er ændret, siden de blev beregnet", where=str(folder / COMPARISON),
            why="kontrolsummen er ikke den, der står i manifest.json", next_step=AGAIN,
        )  # fmt: skip
    return read_answer(_read(folder / COMPARISON), str(folder / COMPARISON)), manifest


def check_out(out: Path, files: Sequence[str], *, overwrite: bool) -> None:
    """Raise InputError when the paper's files cannot be put there, or would take the place of others."""
    refuse_a_file(out)
    taken = [name for name in files if (out / name).exists()]
    if taken and not overwrite:
        raise InputError(
            f"Mappen {out} har allerede {' og '.join(taken)}",
            next_step="vælg en anden mappe med --out, eller erstat dem med --overwrite",
        )


def file_names(forms: Sequence[Form], lang: Lang) -> list[str]:
    """Return what the paper's files are called in a language.

    >>> file_names(["pdf", "docx"], "da"), file_names(["html"], "en")
    (['beslutning.pdf', 'beslutning.docx'], ['decision.html'])
    """
    return [f"{NAMES[lang]}.{form}" for form in forms]


def rendered(paper: Document, form: Form, lang: Lang) -> bytes:
    """Return the paper in a form."""
    match form:
        case "pdf":
            return to_pdf(paper, lang)
        case "html":
            return to_html(paper, lang).encode()
        case "docx":
            from sim.telling.word import to_word  # late: python-docx is loaded where a Word file is made

            return to_word(paper, lang)


def write_paper(result: Path, out: Path, forms: Sequence[Form], lang: Lang, head: Head, english: English) -> list[Path]:
    """Write the paper of a result folder into ``out``, all its forms or none; return their places."""
    paper = decision_paper(*read_result(result), result, head=head, english=english)
    places = [out / name for name in file_names(forms, lang)]
    made = {path: rendered(paper, form, lang) for path, form in zip(places, forms, strict=True)}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, content in made.items():
            path.with_name(f".{path.name}.ufaerdig").write_bytes(content)
    except OSError as error:
        for path in made:
            path.with_name(f".{path.name}.ufaerdig").unlink(missing_ok=True)
        raise InputError(
            f"Der kan ikke skrives i {out}", why=str(error), next_step="vælg en anden mappe med --out"
        ) from error
    for path in made:
        os.replace(path.with_name(f".{path.name}.ufaerdig"), path)
    return places


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError("Filen kan ikke læses", where=str(path), why=str(error), next_step=AGAIN) from error
    if not isinstance(content, dict):
        raise DataError("Filen er ikke det, den skal være", where=str(path), next_step=AGAIN)
    return content
