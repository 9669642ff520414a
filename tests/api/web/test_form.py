"""The address is the scenario: what the form holds comes back from it, whatever was written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.web import known
from api.web.builder import YEARS
from api.web.clinic_form import ClinicForm
from api.web.form import LineForm, Plan, read_plan
from api.web.known import levels_on
from api.web.option_form import OptionForm, what_differs
from api.web.plan_of_scenario import plan_of
from api.web.reading import Faults, read_day, read_number
from api.web.translation import english
from api.web.values import scenario_values
from sim.inputs.scenario.scenario import Clinic, build_scenario
from tariffs import load_price_book
from tariffs.errors import InputError

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)
OPTIONS = st.builds(
    OptionForm,
    name=WORDS,
    kommunetakst=st.booleans(),
    bytakst=st.sampled_from(["", "48", "60", "52", "egen"]),
    own_kommunetakst=st.sampled_from(["", "30"]),
    own_bytakst=st.sampled_from(["", "52", "halvtreds"]),
    free=st.lists(WORDS.filter(bool), max_size=2, unique=True).map(tuple),
    plustur=st.booleans(),
)


def test_every_year_on_the_page_has_fares_to_its_end_and_next_years_budget_is_among_them() -> None:
    book = load_price_book()
    assert (YEARS[0], YEARS[-1]) == ("2017", "2027")
    assert all(book.edition_on(date(int(year), month, day)) for year in YEARS for month, day in ((1, 1), (12, 31)))


def read(address: str) -> Plan:
    return read_plan(parse_qsl(urlsplit(address).query, keep_blank_values=True), 2020)


@given(st.lists(OPTIONS, min_size=2, max_size=7), WORDS, WORDS, st.lists(WORDS.filter(bool), max_size=3))
@settings(max_examples=60, deadline=None)
def test_a_plan_comes_back_from_its_address(
    options: list[OptionForm], passengers: str, start: str, zones: list[str]
) -> None:
    plan = Plan("0316", tuple(options), "2020", passengers=passengers, start=start, zones=tuple(zones))
    found = read(plan.address)
    assert (found.options, found.passengers, found.start, found.zones) == (
        plan.options, passengers, start, tuple(zones),
    )  # fmt: skip
    assert found.address == plan.address


def test_a_municipality_alone_gives_what_it_has_and_one_suggestion() -> None:
    plan = read("/sammenlign?kommune=Holbæk")
    assert plan.municipality == "0316"
    assert plan.options[0].elements == ("kommunetakst", "bytakst=48", "plustur")
    assert plan.options[1].elements == ("kommunetakst", "bytakst=60", "plustur")
    assert plan.names == ("Nuværende ordning", "Bytakst 60")


def test_names_say_what_differs_in_the_kroner_of_the_year() -> None:
    today = OptionForm(kommunetakst=True, bytakst="54")
    assert what_differs(today, OptionForm(bytakst="68", plustur=True), levels_on(date(2023, 7, 1))) == (
        "Bytakst 68, uden kommunetakst, plustur"
    )
    assert what_differs(today, today, levels_on(date(2020, 7, 1))) == "Uændret"
    plan = Plan("0316", (today, OptionForm(), OptionForm()), "2020")
    assert plan.names[1:] == ("Uden bytakst, uden kommunetakst", "Uden bytakst, uden kommunetakst (2)")


def test_a_field_that_the_form_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="passagere'"):
        read("/sammenlign?kommune=0316&passagere=12000")


@pytest.mark.parametrize(
    ("text", "number"), [("12.000", 12000), ("12000", 12000), ("-400.000", -400000), ("0,25", Decimal("0.25"))]
)
def test_numbers_are_read_as_danes_write_them(text: str, number: Decimal) -> None:
    faults = Faults()
    assert (read_number(text, "x", faults), faults) == (number, [])


@pytest.mark.parametrize("text", ["24.5", "1,234.50", "mange", "12.00", "inf", "NaN"])
def test_a_number_that_could_mean_another_is_a_fault_of_its_field(text: str) -> None:
    faults = Faults()
    assert read_number(text, "passagerer", faults) is None
    assert [where for where, _ in faults] == ["passagerer"]


@pytest.mark.parametrize("text", ["1.7.2020", "01.07.2020", "1/7 2020", "1-7-2020", "2020-07-01"])
def test_days_are_read_in_the_ways_people_write_them(text: str) -> None:
    assert read_day(text, "start", Faults()) == date(2020, 7, 1)


@pytest.mark.parametrize("text", ["31.2.2020", "7/2020", "i morgen", "1.7.20"])
def test_a_day_there_is_not_is_a_fault(text: str) -> None:
    faults = Faults()
    assert read_day(text, "start", faults) is None
    assert faults


@pytest.mark.parametrize(
    ("clinic", "free", "where", "said"),
    [
        (("", "4.000"), "Huset", "klinik", "Skriv klinikkens sted"),
        (("Huset",), "Huset", "klinik_besoeg", "hvor mange hjemmebesøg"),
        (("Huset", "mange"), "Huset", "klinik_besoeg", "er ikke et tal"),
        (("Huset", "-5"), "Huset", "klinik_besoeg", "kan ikke være mindre end 0"),
        (("Huset", "40", "0"), "Huset", "klinik_kr", "skal koste mere end 0 kr."),
        (("Huset", "40", "", "x"), "Huset", "klinik_minutter", "er ikke et tal"),
        (("huset", "40"), "Andet", "klinik", "Ingen valgmulighed har gratis kørsel til huset"),
    ],
)
def test_what_a_clinic_lacks_is_said_at_its_field(clinic: tuple[str, ...], free: str, where: str, said: str) -> None:
    faults = Faults()
    scenario_values(Plan("0316", (OptionForm(), OptionForm(free=(free,))), "2020", clinic=ClinicForm(*clinic)), faults)
    assert [field for field, _ in faults] == [where]
    assert said in faults[0][1]


def test_a_clinic_that_todays_option_is_free_to_is_said_at_its_field() -> None:
    faults = Faults()
    options = (OptionForm(name="Nu", free=("Huset",)), OptionForm(free=("Huset",)))
    scenario_values(Plan("0316", options, "2020", clinic=ClinicForm("Huset", "40")), faults)
    assert faults == [("klinik", "Nu har allerede gratis kørsel til Huset; fjern den dér")]


def test_every_field_reaches_the_scenario_and_comes_back_from_it() -> None:
    plan = Plan(
        "0316",
        (
            OptionForm("I dag", kommunetakst=True, bytakst="48", own_kommunetakst="30"),
            OptionForm("Gratis bibliotek", True, "egen", "", ("Holbæk Bibliotek", "Holbæk Sundhedshus"), True, own_bytakst="52"),
        ),
        year="2019", start="1.9.2019", passengers="12.000", zones=("Holbæk", "Jyderup"),
        transfer_points=("Holbæk St.",), budget="2.400.000", spent="1.000.000", spent_to="30.6.2019",
        neighbours=("0306",), years_ahead="3", lines=(LineForm("1", "Sparet buslinje 521", "-400.000"),),
        visits={"Holbæk Bibliotek": ("30", "150")},
        clinic=ClinicForm("Holbæk Sundhedshus", "4.000", "450", "12,5"), assumptions={"online_share": "0,5"}, known_only=True,
    )  # fmt: skip
    faults = Faults()
    values = scenario_values(plan, faults)
    assert not faults
    scenario = build_scenario(values, "test")
    assert scenario.start == date(2019, 9, 1)
    assert scenario.passengers == 12000
    assert scenario.town_zones == ("Holbæk", "Jyderup")
    assert (scenario.budget_kr, scenario.spent_kr, scenario.spent_to) == (2_400_000, 1_000_000, date(2019, 6, 30))
    assert scenario.own_lines[0].kr == -400_000
    assert scenario.free_destinations[0].added_trips_per_month == 150
    assert scenario.clinic == Clinic(
        destination="Holbæk Sundhedshus", visits_moved_a_year=4000, nurse_kr_per_hour=450, minutes_driven_per_visit=12.5
    )
    assert scenario.assumptions == {"online_share": 0.5}
    assert scenario.known_prices_only
    back = plan_of(scenario.model_dump(mode="json"))
    assert back.address == plan.address


def test_contradicting_elements_are_a_fault_of_their_option() -> None:
    faults = Faults()
    scenario_values(Plan("0316", (OptionForm(), OptionForm("Lukket", bytakst="low", town="lukket_by")), "2020"), faults)
    assert [where for where, _ in faults] == ["by1"]
    assert "modsiger" in faults[0][1]


def test_a_start_in_another_year_is_a_fault_of_the_start() -> None:
    faults = Faults()
    scenario_values(Plan("0316", (OptionForm(), OptionForm("B")), year="2020", start="1.7.2019"), faults)
    assert [where for where, _ in faults] == ["start"]


def test_vordingborgs_own_fare_is_a_kommunetakst_in_kroner_and_what_is_ticked_is_taken() -> None:
    """54 kr. a trip from December 2023 and 60 from 21 January 2024, as the whole municipality's fare."""
    faults = Faults()
    values = scenario_values(read("/sammenlign?kommune=Vordingborg&aar=2024"), faults)
    assert not faults
    assert values["options"][0]["elements"] == ("kommunetakst=60",)
    assert read("/sammenlign?kommune=Vordingborg&aar=2023").options[0].own_kommunetakst == "54"
    faults = Faults()
    values = scenario_values(read("/sammenlign?kommune=Vordingborg&aar=2024&navn0=&kommunetakst0=1&navn1="), faults)
    assert not faults
    assert values["options"][0]["elements"] == ("kommunetakst",)
    faults = Faults()
    scenario_values(read("/sammenlign?kommune=Vordingborg&aar=2022"), faults)
    assert not faults


