"""The budget: own months, pasted from a sheet or sent as a file, and what they lead to."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from api.clock import usual_year
from api.http.formats import XLSX
from api.http.security import is_this_machine
from api.web import known
from api.web.advice import advice
from api.web.builder import asked_plan
from api.web.form import Plan, read_plan
from api.web.month_columns import MONTH_PICKS, SHEET, SHOWN, Choosing, Reading, read_months, save_columns
from api.web.month_template import months_csv, months_xlsx
from api.web.months import OwnMonths, from_address, own_months
from api.web.multipart import SentForm, read_form
from api.web.page import language_of, render
from api.web.reading import Faults, day_text, read_whole
from api.web.translation import english
from api.web.values import scenario_values
from sim.answer.budget.backtest import Backtest, backtest, can_be_tested
from sim.answer.budget.observed import Observed
from sim.inputs.corona import corona_notes
from sim.inputs.scenario.scenario import build_scenario
from sim.words.cells import NONE, Cell
from sim.words.numbers import danish, kroner
from sim.words.table import Table
from tariffs.errors import InputError, TakstlabError
from tariffs.projection import LAST_YEAR
from tariffs.typed import MONTHS

router = APIRouter()
ADDRESS = "/budget"
FIELD, FILE, YEAR = "tal", "maanedsfil", "maanedsaar"
FIRST_YEAR = 2017
LONGEST = 200_000
"""Bytes of a field: a sheet whose columns are chosen is in the form."""
GUESSED = "Arkets overskrifter kendes ikke alle. Se efter, at kolonnerne nedenfor er gættet rigtigt, og tryk på »Læs månederne«"
YEARS_AHEAD = "3"
PASTED_EN = (
    ("The file with the municipality's own months has", "The numbers have"),
    ("The file ", "What was pasted "),
    ("the whole file", "all rows"),
    ("Correct the file; nothing was read in", "Correct the numbers, and read them again"),
)
"""What is said of a file, and in its place of what was pasted."""


@dataclass(frozen=True)
class Sent:
    """What was sent: the fields as they were written, what is wrong, and the months with what is said of how they were read.

    ``choosing`` has the columns to choose from where the months could not be read as they are.
    """

    fields: dict[str, str] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    months: OwnMonths | None = None
    notes: tuple[str, ...] = ()
    choosing: Choosing | None = None


@router.get(ADDRESS)
def page(request: Request) -> Response:
    """Ask for the months; those of the address are shown as they were read."""
    query = dict(request.query_params)
    return _show(request, Sent(query, months=from_address(query.get("maaneder", ""))))


@router.get(f"{ADDRESS}/skabelon.{{ending}}")
def template(request: Request, ending: Literal["csv", "xlsx"]) -> Response:
    """Return a sheet of months to start from."""
    write, kind = (months_csv, "text/csv; charset=utf-8") if ending == "csv" else (months_xlsx, XLSX)
    content = write(request.app.state.today().year - 1)
    return Response(
        content, headers={"Content-Disposition": f'attachment; filename="maaneder.{ending}"'}, media_type=kind
    )


@router.get(f"{ADDRESS}/bagud")
def looking_back(request: Request) -> Response:
    """Show what the model would have said of the months of the address before it saw them."""
    from sim.telling.report.backtest_section import backtest_table, backtest_words

    query = dict(request.query_params)
    months, faults = from_address(query.get("maaneder", "")), Faults()
    found, plan = None, None
    try:
        plan = read_plan([("kommune", query.get("kommune", ""))], usual_year(request.app.state.today()))
        if months is None or not can_be_tested(months.observed):
            faults.add(
                "", "Der skal være mindst tre måneder, og de skal begynde med januar; sæt dem ind under »Budget«"
            )
        else:
            found = _tested(plan, months)
    except TakstlabError as error:
        faults.add("", advice(error))
    return render(
        request, "backtest.html.j2", 422 if faults else 200, faults=faults,
        name="" if plan is None else known.full_name(plan.municipality),
        year=None if months is None else months.year,
        table=None if found is None else backtest_table(found), said=[] if found is None else backtest_words(found),
        back=f"{ADDRESS}?{urlencode({'kommune': query.get('kommune', ''), 'maaneder': query.get('maaneder', '')})}",
    )  # fmt: skip


def _tested(plan: Plan, months: OwnMonths) -> Backtest:
    """Return the backtest under the scheme that the municipality had in the year of the months."""
    then = read_plan([("kommune", plan.municipality), ("aar", str(months.year))], months.year)
    values = scenario_values(replace(then, options=then.options[:1], alone=True), faults := Faults())
    if faults:
        raise InputError(faults[0][1])
    return backtest(build_scenario(values, "siden"), plan.municipality, months.observed)


@router.post(ADDRESS)
async def send(request: Request) -> Response:
    """Read the months and show them, with what they lead to; what is wrong is shown by row and column. Nothing is kept."""
    form = await read_form(request, longest=LONGEST)
    return await run_in_threadpool(_sent, request, form)


def _sent(request: Request, form: SentForm) -> Response:
    sent, language = Sent(form.fields), language_of(request)
    text, where = form.fields.get(FIELD, ""), FILE if form.name else FIELD
    try:
        if not text and not form.name:
            sent.faults.add(FIELD, "Sæt tallene ind fra regnearket, eller vælg filen med dem")
        else:
            read = read_months(form, text, request.app.state.saved_columns)
            kept = read.text or (read.choosing.text if read.choosing else "")
            sent = replace(sent, choosing=read.choosing, fields={**form.fields, FIELD: kept or text})
            sent.faults.extend(read.wanting)
            if read.error is not None and read.choosing is not None and read.choosing.preview is not None:
                sent.faults.add("kolonner", GUESSED)
            elif read.error is not None:
                sent.faults.add(
                    FIELD if read.choosing else where,
                    _in_page_words(read.error, language, pasted=not form.name)
                    + _may_choose(read, language, pasted=not form.name),
                )
            if read.observed is not None:
                year = _year(form.fields.get(YEAR, ""), read.observed, sent.faults)
                ended = None if year is None else replace(read.observed, year=year).before(request.app.state.today())
                if ended is not None:
                    warned = corona_notes(ended.months, ended.year or 0)
                    sent = replace(
                        sent, months=own_months(ended, ended.year or 0), notes=(*read.said, *ended.notes, *warned)
                    )
                    _remember(request, form, read)
                elif year is not None:
                    sent.faults.add(FIELD, f"Ingen af månederne i {year} er omme endnu. Skriv måneder, der er talt")
    except TakstlabError as error:
        sent.faults.add(where, _in_page_words(error, language, pasted=not form.name))
    return _show(request, sent, 422 if sent.faults else 200)


def _may_choose(read: Reading, language: str, *, pasted: bool) -> str:
    if read.choosing is None:
        return ""
    if language == "en":
        return " Or choose the columns below" + ("." if pasted else "; the file need not be sent again.")
    return " Eller vælg kolonnerne nedenfor" + ("." if pasted else "; filen behøver ikke sendes igen.")


def _remember(request: Request, form: SentForm, read: Reading) -> None:
    """Save the columns where that is asked for, from the machine that the service runs on alone."""
    if read.choosing is not None and form.fields.get("husk") and is_this_machine(request, request.app.state.settings):
        save_columns(read.choosing, request.app.state.saved_columns)


def _in_page_words(error: TakstlabError, language: str, *, pasted: bool) -> str:
    """Say what is wrong with the months; what was pasted is no file. The catalogue's sentences are of files."""
    said = english(advice(error)) if language == "en" else advice(error)
    if pasted and language == "en":
        for of_a_file, of_the_pasted in PASTED_EN:
            said = said.replace(of_a_file, of_the_pasted)
    elif pasted:
        said = said.replace("Filen med kommunens egne måneder har", "Tallene har").replace("Filen ", "Det indsatte ")
        said = said.replace("hele filen", "alle rækker").replace(
            "Ret filen; intet er læst ind", "Ret tallene, og læs dem igen"
        )
    return said.replace(" med numbers", "")


