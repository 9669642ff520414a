"""The kroner and prices: full year, this budget year, the price of a trip, the budget and the years ahead."""

from dataclasses import replace

from sim.answer.records import Answer
from sim.answer.records.budget import Outturn
from sim.answer.records.outlook import OptionYear
from sim.telling.figures import KRONER, SHARE, UNCERTAIN, money, sure
from sim.telling.paper.texts import day_text, option_name, trip_text
from sim.telling.report.budget_section import outturn_steps
from sim.telling.report.cost_words import cost_words, cost_words_en, years_ahead_words, years_ahead_words_en
from sim.telling.report.headline import headline, moved_words
from sim.telling.report.outlook_section import budget_year_words
from sim.telling.report.phrases import is_own_volume, price_day
from sim.telling.report.priced_trips import no_price, priced_trips
from sim.telling.report.printed import UNIT, accounts_of, net_cost_percents
from sim.telling.report.printed import money as account_money
from sim.telling.section import (
    Callout,
    Column,
    Figure,
    Pair,
    Paragraph,
    Part,
    Rows,
    Section,
    Text,
    Unit,
    Value,
    same,
    sentences,
)
from sim.telling.sentences import flexhandicap_en
from sim.words.cells import MOST_PERCENT, percent_cell
from sim.words.figure import Figure as Published
from sim.words.numbers import approximately, english_marks
from sim.words.rounding import Printed

OPTION = Column("option", Text("valgmulighed", "option"))
INTERVAL = Text(
    "I parentes: i 8 af 10 beregninger ligger resultatet mellem de to tal. Plus er merudgift, minus er mindreudgift.",
    "In parentheses: in 8 of 10 calculations the result lies between the two. Plus is a higher, minus a lower cost.",
)
METHODS = (Text("lige fremskrivning", "straight line"), Text("simuleret", "simulated"))


def change_figure(figure: Published) -> Figure:
    """Return a change of the comparison as a value."""
    return Figure(figure.mean, figure.p10, figure.p90, change=True)


def level_figure(figure: Published) -> Figure:
    """Return a figure of the comparison that is no change."""
    return Figure(figure.mean, figure.p10, figure.p90)


def change_spans(comparison: Answer) -> list[tuple[Text, list[Published]]]:
    """Return the changes in net cost of the full year and, where there is one, of this budget year's part."""
    others, year = comparison.options[1:], comparison.year
    spans = [(Text("hele året", "full year"), [o.change.net_cost_oere for o in others])]
    in_part = [o.part_year_change_oere for o in others if o.part_year_change_oere]
    if in_part:
        spans.append((Text(f"i budgetåret {year}", f"in budget year {year}"), in_part))
    return spans


def unit_of(comparison: Answer) -> tuple[Unit, Text]:
    """Return the unit of the paper's amounts: that of the page's tables, the same in the paper's table and its chart."""
    if len(comparison.options) == 1:
        return money([level_figure(option.net_cost_oere) for option in comparison.options])
    shown = account_money(comparison)
    return Unit(shown.unit, shown.decimals), Text(UNIT, "DKK thousand")


def net_costs(comparison: Answer) -> list[Figure]:
    """Return the net cost of each option as the page prints it: unchanged and change add up to it."""
    return [account[-1] for account in account_rows(comparison)]


def account_rows(comparison: Answer) -> list[list[Figure]]:
    """Return operator payment, fares, fee and net cost of each option, as the page prints them."""
    options, (unit, _) = comparison.options, unit_of(comparison)
    shown = Printed(unit.per, unit.decimals)
    found = accounts_of(options, [option.change.net_cost_oere.mean for option in options], shown)
    return [
        [
            replace(level_figure(figure), mean=steps * shown.least)
            for figure, steps in (
                (option.operator_payment_oere, account.operator_payment), (option.fares_oere, account.fares),
                (option.movia_fee_oere, account.movia_fee), (option.net_cost_oere, account.net_cost),
            )
        ]
        for option, account in zip(options, found, strict=True)
    ]  # fmt: skip


