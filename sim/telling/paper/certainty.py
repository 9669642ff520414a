"""The usikkerhed og forudsætninger: what the interval means, what moves it, and what the answer rests on."""

from sim.telling.paper.document import Block, Bullets, Heading, Item, Paragraph, Picture, Rows, Section, sentences
from sim.telling.report.assumption_rows import weighty_lines
from sim.telling.report.budget_section import observed_tables, observed_words
from sim.telling.report.experiments_section import HEADING as TRIALS
from sim.telling.report.experiments_section import experiments_table, experiments_words
from sim.telling.report.important import most_important_table
from sim.telling.report.phrases import is_own_volume, precision_words
from sim.telling.report.table import certainty_table
from sim.words.cells import Json, sign_is_sure

TWO_KINDS = (
    "Tilfældighed er, at ingen to år er ens. Forudsætninger er det, ingen kender præcist: hvordan passagererne reagerer på prisen,"
    " hvor stor en del af turene der er inde i byområdet"
)
SAME = "Alle valgmuligheder er regnet på de samme passagerer og de samme tilfældigheder."
WIDE = (
    "De brede intervaller kommer mest af, at kommunens eget passagertal mangler. Det flytter alle valgmuligheder samme vej på én gang,"
    " så forskellen mellem dem er mere sikker end tallene selv."
)


def certainty(comparison: Json, pictures: list[Picture]) -> Section:
    """Return the section; ``pictures`` show which assumptions matter."""
    others, own = comparison["options"][1:], is_own_volume(comparison)
    volume = "" if own else ", og hvor mange passagerer kommunen har"
    blocks: list[Block] = [
        Heading("Hvordan intervallerne læses"),
        Paragraph(
            "Hvert tal er et gennemsnit af mange beregninger. Intervallet i parentes er det, som 8 af 10 beregninger ligger"
            " inden for: 1 af 10 ligger under og 1 af 10 over."
        ),
        Paragraph(f"{TWO_KINDS}{volume}. {SAME}"),
    ]
    if others:
        blocks += [Rows(certainty_table(comparison)), *_verdicts(others)]
    if others and not own:
        blocks.append(Paragraph(WIDE))
    blocks.append(Paragraph(precision_words(comparison)))
    trials = experiments_table(comparison)
    if trials is not None:
        blocks += [Heading(TRIALS), Rows(trials, words=True), sentences(experiments_words(comparison))]
    tried = [Item(o["name"], o["extrapolation"]) for o in others if o["extrapolation"]]
    if tried:
        blocks += [Heading("Priser og regler, der ikke er prøvet"), Bullets(tuple(tried))]
    important = most_important_table(comparison)
    if important is not None:
        blocks += [Heading("De forudsætninger, der betyder mest"), Rows(important, words=True), *pictures]
    blocks += [
        Heading("Forudsætninger, svaret hviler på"),
        sentences([*comparison["notes"], *weighty_lines(comparison)]),
        Paragraph(
            f"Alle {len(comparison['assumptions'])} forudsætninger står med værdi, spænd og kilde i beregningens rapport"
            " (report.html) og på svarets side under »Alle forudsætninger«; vedlæg dem som bilag.",
            "note",
        ),
    ]
    observed = observed_tables(comparison)
    if observed:
        blocks += [Heading("Kommunens egne måneder"), sentences(observed_words(comparison)), *map(Rows, observed)]
    return Section("usikkerhed", "Usikkerhed og forudsætninger", tuple(blocks))


def _verdicts(others: list[Json]) -> list[Paragraph]:
    """Say of each option whether the direction of the change is sure, where it is not the same for all."""
    unsure = [o["name"] for o in others if not sign_is_sure(o["change"]["net_cost_oere"])]
    if not unsure:
        return [
            Paragraph(
                "Ingen af intervallerne krydser nul: om det er mer- eller mindreudgift, er sikkert inden for forudsætningernes"
                " spænd."
            )
        ]
    return [Paragraph(f"{name} er usikker: kan blive mer- eller mindreudgift.") for name in unsure]
