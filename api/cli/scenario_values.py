"""What a scenario can be told on the command line, the same for every command that takes one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.options import DAY, Command, Typed, Whole, read_pairs, switch_option, tariff_options
from api.clock import today, year_meant
from api.months_over import check_months_are_over
from sim.geography.zone_files.parts import FORMATS
from tariffs.errors import InputError
from tariffs.typed import read_number, read_whole

if TYPE_CHECKING:
    from sim.inputs.scenario import Scenario

PASSENGERS = Typed(
    "tal", lambda text, flag: float(read_whole(text, where=flag, kind="et passagertal", example="12000"))
)
LEFT_OUT_WHEN_EMPTY = {"municipalities", "options", "tariff_files", "town_zones", "transfer_points", "variant"}


def scenario_options(command: Command) -> Command:
    """Give a command the scenario file and everything that says what is compared; read it with `scenario_values`."""
    options = (
        click.argument("scenario", required=False, type=click.Path(path_type=Path)),
        click.option("--municipality", "municipalities", multiple=True, help="Kommune: kode eller navn; kan gentages."),
        click.option(
            "--option", "options", multiple=True, help='Valgmulighed: "navn: element, element=værdi"; kan gentages.'
        ),
        click.option(
            "--year", type=Whole(), help="Året, der regnes på (standard det år, der budgetteres: fra august det næste)."
        ),
        click.option(
            "--start", type=DAY, help="Dagen, ændringen træder i kraft (ÅÅÅÅ-MM-DD): giver virkningen i budgetåret."
        ),
        click.option(
            "--seed", type=Whole(), help="Frø for tilfældigheden (standard 1); samme frø giver samme resultat."
        ),
        click.option(
            "--passengers", type=PASSENGERS, help="Kommunens egne passagerer pr. år; ellers fordeles Movias total."
        ),
        click.option(
            "--counted-year", type=Whole(), help="Året, passagererne er talt i, hvis det er et andet end --year."
        ),
        click.option("--trips", metavar="MAPPE", help="Kommunens egne ture, indlæst med takstlab import trips."),
        click.option("--reference", help="Elementerne, der gjaldt, da passagertallet blev talt."),
        click.option("--town-zone", "town_zones", multiple=True, help="Byområde med bytakst; kan gentages."),
        click.option(
            "--town-areas", type=click.Path(), help="Byområdernes grænser: GeoJSON, GeoPackage, zip med shapefile ..."
        ),
        click.option(
            "--option-town",
            "option_towns",
            multiple=True,
            help='En valgmuligheds eget byområde: "navn: by, by" eller "navn: FIL.geojson" (eller .gpkg, .zip ...); kan gentages.',
        ),
        click.option(
            "--visits",
            multiple=True,
            metavar="BESØG",
            help='Kendte flexture pr. måned til en gratis destination: "navn: før; ekstra, når det er gratis"; kan gentages.',
        ),
        click.option(
            "--transfer-point",
            "transfer_points",
            multiple=True,
            help="Skiftested for plustur; ellers alle. Kan gentages.",
        ),
        click.option("--gtfs", type=click.Path(), metavar="FIL", help="Køreplan (GTFS) for plustur."),
        tariff_options,
        click.option("--assume", "assume", multiple=True, help="Forudsætning: id=værdi; kan gentages."),
        switch_option,
        click.option(
            "--fee-pooling", type=click.Choice(["movia", "municipality"]), help="Betaling til Movia: fælles eller egen."
        ),
        click.option(
            "--offers", "offers_flextur", is_flag=True, default=None, help="Regn, som om kommunen har flextur."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def scenario_values(scenario: Path | None, given: dict[str, Any]) -> dict[str, Any]:
    """Return the scenario's values: the file's, with what the command line gives in their place.

    Raises InputError when there is neither an option nor a municipality, or a value cannot be read.
    """
    from sim.inputs.scenario.scenario import parse_option, read_scenario

    values = read_scenario(scenario) if scenario else {}
    assume, switches = read_pairs(given.pop("assume"), "--assume"), read_pairs(given.pop("switches"), "--switch")
    own_lines, visits = given.pop("option_towns", ()), given.pop("visits", ())
    for key, value in given.items():
        if value is None or (key in LEFT_OUT_WHEN_EMPTY and not value):
            continue
        values[key] = [str(path) for path in value] if key == "tariff_files" else value
    if given["municipalities"]:
        values.pop("municipality", None)
    if given["options"]:
        values["options"] = [parse_option(text) for text in given["options"]]
    elif "options" in values:
        values["options"] = [_named(option) for option in values["options"]]
    if visits:
        values["free_destinations"] = [_visits(text) for text in visits]
    if own_lines:
        values["options"] = _with_lines(values.get("options", []), own_lines)
    if given["reference"] is not None:
        values["reference"] = [e.strip() for e in given["reference"].split(",") if e.strip()]
    if assume:
        values["assumptions"] = {**values.get("assumptions", {}), **{k: _number(k, v) for k, v in assume.items()}}
    if switches:
        values["switches"] = {**values.get("switches", {}), **switches}
    missing = [
        text
        for key, text in (("options", "--option"), ("municipalities", "--municipality"))
        if key not in values and not (key == "municipalities" and "municipality" in values)
    ]
    if missing:
        raise InputError(
            f"Der mangler {' og '.join(missing)}",
            next_step='skriv fx --municipality 0316 --option "Nuværende ordning: kommunetakst", eller giv en scenariefil',
        )
    values.setdefault("year", year_meant(values, today()))
    if values.get("observed"):
        _without_coming_months(values)
    else:
        check_months_are_over(values, today())
    return values


def _without_coming_months(values: dict[str, Any]) -> None:
    """Leave out the observed months that are not over yet, as the page does, and say so; raises InputError when none is.

    A file whose months are all over stays named as it is.
    """
    from dataclasses import replace

    from sim.answer.budget.observed import read_observed

    observed = read_observed(Path(values["observed"]))
    if observed.year is None:
        observed = replace(observed, year=int(values["year"]))
    ended = observed.before(today())
    if ended is None:
        raise InputError(
            f"Ingen af månederne i {observed.year} er omme endnu",
            where=str(values["observed"]),
            next_step="skriv måneder, der er talt, eller månedernes eget år i filen",
        )
    if ended is observed:
        return
    for note in ended.notes:
        click.echo(f"  {note}", err=True)
    del values["observed"]
    values["observed_months"] = {
        "year": ended.year, "months": list(ended.months), "passengers": list(ended.passengers), "notes": list(ended.notes),
    } | ({} if ended.cost_oere is None else {"cost_kr": [oere / 100 for oere in ended.cost_oere]})  # fmt: skip


def municipality_codes(scenario: "Scenario", where: str) -> list[str]:
    """Return the codes of a scenario's municipalities, each once; refuse one number of passengers for several."""
    from sim.geography.municipalities import find_municipality

    codes = list(dict.fromkeys(find_municipality(text).code for text in scenario.municipalities))
    if len(codes) > 1 and scenario.passengers is not None:
        raise InputError(
            f"Ét passagertal kan ikke gælde {len(codes)} kommuner",
            where=where,
            next_step="kør én kommune ad gangen med hver sit --passengers, eller udelad det",
        )
    return codes


