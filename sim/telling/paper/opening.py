"""How the paper begins: what is asked, and the recommendation to fill in."""

from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.telling.paper.in_play import kind_of, value_of
from sim.telling.paper.texts import day_text, elements_text, names, option_name
from sim.telling.paper.today import is_todays
from sim.telling.report.headline import kroner_span, whole_kroner
from sim.telling.report.phrases import year_words
from sim.telling.report.printed import accounts
from sim.telling.report.printed import money as account_money
from sim.telling.section import Bullets, Item, Paragraph, Part, Section, Text, sentences
from sim.words.figure import Figure as Published
from sim.words.numbers import english_marks
from tariffs.elements import elements

FLEXTUR = Text(
    "Flextur er fælles kørsel fra adresse til adresse, som alle kan bestille hos Movia. Kommunen betaler vognmændene og et beløb til"
    " Movia for hver passager; det, passagererne betaler, trækkes fra. Det er nettoudgiften.",
    "Flextur is shared transport from door to door, which anyone can book with Movia. The municipality pays the operators and a fee to"
    " Movia for each passenger, less what the passengers pay. That is the net cost.",
)
MEANING = {
    "kommunetakst": (
        "Kommunetakst",
        Text("en lavere pris for ture, der begynder og slutter i kommunen.", "a lower fare for trips within the municipality."),
    ),
    "bytakst": (
        "Bytakst",
        Text("en pris for ture med begge ender i samme byområde.", "a fare for trips with both ends in the same town area."),
    ),
    **{element.id: (element.title, Text(element.means_da, element.means_en)) for element in elements().values()},
    "plustur": (
        "Plustur",
        Text(
            "en vogn til eller fra bus og tog, som bestilles sammen med rejsen, hvor der ikke er andet godt alternativ.",
            "a vehicle to or from bus and train, booked with the journey where there is no other good way.",
        ),
    ),
}  # fmt: skip
"""What an element means, by its kind."""


def question(comparison: Answer) -> Section:
    """Return what is asked: the options, what their elements mean, and from when."""
    today, *others = comparison.options
    town, start = comparison.municipality_name, comparison.start
    parts: list[Part] = [Paragraph(FLEXTUR)]
    if others:
        since = Text(f" fra {day_text(start).da}", f" from {day_text(start).en}") if start else Text("", "")
        asked = Text(
            f"Udvalget skal tage stilling til, om {town} Kommune skal ændre sin ordning{since.da}. Disse muligheder er sammenlignet:",
            f"The committee is to decide whether {town} Municipality should change its service{since.en}. These options are compared:",
        )
    else:
        asked = Text(
            f"Sagen viser, hvad flextur koster {town} Kommune i {year_words(comparison.year)}:",
            f"The paper shows what flextur costs {town} Municipality in {comparison.year}:",
        )
    told = [
        Item(option_name(option), _full_stop(elements_text(comparison, place)))
        for place, option in enumerate((today, *others))
    ]
    parts += [Paragraph(asked), Bullets(tuple(told), "letter")]
    meanings = _meanings(comparison)
    if meanings:
        parts.append(Bullets(tuple(meanings)))
    return Section("sag", Text("Hvad sagen handler om", "What is asked"), tuple(parts))


def _meanings(comparison: Answer) -> list[Item]:
    """Return what the elements in play mean, each kind once."""
    elements = dict.fromkeys(e for option in comparison.options for e in option.elements)
    said = [
        Item(Text(name, name), meaning)
        for name, meaning in (MEANING[k] for k in dict.fromkeys(map(kind_of, elements)) if k in MEANING)
    ]
    free = [value_of(element) for element in elements if kind_of(element) == "gratis"]
    if free:
        to = names(free)
        paid = Text(
            f"ture inden for kommunen til og fra {to.da} koster ikke passageren noget.",
            f"trips within the municipality to and from {to.en} cost the passenger nothing.",
        )
        said.append(Item(Text("Gratis destination", "Free destination"), paid))
    return said


