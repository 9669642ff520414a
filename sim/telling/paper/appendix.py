"""The appendix: what the paper rests on, with the report's tables, the register's ranges, ids and versions."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.answer.records import Answer
from sim.telling.drawing.affected_map import AFTER
from sim.telling.drawing.drawings import Drawings
from sim.telling.figures import KRONER, shown
from sim.telling.paper.kroner import OPTION, account_rows, level_figure, unit_of
from sim.telling.paper.texts import elements_text, option_name
from sim.telling.paper.today import source_titles, today_words
from sim.telling.report import budget_section, clinic_section, flexhandicap_section, outlook_section, own_lines_section
from sim.telling.report.assumption_rows import weighty_lines
from sim.telling.report.experiments_section import experiments_table, experiments_words
from sim.telling.report.important import most_important_table
from sim.telling.report.neighbours_section import neighbours_tables, neighbours_words
from sim.telling.report.phrases import (
    editions_words,
    fares_words,
    introduction_words,
    is_own_volume,
    lead_words,
    prebooked_words,
    precision_words,
    price_level_words,
    volume_words,
)
from sim.telling.report.pool_section import WORDS as POOL_WORDS
from sim.telling.report.pool_section import pool_table
from sim.telling.report.residents_table import residents_table
from sim.telling.report.riders_tables import riders_by_age_table, riders_by_place_table
from sim.telling.report.table import (
    across_table,
    affected_table,
    certainty_table,
    citizen_table,
    riders_table,
    trips_table,
)
from sim.telling.report.waterfall_table import WORDS as WATERFALL_WORDS
from sim.telling.report.waterfall_table import waterfall_table
from sim.telling.section import (
    Bullets,
    Column,
    English,
    Figure,
    Item,
    Paragraph,
    Part,
    Picture,
    Rows,
    Section,
    Text,
    Value,
    rows_of,
    same,
    sentences,
    turned,
    untranslated,
)
from sim.telling.untried import untried
from sim.words.figure import Figure as Published
from sim.words.names import told_apart
from sim.words.numbers import english_marks
from sim.words.table import Table

MOST_GROUPED = 3
"""Options beside today's that have their riders by age and place in the paper; of more of them the report tells."""
VERSIONS = (("takstlab", "Takstlab"), ("model", "model"), ("tariffs", "takster"), ("data", "data"))
SERVICE = "takstlab serve"
"""What stands as the command of a run that the service made: not one that makes it again."""
ACCOUNT = (
    ("operator_payment", Text("vognmandsbetaling", "operator payment")),
    ("fares", Text("− brugerbetaling", "− fares paid")),
    ("movia_fee", Text("+ betaling til Movia", "+ fee to Movia")),
    ("net_cost", Text("= nettoudgift", "= net cost")),
)
EACH = (
    ("net_cost_per_passenger_oere", Text("kr. pr. passager", "DKK per passenger")),
    ("net_cost_per_lost_trip_oere", Text("kr. pr. mistet tur", "DKK per trip lost")),
)


def appendix(
    comparison: Answer,
    manifest: Mapping[str, Any],
    attribution: str,
    drawn: tuple[Drawings, Drawings],
    english: English,
) -> list[Section]:
    """Return the appendices in their order, each beginning with its number; the first begins a page."""
    parts = [
        (Text("Ordningen og mulighederne", "The service and the options"), _options(comparison, english)),
        (Text("Regnskabet", "The account"), _account(comparison, english)),
        (Text("Passagererne", "The passengers"), _passengers(comparison, drawn, english)),
        (Text("Usikkerhed og forudsætninger", "Uncertainty and assumptions"), _certainty(comparison, english)),
    ]
    if comparison.neighbours:
        parts.append((Text("Naboerne", "The neighbours"), _neighbours(comparison, english)))
    parts.append(
        (Text("Kilder og gentagelse", "Sources and repetition"), sources(comparison, manifest, attribution, english))
    )
    return [
        Section(
            f"bilag-{number}", Text(f"Bilag {number}: {title.da}", f"Appendix {number}: {title.en}"), tuple(found),
            new_page=number == 1,
        )
        for number, (title, found) in enumerate(parts, 1)
    ]  # fmt: skip


def _shown(tables: Sequence[Table | None], english: English, *, words: bool = False) -> list[Part]:
    return [rows_of(table, english, words=words) for table in tables if table is not None]


def _listed(texts: Sequence[str], english: English) -> list[Part]:
    found = [Text(text, english(text)) for text in texts if text]
    return [sentences(found)] if found else []


