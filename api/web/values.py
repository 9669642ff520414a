"""From the form's texts to a scenario's values; every text that cannot be read is noted with its field."""

import re
from typing import Any

from api.jobs.accepting import AREAS, TIMETABLE, UPLOAD
from api.web.advice import advice
from api.web.field_of_error import element_field
from api.web.form import ASSUMPTION, TYPED, Plan
from api.web.known import YEAR
from api.web.months import from_address
from api.web.open_levels import level_of, not_open
from api.web.option_form import OWN, OptionForm
from api.web.reading import Faults, read_day, read_kroner, read_number
from sim.geography.names import fold
from sim.inputs.assumptions import load_assumptions
from sim.study.hourly_price import INDEX, index_percent
from tariffs import parse_package
from tariffs.errors import InputError
from tariffs.typed import shown

IN_KRONER = re.compile(r"(.*\d)\s*kr\.?(?:\s*(?:pr\.|i|/)\s*(?:køre|vogn)?timen?)?", re.IGNORECASE)
"""An amount in kroner, as a price per hour is written: 320 kr., 320 kr. pr. time."""

COUNTED = (2014, 2100)
"""The first and the last year that passengers can be counted in, as a scenario has it."""


def scenario_values(plan: Plan, faults: Faults) -> dict[str, Any]:
    """Return the plan as a scenario has it; what cannot be read is noted in ``faults`` and left out."""
    values: dict[str, Any] = {"municipality": plan.municipality, "options": []}
    for place, (option, name) in enumerate(zip(plan.options, plan.names, strict=True)):
        if unpriced(option, place, plan, faults):
            continue
        try:
            elements = parse_package(",".join(option.elements)).elements()
            values["options"].append({"name": name, "elements": elements, **_own_line(option, place, faults)})
        except InputError as error:
            faults.add(element_field(error, place), f"{name}: {advice(error)}")
    if plan.lists:
        values["tariff_files"] = list(plan.lists)
    if YEAR.fullmatch(plan.year):
        values["year"] = int(plan.year)
    else:
        faults.add("aar", "Året skal være fire cifre, fx 2020")
    for key, where, text in (("start", "start", plan.start), ("spent_to", "forbrug_til", plan.spent_to)):
        if text and (day := read_day(text, where, faults)) is not None:
            values[key] = day
    if values.get("start") and values.get("year") and values["start"].year != values["year"]:
        faults.add("start", f"Startdatoen skal ligge i {values['year']}")
    if plan.passengers and (number := read_number(plan.passengers, "passagerer", faults, example="12.000")) is not None:
        if number != int(number) or number < 1:
            faults.add("passagerer", "Passagertallet skal være et helt tal på mindst 1; tolv tusind skrives 12.000")
        else:
            values["passengers"] = float(number)
    _add_counted_year(plan, values, faults)
    for key, where, text in (("budget_kr", "budget", plan.budget), ("spent_kr", "forbrug", plan.spent)):
        if text and (amount := read_kroner(text, where, faults, example="2.400.000")) is not None:
            values[key] = float(amount)
    if plan.months:
        months = from_address(plan.months)
        if months is None:
            faults.add("maaneder", "Egne måneder i adressen kan ikke læses; sæt dem ind igen under »Budget«")
        elif plan.passengers:
            faults.add("passagerer", "Lad passagertallet stå tomt: kommunens egne måneder siger, hvor mange der kører")
        else:
            values["observed_months"] = months.scenario
    if plan.years_ahead:
        values["years_ahead"] = int(plan.years_ahead) if plan.years_ahead in ("0", "1", "2", "3") else 0
    for key, listed in (("town_zones", plan.zones), ("transfer_points", plan.transfer_points)):
        if listed:
            values[key] = list(listed)
    if plan.neighbours:
        values["neighbours"] = list(plan.neighbours)
    _add_sent(plan, values, faults)
    _add_visits(plan, values, faults)
    _add_lines(plan, values, faults)
    _add_clinic(plan, values, faults)
    for key, text in plan.assumptions.items():
        if key == INDEX and (hour := IN_KRONER.fullmatch(text)):
            _add_hourly_price(hour[1], values, faults)
            continue
        numbers = [read_number(part, f"{ASSUMPTION}{key}", faults) for part in text.split(";")]
        known = [float(number) for number in numbers if number is not None]
        if known:
            values.setdefault("assumptions", {})[key] = known[0] if len(known) == 1 else known
    if plan.known_only:
        values["known_prices_only"] = True
    if plan.as_if_flextur:
        values["offers_flextur"] = True
    return values