def _full_stop(text: Text) -> Text:
    """Return a text with its full stop, which is there already after "kr."."""
    return Text(f"{text.da.removesuffix('.')}.", f"{text.en}.")


def recommendation(comparison: Answer) -> Section:
    """Return the recommendation: the options as alternatives to choose between, and lines to fill in."""
    heading = Text("Indstilling", "Recommendation")
    today, *others = comparison.options
    if not others:
        noted = Text(
            "Administrationen indstiller, at redegørelsen tages til efterretning.",
            "The administration recommends that the account be noted.",
        )
        return Section("indstilling", heading, (Paragraph(noted), Bullets((Item(None, None),), "number")))
    stays = Text("fortsætter uændret.", "goes on unchanged.")
    alternatives = [Item(option_name(today), stays), *(_alternative(comparison, option) for option in others)]
    points = [
        Text(
            "at ældrerådet (seniorrådet) og handicaprådet høres, før der træffes endelig beslutning,",
            "that the elderly council and the disability council are heard before a final decision,",
        )
    ]
    if comparison.start:
        points.append(
            Text(
                "at virkningen i budgetåret og helårsvirkningen indarbejdes i budgettet, hvis en ændring vælges,",
                "that the effect in the budget year and in a full year is included in the budget if a change is chosen,",
            )
        )
    return Section(
        "indstilling",
        heading,
        (
            Paragraph(
                Text(
                    "Administrationen indstiller, at udvalget vælger én af disse muligheder:",
                    "The administration recommends that the committee choose one of these options:",
                )
            ),
            Bullets(tuple(alternatives), "letter"),
            Paragraph(Text("og", "and")),
            Bullets((*sentences(points).items, Item(None, None), Item(None, None)), "number"),
        ),
    )


def _alternative(comparison: Answer, option: OptionAnswer) -> Item:
    """Return an option as an alternative, with its change in net cost."""
    if is_todays(comparison, option):
        return Item(option_name(option), Text("svarer til nuværende ordning.", "is the same as the present service."))
    start, year = comparison.start, comparison.year
    begins = Text("indføres", "is introduced")
    if start:
        day = day_text(start)
        begins = Text(f"indføres {day.da}", f"begins {day.en}")
    shown = account_money(comparison)
    change = _moves(
        option.change.net_cost_oere, accounts(comparison)[comparison.options.index(option)].change * shown.least
    )
    told = Text(
        f"{begins.da}. Nettoudgiften {change[0].da}{change[1].da} på et helt år",
        f"{begins.en}. The net cost {change[0].en}{change[1].en} in a full year",
    )
    part_year = option.part_year_change_oere
    if part_year is None:
        return Item(option_name(option), _full_stop(told))
    verb, amount = _moves(part_year, shown.steps(part_year.mean) * shown.least)
    return Item(
        option_name(option),
        Text(
            f"{told.da}; i budgetåret {year} {verb.da} den{amount.da}.",
            f"{told.en}; in budget year {year} it {verb.en}{amount.en}.",
        ),
    )


def _moves(figure: Published, printed_oere: float) -> tuple[Text, Text]:
    """Return how the net cost moves: the verb, and by how much in kroner with the interval, as the costs below print it."""
    if figure.is_nothing:
        return Text("er", "is"), Text(" uændret", " unchanged")
    between = kroner_span(figure)
    if not figure.sign_is_sure:
        return Text("kan", "may"), Text(
            f" både falde og stige ({between} kr.)",
            f" fall or rise (DKK {english_marks(between).replace(' til ', ' to ')})",
        )
    amount = whole_kroner(printed_oere)
    less = figure.mean < 0
    return Text("falder" if less else "stiger", "falls" if less else "rises"), Text(
        f" med ca. {amount} kr. ({between} kr.)", f" by about DKK {english_marks(amount)} ({english_marks(between)})"
    )
