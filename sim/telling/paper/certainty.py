"""How sure the answer is, in few words, and who is heard."""

from sim.answer.records import Answer
from sim.telling.figures import sure
from sim.telling.paper.kroner import change_figure
from sim.telling.paper.texts import names
from sim.telling.paper.today import CONFIRM, today_words
from sim.telling.report.phrases import is_own_volume
from sim.telling.section import Paragraph, Section, Text, sentences
from sim.words.numbers import approximately, english_marks


def certainty(comparison: Answer) -> Section:
    """Return how sure the answer is."""
    return Section("sikkerhed", Text("Hvor sikkert det er", "How sure it is"), (sentences(_told(comparison)),))


def _told(comparison: Answer) -> list[Text]:
    others = comparison.options[1:]
    told = [
        Text(
            "Tallene er regnet af en simulering, tur for tur. Intervallerne rummer både, at ingen to år er ens, og at forudsætningerne"
            " ikke kendes præcist.",
            "The figures are simulated, trip by trip. The intervals hold both that no two years are alike and that the assumptions are not"
            " known precisely.",
        )
    ]
    unsure = [o.name for o in others if not sure(change_figure(o.change.net_cost_oere))]
    if others and not unsure:
        told.append(
            Text(
                "Om det er mer- eller mindreudgift, er sikkert inden for forudsætningernes spænd.",
                "Whether the cost is higher or lower is certain within the ranges of the assumptions.",
            )
        )
    told += [
        Text(
            f"{name} er usikker: kan blive mer- eller mindreudgift.",
            f"{name} is uncertain: it may raise or lower the cost.",
        )
        for name in unsure
    ]
    untried = [o.name for o in others if o.extrapolation]
    if untried:
        which = names(untried)
        told.append(
            Text(
                f"{which.da}: en pris eller regel er ikke prøvet før, så svaret hviler på forsøg med andre priser (bilag 4).",
                f"{which.en}: a fare or rule has not been tried before, so the answer rests on trials of other fares (appendix 4).",
            )
        )
    if others and not is_own_volume(comparison):
        told.append(
            Text(
                "Passagertallet flytter alle valgmuligheder samme vej, så forskellen mellem dem er mere sikker end beløbene selv.",
                "The number of passengers moves all options the same way, so their difference is surer than the amounts.",
            )
        )
    if CONFIRM in today_words(comparison):
        told.append(
            Text(
                "At den nuværende ordning er den, der er regnet med, bør bekræftes, før sagen behandles (bilag 1).",
                "That the present service is the one assumed should be confirmed before the case is decided (appendix 1).",
            )
        )
    return [*told, *_shared_vehicles(comparison), *_neighbours(comparison)]


def _shared_vehicles(comparison: Answer) -> list[Text]:
    """Return what a change does to the cost of all vehicles together, where that is known."""
    for option in comparison.options[1:]:
        bill, whole = option.operator_payment_change_oere, option.avoidable_cost_change_oere
        if not bill or not whole or bill.mean >= 0 or not sure(change_figure(bill)):
            continue
        name, less = option.name, whole.mean < 0
        paid, spared = (approximately(abs(figure.mean) / 100) for figure in (bill, whole))
        return [
            Text(
                f"Flextur kører i fælles vogne. Under {name} falder kommunens andel af vognmandsbetalingen med ca. {paid} kr.; alle"
                f" vogne tilsammen koster ca. {spared} kr. {'mindre' if less else 'mere'} (bilag 2).",
                f"Flextur uses shared vehicles. Under {name} the municipality's share of the operator payment falls by about DKK"
                f" {english_marks(paid)}; all vehicles together cost about DKK {english_marks(spared)} {'less' if less else 'more'}"
                " (appendix 2).",
            )
        ]
    return []


def _neighbours(comparison: Answer) -> list[Text]:
    if not comparison.neighbours:
        return []
    return [
        Text(
            "Naboernes valg og tal er i bilag 5. Tallene må ikke lægges sammen på tværs af kommuner.",
            "The neighbours' choices and figures are in appendix 5. The figures must not be added across municipalities.",
        )
    ]


def hearing() -> Section:
    """Return who is heard."""
    heard = Text(
        "Mange af flexturs passagerer er ældre eller har et handicap. Papirets sidste side er skrevet til ældrerådet (seniorrådet) og"
        " handicaprådet og kan sendes for sig. Rådenes svar lægges ved sagen, når udvalget træffer beslutning.",
        "Many of flextur's passengers are older or have a disability. The last page is written to the elderly council and the disability"
        " council and can be sent by itself. Their answers are attached when the committee decides.",
    )
    return Section("hoering", Text("Høring", "Hearing"), (Paragraph(heard),))
