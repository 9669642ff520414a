"""From a finished comparison to its decision paper."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data import attribution
from sim.answer.records import Answer
from sim.telling.drawing.drawings import Drawings, drawings
from sim.telling.paper.appendix import appendix
from sim.telling.paper.certainty import certainty, hearing
from sim.telling.paper.chart import change_chart
from sim.telling.paper.citizens import citizens
from sim.telling.paper.councils import councils
from sim.telling.paper.english import in_english, with_register
from sim.telling.paper.head import Head, running, subtitle, title
from sim.telling.paper.kroner import kroner
from sim.telling.paper.opening import question, recommendation
from sim.telling.section import Document, English, untranslated


def decision_paper(
    comparison: Answer,
    manifest: Mapping[str, Any],
    folder: Path | None = None,
    *,
    head: Head | None = None,
    english: English = untranslated,
) -> Document:
    """Return the paper of a comparison; the same comparison, manifest and head give the same paper.

    Parameters
    ----------
    comparison : the published comparison, as in ``comparison.json``
    manifest : what made it, as in ``manifest.json``; what it does not say is said to be unknown
    folder : the result folder, for the maps that are drawn from its tables of trips; None leaves them out
    head : what its author states; without it date, author and case number are left to be filled in
    english : returns the English of a text in the report's tables, which the appendix shows
    """
    stated = head or Head()
    known = with_register(english, comparison)
    several = len(comparison.options) > 1
    document = Document(
        title=title(comparison),
        subtitle=subtitle(comparison),
        running=running(comparison),
        fields=stated.fields(),
        sections=(
            question(comparison),
            recommendation(comparison),
            *kroner(comparison, change_chart(comparison) if several else None),
            *citizens(comparison),
            certainty(comparison),
            hearing(),
            *appendix(comparison, manifest, attribution(), _drawn(comparison, folder, english), known),
            *councils(comparison),
        ),
        author=stated.author or "",
    )
    return document if english is untranslated else in_english(document, known)


def _drawn(comparison: Answer, folder: Path | None, english: English) -> tuple[Drawings, Drawings]:
    """Return the drawings in Danish and in English; the same where no English is known."""
    danish = drawings(comparison, folder)
    if english is untranslated:
        return danish, danish
    return danish, drawings(comparison, folder, translator=lambda text: english(text) or text)