def test_an_options_own_town_area_goes_into_the_address_and_comes_back() -> None:
    area = "areas:" + "a" * 64
    plan = read_plan(
        [("kommune", "0316"), ("navn0", ""), ("navn1", "Større"), ("bytakst1", "high"), ("egetby1", "Holbæk"),
         ("egetby1", "Tølløse"), ("navn2", "Tegnet"), ("bytakst2", "high"), ("egenlinje2", area)],
        2020,
    )  # fmt: skip
    assert plan.options[1].zones == ("Holbæk", "Tølløse")
    assert plan.options[2].areas == area
    assert read(plan.address) == plan
    values = scenario_values(plan, Faults())
    assert values["options"][1]["town_zones"] == ["Holbæk", "Tølløse"]
    assert values["options"][2]["town_areas"] == area
    assert "town_zones" not in values["options"][0]


def test_todays_scheme_is_the_chosen_years_until_the_user_changes_it() -> None:
    """Vallensbæk has flextur from 2019; Næstved's town fare is the higher from 2020, when LandFlex ended."""
    before = read("/sammenlign?kommune=Næstved&aar=2019")
    moved = read(before.address.replace("aar=2019", "aar=2024"))
    assert before.options[0] != moved.options[0]
    assert moved.options == read("/sammenlign?kommune=Næstved&aar=2024").options
    assert moved.proposed == "0370-2024"
    own = read(before.address.replace("aar=2019", "aar=2024") + "&gratis0=Sygehuset")
    assert own.options[0] == replace(before.options[0], free=("Sygehuset",)), "what the user has ticked stays"
    assert own.proposed == ""
    other = read(before.address.replace("kommune=0370", "kommune=0316"))
    assert other.options == read("/sammenlign?kommune=Holbæk&aar=2019").options


