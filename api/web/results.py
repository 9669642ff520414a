"""The page of a run's answer, in the order in which it is read, and the pictures and papers that belong to it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi import Path as PathOf
from markupsafe import Markup
from starlette.responses import Response

from api.again import is_of_another_build
from api.http.problems import NoSuchPageError
from api.http.replies import drawn_reply, kept_reply
from api.http.runs import RunId
from api.web.figures import FIGURE, Figures, figures_of, in_english
from api.web.page import LANGUAGE, language_of, render
from api.web.plan_of_scenario import plan_of
from api.web.price_links import citizen_links
from api.web.published import published
from api.web.reproduce import SCENARIO_FILE, base, call, cell_formula, command, scenario_file
from api.web.running import progress_page
from api.web.translation import known_english
from api.web.why import FIELDS, why_links
from sim.answer.quantities import quantities
from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.geography.municipalities import find_municipality
from sim.telling.folder import TARIFF_COPY
from sim.telling.report.printed import money
from sim.telling.sentences import flexhandicap_en
from sim.words.numbers import danish, english_marks, kroner
from sim.words.table import Table

router = APIRouter()
Place = Annotated[int, PathOf(ge=1, le=12)]
HeadLine = Annotated[str | None, Query(max_length=200)]
"""A line of the paper's head, as its author states it."""
FORMATS = (
    ("budget.xlsx", "Excel med formler", "Excel with formulas"),
    ("result.xlsx", "Excel", "Excel"),
    ("result.csv?sprog=da", "CSV, dansk", "CSV, Danish"),
    ("result.csv?sprog=en", "CSV, engelsk", "CSV, English"),
    ("result.parquet", "Parquet", "Parquet"),
    ("result.json", "JSON", "JSON"),
)


@router.get("/koersel/{run}")
def result(request: Request, run: RunId) -> Response:
    """Show a run: how far it is, or its answer."""
    waiting = progress_page(request, run)
    if waiting is not None:
        return waiting
    comparison, manifest, folder = published(request, run)
    plan = plan_of(
        manifest["scenario"], request.app.state.price_lists.places_left(manifest["scenario"].get("tariff_files") or ())
    )
    figures = figures_of(run, comparison, folder, language_of(request))
    view = sections(run, comparison, figures, language_of(request))
    view["gains"] = gains_tables(comparison, folder)
    view["citizen_links"] = citizen_links(comparison, plan.lists)
    state = request.app.state.jobs.get(run)
    codes = state.municipalities
    others = [(code, find_municipality(code).name) for code in codes if code != comparison.municipality]
    names = [saved.title for saved in request.app.state.results.answers().values() if saved.run == run]
    return render(
        request, "result.html.j2", run=run, state=state, comparison=comparison, plan=plan, formats=FORMATS, others=others, names=names,
        command=command(manifest["scenario"]), call=call(request, manifest["scenario"]),
        formula=cell_formula(request, run, comparison.municipality), figure_url=f"/koersel/{run}/figur",
        printed_day=request.app.state.today().isoformat(), printed_from=f"{base(request)}/koersel/{run}",
        price_level=manifest["price_level"], other_build=is_of_another_build(manifest),
        paper_query=paper_query(comparison.municipality, request.app.state.today(), language_of(request)), **view,
    )  # fmt: skip


@router.get("/koersel/{run}/scenarie.toml")
def scenario(request: Request, run: RunId) -> Response:
    """Send the scenario as a file for the command line."""
    _, manifest, folder = published(request, run)
    return drawn_reply(
        request,
        (run, folder.name),
        lambda: scenario_file(manifest["scenario"]).encode(),
        "application/toml",
        name=SCENARIO_FILE,
    )


@router.get("/koersel/{run}/takster-{number}.toml")
def tariff_file(request: Request, run: RunId, number: Annotated[int, PathOf(ge=1, le=99)]) -> Response:
    """Send an own price list as the answer was priced by it, also when it is removed since."""
    folder = published(request, run)[2]
    name = TARIFF_COPY.format(number)
    if not (folder / name).is_file():
        raise NoSuchPageError("Prislisten findes ikke i svaret", where=name, next_step="gå tilbage til svaret")
    return kept_reply(request, (folder / name).read_bytes(), "application/toml", name=name)


