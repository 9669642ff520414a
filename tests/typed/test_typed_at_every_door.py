"""Every door reads what is typed alike: the doors are taken from the code, the texts from one table."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest
from fastapi.routing import APIRoute
from pydantic import ValidationError

import api.http.app
from api.answers import parse_km, parse_when
from api.cli.budget_options import read_own_line
from api.cli.main import SUBCOMMANDS, takstlab
from api.cli.options import Number, Typed, Whole
from api.cli.scenario_values import _number as assumed
from api.clock import clock_of
from api.http.models import Parameters, _number_in
from api.http.schemes import SchemeParameters
from api.settings import read_settings
from api.web import budget, fairness
from api.web.form import read_plan
from api.web.prices import PriceForm, answer
from api.web.reading import Faults
from api.web.values import scenario_values
from sim.answer.budget.observed import Observed
from tariffs import load_price_book, parse_package
from tariffs.errors import InputError
from tariffs.price_list_entry import START, read_entry
from tariffs.typed import Door
from tests.typed.typed_texts import DANISH, DAYS, OPEN

ROOT = Path(__file__).parents[2]
Read = Callable[[str], Any]


def whole(number: Decimal) -> bool:
    return number == int(number)


# The pages' fields


def builder(field: str, pick: Callable[[dict[str, Any]], Any], **more: str) -> Read:
    """Return the reader of one field of the builder; a fault is raised as the error it is."""

    def read(text: str) -> Any:
        faults = Faults()
        told = {"kommune": "0316", "aar": "2024", "navn0": "", "navn1": "", **more, field: text}
        values = scenario_values(read_plan(list(told.items()), 2024), faults)
        if faults:
            raise InputError(faults[0][1])
        return pick(values)

    return read


def fare(field: str, pick: Callable[[Any], Any]) -> Read:
    """Return the reader of one field of the fare calculator."""

    def read(text: str) -> Any:
        faults = Faults()
        asked = {"fra": "Holbæk", "til": "Holbæk", "km": "8", "dag": "3.5.2024"} | {field: text}
        priced = answer(PriceForm(**asked), faults)
        if faults or priced is None:
            raise InputError(faults[0][1])
        return pick(priced.trip)

    return read


def typed_price(text: str, door: Door = Door.DANISH) -> Decimal:
    price_list, wrong = read_entry(PRICES | {"grundtakst": text}, load_price_book(), door)
    if price_list is None:
        raise InputError(wrong[0].text)
    return Decimal(price_list.oere["grundtakst"]) / 100


def distance(text: str) -> Decimal:
    faults = Faults()
    fairness._report(
        fairness.LineForm(afstand=text, dag="i morgen"), faults, None, ()
    )  # the day stops it before it is calculated
    if "afstand" in dict(faults):
        raise InputError(dict(faults)["afstand"])
    return Decimal(text)


def year_of_months(text: str) -> int:
    year = budget._year(text, Observed(None, (1,), (5,), None), faults := Faults())
    if year is None:
        raise InputError(faults[0][1])
    return year


PRICES = {
    "from": "17-01-2027", "source": "Movias brev", "grundtakst": "60", "kommunetakst": "30", "bytakst_low": "60", "bytakst_high": "75",
    "gratis_destination": "0", "kilometertakst_fra_km_11": "8", "kilometertakst_fra_km_21": "16", "plusturtakst": "30",
}  # fmt: skip
LINE, VISIT = {"linje0_valg": "1", "linje0_navn": "x"}, {"gratis1": "Holbæk Sygehus"}
CLINIC = {**VISIT, "klinik": "Holbæk Sygehus", "klinik_besoeg": "2000"}
PAGES: dict[str, tuple[Read, Callable[[Decimal], bool]]] = {
    "passagerer": (builder("passagerer", lambda v: v["passengers"]), lambda n: whole(n) and n >= 1),
    "budget": (builder("budget", lambda v: v["budget_kr"]), lambda _: True),
    "forbrug": (builder("forbrug", lambda v: v["spent_kr"]), lambda _: True),
    "fors_": (builder("fors_walk_km", lambda v: v["assumptions"]["walk_km"]), lambda _: True),
    "besoeg_foer": (
        builder("besoeg0_foer", lambda v: v["free_destinations"][0]["trips_per_month_before"], **VISIT), lambda _: True,
    ),
    "besoeg_ekstra": (
        builder("besoeg0_ekstra", lambda v: v["free_destinations"][0]["added_trips_per_month"], **VISIT), lambda _: True,
    ),
    "klinik_besoeg": (builder("klinik_besoeg", lambda v: v["clinic"]["visits_moved_a_year"], **CLINIC), lambda n: n >= 0),
    "klinik_kr": (builder("klinik_kr", lambda v: v["clinic"]["nurse_kr_per_hour"], **CLINIC), lambda n: n > 0),
    "klinik_minutter": (builder("klinik_minutter", lambda v: v["clinic"]["minutes_driven_per_visit"], **CLINIC), lambda n: n >= 0),
    "linje_kr": (builder("linje0_kr", lambda v: v["own_lines"][0]["kr"], **LINE), whole),
    "bytakstkr": (
        builder("bytakstkr1", lambda v: int(v["options"][1]["elements"][0].partition("=")[2])), lambda n: n == 60,
    ),
    "egenbytakst": (
        builder("egenbytakst1", lambda v: int(v["options"][1]["elements"][0].partition("=")[2]), bytakst1="egen"),
        lambda n: n == 60,
    ),
    "egenkommunetakst": (
        builder("egenkommunetakst1", lambda v: int(v["options"][1]["elements"][0].partition("=")[2]), kommunetakst1="1"),
        lambda n: n == 60,
    ),
    "km": (fare("km", lambda trip: Decimal(trip.distance_m) / 1000), lambda n: 0 <= n <= 1000),
    "voksne": (fare("voksne", lambda trip: trip.adults), lambda n: whole(n) and 0 < n < 100),
    "boern": (fare("boern", lambda trip: trip.children), lambda n: whole(n) and 0 <= n < 100),
    "afstand": (distance, lambda n: whole(n) and 100 <= n <= 1000),
    "talt_i": (builder("talt_i", lambda v: v["counted_year"], passagerer="500"), lambda _: False),
    "maanedsaar": (year_of_months, lambda _: False),
    "prisliste": (typed_price, lambda n: whole(100 * n) and 0 < n < 1_000_000),
}  # fmt: skip
"""Each field with a number, its reader, and which numbers it can hold."""
IN_ADDRESSES_ALONE = {"egenbytakst"}
"""A parameter that pages write and no field has."""
ASKED_OF_THE_PAGE = {"maal_kr"}
"""A field whose page has to be asked: tests/api/web/test_own_price_page.py does."""


def check(read: Read, table: dict[str, Decimal | None], fits: Callable[[Decimal], bool]) -> None:
    wrong = []
    for text, meant in table.items():
        try:
            found: Any = read(text)
        except (InputError, click.UsageError, ValidationError):
            found = None
        expected = meant if meant is not None and fits(meant) else None
        if (None if found is None else Decimal(str(found))) != expected:
            wrong.append((text, expected, found))
    assert not wrong


@pytest.mark.parametrize("name", PAGES)
def test_a_field_of_a_page_reads_as_danes_write(name: str) -> None:
    check(PAGES[name][0], DANISH, PAGES[name][1])


def test_every_field_with_a_number_on_a_page_is_among_the_doors() -> None:
    names = set()
    for template in (ROOT / "api/web/templates").glob("*.j2"):
        for said in re.findall(r"(?:ui\.text|\bfield)\(((?:(?!{{).)*?)\) }}", template.read_text(encoding="utf-8")):
            if re.search(r'mode="(numeric|decimal|text)"', said):
                names.add(said.partition(",")[0].split(" %")[0].strip('"').replace("%d", ""))
    known = {"row.field": "prisliste", "prefix ~ a.id": "fors_", "year_field": "maanedsaar"}
    assert {known.get(name, name) for name in names} == (set(PAGES) | ASKED_OF_THE_PAGE) - IN_ADDRESSES_ALONE


# The command line's options


def options() -> Iterator[tuple[str, click.Option]]:
    def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Option]]:
        context = click.Context(command)
        if isinstance(command, click.Group):
            for under in command.list_commands(context):
                found = command.get_command(context, under)
                assert found is not None
                yield from walk(f"{name} {under}", found)
        for param in command.params:
            if isinstance(param, click.Option):
                yield f"{name} {max(param.opts, key=len)}".strip(), param

    yield from walk("", takstlab)


OPTIONS = dict(options())
NUMBERS = {name: option for name, option in OPTIONS.items() if isinstance(option.type, Whole | Number)}
AMOUNTS = {
    name: option for name, option in OPTIONS.items() if isinstance(option.type, Typed) and option.type.name in ("kr", "procent", "tal")
}  # fmt: skip
DAY_OPTIONS = {
    name: option for name, option in OPTIONS.items() if isinstance(option.type, Typed) and option.type.name == "dag"
}


def test_the_walk_found_every_command() -> None:
    assert {name.split()[0] for name in OPTIONS} >= set(SUBCOMMANDS) - {"schema", "import", "keys"}


@pytest.mark.parametrize("name", NUMBERS)
def test_an_option_with_a_number_refuses_what_may_be_two(name: str) -> None:
    kind: Any = NUMBERS[name].type

    def fits(number: Decimal) -> bool:
        inside = (kind.min is None or number >= kind.min) and (kind.max is None or number <= kind.max)
        return inside and (whole(number) or isinstance(kind, Number))

    check(lambda text: kind.convert(text, NUMBERS[name], None), OPEN, fits)


@pytest.mark.parametrize("name", AMOUNTS)
def test_an_option_with_an_amount_refuses_what_may_be_two(name: str) -> None:
    limits = {"compare --budget": lambda n: n >= 0, "compare --spent": lambda n: n >= 0, "goal --change": whole}
    limits["tariffs index --percent"] = lambda n: abs(n) < 100
    limits |= dict.fromkeys((name for name in AMOUNTS if name.endswith("--passengers")), whole)
    check(lambda text: float(AMOUNTS[name].type.convert(text, AMOUNTS[name], None)), OPEN, limits[name])


@pytest.mark.parametrize("name", DAY_OPTIONS)
def test_an_option_with_a_day_reads_days_as_they_are_printed(name: str) -> None:
    check_days(lambda text: DAY_OPTIONS[name].type.convert(text, DAY_OPTIONS[name], None))


def check_days(read: Read) -> None:
    wrong = []
    for text, day in DAYS.items():
        try:
            found = read(text)
        except InputError:
            found = None
        if found != day:
            wrong.append((text, day, found))
    assert not wrong


def test_no_option_leaves_a_number_to_click() -> None:
    clicks_own = (click.types.IntParamType, click.types.FloatParamType, click.DateTime)
    left = [
        name
        for name, option in OPTIONS.items()
        if isinstance(option.type, clicks_own) and not isinstance(option.type, Whole | Number)
    ]
    numeric = {"TAL", "KR", "KM", "M", "DAG", "PCT", "FRA/TIL", "SEKUNDER", "ANTAL", "ANDEL"}
    untyped = [
        name for name, option in OPTIONS.items()
        if option.metavar in numeric and not isinstance(option.type, Whole | Number | Typed) and not name.startswith("tariffs enter")
    ]  # fmt: skip
    assert (left, untyped) == ([], [])


def test_the_other_texts_of_the_command_line_are_read_alike() -> None:
    everything: Callable[[Decimal], bool] = lambda _: True  # noqa: E731
    check(lambda text: assumed("x", text), OPEN, everything)
    check(lambda text: read_own_line(f"Valg: linje = {text}")["kr"], OPEN, whole)
    check(lambda text: parse_km(text, where="--km") / Decimal(1000), OPEN, lambda n: 0 <= n <= 1000)
    check(lambda text: typed_price(text, Door.OPEN), OPEN, lambda n: 0 < n < 1_000_000)
    levels = {text: meant for text, meant in OPEN.items() if "," not in text}  # a comma ends an element
    check(lambda text: parse_package(f"bytakst={text}").bytakst, levels, lambda n: n == 60)
    check(lambda text: read_settings({"TAKSTLAB_RUN_SECONDS": text}).run_seconds, OPEN, lambda n: whole(n) and n >= 1)


# Addresses


def parameter_models(model: type[Parameters] = Parameters) -> Iterator[type[Parameters]]:
    for under in model.__subclasses__():
        yield under
        yield from parameter_models(under)


IN_ADDRESSES = [
    (model, name) for model in parameter_models() for name, field in model.model_fields.items() if _number_in(field.annotation)
]  # fmt: skip


@pytest.mark.parametrize(("model", "name"), IN_ADDRESSES, ids=lambda part: getattr(part, "__name__", part))
def test_a_number_in_an_address_refuses_what_may_be_two(model: type[Parameters], name: str) -> None:
    refused = [text for text, meant in OPEN.items() if meant is None]
    for text in refused:
        with pytest.raises(ValidationError) as fault:
            model.model_validate({name: text})
        assert "typed" in {error["type"] for error in fault.value.errors() if error["loc"] == (name,)}, text


def test_a_number_in_an_address_is_what_it_means() -> None:
    inside = {text: meant for text, meant in OPEN.items() if meant is not None}
    check(lambda text: SchemeParameters(passengers=text).passengers, inside, lambda n: 1 <= n <= 5_000_000)  # type: ignore[arg-type]


def test_every_number_in_an_address_is_read_by_our_reader() -> None:
    """A route that takes a number past the models of parameters is to be named here with why."""
    # addresses that only pages write
    without = {("/kort/byomraader.svg", "aar"), ("/kort/byomraader.geojson", "aar"), ("/koersel/{run}/dag", "valg")}
    application = api.http.app
    found = set()
    for module in (ROOT / "api").rglob("*.py"):
        if "router" in module.read_text(encoding="utf-8"):
            name = ".".join(module.relative_to(ROOT).with_suffix("").parts)
            router = getattr(__import__(name, fromlist=["router"]), "router", None)
            for route in getattr(router, "routes", ()):
                if isinstance(route, APIRoute):
                    found |= {
                        (route.path, param.name) for param in route.dependant.query_params
                        if _number_in(param.field_info.annotation)
                    }  # fmt: skip
    assert application
    assert found == without


# Days


def day_of_entry(text: str) -> date:
    price_list, wrong = read_entry(PRICES | {START: text}, load_price_book())
    if price_list is None:
        raise InputError(wrong[0].text)
    return price_list.start


def test_days_are_read_alike_at_every_door() -> None:
    check_days(builder("start", lambda v: v["start"]))
    check_days(builder("forbrug_til", lambda v: v["spent_to"]))
    check_days(fare("dag", lambda trip: trip.travel))
    check_days(lambda text: parse_when(text, "--travel"))
    check_days(lambda text: clock_of(text)())


def test_a_price_lists_day_is_read_as_it_is_printed() -> None:
    for text in ("17. januar 2027", "17-01-2027", "17/1 2027", "2027-01-17"):
        assert day_of_entry(text) == date(2027, 1, 17)
    with pytest.raises(InputError, match="har måneden først"):
        day_of_entry("1/17/2027")


def test_the_year_of_months_is_a_year_as_danes_write_it() -> None:
    assert (year_of_months("2025"), year_of_months("2.025")) == (2025, 2025)
    for text in ("2,025", "25", "\uff12\uff10\uff12\uff15", "i fjor"):
        with pytest.raises(InputError):
            year_of_months(text)


# No reader beside the one

WRITERS = {
    "tariffs/typed.py",
    "api/cli/import_.py",
    "api/cli/municipalities.py",
    "api/web/point_list.py",
    "api/web/sentences.py",
    "tariffs/indexing.py",
}
"""Where marks are changed; none of them reads but the first and the list of points, whose numbers must lie in Denmark."""


def test_no_door_has_a_reader_of_its_own() -> None:
    found = set()
    for room in ("api/cli", "api/web", "api/http", "tariffs"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                    continue
                given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if node.func.attr == "replace" and given in ([",", "."], [".", ""], [",", ""]):
                    found.add(path.relative_to(ROOT).as_posix())
    assert found <= WRITERS