def test_the_address_says_its_year_so_that_it_opens_the_same_next_year() -> None:
    plan = read("/sammenlign?kommune=0316")
    query = parse_qsl(urlsplit(plan.address).query, keep_blank_values=True)
    assert ("aar", "2020") in query
    assert read_plan(query, 2031) == plan


def test_an_old_address_means_the_level_of_its_year_and_is_written_back_in_kroner() -> None:
    asked = "/sammenlign?kommune=0316&aar={}&navn0=&bytakst0=low&navn1=&bytakst1=high"
    assert [o.bytakst for o in read(asked.format(2020)).options] == ["48", "60"]
    assert [o.bytakst for o in read(asked.format(2023)).options] == ["54", "68"]
    assert "bytakst1=60" in read(asked.format(2020)).address


def test_an_address_that_says_60_kr_is_60_kr_in_every_year() -> None:
    asked = "/sammenlign?kommune=0316&aar={}&navn0=&navn1=&bytakst1=60"
    for year in (2020, 2024):  # the high level, and the low one
        faults = Faults()
        assert scenario_values(read(asked.format(year)), faults)["options"][1]["elements"] == ("bytakst=60",)
        assert not faults
    faults = Faults()
    scenario_values(read(asked.format(2023)), faults)
    assert faults == [("bytakstkr1", "60 kr. findes ikke i 2023; vælg 54 eller 68, eller regn med 60 som egen pris")]
    faults = Faults()
    own = read(asked.format(2023).replace("bytakst1=60", "bytakst1=egen&egenbytakst1=60"))
    assert scenario_values(own, faults)["options"][1] == {"name": "Bytakst 60", "elements": ("bytakst=60",)}
    assert not faults