def _named(option: Any) -> Any:
    """Return an option of a scenario file, which may be a table or the command line's short text."""
    from sim.inputs.scenario.scenario import Option, parse_option

    if isinstance(option, str):
        return parse_option(option)
    if isinstance(option, dict) and set(option) <= set(Option.model_fields) and isinstance(option.get("name"), str):
        elements = option.get("elements", [])
        if isinstance(elements, list) and all(isinstance(e, str) for e in elements):
            try:
                checked = Option(**option)
            except ValueError:
                return option  # said with the rest of the scenario
            return checked.model_copy(update={"elements": checked.package.elements()})
    return option


def _with_lines(options: list[Any], texts: tuple[str, ...]) -> list[Any]:
    """Return the options with the town lines of their own that ``--option-town`` gives them."""
    from sim.inputs.scenario.scenario import Option

    found = list(options)
    for text in texts:
        name, _, line = (part.strip() for part in text.partition(":"))
        places = [n for n, option in enumerate(found) if isinstance(option, Option) and option.name == name]
        if not places or not line:
            names = ", ".join(f"'{option.name}'" for option in found if isinstance(option, Option)) or "ingen"
            raise InputError(
                f"--option-town {text!r} forstås ikke",
                why=f"valgmulighederne er {names}",
                next_step='skriv "navn: by, by" eller "navn: FIL.geojson" med navnet på en valgmulighed',
            )
        drawn = line.lower().endswith(FORMATS)
        update = (
            {"town_areas": line, "town_zones": None}
            if drawn
            else {"town_zones": tuple(zone.strip() for zone in line.split(",") if zone.strip()), "town_areas": None}
        )
        for place in places:
            found[place] = found[place].model_copy(update=update)
    return found


def _number(key: str, text: str) -> float | tuple[float, ...]:
    """Read one number or several separated by semicolons."""
    numbers = tuple(float(read_number(part, where=f"--assume {key}", example="0,25")) for part in text.split(";"))
    return numbers if len(numbers) > 1 else numbers[0]


def _visits(text: str) -> dict[str, Any]:
    """Read what is known of the visits to a free destination: trips a month before, and added when it is free."""
    name, _, numbers = text.rpartition(":")
    before, separator, added = (part.strip() for part in numbers.partition(";"))
    stated = {"trips_per_month_before": before, "added_trips_per_month": added}
    read = {key: float(read_number(number, where="--visits")) for key, number in stated.items() if number}
    if not name.strip() or not separator or not read:
        raise InputError(
            f"--visits {text!r} forstås ikke",
            next_step='skriv "navn: før; ekstra, når det er gratis", fx "Holbæk Bibliotek: 30; 150"; det, der ikke kendes, er tomt',
        )
    return {"name": name.strip(), **read}
