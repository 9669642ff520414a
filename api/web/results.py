"""The page of a run's answer, in the order in which it is read, and the pictures and papers that belong to it."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi import Path as PathOf
from jinja2 import UndefinedError
from starlette.responses import RedirectResponse, Response

from api.again import is_of_another_build
from api.http.problems import NoSuchPageError
from api.http.replies import IMMUTABLE, kept_reply
from api.http.runs import RunId
from api.store.protocol import Results
from api.web.figures import FIGURE, Figures, figures_of
from api.web.page import language_of, render
from api.web.plan_of_scenario import plan_of
from api.web.price_links import citizen_links
from api.web.reproduce import SCENARIO_FILE, call, cell_formula, command, scenario_file
from api.web.running import progress_page
from api.web.translation import known_english
from api.web.why import FIELDS, why_links
from sim.comparison.folder import TARIFF_COPY
from sim.geography.municipalities import find_municipality
from sim.report.cells import Json, figure_cell, signed, thousands
from sim.report.table import Table
from sim.telling.sentences import flexhandicap_en, sentence_en
from sim.wording import english_marks

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


def published(request: Request, run: str) -> tuple[Json, Json, Path]:
    """Return a run's comparison, its manifest and the folder of its files, of the municipality the address names or the first.

    Raises NotReadyError, NoResultError, NotFoundError or DamagedError.
    """
    results: Results = request.app.state.results
    asked = request.query_params.get("kommune")
    codes = request.app.state.jobs.get(run).municipalities
    code = asked if asked in codes else codes[0]
    folder = results.tables(run, code)
    manifest: Json = json.loads((folder / "manifest.json").read_bytes())
    return results.result(run, code), manifest, folder


@router.get("/koersel/{run}")
def result(request: Request, run: RunId) -> Response:
    """Show a run: how far it is, or its answer."""
    waiting = progress_page(request, run)
    if waiting is not None:
        return waiting
    comparison, manifest, folder = published(request, run)
    other_build = is_of_another_build(manifest)
    try:
        return _answer(request, run, comparison, manifest, folder, other_build=other_build)
    except (KeyError, TypeError, IndexError, UndefinedError):
        if not other_build:
            raise
        # An answer of another build without what the page shows: what it has is shown beside today's.
        return RedirectResponse(f"/koersel/{run}/aendret?kommune={comparison['municipality']}", status_code=303)


def _answer(
    request: Request, run: str, comparison: Json, manifest: Json, folder: Path, *, other_build: bool
) -> Response:
    plan = plan_of(
        manifest["scenario"], request.app.state.price_lists.places_left(manifest["scenario"].get("tariff_files") or ())
    )
    figures = figures_of(run, comparison, folder)
    view = sections(run, comparison, figures, language_of(request))
    view["citizen_links"] = citizen_links(comparison, plan.lists)
    state = request.app.state.jobs.get(run)
    codes = state.municipalities
    others = [(code, find_municipality(code).name) for code in codes if code != comparison["municipality"]]
    names = [name for name, of in request.app.state.results.names().items() if of == run]
    return render(
        request, "result.html.j2", run=run, state=state, comparison=comparison, plan=plan, formats=FORMATS, others=others, names=names,
        command=command(manifest["scenario"]), call=call(request, manifest["scenario"]),
        formula=cell_formula(request, run, comparison["municipality"]), figure_url=f"/koersel/{run}/figur",
        price_level=manifest["price_level"], other_build=other_build,
        paper_query=paper_query(comparison["municipality"], request.app.state.today(), language_of(request)), **view,
    )  # fmt: skip


@router.get("/koersel/{run}/scenarie.toml")
def scenario(request: Request, run: RunId) -> Response:
    """Send the scenario as a file for the command line."""
    _, manifest, _ = published(request, run)
    return kept_reply(request, scenario_file(manifest["scenario"]).encode(), "application/toml", name=SCENARIO_FILE)


@router.get("/koersel/{run}/takster-{number}.toml")
def tariff_file(request: Request, run: RunId, number: Annotated[int, PathOf(ge=1, le=99)]) -> Response:
    """Send an own price list as the answer was priced by it, also when it is removed since."""
    folder = published(request, run)[2]
    name = TARIFF_COPY.format(number)
    if not (folder / name).is_file():
        raise NoSuchPageError("Den prisliste har svaret ikke", where=name, next_step="gå tilbage til svaret")
    return kept_reply(request, (folder / name).read_bytes(), "application/toml", name=name)


@router.get("/koersel/{run}/figur/{name}.{kind}")
def picture(
    request: Request, run: RunId, name: Annotated[str, PathOf(pattern=FIGURE)], kind: Literal["svg", "png", "pdf"]
) -> Response:
    """Send one picture of an answer."""
    comparison, _, folder = published(request, run)
    found = figures_of(run, comparison, folder).get(name)
    if found is None:
        raise NoSuchPageError("Den tegning har svaret ikke", where=name, next_step="gå tilbage til svaret")
    file = f"takstlab-{comparison['municipality']}-{name}.{kind}"
    download = file if request.query_params.get("hent") else None
    from sim.drawing.drawing import pdf, png, titled

    if kind == "svg":
        svg = titled(found) if download else found.svg
        return kept_reply(request, svg.encode(), "image/svg+xml", cache=IMMUTABLE, name=download)
    made = titled(found)
    content, media = (png(made), "image/png") if kind == "png" else (pdf(made), "application/pdf")
    return kept_reply(request, content, media, cache=IMMUTABLE, name=file)


@router.get("/koersel/{run}/beslutning.{kind}")
def paper(
    request: Request, run: RunId, kind: Literal["pdf", "html", "docx"], sprog: Literal["da", "en"] = "da",
    dato: date | None = None, forfatter: HeadLine = None, journalnummer: HeadLine = None, udvalg: HeadLine = None,
) -> Response:  # fmt: skip
    """Send the decision paper; what of its head is not in the address is left to be filled in."""
    from sim.paper.folder import rendered
    from sim.paper.head import Head
    from sim.paper.paper import decision_paper

    comparison, manifest, folder = published(request, run)
    head = Head(dato, forfatter, journalnummer, udvalg)
    made = decision_paper(comparison, manifest, folder, head=head, english=known_english)
    content = rendered(made, kind, sprog)
    if kind == "html":
        answer = kept_reply(request, content, "text/html; charset=utf-8", cache=IMMUTABLE)
        answer.headers["Content-Security-Policy"] = PAPER_CSP
        return answer
    name = f"flextur-{comparison['municipality']}-{comparison['year']}.{kind}"
    return kept_reply(request, content, PAPER_TYPES[kind], cache=IMMUTABLE, name=name)


def paper_query(municipality: str, day: date, language: str) -> str:
    """Return what the address of a paper ends with: it is dated the day it is asked for, in the page's language."""
    return urlencode({"kommune": municipality, "dato": day.isoformat(), "sprog": language})