def _options(comparison: Answer, english: English) -> list[Part]:
    today, *others = comparison.options
    known = [Text(f"{today.name}: {' '.join(today_words(comparison))}")]
    parts: list[Part] = [sentences(known)]
    if others:
        columns = (
            OPTION,
            Column("elements", Text("serviceelementer", "service elements")),
            Column("touches", Text("kan berøre", "can touch")),
        )
        rules = [None, *(Text(rule, english(rule)) for rule in (option.touches.rule for option in others))]
        rows = tuple(
            (option_name(o), elements_text(comparison, place), rule)
            for place, (o, rule) in enumerate(zip((today, *others), rules, strict=True))
        )  # fmt: skip
        parts.append(Rows(Text("Valgmulighederne", "The options"), columns, rows, words=True))
    return [*parts, *_listed([prebooked_words(comparison) or "", introduction_words(comparison) or ""], english)]


def _account(comparison: Answer, english: English) -> list[Part]:
    options = comparison.options
    several = len(options) > 1
    unit, of = unit_of(comparison)
    columns = (OPTION, *(Column(key, title, unit) for key, title in ACCOUNT))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (option_name(option), *amounts) for option, amounts in zip(options, account_rows(comparison), strict=True)
    )
    account = Rows(
        Text(
            f"Nettoudgiften og dens dele på et helt år, {of.da}", f"The net cost and its parts in a full year, {of.en}"
        ),
        columns,
        rows,
    )
    each = Rows(
        Text(
            "Nettoudgift pr. passager, og mindreudgiften pr. tur, der falder bort",
            "Net cost per passenger, and the lower cost per trip that falls away",
        ),
        (OPTION, *(Column(key.removesuffix("_oere"), title, KRONER) for key, title in EACH)),
        tuple(
            (option_name(o), _level(o.net_cost_per_passenger_oere), _level(o.net_cost_per_lost_trip_oere))
            for o in options
        ),
    )
    parts: list[Part] = [sentences([_price_level(comparison)]), account, each]
    parts += _shown([residents_table(comparison)], english)
    waterfall = waterfall_table(comparison) if several else None
    if waterfall is not None:
        parts += [rows_of(waterfall, english), Paragraph(Text(WATERFALL_WORDS, english(WATERFALL_WORDS)), "note")]
    parts += _shown([across_table(comparison)], english)
    pool = pool_table(comparison) if several else None
    if pool is not None:
        parts += [rows_of(pool, english), Paragraph(Text(POOL_WORDS, english(POOL_WORDS)), "note")]
    for tables, words in (
        ([own_lines_section.own_lines_table(comparison)], own_lines_section.own_lines_words),
        ([flexhandicap_section.flexhandicap_table(comparison)], flexhandicap_section.flexhandicap_words),
        (budget_section.budget_tables(comparison), budget_section.budget_words),
        (outlook_section.outlook_tables(comparison), outlook_section.outlook_words),
        (clinic_section.clinic_tables(comparison), clinic_section.clinic_words),
    ):
        found = _shown(tables, english)
        if found:
            parts += [*found, *_listed(words(comparison), english)]
    return parts


def _price_level(comparison: Answer) -> Text:
    level, fares = comparison.price_level, comparison.fares
    english = f"Amounts in prices of {level}; fares are the year's own." if level else "Fares are the year's own."
    return Text(
        price_level_words(comparison) or "Taksterne er årets egne.",
        f"{english} {fares.text_en if fares else ''}".strip(),
    )


def _level(figure: Published | None) -> Figure | None:
    return None if figure is None else level_figure(figure)


def _passengers(comparison: Answer, drawn: tuple[Drawings, Drawings], english: English) -> list[Part]:
    others = comparison.options[1:]
    prices = turned(rows_of(citizen_table(comparison), english), OPTION)
    parts: list[Part] = [prices, *_shown([trips_table(comparison)], english)]
    if not others:
        return parts
    parts += _shown([riders_table(comparison)], english)
    parts += _shown([affected_table(comparison)], english)
    if len(others) <= MOST_GROUPED:
        parts += _shown([riders_by_age_table(comparison), riders_by_place_table(comparison)], english)
    return [*parts, *_map(comparison, drawn)]


def _map(comparison: Answer, drawn: tuple[Drawings, Drawings]) -> list[Part]:
    """Return the map of the first option that has one."""
    others, year = comparison.options[1:], comparison.year
    for number, option in enumerate(others, 2):
        found, found_en = (one.get(f"affected-map-{number}") for one in drawn)
        if found is not None and found_en is not None:
            later = found.title.endswith(AFTER)
            trips = Figure((option.touches if later else option.riders).trips.mean)
            count = shown(trips, Column("trips", Text("ture", "trips")), "en").text
            when = "after the choice" if later else f"{year} unchanged"
            told = f"{option.name}: where the affected trips begin or end, {when}"
            alt = f"{option.name} touches {count} trips a year. The map shows in which parishes they begin or end."
            return [
                Picture(
                    found.name,
                    Text(found.svg, found_en.svg),
                    Text(found.alt, alt),
                    Text(found.title, told),
                    width=55,
                )
            ]
    return []