def kroner(comparison: Answer, chart: Part | None) -> list[Section]:
    """Return the sections; ``chart`` stands under the table that it draws."""
    others = comparison.options[1:]
    parts: list[Part] = [Paragraph(text, "answer") for text in _answers(comparison)]
    if not is_own_volume(comparison):
        parts.append(_not_own(comparison))
    if others:
        parts.append(_net_cost(comparison))
    parts.append(Paragraph(INTERVAL, "note"))
    if (begins := _introduction(comparison)) is not None:
        parts.append(Paragraph(begins))
    if chart is not None:
        parts.append(chart)
    beside = _beside(comparison)
    if beside:
        parts.append(sentences(beside))
    return [
        Section("oekonomi", Text("Økonomi", "Costs"), tuple(parts)),
        Section("priser", Text("Priser", "Prices"), (_prices(comparison), Paragraph(_price_note(comparison), "note"))),
        *_budget(comparison),
        *_years_ahead(comparison),
    ]


def _answers(comparison: Answer) -> list[Text]:
    """Return each option's effect, or what the only option costs."""
    others = comparison.options[1:]
    town, year = comparison.municipality_name, comparison.year
    if others:
        return [
            Text(
                f"{option.name} i {town} i {year}: {headline(comparison, place)}",
                f"{option.name} in {town} in {year}: {headline(comparison, place, 'en')}",
            )
            for place, option in enumerate(others, start=1)
        ]
    cost, ahead = Text(cost_words(comparison), cost_words_en(comparison)), years_ahead_words(comparison)
    return [cost, Text(ahead, years_ahead_words_en(comparison))] if ahead else [cost]


def _not_own(comparison: Answer) -> Callout:
    count = approximately(comparison.volume.passengers)
    return Callout(
        Text("Passagertallet er ikke kommunens eget.", "The number of passengers is not the municipality's own."),
        (
            Text(
                f"Der er regnet med ca. {count} passagerer om året, som er et skøn. Læs derfor først virkningen i procent: beløbene i"
                " kroner bærer hele usikkerheden om passagertallet. Kommunens eget tal gør svaret langt sikrere.",
                f"The calculation assumes about {english_marks(count)} passengers a year, which is an estimate. Read the effect in"
                " percent first: the amounts carry all the uncertainty about the number. The municipality's own number makes the"
                " answer far surer.",
            ),
        ),
    )


def _net_cost(comparison: Answer) -> Rows:
    """Return net cost and its change."""
    today = comparison.options[0]
    unit, of = unit_of(comparison)
    year, with_part = comparison.year, today.part_year is not None
    percents, per_cent = net_cost_percents(comparison)
    columns = [
        OPTION,
        Column("net_cost", Text("nettoudgift, hele året", "net cost, full year"), unit),
        Column("change", Text("ændring, hele året", "change, full year"), unit),
        Column("percent", Text("ændring i procent", "change in percent"), replace(SHARE, decimals=per_cent.decimals)),
    ]
    if with_part:
        columns.append(
            Column("part_year", Text(f"virkning i budgetåret {year}", f"effect in budget year {year}"), unit)
        )
    rows: list[tuple[Value, ...]] = []
    for option, net_cost, percent in zip(comparison.options, net_costs(comparison), [None, *percents], strict=True):
        if option is today:
            rows.append((option_name(option), net_cost, *([None] * (len(columns) - 2))))
            continue
        part = [change_figure(moved)] if (moved := option.part_year_change_oere) else []
        change = change_figure(option.change.net_cost_oere)
        rows.append(
            (option_name(option), net_cost, change, _share(percent, per_cent) if sure(change) else UNCERTAIN, *part)
        )
    level = comparison.price_level
    prices = Text(f" i {level}-priser", f" in prices of {level}") if level else same("")
    caption = Text(f"Kommunens nettoudgift, {of.da}{prices.da}", f"The municipality's net cost, {of.en}{prices.en}")
    return Rows(caption, tuple(columns), tuple(rows))


def _share(percent: Published | None, per_cent: Printed) -> Value:
    """Return a change in per cent; one that may be more than twice as much again in times, as the page tells it."""
    if percent is None or percent.p90 <= MOST_PERCENT:
        return None if percent is None else change_figure(percent)
    cell = percent_cell(percent, per_cent)
    return Pair(*(Text(text, in_times_en(text)) for text in cell))