@router.get("/koersel/{run}/figur/{name}.{kind}")
def picture(
    request: Request, run: RunId, name: Annotated[str, PathOf(pattern=FIGURE)], kind: Literal["svg", "png", "pdf"]
) -> Response:
    """Send one picture of an answer."""
    comparison, _, folder = published(request, run)
    language = request.query_params.get(LANGUAGE, "da")
    file = f"takstlab-{comparison.municipality}-{name}.{kind}"
    download = file if kind != "svg" or request.query_params.get("hent") else None

    def draw() -> bytes:
        from sim.telling.drawing.drawing import pdf, png, titled

        found = figures_of(run, comparison, folder, language).get(name)
        if found is not None and language == "en":
            found = in_english(found)
        if found is None:
            raise NoSuchPageError("Tegningen findes ikke i svaret", where=name, next_step="gå tilbage til svaret")
        if kind == "svg":
            return (titled(found) if download else found.svg).encode()
        return png(titled(found)) if kind == "png" else pdf(titled(found))

    return drawn_reply(
        request, (*_made_of(run, folder), file, str(download), language), draw, MEDIA[kind], name=download
    )


@router.get("/koersel/{run}/beslutning.{kind}")
def paper(
    request: Request, run: RunId, kind: Literal["pdf", "html", "docx"], sprog: Literal["da", "en"] = "da",
    dato: date | None = None, forfatter: HeadLine = None, journalnummer: HeadLine = None, udvalg: HeadLine = None,
) -> Response:  # fmt: skip
    """Send the decision paper; what of its head is not in the address is left to be filled in."""
    from sim.telling.paper.folder import rendered
    from sim.telling.paper.head import Head
    from sim.telling.paper.paper import decision_paper

    comparison, manifest, folder = published(request, run)
    head = Head(dato, forfatter, journalnummer, udvalg)

    def draw() -> bytes:
        return rendered(decision_paper(comparison, manifest, folder, head=head, english=known_english), kind, sprog)

    name = None if kind == "html" else f"flextur-{comparison.municipality}-{comparison.year}.{kind}"
    answer = drawn_reply(request, (*_made_of(run, folder), kind, sprog, repr(head)), draw, MEDIA[kind], name=name)
    if kind == "html":
        answer.headers["Content-Security-Policy"] = PAPER_CSP
    return answer


def paper_query(municipality: str, day: date, language: str) -> str:
    """Return what the address of a paper ends with: it is dated the day it is asked for, in the page's language."""
    return urlencode({"kommune": municipality, "dato": day.isoformat(), "sprog": language})


def _made_of(run: str, folder: Path) -> list[str]:
    """Return what a drawing of an answer is made of: the run, its municipality, and the files of it that are there."""
    return [run, folder.name, *sorted(path.name for path in folder.iterdir())]