def _add_hourly_price(text: str, values: dict[str, Any], faults: Faults) -> None:
    """Take an operator's price of a driving hour in the year's kroner as the yearly growth that it is."""
    where = f"{ASSUMPTION}{INDEX}"
    kroner = read_number(text, where, faults)
    if kroner is None or "year" not in values:
        return
    if "cost_kr" in values.get("observed_months", {}):
        faults.add(
            where, "Jeres egne måneder siger, hvad en køretime koster; skriv her stigningen i procent om året, fx 2,5"
        )
        return
    try:
        percent = index_percent(float(kroner), load_assumptions(), values["year"])
    except InputError as error:
        faults.add(where, advice(error))
        return
    values.setdefault("assumptions", {})[INDEX] = percent


def unpriced(option: OptionForm, place: int, plan: Plan, faults: Faults) -> bool:
    """Note and say that an option's kroner are none: a level that the year does not have, or an own price not written."""
    for where, asked, text in (
        (f"{TYPED}{place}", option.bytakst == OWN, option.own_bytakst),
        (f"egenkommunetakst{place}", option.kommunetakst and bool(option.own_kommunetakst), option.own_kommunetakst),
    ):
        if asked and not re.fullmatch(r"[0-9]{1,4}", text):  # what is whole kroner was read so with the form
            wrong = Faults()
            if not text:
                wrong.add("", "Skriv bytaksten i kroner, fx 52")
            elif read_kroner(text, "", wrong, kind="hele kroner", example="52") is not None:
                wrong.add("", f"'{shown(text)}' er ikke hele kroner; skriv fx 52")
            faults.add(where, f"{plan.names[place]}: {wrong[0][1]}")
            return True
    if option.bytakst.isdecimal() and int(option.bytakst) not in plan.levels.bytakst:
        faults.add(f"{TYPED}{place}", no_such_level(option.bytakst, plan))
        return True
    level, field = level_of(option.town_fare, plan), f"{TYPED}{place}"
    lacking = not_open(level, f"{option.town_fare} kr.", plan, place) if level else ""
    if not lacking and option.plustur:
        lacking, field = not_open("plustur", "Plustur", plan, place), f"plustur{place}"
    if lacking:
        faults.add(field, lacking)
    return bool(lacking)


def no_such_level(kroner: str, plan: Plan) -> str:
    """Say that a bytakst in kroner is not the year's, and what can be chosen in its place.

    >>> from api.web.form import Plan
    >>> no_such_level("60", Plan("0316", (), year="2023"))
    '60 kr. findes ikke i 2023; vælg 54 eller 68, eller regn med 60 som egen pris'
    """
    levels = " eller ".join(map(str, plan.levels.bytakst))
    choose = f"vælg {levels}, eller regn" if levels else "regn"
    return f"{kroner} kr. findes ikke i {plan.year}; {choose} med {kroner} som egen pris"


def _own_line(option: OptionForm, place: int, faults: Faults) -> dict[str, Any]:
    """Return an option's own town line: what is drawn goes before names, as for the common one."""
    if option.areas and AREAS.fullmatch(option.areas):
        return {"town_areas": option.areas}
    if option.areas:
        faults.add(f"egetby{place}-0", f"{option.areas[:40]!r} er ikke noget, der er indlæst her; se »Egne data«")
    return {"town_zones": list(option.zones)} if option.zones else {}