PAPER_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PAPER_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The paper is one file with its style inside, as it is when it is sent on."""


def sections(run: str, comparison: Json, figures: Figures, language: str) -> dict[str, Any]:
    """Return what the answer's page shows, section by section; a section without content is left out."""
    from sim.drawing.tornado import leading
    from sim.report.budget_section import budget_tables, budget_words, observed_tables, observed_words
    from sim.report.clinic_section import clinic_tables, clinic_words
    from sim.report.experiments_section import experiments_table, experiments_words
    from sim.report.flexhandicap_section import flexhandicap_table, flexhandicap_words
    from sim.report.neighbours_section import neighbours_tables, neighbours_words
    from sim.report.outlook_section import outlook_tables, outlook_words
    from sim.report.own_lines_section import own_lines_table, own_lines_words
    from sim.report.phrases import introduction_words, prebooked_words, precision_words, volume_words, year_words
    from sim.report.pool_section import pool_table
    from sim.report.residents_table import residents_table
    from sim.report.table import across_table, certainty_table, citizen_table, elements_table, months_table, officers

    options = comparison["options"]
    several = len(options) > 1
    parts = {
        "budget": (budget_tables(comparison), budget_words(comparison)),
        "observed": (observed_tables(comparison), observed_words(comparison)),
        "outlook": (outlook_tables(comparison), outlook_words(comparison)),
        "neighbours": (neighbours_tables(comparison), neighbours_words(comparison)),
        "clinic": (clinic_tables(comparison), clinic_words(comparison)),
    }
    return {
        "sentences": sentences(comparison, language),
        "cost_sentences": [] if several else cost_sentences(comparison, language),
        "own_sentences": own_sentences(comparison, language),
        "officers": officers(comparison),
        "links": why_links(run, comparison),
        "fields": FIELDS,
        "elements": elements_table(comparison),
        "citizen": citizen_table(comparison),
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
        "precision": precision_words(comparison),
        "prebooked": prebooked_words(comparison),
        "introduction": introduction_words(comparison),
        "year_words": year_words(comparison["year"]),
    }