MEDIA = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PAPER_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The paper is one file with its style inside, as it is when it is sent on."""


def sections(run: str, comparison: Answer, figures: Figures, language: str) -> dict[str, Any]:
    """Return what the answer's page shows, section by section; a section without content is left out."""
    from sim.telling.drawing.tornado import leading
    from sim.telling.report.budget_section import budget_tables, budget_words, observed_tables, observed_words
    from sim.telling.report.clinic_section import clinic_tables, clinic_words
    from sim.telling.report.example_citizens import NOTE as CITIZENS_NOTE
    from sim.telling.report.example_citizens import citizens_table
    from sim.telling.report.experiments_section import experiments_table, experiments_words
    from sim.telling.report.flexhandicap_section import flexhandicap_table, flexhandicap_words
    from sim.telling.report.gains import NOTE as GAINS_NOTE
    from sim.telling.report.neighbours_section import neighbours_tables, neighbours_words
    from sim.telling.report.outlook_section import outlook_tables, outlook_words
    from sim.telling.report.own_lines_section import own_lines_table, own_lines_words
    from sim.telling.report.phrases import (
        introduction_words,
        prebooked_words,
        precision_words,
        volume_words,
        year_words,
    )
    from sim.telling.report.pool_section import pool_table
    from sim.telling.report.residents_table import residents_table
    from sim.telling.report.table import (
        across_table,
        certainty_table,
        change_table,
        citizen_table,
        elements_table,
        months_table,
        officers,
    )
    from sim.telling.untried import untried

    options = comparison.options
    several = len(options) > 1
    parts = {
        "budget": (budget_tables(comparison), budget_words(comparison)),
        "observed": (observed_tables(comparison), observed_words(comparison)),
        "outlook": (outlook_tables(comparison), outlook_words(comparison)),
        "neighbours": (neighbours_tables(comparison), neighbours_words(comparison)),
        "clinic": (clinic_tables(comparison), clinic_words(comparison)),
    }
    return {
        "answers": answers(comparison, language) if several else [],
        "untried": untried(comparison) if several else [],
        "change": change_table(comparison) if several else None,
        "cost_sentences": [] if several else cost_sentences(comparison, language),
        "own_sentences": own_sentences(comparison, language),
        "accounts": split_officers(officers(comparison), why_links(run, comparison)),
        "fields": FIELDS,
        "elements": elements_table(comparison),
        "citizen": citizen_table(comparison),
        "citizens": citizens_table(comparison),
        "citizens_note": CITIZENS_NOTE,
        "gains_note": GAINS_NOTE,
        "affected": affected_tables(comparison) if several else [],
        "certainty": certainty_table(comparison) if several else None,
        "months": months_table(comparison),
        "across": across_table(comparison),
        "pool": pool_table(comparison),
        "own_lines": (own_lines_table(comparison), own_lines_words(comparison)),
        "flexhandicap": (flexhandicap_table(comparison), flexhandicap_words(comparison)),
        "experiments": (experiments_table(comparison), experiments_words(comparison)),
        "residents": residents_table(comparison),
        "figures": figures,
        "leading": leading(comparison),
        "parts": parts,
        "volume": volume_words(comparison),
        "own_passengers": own_passengers(comparison, language),
        "precision": precision_words(comparison),
        "prebooked": prebooked_words(comparison),
        "introduction": introduction_words(comparison),
        "year_words": year_words(comparison.year),
    }


def answers(comparison: Answer, language: str) -> list[Mapping[str, Any]]:
    """Return for each option what the first screen shows of it, in the page's language: today's first, which others change."""
    from sim.telling.drawing.change_bars import change_bars
    from sim.telling.report.headline import headline
    from sim.telling.report.phrases import is_own_volume, lead_words
    from sim.telling.report.printed import accounts, trip_counts

    own, marks = is_own_volume(comparison), english_marks if language == "en" else str
    trips = trip_counts(comparison.options)
    bars, year = change_bars(comparison, marks), accounts(comparison)
    return [
        {
            "place": place + 1,
            "name": o.name,
            "headline": headline(comparison, place, language) if place else None,
            "bar": Markup(bars[place - 1]) if place else "",
            "net_cost": _kroner(year[place].net_cost * money(comparison).least, language),
            "trips": marks(danish(trips[place][0])),
            "lead": lead_words(comparison, place) if place and not own else None,
            "sure": o.sign_is_sure,
            "follow_on": _follow_on(comparison, o, language) if place else None,
        }
        for place, o in enumerate(comparison.options)
    ]


def _kroner(oere: float, language: str) -> str:
    """Return an amount as the tables have it, in whole kroner."""
    amount = kroner(oere)
    return f"DKK {english_marks(amount)}" if language == "en" else f"{amount} kr."