def _add_counted_year(plan: Plan, values: dict[str, Any], faults: Faults) -> None:
    """Take the year the passengers were counted in, which only a number of passengers has."""
    if not plan.counted:
        return
    first, last = COUNTED
    if not plan.passengers:
        faults.add("talt_i", "Skriv også passagertallet, eller lad året stå tomt")
    elif not YEAR.fullmatch(plan.counted) or not first <= int(plan.counted) <= last:
        faults.add("talt_i", f"Året, passagererne er talt i, skal være fire cifre fra {first} til {last}, fx 2025")
    else:
        values["counted_year"] = int(plan.counted)


def _add_sent(plan: Plan, values: dict[str, Any], faults: Faults) -> None:
    for key, where, text, kind in (
        ("trips", "ture", plan.upload, UPLOAD),
        ("town_areas", "omraader", plan.areas, AREAS),
        ("gtfs", "koereplan", plan.timetable, TIMETABLE),
    ):
        if text and kind.fullmatch(text):
            values[key] = text
        elif text:
            faults.add(where, f"{text[:40]!r} er ikke noget, der er indlæst her; se »Egne data«")


def _add_visits(plan: Plan, values: dict[str, Any], faults: Faults) -> None:
    for number, name in enumerate(plan.free_names):
        told: dict[str, Any] = {}
        for key, part, text in zip(
            ("trips_per_month_before", "added_trips_per_month"), ("foer", "ekstra"), plan.visits.get(name, ("", "")),
            strict=True,
        ):  # fmt: skip
            if text and (count := read_number(text, f"besoeg{number}_{part}", faults)) is not None:
                told[key] = float(count)
        if told:
            values.setdefault("free_destinations", []).append({"name": name, **told})


def _add_clinic(plan: Plan, values: dict[str, Any], faults: Faults) -> None:
    """Take the nurse clinic's numbers; an option beside today's must be free to it, or its rides would not be simulated."""
    clinic = plan.clinic
    if not clinic.pairs():
        return
    told: dict[str, Any] = {"destination": clinic.destination}
    for key, name, text in (
        ("klinik_besoeg", "visits_moved_a_year", clinic.visits),
        ("klinik_kr", "nurse_kr_per_hour", clinic.kroner),
        ("klinik_minutter", "minutes_driven_per_visit", clinic.minutes),
    ):
        number = read_number(text, key, faults) if text else None
        if number is not None and (number < 0 or (name == "nurse_kr_per_hour" and not number)):
            faults.add(
                key, f"{text[:40]} kan ikke være mindre end 0" if number < 0 else "En time skal koste mere end 0 kr."
            )
        elif number is not None:
            told[name] = float(number)
    if not clinic.destination:
        faults.add("klinik", "Skriv klinikkens sted, som det står ved »Gratis til og fra«")
    elif any(fold(name) == fold(clinic.destination) for name in plan.options[0].free):
        faults.add("klinik", f"{plan.names[0]} har allerede gratis kørsel til {clinic.destination}; fjern den dér")
    elif not any(fold(name) == fold(clinic.destination) for name in plan.free_names):
        faults.add(
            "klinik",
            f"Ingen valgmulighed har gratis kørsel til {clinic.destination}; skriv stedet under »Gratis til og fra« i den, der har"
            " klinikken",
        )
    if not clinic.visits:
        faults.add("klinik_besoeg", "Skriv, hvor mange hjemmebesøg om året der flyttes til klinikken, fx 4.000")
    if clinic.destination and "visits_moved_a_year" in told:
        values["clinic"] = told


def _add_lines(plan: Plan, values: dict[str, Any], faults: Faults) -> None:
    for number, line in enumerate(plan.lines):
        amount = read_kroner(line.kroner, f"linje{number}_kr", faults, example="-400.000") if line.kroner else None
        place = int(line.option) if line.option.isdecimal() and int(line.option) < len(plan.names) else None
        if amount is None or amount != int(amount) or not line.name or place is None:
            faults.add(f"linje{number}_navn", "En egen linje skal have valgmulighed, navn og beløb i hele kroner")
            continue
        own = {"option": plan.names[place], "name": line.name, "kr": int(amount)}
        values.setdefault("own_lines", []).append(own)
