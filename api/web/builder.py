"""The page on which options are built, with the estimate beside them: everything it shows follows from its address."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.clock import usual_year
from api.jobs.accepting import SENT, naming, placed
from api.web import known
from api.web.advice import advice
from api.web.field_of_error import field_of
from api.web.form import ASSUMPTION, ELSEWHERE, MOST_OPTIONS, TYPED, Plan, read_plan
from api.web.in_use import in_use, kept_lines
from api.web.instant import Instant, instant_within
from api.web.months import from_address
from api.web.open_levels import open_levels
from api.web.option_form import OptionForm
from api.web.page import language_of, render
from api.web.price_links import price_address
from api.web.reading import Faults
from api.web.translation import english, speak_of
from api.web.values import scenario_values
from api.web.ways_out import NOT_THERE, level_words, ways_out
from sim.study.fare_certainty import fare_certainty
from sim.study.plustur import plustur_prices
from sim.study.study import Study
from sim.telling.report.priced_trips import PlusturTrip, no_price, plustur_trip
from sim.telling.report.printed import percents
from sim.telling.sentences import flexhandicap_en, sentence_en
from sim.words.cells import Cell, change_cell, figure_cell, percent_cell, signed
from sim.words.rounding import thousands_for
from sim.words.table import Table
from tariffs import certainty_word
from tariffs.errors import TakstlabError
from tariffs.projection import LAST_YEAR

router = APIRouter()
NO_ROOM = (
    f"Der er plads til {MOST_OPTIONS} valgmuligheder ved siden af den nuværende ordning. Fjern en af dem, før du tilføjer en ny.",
    f"There is room for {MOST_OPTIONS} options beside the present scheme. Remove one of them before you add another.",
)
CORONA_YEARS = (2020, 2021)
YEARS = tuple(str(year) for year in range(2017, LAST_YEAR + 1))


@router.get("/")
def first_page(request: Request) -> Response:
    """Show where one begins: the municipality, by name or on the map."""
    if request.query_params.get("kommune"):
        return RedirectResponse(_plan(request).address, status_code=303)
    return render(
        request, "first.html.j2", municipalities=known.municipalities(), pickers=_pickers(language_of(request))
    )


@router.get("/sammenlign")
def build(request: Request) -> Response:
    """Show the options, what riders pay under each, and the estimate."""
    if not request.query_params.get("kommune"):
        return RedirectResponse("/", status_code=303)
    plan = _plan(request)
    doing = request.query_params.get("goer", "")
    if doing == "tilfoej":
        there = f"valg{len(plan.options)}" if len(plan.options) <= MOST_OPTIONS else "tilfoej"
        return RedirectResponse(f"{plan.with_option(_copied(plan)).address}#{there}", status_code=303)
    if doing.startswith("fjern") and doing[5:].isdecimal():
        return RedirectResponse(f"{plan.without_option(int(doing[5:])).address}#valgmuligheder", status_code=303)
    part = request.headers.get("hx-request") == "true"
    if not part and any(key.startswith(TYPED) for key in request.query_params):
        return RedirectResponse(plan.address, status_code=303)
    faults = Faults()
    response = show(request, plan, faults)
    if part:
        response.headers["HX-Replace-Url"] = plan.address
    if part and faults:  # who waits for the estimate asks for its box alone; what is wrong stands at the fields as well
        response.headers.update({"HX-Retarget": "#bygger", "HX-Reselect": "#bygger", "HX-Reswap": "outerMorph"})
    return response


def show(request: Request, plan: Plan, faults: Faults, status: int = 200) -> Response:
    """Return the builder with what is wrong, if anything, or with the estimate."""
    speak_of(plan.names)
    values = scenario_values(plan, faults)
    found: Instant | None = None
    if not faults:
        try:
            found = estimated(request, values)
        except TakstlabError as error:
            faults.add(field_of(error, plan), advice(error))
    year = values.get("year", usual_year(request.app.state.today()))
    day = known.price_day(year, values.get("start"), plan.list_files)
    language = language_of(request)
    return render(
        request, "builder.html.j2", status, plan=plan, names=plan.names, offer=known.offer(plan.municipality, day, plan.list_files),
        municipalities=known.municipalities(), faults=faults, found=found, years=YEARS, most=MOST_OPTIONS, no_room=NO_ROOM,
        year_choices=_year_choices(language),
        pending=found is None and not faults, estimate=None if found is None else estimate_view(found, language), in_kroner=known.in_kroner,
        own_assumptions=known.own_assumptions(), growth_assumptions=known.growth_assumptions(), hour=_hour(values),
        own_months=_months_view(plan, language), prefix=ASSUMPTION, certainty=known.CERTAINTY,
        zones_query=_zones_query(plan), own=in_use(request, plan),
        usable=request.app.state.price_lists.usable(),
        level_words=level_words(plan, language), not_there=NOT_THERE,
        open_levels=[open_levels(plan, place) for place in range(len(plan.options))],
        kept_lines=kept_lines(request, plan), ways_out=[ways_out(plan, place) for place in range(len(plan.options))],
        trips=_trips(found, plan.lists),
        near=known.by_nearness(plan.municipality),
        title=known.full_name(plan.municipality),
    )  # fmt: skip


def estimated(request: Request, values: dict[str, Any]) -> Instant | None:
    """Return the instant estimate, with what was sent to the service found where it lies; None while it is worked on.

    Raises InputError or DataError.
    """
    from sim.answer.budget.forecast import check_budget
    from sim.inputs.scenario.scenario import build_scenario

    asked = {key: value for key, value in values.items() if key != "own_lines"}
    told = build_scenario(asked, "siden")
    check_budget(told)
    lies = placed(told, request.app.state.settings)
    with naming(told, lies):
        sent = {key: getattr(lies, key) for key in (*SENT, "options") if key in asked}
        return instant_within(asked | sent, request.app.state.settings.estimate_wait_ms / 1000)


def estimate_view(found: Instant, language: str) -> dict[str, Any]:
    """Return what is said of an estimate: a sentence for each option and one table."""
    from sim.answer.extrapolation import extrapolation
    from sim.answer.flexhandicap import share_range
    from sim.answer.introduction import introduction
    from sim.answer.wording import sentence
    from sim.telling.report.arithmetic import arithmetic_table
    from sim.telling.untried import untried_of

    speak_of(option.name for option in found.options)
    sentences = []
    for option in found.options[1:]:
        sure = option.change.net_cost_oere.sign_is_sure
        said = (
            sentence_en(
                option.name,
                found.study.region.municipality.name,
                option.change.net_cost_oere,
                option.change.trips,
                found.study.scenario.year,
                found.study.prices.year,
            )
            if language == "en"
            else sentence(found.study, option.name, option.change.net_cost_oere, option.change.trips)
        )
        follow_on = option.flexhandicap and (
            flexhandicap_en(option.name, option.flexhandicap, share_range(found.study))
            if language == "en"
            else option.flexhandicap.sentence
        )
        sentences.append({"said": said, "sure": sure, "follow_on": follow_on})
    rests_on = ((option.name, extrapolation(found.study, n) or "") for n, option in enumerate(found.options) if n)
    table = _table(found)
    return {
        "sentences": sentences,
        "untried": untried_of(rests_on),
        "table": table,
        "short": _short(table),
        "account": arithmetic_table([(o.name, o.year) for o in found.options], "Regnestykket bag skønnet, kr. og øre"),
        "said": found.said,
        "allocated": None if found.study.volume.origin == "own" else found.study.volume.statement_da,
        "introduction": introduction(found.study),
        "notes": found.study.notes,
        "price_level": found.study.prices.year,
        "fares": fare_certainty(found.study),
    }


def _table(found: Instant) -> Table:
    with_part = found.options[0].part_year_change_oere is not None
    header = (
        "valgmulighed", "nettoudgift, 1.000 kr.", "mer-/mindreudgift, 1.000 kr.", "i procent",
        *(("i budgetåret, 1.000 kr.",) if with_part else ()),
    )  # fmt: skip
    moved = [option.change.net_cost_oere for option in found.options[1:]]
    # Net cost is told as finely as its change, and is today's and the change as printed.
    shown = thousands_for(moved or [found.options[0].year.net_cost_oere])
    today, rows = shown.steps(found.options[0].year.net_cost_oere.mean), []
    shares, per_cent = percents(
        [option.change.percent.net_cost_oere for option in found.options[1:]],
        [(shown.steps(one.mean), today) for one in moved],
    )
    for place, option in enumerate(found.options):
        change = option.change.net_cost_oere if place else None
        part = (change_cell(option.part_year_change_oere if place else None, signed(shown)),) if with_part else ()
        net, more = shown.moved(today, change.mean if change else 0.0)
        rows.append((
            Cell(option.name), figure_cell(option.year.net_cost_oere, shown, net),
            change_cell(change, signed(shown), more), percent_cell(shares[place - 1] if place else None, per_cent), *part,
        ))  # fmt: skip
    return Table("Skøn for et helt år", header, tuple(rows))


def _short(table: Table) -> list[tuple[str, str, str]]:
    """Return what is always in sight: each option's name, its change in net cost and the interval; of one alone what it costs."""
    rows = [(row[0], row[2]) for row in table.rows[1:]] or [(row[0], row[1]) for row in table.rows]
    return [(name.text, cell.text, cell.under) for name, cell in rows]