def in_times_en(text: str) -> str:
    """Return how many times as much in English.

    >>> in_times_en("ca. 4,3 gange"), in_times_en("(1,5-12)")
    ('about 4.3 times', '(1.5-12)')
    """
    if text == UNCERTAIN.da:
        return UNCERTAIN.en or ""
    return english_marks(text).replace("ca. ", "about ").replace(" gange", " times").replace(" til ", " to ")


def _introduction(comparison: Answer) -> Text | None:
    """Return in short how an introduced service grows; the whole sentence is in the appendix."""
    begins = comparison.introduction
    if begins is None:
        return None
    mean, first = (approximately(100 * share) for share in (begins.mean_share, begins.first_share))
    months, year = approximately(begins.growth_months), comparison.year
    return Text(
        f"En ny ordning har ikke hele trafikken fra begyndelsen: der er regnet med {first} % i den første måned, jævn vækst i {months}"
        f" måneder og i gennemsnit {mean} % i resten af {year}. Helårsvirkningen er et helt år med fuld trafik.",
        f"A new service has not its full traffic from the beginning: {first} % is assumed in the first month, even growth over {months}"
        f" months, and {mean} % on average in the rest of {year}. The full year has full traffic.",
    )


def _beside(comparison: Answer) -> list[Text]:
    """Return what is not in the net cost, or is set beside it: own lines, flexhandicap, a clinic."""
    said: list[Text] = []
    own = comparison.own_lines
    if own is not None:
        named = {line.option for line in own.lines}
        for option, moved in zip(comparison.options[1:], own.options[1:], strict=True):
            figure = moved.change_with_own_oere
            if option.name in named and figure is not None:
                told_da, told_en = (
                    moved_words(figure, account_money(comparison), language) for language in ("da", "en")
                )
                said.append(
                    Text(
                        f"{option.name} med kommunens egne linjer: {told_da}.",
                        f"{option.name} with the municipality's own lines: {told_en}.",
                    )
                )
    rests_on = comparison.flexhandicap
    for option in comparison.options[1:]:
        found = option.flexhandicap
        if found is not None and found.sentence:
            english = None if rests_on is None else flexhandicap_en(option.name, found, rests_on.moved_share)
            said.append(Text(found.sentence, english))
    clinic = () if comparison.clinic is None else comparison.clinic.options
    return [*said, *(Text(option.sentence) for option in clinic)]


def _prices(comparison: Answer) -> Rows:
    """Return what an adult who phones pays on typical trips, a row each."""
    columns = (
        Column("trip", Text("tur", "trip")),
        *(Column(f"option-{n}", option_name(o), KRONER) for n, o in enumerate(comparison.options, 1)),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            trip_text(trip),
            *(Text(*no_price(trip)) if price is None else Figure(price.adult_phone) for price in trip.oere),
        )
        for trip in priced_trips(comparison)
    )
    return Rows(
        Text("Hvad én voksen betaler, bestilt i telefonen, kr.", "What one adult pays, booked by phone, DKK"), columns, rows
    )  # fmt: skip


def _price_note(comparison: Answer) -> Text:
    fares, day = comparison.fares, day_text(price_day(comparison))
    plustur = comparison.plustur_prices
    told = [
        Text(
            f"Priserne er dem, der gælder {day.da}. På nettet er turene billigere, og børn under 16 år betaler mindre (bilag 3)."
            " Ture over kommunegrænsen betaler altid grundtakst.",
            f"The prices are those of {day.en}. Online the trips are cheaper, and children under 16 pay less (appendix 3)."
            " Trips across the border always pay grundtakst.",
        ),
        Text(fares.text_da, fares.text_en) if fares else same(""),
    ]
    if plustur is not None:
        fare, ticket = (approximately(oere / 100) for oere in (plustur.fare_oere, plustur.ticket_oere.value))
        told.append(
            Text(
                f"Plustur koster {fare} kr. uanset længden; dertil kommer billetten til bus eller tog, skønnet til {ticket} kr.",
                f"Plustur costs DKK {fare} whatever the length; the ticket for bus or train comes to that, about DKK {ticket}.",
            )
        )
    return Text(
        " ".join(text.da for text in told if text.da), " ".join(text.en for text in told if text.en)
    )  # fmt: skip