def sentences(comparison: Json, language: str) -> list[Mapping[str, Any]]:
    """Return one sentence for each option beside today's, in the page's language."""
    from sim.report.phrases import is_own_volume, lead_words

    town, own = comparison["municipality_name"], is_own_volume(comparison)
    year, level = comparison["year"], comparison.get("price_level")
    return [
        {
            "lead": None if own else lead_words(o),
            "said": sentence_en(o["name"], town, o["change"], year, level) if language == "en" else o["sentence"],
            "sure": o["sign_is_sure"],
            "extrapolation": o["extrapolation"],
            "follow_on": _follow_on(comparison, o, language),
        }
        for o in comparison["options"][1:]
    ]


def cost_sentences(comparison: Json, language: str) -> list[str]:
    """Return what the only option costs, and in the years ahead where they are asked for."""
    from sim.report.cost_words import cost_words, cost_words_en, years_ahead_words, years_ahead_words_en

    words, ahead = (cost_words_en, years_ahead_words_en) if language == "en" else (cost_words, years_ahead_words)
    return [said for said in (words(comparison), ahead(comparison)) if said]


def _follow_on(comparison: Json, option: Json, language: str) -> str | None:
    """Return the line on an option's follow-on cost for flexhandicap, None where there is none."""
    from sim.report.flexhandicap_section import flexhandicap_sentence

    rests_on = comparison.get("flexhandicap")
    if language != "en" or rests_on is None:
        return flexhandicap_sentence(option)
    return flexhandicap_en(option["name"], option["flexhandicap"], rests_on["moved_share"])


def own_sentences(comparison: Json, language: str) -> list[str]:
    """Return for each option with lines of the municipality's own what the change is with them, in thousands of kroner."""
    own = comparison.get("own_lines")
    if own is None:
        return []
    named = {line["option"] for line in own["lines"]}
    said = []
    for option, moved in zip(comparison["options"][1:], own["options"][1:], strict=True):
        if option["name"] in named and moved["change_with_own_oere"] is not None:
            with_own = figure_cell(moved["change_with_own_oere"], signed(thousands))
            said.append(
                f"{option['name']} with your own lines: {english_marks(str(with_own))} DKK thousand a year."
                if language == "en"
                else f"{option['name']} med jeres egne linjer: {with_own} tusinde kr. om året."
            )
    return said


def affected_tables(comparison: Json) -> list[Table]:
    """Return who is affected: the trips and the riders; by age, place and distance stands behind the drawings."""
    from sim.report.table import affected_table, riders_table

    return [affected_table(comparison), riders_table(comparison)]
