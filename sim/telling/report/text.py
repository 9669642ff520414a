"""The comparison as text for a terminal."""

from textwrap import wrap

from sim.answer.records import Answer
from sim.telling.report import (
    budget_section,
    clinic_section,
    flexhandicap_section,
    neighbours_section,
    outlook_section,
    own_lines_section,
)
from sim.telling.report.assumption_rows import weighty_lines
from sim.telling.report.headline import headline
from sim.telling.report.important import most_important_table
from sim.telling.report.phrases import (
    INTERVAL,
    NOT_OWN,
    introduction_words,
    is_own_volume,
    lead_words,
    option_words,
    prebooked_words,
    precision_words,
    price_level_words,
    volume_words,
    year_words,
)
from sim.telling.report.pool_section import HEADING as POOL_HEADING
from sim.telling.report.pool_section import WORDS as POOL_WORDS
from sim.telling.report.pool_section import pool_table
from sim.telling.report.table import across_table, certainty_table, citizen_table, officers, riders_table
from sim.telling.report.text_table import lay_out
from sim.telling.untried import untried
from sim.words.names import in_a_row
from sim.words.table import Table

WIDTH = 100
BOLD, YELLOW, PLAIN = "\033[1m", "\033[1;33m", "\033[0m"


def text_report(comparison: Answer, folder: str, color: bool = False) -> str:
    """Return the comparison as lines of at most 100 columns, the folder's name apart.

    ``color`` sets headings in bold and the banner in yellow, for a terminal that shows it.
    """
    page = _Page(color)
    options = comparison.options
    page.heading(f"Flextur i {comparison.municipality_name}, {year_words(comparison.year)}")
    if len(options) > 1:
        page.say(f"{options[0].name} sammenlignet med {in_a_row(o.name for o in options[1:])}.")
    for place, option in enumerate(options):
        page.item(f"{option.name}: {option_words(comparison, place)}")
    page.say(price_level_words(comparison))
    if not is_own_volume(comparison):
        page.banner(NOT_OWN.upper())
        page.say(volume_words(comparison))
        for place in range(1, len(options)):
            page.item(lead_words(comparison, place))
    if len(options) > 1:
        page.heading("Kort sagt")
        for place, option in enumerate(options[1:], start=1):
            page.item(f"{option.name}: {headline(comparison, place)}")
            if follow_on := flexhandicap_section.flexhandicap_sentence(option):
                page.say(follow_on, indent=4)
        for names, warning in untried(comparison):
            page.say(f"{names.da}: {warning.da}")
    page.table(officers(comparison))
    page.say(INTERVAL)
    page.table(across_table(comparison))
    page.table(citizen_table(comparison))
    if len(options) > 1:
        page.table(riders_table(comparison))
    for heading, tables, words in (
        (budget_section.OBSERVED_HEADING, budget_section.observed_tables, budget_section.observed_words),
        (budget_section.HEADING, budget_section.budget_tables, budget_section.budget_words),
        (outlook_section.HEADING, outlook_section.outlook_tables, outlook_section.outlook_words),
        (clinic_section.HEADING, clinic_section.clinic_tables, clinic_section.clinic_words),
        (neighbours_section.HEADING, neighbours_section.neighbours_tables, neighbours_section.neighbours_words),
    ):
        if shown := tables(comparison):
            page.heading(heading)
            for said in words(comparison):
                page.item(said)
            for table in shown:
                page.table(table)
    own = own_lines_section.own_lines_table(comparison)
    if own is not None:
        page.heading(own_lines_section.HEADING)
        page.table(own)
        for said in own_lines_section.own_lines_words(comparison):
            page.item(said)
    follow_on_table = flexhandicap_section.flexhandicap_table(comparison)
    if follow_on_table is not None:
        page.heading(flexhandicap_section.HEADING)
        page.table(follow_on_table)
        for said in flexhandicap_section.flexhandicap_words(comparison):
            page.item(said)
    pool = pool_table(comparison)
    if pool is not None and len(options) > 1:
        page.heading(POOL_HEADING)
        page.say(POOL_WORDS)
        page.table(pool)
    begins = introduction_words(comparison)
    if begins is not None:
        page.heading("De første måneder")
        page.say(begins)
    booked = prebooked_words(comparison)
    if booked is not None:
        page.heading("Forudbestilte ture")
        page.say(booked)
    page.heading("Hvor sikkert er det")
    page.say(precision_words(comparison))
    if len(options) > 1:
        page.table(certainty_table(comparison))
    important = most_important_table(comparison.most_important)
    if important is not None:
        page.table(important)
    _assumptions(page, comparison)
    page.lines.append("")
    page.lines.append(f"Rapport, tal og ture ligger i {folder}")
    return "\n".join(page.lines) + "\n"


def _assumptions(page: "_Page", comparison: Answer) -> None:
    page.heading("Forudsætninger, svaret hviler på")
    for note in comparison.notes:
        page.item(note)
    lines = weighty_lines(comparison)
    for line in lines:
        page.item(line)
    page.say(f"Alle {len(comparison.assumptions)} forudsætninger står i rapporten (report.html).")


class _Page:
    """Lines under way."""

    def __init__(self, color: bool) -> None:
        self.color = color
        self.lines: list[str] = []

    def heading(self, text: str, code: str = BOLD) -> None:
        self.lines += [*([""] if self.lines else []), f"{code}{text}{PLAIN}" if self.color else text]

    def banner(self, text: str) -> None:
        self.heading(f"*** {text} ***", YELLOW)

    def say(self, text: str, indent: int = 0) -> None:
        self.lines += wrap(
            text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent, break_on_hyphens=False
        )

    def item(self, text: str) -> None:
        self.lines += wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)

    def table(self, table: Table) -> None:
        self.lines.append("")
        first, *rest = wrap(table.caption, WIDTH, break_on_hyphens=False)
        self.lines.append(f"{BOLD}{first}{PLAIN}" if self.color else first)
        self.lines += [*rest, *lay_out(table, WIDTH)]
