"""Visited day-centre traffic (visiteret kørsel) that a free destination may take the place of: flagged, not counted."""

from sim.geography.destinations import find_destination
from sim.riders.clinic_rides import clinic_name
from sim.study.study import Study

CARED_FOR = {"care": "plejecenter, dagcenter eller lignende", "health": "klinik eller læge"}
"""Categories of destinations to which municipalities also grant rides, and what they are called."""


def displaced_notes(study: Study) -> list[str]:
    """Return a Danish note on each free destination to which the municipality may already pay for granted rides."""
    clinic = clinic_name(study.scenario.clinic, study.free_names)
    notes = []
    for name in study.free_names:
        kinds = [CARED_FOR[d.category] for d in find_destination(study.region, name) if d.category in CARED_FOR]
        if name == clinic:
            kinds = ["sygeplejeklinik"]
        if kinds:
            notes.append(
                f"Gratis til {name} ({kinds[0]}): gratis ture kan træde i stedet for visiteret kørsel, som kommunen betaler"
                " på en anden konto. En mindreudgift dér er ikke regnet med."
            )
    return notes