@pytest.mark.parametrize(
    ("asked", "where", "words"),
    [
        ("bytakst1=egen", "bytakstkr1", "Skriv bytaksten i kroner"),
        ("bytakst1=egen&egenbytakst1=52,50", "bytakstkr1", "hele kroner"),
        ("bytakst1=egen&egenbytakst1=12", "bytakstkr1", "Vælg mindst 21 kr."),
        ("kommunetakst1=1&egenkommunetakst1=x", "egenkommunetakst1", "hele kroner"),
        ("bytakst1=high&aar=2018", "valg1", ""),
    ],
)
def test_kroner_that_cannot_be_used_are_a_fault_of_their_field(asked: str, where: str, words: str) -> None:
    faults = Faults()
    values = scenario_values(read(f"/sammenlign?kommune=0316&navn0=&navn1=&{asked}"), faults)
    if words:
        assert faults[0][0] == where
        assert words in faults[0][1]
    else:  # the year has no bytakst: the level's name stays, and the calculation says so
        assert values["options"][1]["elements"] == ("bytakst=high",)


def test_kroner_in_a_field_that_is_not_chosen_are_kept_and_not_used() -> None:
    plan = read("/sammenlign?kommune=0316&navn0=&navn1=&bytakst1=48&egenbytakst1=52&egenkommunetakst1=30")
    assert plan.options[1].elements == ("bytakst=48",)
    assert plan.options[1].own_bytakst == "52"


def test_no_years_ahead_is_nothing_asked_for() -> None:
    assert read_plan([("kommune", "0370"), ("overslag", "0")], 2027).years_ahead == ""
    assert read_plan([("kommune", "0370"), ("overslag", "3")], 2027).years_ahead == "3"


def test_prices_and_elements_of_a_projected_year_are_english_in_english() -> None:
    assert english("nettet 72, barn 40; fremskrevet") == "online 72, child 40; projected"
    assert english("bytakst, højt niveau; plustur") == "bytakst (town fare), high level; plustur"


def test_what_a_fare_of_the_municipalitys_own_is_filled_in_as_is_said_beside_it() -> None:
    said = known.offer("0390", date(2027, 12, 31)).own_fare
    assert said == "60 kr. pr. tur fra 21-01-2024, derefter 8 og 15 kr. pr. km, som hele kommunens takst"
    assert known.offer("0316", date(2027, 12, 31)).own_fare == ""
