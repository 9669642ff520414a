"""From a finished comparison to its decision paper."""

from pathlib import Path

from data import attribution
from sim.telling.paper.case import case
from sim.telling.paper.certainty import certainty
from sim.telling.paper.citizens import citizens
from sim.telling.paper.closing import hearing, sources
from sim.telling.paper.councils import councils
from sim.telling.paper.document import Paper
from sim.telling.paper.economy import economy
from sim.telling.paper.opening import facts, recommendation, subtitle, summary, title
from sim.telling.paper.pictures import pictures
from sim.words.cells import Json


def decision_paper(comparison: Json, manifest: Json, folder: Path | None = None) -> Paper:
    """Return the paper of a comparison; the same comparison and manifest give the same paper.

    Parameters
    ----------
    comparison : the published comparison, as in ``comparison.json``
    manifest : what made it, as in ``manifest.json``; what it does not say is said to be unknown
    folder : the result folder, for the maps that are drawn from its tables of trips; None leaves them out
    """
    drawn = pictures(comparison, folder)
    return Paper(
        title=title(comparison),
        subtitle=subtitle(comparison),
        running=f"Flextur i {comparison['municipality_name']} Kommune",
        facts=facts(comparison, manifest),
        sections=(
            summary(comparison),
            recommendation(comparison),
            case(comparison),
            economy(comparison, drawn.economy),
            citizens(comparison, drawn.citizens),
            certainty(comparison, drawn.certainty),
            hearing(),
            sources(comparison, manifest, attribution()),
            councils(comparison),
        ),
    )