def _year(text: str, observed: Observed, faults: Faults) -> int | None:
    """Return the year of the months, told where they say none themselves."""
    if observed.year is not None:
        if not FIRST_YEAR <= observed.year <= LAST_YEAR:
            faults.add(FIELD, f"Månederne er fra {observed.year}; der kan regnes på {FIRST_YEAR}-{LAST_YEAR}")
            return None
        return observed.year
    year = read_whole(text, YEAR, Faults()) if text else None
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    faults.add(YEAR, "Månederne har intet år. Skriv, hvilket år de er fra, og tryk på »Læs månederne« igen")
    return None


def _show(request: Request, sent: Sent, status: int = 200) -> Response:
    today: date = request.app.state.today()
    text = sent.fields.get("kommune", "")
    try:
        plan = asked_plan(request, [("kommune", text)]) if text else None
    except TakstlabError as error:
        sent.faults.add("kommune", advice(error))
        plan, status = None, 422
    if plan is None and sent.months is not None:
        sent.faults.add("kommune", "Vælg kommunen")
        status = 422
    return render(
        request, "budget.html.j2", status, sent=sent, municipalities=known.municipalities(),
        municipality="" if plan is None else plan.municipality,
        name="" if plan is None else known.full_name(plan.municipality),
        told="" if sent.months is None else sent.months.words(language_of(request)),
        table=None if sent.months is None else _table(sent.months),
        ways=[] if plan is None or sent.months is None or sent.faults else _ways(plan, sent.months, today),
        choosing=sent.choosing, preview=_preview(sent), picks=MONTH_PICKS, sheet_field=SHEET,
        sheet_names=[(name, name) for name in (sent.choosing.sheets if sent.choosing else ())], shown_field=SHOWN,
        here=is_this_machine(request, request.app.state.settings),
        field=FIELD, file=FILE, year_field=YEAR, example_year=today.year - 1,
    )  # fmt: skip


