"""How the paper ends: the hearing and the sources."""

from sim.telling.paper.document import Block, Bullets, Heading, Item, Paragraph, Section, sentences
from sim.telling.paper.today import source_titles
from sim.telling.report.phrases import editions_words, fares_words
from sim.words.cells import Json

VERSIONS = (("takstlab", "Takstlab"), ("model", "model"), ("tariffs", "takster"), ("data", "data"))
SERVICE = "takstlab serve"
"""What stands as the command of a run that the service made: not one that makes it again."""


def hearing() -> Section:
    """Return the høring: who is heard, and on what."""
    return Section(
        "hoering",
        "Høring",
        (
            Paragraph(
                "Mange af flexturs passagerer er ældre eller har et handicap. Ældrerådet (seniorrådet) skal derfor høres, og"
                " handicaprådet høres også. Sidste side af dette papir er skrevet til rådene og kan sendes for sig. Rådenes svar"
                " lægges ved sagen, når udvalget træffer beslutning."
            ),
        ),
    )


def sources(comparison: Json, manifest: Json, attribution: str) -> Section:
    """Return the kilder: fares, published facts, reference data, and how the calculation is repeated."""
    published = [f"{a['statement']}: {a['source']}." for a in comparison["assumptions"] if a["mark"] in "AB"]
    blocks: list[Block] = [
        sentences(
            [
                _fares(comparison),
                *(f"Kommunens ordning: {title}." for title in source_titles(comparison)),
                *published,
                *attribution.splitlines(),
            ]
        ),
        Heading("Sådan kan beregningen gentages"),
        Bullets(tuple(Item(name, text) for name, text in _repeat(comparison, manifest))),
    ]
    return Section("kilder", "Kilder", tuple(blocks))


def _fares(comparison: Json) -> str:
    """Say which price lists the trips are priced by; they are called Movia's only where all of their prices are known."""
    editions, unknown = editions_words(comparison), fares_words(comparison)
    if unknown:
        return f"Takster: dem, der gælder fra {editions}. {unknown}"
    return f"Takster: Movias takster, der gælder fra {editions}."


def _repeat(comparison: Json, manifest: Json) -> list[tuple[str, str]]:
    versions = manifest.get("versions") or {}
    told = ", ".join(f"{name} {versions[key]}" for key, name in VERSIONS if key in versions)
    command = str(manifest.get("command") or "ikke oplyst")
    if command == SERVICE:
        command = "takstlab compare scenarie.toml (filen hentes på svarets side under »Hent, gem og regn efter«)"
    lines = [
        ("Kommando", command),
        ("Beregningens id", str(manifest.get("run_id") or "ikke oplyst")),
        ("Tilfældighedens frø", str(comparison["seed"])),
        ("Versioner", told or "ikke oplyst"),
    ]
    zones = manifest.get("town_zones")
    if zones and zones["names"]:
        lines.insert(
            0, ("Byområder", f"{', '.join(zones['names'])}. {zones['source'][:1].upper()}{zones['source'][1:]}.")
        )
    return lines