def own_passengers(comparison: Answer, language: str) -> str:
    """Return why the passengers of the option in force are not the number that was typed; empty where they are, or none was."""
    from sim.telling.report.phrases import is_own_volume
    from sim.telling.report.printed import passenger_counts

    told, shown = comparison.volume.passengers, passenger_counts(comparison.options)[0][0]
    if not is_own_volume(comparison) or round(told) == shown:
        return ""
    plustur, year = comparison.options[0].plustur, comparison.year
    if language == "en":
        on_top = f", {danish(plustur.passengers.mean)} of them by plustur, which come on top" if plustur else ""
        said = (
            f"By the municipality's own number {danish(told)} passengers are expected with flextur in {year}; {danish(shown)}"
            f" is the mean of the {comparison.replications} simulated years{on_top}. They are random, as real years are."
        )
        return english_marks(said)
    on_top = f", heraf {danish(plustur.passengers.mean)} med plustur, som kommer oven i" if plustur else ""
    return (
        f"Efter kommunens eget tal ventes {danish(told)} passagerer med flextur i {year}; {danish(shown)} er gennemsnittet af de"
        f" {comparison.replications} simulerede år{on_top}. De er tilfældige, som virkelige år er."
    )


def gains_tables(comparison: Answer, folder: Path) -> list[tuple[int, Table]]:
    """Return who gains and who loses by each option that touches anybody, with the option's number."""
    from sim.telling.report.gains import gains, gains_table

    found = [(place, gains(comparison, place, folder)) for place in range(1, len(comparison.options))]
    tables = [(place + 1, gains_table(comparison, place, groups)) for place, groups in found if groups]
    return [(number, table) for number, table in tables if table is not None]


WHOLE_YEAR = ("oere", "count")
"""Units of what is of the whole year; others are for each of something."""


def split_officers(
    table: Table, links: Mapping[tuple[int, int], str]
) -> list[tuple[Table, dict[tuple[int, int], str]]]:
    """Return the officers' table as two that each fit the page, amounts and prices per unit, with the links of their cells."""
    each = [n for n, key in enumerate(table.ids) if key in quantities() and quantities()[key].unit not in WHOLE_YEAR]
    amounts = [n for n in range(len(table.header)) if n not in each]
    halves = []
    for columns, caption in (
        (amounts, table.caption),
        ([0, *each], "Nettoudgift pr. passager, indbygger og mistet tur, kr."),
    ):
        rows = tuple(tuple(row[n] for n in columns) for row in table.rows)
        own = {(row, columns.index(n)): link for (row, n), link in links.items() if n in columns}
        halves.append((Table(caption, tuple(table.header[n] for n in columns), rows), own))
    return halves


def cost_sentences(comparison: Answer, language: str) -> list[str]:
    """Return what the only option costs, and in the years ahead where they are asked for."""
    from sim.telling.report.cost_words import cost_words, cost_words_en, years_ahead_words, years_ahead_words_en

    words, ahead = (cost_words_en, years_ahead_words_en) if language == "en" else (cost_words, years_ahead_words)
    return [said for said in (words(comparison), ahead(comparison)) if said]


def _follow_on(comparison: Answer, option: OptionAnswer, language: str) -> str | None:
    """Return the line on an option's follow-on cost for flexhandicap, None where there is none."""
    from sim.telling.report.flexhandicap_section import flexhandicap_sentence

    rests_on = comparison.flexhandicap
    if language != "en" or rests_on is None or option.flexhandicap is None:
        return flexhandicap_sentence(option)
    return flexhandicap_en(option.name, option.flexhandicap, rests_on.moved_share)


def own_sentences(comparison: Answer, language: str) -> list[str]:
    """Return for each option with lines of the municipality's own what the change is with them."""
    from sim.telling.report.headline import moved_words

    own = comparison.own_lines
    if own is None:
        return []
    named = {line.option for line in own.lines}
    said = []
    for option, moved in zip(comparison.options[1:], own.options[1:], strict=True):
        if option.name in named and moved.change_with_own_oere is not None:
            told = moved_words(moved.change_with_own_oere, money(comparison), language)
            said.append(
                f"{option.name} with your own lines: {told}."
                if language == "en"
                else f"{option.name} med jeres egne linjer: {told}."
            )
    return said


def affected_tables(comparison: Answer) -> list[Table]:
    """Return who is affected: the trips and the riders; by age, place and distance stands behind the drawings."""
    from sim.telling.report.table import affected_table, riders_table

    return [affected_table(comparison), riders_table(comparison)]