def _certainty(comparison: Answer, english: English) -> list[Part]:
    others = comparison.options[1:]
    parts: list[Part] = _listed([volume_words(comparison), precision_words(comparison)], english)
    if not is_own_volume(comparison):
        parts += _listed([lead_words(comparison, n) for n in range(1, len(comparison.options))], english)
    if others:
        parts += _shown([certainty_table(comparison)], english)
    tried = [Item(names, said) for names, said in untried(comparison)]
    if tried:
        parts.append(Bullets(tuple(tried)))
    trials = experiments_table(comparison)
    if trials is not None:
        parts += [
            rows_of(trials, english, words=True),
            *_listed(experiments_words(comparison), english),
        ]
    parts += _shown([most_important_table(comparison.most_important)], english, words=True)
    parts += _listed([*comparison.notes, *weighty_lines(comparison)], english)
    count = len(comparison.assumptions)
    where = Text(
        f"Alle {count} forudsætninger med værdi, spænd og kilde er i beregningens rapport (report.html) og på svarets side.",
        f"All {count} assumptions with value, range and source are in the calculation's report (report.html) and on the"
        " answer's page. The titles of sources stand in Danish, as they were written.",
    )
    parts.append(Paragraph(where, "note"))
    observed = budget_section.observed_tables(comparison)
    if observed:
        parts += [*_shown(observed, english), *_listed(budget_section.observed_words(comparison), english)]
    return parts


def _neighbours(comparison: Answer, english: English) -> list[Part]:
    """Return the neighbours' tables under the warning that they must not be added."""
    choices, *rest = neighbours_tables(comparison)
    return [
        *_listed(neighbours_words(comparison), english),
        rows_of(choices, english, words=True),
        *_shown(rest, english),
    ]


def sources(
    comparison: Answer, manifest: Mapping[str, Any], attribution: str, english: English = untranslated
) -> list[Part]:
    """Return fares, published facts, reference data, and how the calculation is repeated."""
    published = [
        Text(f"{a.statement}: {a.source}.", f"{english(a.statement) or a.statement}: {english(a.source) or a.source}.")
        for a in comparison.assumptions
        if a.mark in "AB"
    ]
    titles = [
        Text(f"Kommunens ordning: {title}.", f"The municipality's scheme: {title}.")
        for title in source_titles(comparison)
    ]
    repeat = Bullets(tuple(Item(name, text) for name, text in _repeat(comparison, manifest, english)))
    return [
        sentences(
            [_fares(comparison), *titles, *published, *(Text(line) for line in attribution.splitlines() if line)]
        ),
        Paragraph(Text("Sådan kan beregningen gentages:", "How the calculation is repeated:")),
        repeat,
    ]


def _fares(comparison: Answer) -> Text:
    """Say which price lists the trips are priced by; they are called Movia's only where all of their prices are known."""
    editions, unknown = editions_words(comparison.tariff_editions), fares_words(comparison)
    since = english_marks(editions).replace(" og ", " and ").replace("(egen prisliste)", "(own price list)")
    if unknown:
        told = "" if comparison.fares is None else comparison.fares.text_en
        return Text(
            f"Takster: dem, der gælder fra {editions}. {unknown}", f"Fares: those in force from {since}. {told}".strip()
        )
    return Text(f"Takster: Movias takster, der gælder fra {editions}.", f"Fares: Movia's, in force from {since}.")


def _repeat(comparison: Answer, manifest: Mapping[str, Any], english: English) -> list[tuple[Text, Text]]:
    versions = manifest.get("versions") or {}
    command = str(manifest.get("command") or "–")
    if command == SERVICE:
        command = "takstlab compare scenarie.toml"
    lines = [
        (Text("Kommando", "Command"), command),
        (Text("Beregningens id", "Id of the calculation"), str(manifest.get("run_id") or "–")),
        (Text("Startværdi for tilfældige tal (frø)", "Seed"), str(comparison.seed)),
        (
            Text("Versioner", "Versions"),
            ", ".join(f"{n} {versions[key]}" for key, n in VERSIONS if key in versions) or "–",
        ),
    ]
    found = [(name, same(line)) for name, line in lines]
    zones = manifest.get("town_zones")
    if zones and zones["names"]:
        source = zones["source"]
        told = ", ".join(told_apart(zones["names"]))
        known = english(source)
        zone = Text(_then(told, source), None if known is None else _then(told, known))
        return [(Text("Byområder", "Town areas"), zone), *found]
    return found


def _then(names: str, source: str) -> str:
    return f"{names}. {source[:1].upper()}{source[1:]}."