def _trips(found: Instant | None, lists: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the typical trips, each with what an adult pays for it under every option, in oere; none without an estimate."""
    if found is None:
        return []
    code, day = found.study.region.municipality.code, found.study.price_day
    return [
        {
            "trip": row.trip,
            "no_price": no_price(row),
            "prices": [
                {
                    "price": price,
                    "today": row.oere[0] if place else None,
                    "mark": [certainty_word(certainty, lang) for lang in ("da", "en")],
                    "why": "" if isinstance(row, PlusturTrip) else price_address(code, row, package, day, lists),
                }
                for place, (price, certainty, package) in enumerate(
                    zip(row.oere, row.certainty or (), found.study.packages, strict=True)
                )
            ],
        }
        for row in (*found.prices, *_plustur(found.study))
    ]


def _plustur(study: Study) -> list[PlusturTrip]:
    """Return the row of a trip with plustur where an option has it."""
    prices = plustur_prices(study)
    if prices is None:
        return []
    return [plustur_trip(prices["fare_oere"], prices["certainty"], [package.plustur for package in study.packages])]


def _hour(values: dict[str, Any]) -> dict[str, str]:
    """Return what a driving hour costs in the plan's year by the growth that is written, else by the default, in both languages."""
    from sim.inputs.assumptions import load_assumptions
    from sim.study.hourly_price import HOUR, INDEX, grown_kr
    from sim.words.numbers import danish

    year, own = values.get("year"), values.get("assumptions", {}).get(INDEX)
    if year is None or isinstance(own, list):
        return {"id": INDEX, "da": "", "en": ""}
    assumptions = load_assumptions()
    rate = assumptions.number(INDEX) if own is None else own
    percent, kr = danish(rate, 3).rstrip("0").rstrip(","), danish(grown_kr(assumptions.number(HOUR), rate, year))
    return {
        "id": INDEX,
        "da": f"{percent} % om året fra 2017 er {kr} kr. pr. køretime i {year}; skriv procenten eller fx {kr} kr.",
        "en": f"{percent} % a year from 2017 is DKK {kr} per driving hour in {year}; write the percent or e.g. {kr} kr.",
    }


def _year_choices(language: str) -> list[tuple[str, str]]:
    """Return the years with what they are called: 2020 and 2021 never were as they are calculated."""
    normal = ", a normal year" if language == "en" else ", et normalt år"
    return [(year, f"{year}{normal}" if int(year) in CORONA_YEARS else year) for year in YEARS]


def _months_view(plan: Plan, language: str) -> dict[str, str] | None:
    """Return what is said of a plan's own months, None without them."""
    from sim.inputs.corona import corona_notes, corona_notes_en

    months = from_address(plan.months)
    if months is None:
        return None
    carried = ""
    if str(months.year) != plan.year:
        carried = (
            f"They are carried to {plan.year} by the age groups; prices and fares are those of {plan.year}."
            if language == "en"
            else f"De føres til {plan.year} med aldersgrupperne; priser og takster er dem for {plan.year}."
        )
    warned = (corona_notes_en if language == "en" else corona_notes)(months.months, months.year)
    return {
        "words": months.words(language),
        "carried": " ".join(filter(None, (carried, *warned))),
        "without": replace(plan, months="", alone=False).address,
    }


def _plan(request: Request) -> Plan:
    return asked_plan(request, request.query_params.multi_items())


def asked_plan(request: Request, pairs: Iterable[tuple[str, str]]) -> Plan:
    """Return the plan of an address; one that names a municipality alone takes the own price lists that are kept."""
    told, kept = list(pairs), request.app.state.price_lists
    if {key for key, _ in told} <= {"kommune", *ELSEWHERE}:
        told += [("prisliste", one.name) for one in kept.usable()]
    year = usual_year(request.app.state.today())
    # A list that is gone is said with the rest when the comparison is calculated.
    files = kept.places_left([name for key, name in told if key == "prisliste"])
    return replace(read_plan(told, year, files), list_files=files)


def _copied(plan: Plan) -> OptionForm:
    """Return a new option: today's elements, to be changed."""
    return replace(plan.options[0], name="")


def _zones_query(plan: Plan) -> str:
    from urllib.parse import urlencode

    pairs = [("kommune", plan.municipality), *(("omraade", zone) for zone in plan.zones)]
    return urlencode([*pairs, *([("omraader", plan.areas)] if plan.areas else [])])


def _pickers(language: str) -> Any:
    """Return the map of municipalities wide and for a narrow screen, with legible names; the style sheet shows one."""
    from markupsafe import Markup

    try:
        from sim.telling.drawing.drawing import WIDE
        from sim.telling.drawing.maps import ENLARGED, PHONE, TITLE, picker_svg
    except ImportError:
        return ()
    drawn = {
        kind: picker_svg(lambda code: f"/sammenlign?kommune={code}", width=width)
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    }
    if language == "en":
        for said in (ENLARGED, TITLE):
            drawn = {kind: svg.replace(said, english(said)) for kind, svg in drawn.items()}
        drawn = {kind: svg.replace(' lang="da"', "") for kind, svg in drawn.items()}
    return [(kind, Markup(svg)) for kind, svg in drawn.items()]