def _preview(sent: Sent) -> Table | None:
    """Return the months as the guessed columns give them, while the columns are chosen."""
    observed = sent.choosing.preview if sent.choosing and sent.months is None else None
    return None if observed is None else _table(own_months(observed, observed.year or 0))


def _table(months: OwnMonths) -> Table:
    cost = months.cost_oere or [None] * len(months.months)
    rows = [
        (
            Cell(f"{MONTHS[month - 1]} {months.year or ''}".rstrip()),
            Cell(danish(count)),
            Cell(NONE if oere is None else kroner(oere)),
        )
        for month, count, oere in zip(months.months, months.passengers, cost, strict=True)
    ]
    total = months.total_oere
    rows.append((Cell("i alt"), Cell(danish(sum(months.passengers))), Cell(NONE if total is None else kroner(total))))
    return Table("Månederne, som de er læst", ("måned", "passagerer", "nettoudgift, kr."), tuple(rows))


def _ways(plan: Plan, months: OwnMonths, today: date) -> list[dict[str, str]]:
    """Return what can be calculated from the months: where to, and what it is."""
    own = replace(plan, months=months.address, alone=True, options=plan.options[:1])
    budget_year = max(usual_year(today), months.year)
    last = budget_year + int(YEARS_AHEAD)
    budget = replace(own, year=str(budget_year), years_ahead=YEARS_AHEAD)
    ways = [{
        "address": budget.address,
        "da": f"Budget {budget_year} med tre overslagsår ({budget_year + 1}-{last})",
        "en": f"Budget {budget_year} with three years ahead ({budget_year + 1}-{last})",
    }]  # fmt: skip
    if (
        months.year == today.year
        and months.total_oere is not None
        and months.observed.are_the_first
        and len(months.months) < 12
    ):
        spent = replace(
            own, year=str(months.year), spent=kroner(months.total_oere), spent_to=day_text(months.last_day.isoformat())
        )
        ways.append({
            "address": spent.address,
            "da": f"Forventet regnskab {months.year}: forbruget til og med {MONTHS[months.months[-1] - 1]} og resten af året",
            "en": f"Expected outturn {months.year}: spending to the end of {months.months[-1]}/{months.year} and the rest of it",
        })  # fmt: skip
    if can_be_tested(months.observed):
        pairs = urlencode({"kommune": plan.municipality, "maaneder": months.address})
        ways.append({
            "address": f"{ADDRESS}/bagud?{pairs}",
            "da": f"Hvad havde modellen sagt om {months.year}, måned for måned, før den så tallene?",
            "en": f"What would the model have said of {months.year}, month by month, before it saw the figures?",
        })  # fmt: skip
    return ways
