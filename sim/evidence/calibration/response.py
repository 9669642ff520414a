"""The price response as a part of the calibration: fitted to the trials, told with prior, data and posterior side by side."""

from collections.abc import Mapping

from sim.evidence.calibration.found import Effect, Evidence, Family, FreeFactor, Known, evidence_of
from sim.evidence.calibration.lolland_words import lolland_sentence, rests_on_lolland
from sim.evidence.calibration.parts import Part, PartResult, Progress, Section
from sim.evidence.calibration.response_charts import sixty_chart, survival_chart
from sim.inputs.facts import load_facts
from sim.riders.response.evidence import SIXTY, ends, evidence, evidence_json
from sim.riders.response.fit import chosen_draws, draws_csv, fits, summary, summary_toml
from sim.words.cells import NONE, Cell, between, figure_cell
from sim.words.figure import Figure, Range
from sim.words.numbers import danish, listed
from sim.words.table import Table

FITS = ("price response",)
STEPS = 4
NAMES = {"prior": "før forsøgene", "posterior": "efter forsøgene", "without_lolland": "efter, uden Lolland"}
"""The three states of knowledge, in the order in which they are told."""
TRIALS = {"24_to_48": "town_48_trips", "36_to_72": "lolland_72_trips"}
"""The changes that a trial made, and the fact that it left."""


def run(workers: int, progress: Progress) -> PartResult:
    """Fit, and return the parameter files, the evidence and the report's sections. Uses one process whatever ``workers``."""
    progress(0, STEPS)
    fitted = fits()
    content = summary(fitted)
    progress(1, STEPS)
    draws = chosen_draws(fitted)
    progress(2, STEPS)
    document = evidence(fitted, content, draws)
    progress(3, STEPS)
    files = {
        "response/draws.csv": draws_csv(draws),
        "response/response.toml": summary_toml(content),
        "response/evidence.json": evidence_json(document),
    }
    found = evidence_of(document)
    result = PartResult(files, found, sections(found))
    progress(STEPS, STEPS)
    return result


PART = Part("response", "Prisfølsomhed", FITS, run)


def percent(value: float) -> str:
    """Return a percentage with one decimal."""
    return danish(value, 1)


def sections(found: Evidence) -> tuple[Section, ...]:
    """Return the report's sections, every number and sentence made from the evidence."""
    facts, effects = load_facts(), found.effects
    curves = tuple(
        survival_chart(int(start), rows, fact.low, fact.high)
        for (start, rows), fact in zip(found.curves.items(), (facts[key] for key in TRIALS.values()), strict=True)
    )
    keys = {key: f"Fra {ends(key)[0]} til {ends(key)[1]} kr." for key in SIXTY}
    return (
        Section(
            "Prisfølsomhed: før og efter forsøgene",
            (
                "Ændring i de berørte ture i en kommune, der ikke er set før: middeltal, og i parentes intervallet fra 10- til "
                "90-procent-fraktilen. Før forsøgene er det alene vores skøn (mærke J); efter forsøgene er skøn og målinger lagt "
                "sammen. Målt er de tal, som modellen er tilpasset.",
            ),
            (effects_table(effects), spread_table(found.spread)),
            curves,
        ),
        Section("Hvad svaret for 60 kr. hviler på", sixty_words(found), (sixty_table(effects),), (sixty_chart(effects, keys),)),
        Section("Kurveformerne", (families_words(found.families),), (families_table(found.families),)),
        Section(
            "Følsomhed ved hvert takstniveau",
            (
                "Priselasticiteten er, hvor mange procent færre ture én procent højere takst giver ved netop det niveau. Den er regnet "
                f"over de {found.draws} parametertrækninger, som simuleringen bruger, og gælder en kommune, der ikke er set før. "
                "Over 48 kr. er den en fremskrivning.",
            ),
            (elasticity_table(found.elasticity),),
        ),
        Section("Gratis destinationer", (free_words(found.free),), (free_table(found.free),)),
    )  # fmt: skip


def _change(key: str) -> str:
    before, after = ends(key)
    return f"{before} → {after} kr."


def _interval(found: Range) -> str:
    return between(found.low, found.high, percent)


def effects_table(effects: Mapping[str, Effect]) -> Table:
    """Return prior, data, posterior and posterior without Lolland of each change of level."""
    facts = load_facts()
    rows = []
    for key, found in effects.items():
        fact = facts[TRIALS[key]] if key in TRIALS else None
        seen = Cell(NONE) if fact is None else Cell(between(fact.low, fact.high, danish), fact.id)
        prior, posterior, without = (figure_cell(figure, percent) for figure in found.in_order)
        rows.append((Cell(_change(key)), prior, seen, posterior, without))
    return Table(
        "Ændring i de berørte ture, pct.",
        ("takst", NAMES["prior"], "målt", NAMES["posterior"], NAMES["without_lolland"]),
        tuple(rows),
    )


def spread_table(spread: Known) -> Table:
    """Return the spread between municipalities before and after."""
    row = tuple(figure_cell(figure, lambda value: danish(value, 2)) for figure in spread.in_order)
    caption = "Forskel mellem kommuner (s): reaktionen ganges med exp(s·z), z normalfordelt"
    return Table(caption, ("størrelse", *NAMES.values()), ((Cell("spredning s"), *row),))


