"""The nurse clinic's fields in the builder."""

from dataclasses import dataclass

CLINIC = ("klinik", "klinik_besoeg", "klinik_kr", "klinik_minutter")


@dataclass(frozen=True)
class ClinicForm:
    """A nurse clinic that home visits would move to, in the municipality's own numbers; empty texts are left to the register."""

    destination: str = ""
    visits: str = ""
    kroner: str = ""
    minutes: str = ""

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the address that are written."""
        texts = (self.destination, self.visits, self.kroner, self.minutes)
        return [(key, text) for key, text in zip(CLINIC, texts, strict=True) if text]