def _budget(comparison: Answer) -> list[Section]:
    """Return the outturn of each option by both methods; nothing where no budget or spending is given."""
    budget, year = comparison.budget, comparison.year
    if budget is None:
        return []
    told = [
        (option, name, outturn, today)
        for option in budget.options
        for name, outturn, today in zip(METHODS, option.methods, budget.options[0].methods, strict=True)
        if outturn is not None
    ]
    unit, of = money([level_figure(block.outturn_oere) for _, _, block, _ in told])
    columns = [OPTION, Column("outturn", Text("forventet regnskab", "expected outturn"), unit)]
    if budget.budget_oere is not None:
        columns += [
            Column("budget", Text("budget", "budget"), unit),
            Column("deviation", Text("afvigelse (+ er merforbrug)", "deviation (+ is over budget)"), unit),
        ]
    rows = [
        (Pair(option_name(option), name), *_outturn(block, today, budget.budget_oere, unit))
        for option, name, block, today in told
    ]
    caption = Text(f"Forventet regnskab {year}, {of.da}", f"Expected outturn {year}, {of.en}")
    return [Section("budget", Text(f"Budget {year}", f"Budget {year}"), (Rows(caption, tuple(columns), tuple(rows)),))]


def _outturn(block: Outturn, today: Outturn | None, limit: float | None, unit: Unit) -> tuple[Value, ...]:
    """Return the outturn, which is today's and the change, and the budget and the deviation from it, as the page prints them."""
    outturn = level_figure(block.outturn_oere)
    shown = Printed(unit.per, unit.decimals)
    steps = outturn_steps(block, today, shown)
    outturn = replace(outturn, mean=steps * shown.least)
    if limit is None or block.deviation_oere is None:
        return (outturn,)
    over = (steps - shown.steps(limit)) * shown.least
    return outturn, Figure(limit), replace(change_figure(block.deviation_oere), mean=over)


def _years_ahead(comparison: Answer) -> list[Section]:
    """Return the change of each option by year, or the only option's net cost; nothing without years ahead."""
    outlook = comparison.outlook
    if outlook is None:
        return []
    years = outlook.years
    several = len(comparison.options) > 1
    first = 1 if several else 0

    def value(option: OptionYear) -> Figure:
        return change_figure(option.change.net_cost_oere) if several else level_figure(option.net_cost_oere)

    values = [[value(year.options[place]) for year in years] for place in range(first, len(comparison.options))]
    unit, of = money([figure for row in values for figure in row])
    columns = (OPTION, *(Column(f"year-{year.year}", same(str(year.year)), unit) for year in years))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (option_name(option), *row) for option, row in zip(comparison.options[first:], values, strict=True)
    )
    level = (
        Text("faste priser", "fixed prices") if outlook.fixed_prices else Text("årets priser", "prices of each year")
    )
    what = Text("Mer- eller mindreudgift", "Change in net cost") if several else Text("Nettoudgift", "Net cost")
    caption = Text(
        f"{what.da} i budgetår og overslagsår, {of.da}, {level.da}", f"{what.en} by year, {of.en}, {level.en}"
    )
    said = (Paragraph(runs, "note"),) if (runs := _budget_year(comparison)) is not None else ()
    title = Text("Budgetår og overslagsår", "Budget year and years ahead")
    return [Section("overslagsaar", title, (Rows(caption, columns, rows), *said))]


def _budget_year(comparison: Answer) -> Text | None:
    """Say from when the budget year is the option's, None where all of it is."""
    danish, outlook = budget_year_words(comparison), comparison.outlook
    if not danish or outlook is None or outlook.budget_year_from is None:
        return None
    start, several = day_text(outlook.budget_year_from).en, len(comparison.options) > 1
    before = f"the present scheme until {start}, then the option" if several else f"the scheme from {start}"
    return Text(danish, f"The budget year runs as it does: {before}. The years ahead are whole years.")