def sixty_table(effects: Mapping[str, Effect]) -> Table:
    """Return the answers for 60 kr, by how much is supposed."""
    header = ("takst", "med Lolland", "uden Lolland", "uden kurveform", "den typiske kommune", NAMES["prior"])
    rows = []
    for key in SIXTY:
        found = effects[key]
        figures = (figure_cell(figure, percent) for figure in (found.posterior, found.without_lolland))
        rest = (figure_cell(figure, percent) for figure in (found.typical, found.prior))
        rows.append((Cell(_change(key)), *figures, Cell(_interval(found.without_form)), *rest))
    return Table("Ændring i de berørte ture ved 60 kr., pct.", header, tuple(rows))


def sixty_words(found: Evidence) -> tuple[str, ...]:
    """Return what an answer for 60 kr is, what of it rests on Lolland, and what the trials say without any curve."""
    effects, moved = found.effects, found.other_priors
    bounds = [f"{_interval(effects[key].without_form)} pct. ({_change(key)})" for key in SIXTY]
    return (
        "60 kr. er aldrig prøvet. Svaret er en fremskrivning og skal læses som et interval. "
        + rests_on_lolland(found.lolland),
        *(lolland_sentence(*ends(key), found.lolland[key]) for key in SIXTY),
        "Uden nogen kurveform, når det kun antages, at følsomheden ikke falder, når taksten stiger, og at ét svar gælder alle steder, "
        f"tillader forsøgene {listed(bounds)}.",
        "Andre skøn før forsøgene, eller en anden læsning af Lollands tal, flytter middeltallet højst "
        f"{listed([f'{danish(moved[key], 1)} procentpoint ({_change(key)})' for key in SIXTY])}.",
    )  # fmt: skip


def families_table(families: Mapping[str, Family]) -> Table:
    """Return each family's weight and its own answers, before and after the trials."""
    header = (
        "kurveform", "vægt før", "vægt efter", "vægt uden Lolland", *(f"middel {_change(key)}" for key in (*TRIALS, *SIXTY))
    )  # fmt: skip
    rows = []
    for name, found in families.items():
        weights = (Cell(danish(state.weight, 2)) for state in found.in_order)
        means = (
            Cell(percent(found.posterior.mean[key]), f"uden Lolland {percent(found.without_lolland.mean[key])}")
            for key in (*TRIALS, *SIXTY)
        )  # fmt: skip
        rows.append((Cell(FAMILY_NAMES.get(name, name)), *weights, *means))
    return Table("Kurveformer: vægt og eget middeltal efter forsøgene, pct.", header, tuple(rows))


FAMILY_NAMES = {"logistic": "logistisk", "normal": "normal", "weibull": "Weibull", "linear": "lineær til nul"}


def families_words(families: Mapping[str, Family]) -> str:
    """Return how far apart the families are, in weight and in their answer for 24 -> 60."""
    weights = {name: found.posterior.weight for name, found in families.items()}
    means = {name: found.posterior.mean["24_to_60"] for name, found in families.items()}
    mild, hard = max(means, key=lambda name: means[name]), min(means, key=lambda name: means[name])
    return (
        f"Forsøgene kan {'ikke ' if max(weights.values()) < 2 * min(weights.values()) else ''}skelne kurveformerne klart fra hinanden: "
        f"vægtene efter forsøgene går fra {danish(min(weights.values()), 2)} til {danish(max(weights.values()), 2)}. "
        f"Fra 24 til 60 kr. går deres egne middeltal fra {percent(means[mild])} pct. ({FAMILY_NAMES.get(mild, mild)}) til "
        f"{percent(means[hard])} pct. ({FAMILY_NAMES.get(hard, hard)})."
    )


def elasticity_table(found: Mapping[str, Figure]) -> Table:
    """Return the elasticity at each level."""
    rows = tuple(
        (Cell(f"{level} kr."), figure_cell(figure, lambda value: danish(value, 2))) for level, figure in found.items()
    )
    return Table("Priselasticitet", ("takst", "elasticitet"), rows)  # fmt: skip


def free_words(free: FreeFactor) -> str:
    """Return what is known of destinations that become free."""
    facts = load_facts()
    return (
        "Ingen jævn kurve passer også på gratis ture, så 0 kr. har sin egen virkning, som ikke er tilpasset: ture til et mål, der bliver "
        f"gratis, bliver til {danish(free.median)} gange så mange ({danish(free.low, 1)}-{danish(free.high)}, skøn J). Det "
        f"hviler på én destination: {facts['gladsaxe_trips'].statement_da}. Den, der kender tallet på besøg, bør give det i stedet."
    )


def free_table(free: FreeFactor) -> Table:
    """Return the multiplier of a destination that becomes free."""
    cells = tuple(Cell(danish(factor, 1)) for factor in (free.low, free.median, free.high))
    header = ("destination", "lavest", "midt", "højest")
    return Table("Gange så mange ture, når destinationen bliver gratis", header, ((Cell("enhver"), *cells),))
