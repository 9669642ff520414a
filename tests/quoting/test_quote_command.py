"""The commands ``takstlab quote`` and ``takstlab tariffs``."""

import json
from pathlib import Path

import pytest
from trip_files import as_csv, read_answers

ONE = (
    "quote",
    "--from",
    "0316",
    "--to",
    "0316",
    "--km",
    "13",
    "--travel",
    "2019-08-03",
    "--channel",
    "online",
    "--element",
    "kommunetakst",
)


def test_one_trip_is_priced_and_explained_in_danish(takstlab) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = takstlab(*ONE)
    assert status == 0
    for words in (
        "Pris: 37,00 kr.",
        "Kommunetakst, de første 10 km",
        "-4,20 kr.",
        "-0,80 kr.",
        "flextur/kommunetakst",
        "[A]",
        "antaget: på rejsedagen",
        "1 voksen",
    ):
        assert words in out


def test_one_trip_is_explained_in_english(takstlab) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = takstlab(*ONE, "--lang", "en")
    assert "Fare: 37.00 kr." in out
    assert "Municipal fare (kommunetakst), the first 10 km" in out


def test_one_trip_as_json_has_lines_that_sum_to_the_fare(takstlab) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = takstlab(*ONE, "--json")
    answer = json.loads(out)
    assert answer["status"] == "ok"
    assert answer["fare_oere"] == 3700 == sum(line["amount_oere"] for line in answer["lines"])
    assert answer["booked_assumed"] is True
    assert all(line["source"]["mark"] for line in answer["lines"])


def test_a_refusal_is_an_answer(takstlab) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = takstlab("quote", "--from", "Holbæk", "--to", "København", "--km", "60", "--travel", "2019-08-03")
    assert status == 0
    assert "Afvist (not_offered)" in out
    status, out, _ = takstlab("quote", "--from", "0316", "--to", "0316", "--km", "6", "--travel", "2029-08-03")
    assert (status, "takstlab tariffs index" in out) == (0, True)


def test_a_municipality_by_name_a_danish_comma_and_a_clock_time_are_understood(takstlab) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = takstlab(
        "quote", "--from", "sorø", "--to", "SLAGELSE", "--km", "10,0010", "--travel", "2020-03-02T10:00", "--json"
    )
    assert status == 0
    answer = json.loads(out)
    assert (answer["distance_m"], answer["fare_oere"], answer["booked"]) == (10_001, 4200, "2020-03-02T00:00:00")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--from", "Holbek"), "mente du Holbæk"),
        (("--km", "tretten"), "ikke en afstand"),
        (("--km", "1.2345"), "--km"),
        (("--travel", "3/31-2019"), "har måneden først"),
        (("--travel", "i morgen"), "ikke en dato"),
        (("--km", "10,001"), "kan være 10,0010 eller 10001"),
        (("--element", "bytakst=12"), "mellem 0 og 21"),
        (("--element", "bytakst=low", "--element", "bytakst=high"), "to gange"),
        (("--adults", "0"), "ingen passagerer"),
        (("--distance-m", "5"), "én gang"),
        (("--variant", "memo"), "memo-2019"),
        (("--switch", "x=1"), "kilometre_counting"),
        (("--switch", "kilometre_counting=rounded"), "started"),
        (("--tariff", "findes-ikke.toml"), "kan ikke læses"),
        (("--booked", "2019-08-02T10:00"), "klokkeslæt"),
        (("--trips", "x.csv"), "hører sammen"),
        (("--travel", "2019-08-03T10:00+02:00"), "dansk tid"),
    ],
)
def test_bad_input_is_said_with_status_2(takstlab, change: tuple[str, ...], words: str) -> None:  # type: ignore[no-untyped-def]
    status, out, err = takstlab(*ONE, *change)
    assert (status, out) == (2, "")
    assert words in err


def test_switches_and_variants_change_the_price_when_asked_for(takstlab) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = takstlab(
        "quote",
        "--from",
        "0316",
        "--to",
        "0265",
        "--distance-m",
        "23000",
        "--travel",
        "2020-03-02",
        "--variant",
        "memo-2019",
        "--json",
    )
    assert (json.loads(out)["fare_oere"], json.loads(out)["edition"]) == (11_400, "2019-07-01+memo-2019")
    _, out, _ = takstlab(
        "quote",
        "--from",
        "0316",
        "--to",
        "0316",
        "--distance-m",
        "10400",
        "--travel",
        "2020-03-02",
        "--switch",
        "kilometre_counting=exact",
        "--json",
    )
    assert json.loads(out)["fare_oere"] == 3840


def test_the_user_can_say_that_a_municipality_has_the_product(takstlab) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = takstlab(
        "quote",
        "--from",
        "0101",
        "--to",
        "0101",
        "--km",
        "3",
        "--travel",
        "2020-03-02",
        "--offers",
        "København",
        "--json",
    )
    assert json.loads(out)["fare_oere"] == 3600


def test_a_file_is_quoted_with_status_0_1_or_2(takstlab, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    trips, out = tmp_path / "ture.csv", tmp_path / "ud.csv"
    trips.write_text(as_csv([{}, {"to_municipality": "0101"}]))
    assert takstlab("quote", "--trips", trips, "--out", out)[0] == 0
    assert [row["status"] for row in read_answers(out)] == ["ok", "refused"]
    trips.write_text(as_csv([{}, {"distance_m": "12.5"}]))
    status, _, err = takstlab("quote", "--trips", trips, "--out", out)
    assert status == 1
    assert "første fejl: række 3: distance_m" in err, "as an editor numbers it, below the heading"
    out.unlink()
    trips.write_text("")
    assert takstlab("quote", "--trips", trips, "--out", out)[0] == 2
    assert not out.exists()
    assert takstlab(*ONE, "--trips", trips, "--out", out)[0] == 2


def test_the_tariff_is_listed_with_values_and_sources(takstlab) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = takstlab("tariffs")
    assert status == 0
    for words in (
        "2012-01-01",
        "2024-01-21 - 2025-01-18",
        "memo-2019",
        "flextur/grundtakst",
        "rules/online_rabat",
        "movia/telefonopkald",
        "[A]",
        "[C]",
        "plustur-27",
        "findes ikke",
    ):
        assert words in out
    _, out, _ = takstlab("tariffs", "--edition", "2019-07-01", "--parameter", "bytakst_high", "--json")
    document = json.loads(out)
    assert [edition["id"] for edition in document["editions"]] == ["2019-07-01"]
    assert [(p["key"], [v["value"] for v in p["values"]]) for p in document["parameters"]] == [
        ("flextur/bytakst_high", ["60"])
    ]
    assert takstlab("tariffs", "--edition", "1999")[0] == 2
    assert takstlab("tariffs", "--parameter", "findesikke")[0] == 2
    assert "companion_price = full | half  [J]" in takstlab("tariffs", "--switches")[1]


def test_a_draft_is_written_once_and_can_be_used_at_once(takstlab, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    draft = tmp_path / "udkast.toml"
    args = ("tariffs", "index", "--percent", "10.3", "--from", "2025-01-19", "--out", draft)
    assert takstlab(*args)[0] == 0
    status, _, err = takstlab(*args)
    assert status == 2
    assert "findes i forvejen" in err
    _, out, _ = takstlab(
        "quote", "--from", "0316", "--to", "0316", "--km", "5", "--travel", "2025-02-03", "--tariff", draft, "--json"
    )
    assert json.loads(out)["fare_oere"] == 5000  # 45 * 1.103 = 49.6
    assert takstlab("tariffs", "index", "--percent", "ti", "--from", "2025-01-19", "--out", tmp_path / "x.toml")[0] == 2


def test_a_price_that_is_not_known_carries_its_mark(takstlab) -> None:  # type: ignore[no-untyped-def]
    trip = ("quote", "--from", "0316", "--to", "0316", "--km", "13", "--element", "kommunetakst", "--travel")
    # 31 + 3 x 8 in 2026, 30 + 3 x 8 in 2024, 24 + 3 x 6 in 2020
    for day, words in (
        ("2026-11-28", "Pris: 55,00 kr. (fremskrevet; ikke Movias prisliste)"),
        ("2024-06-01", "Pris: 54,00 kr. (udregnet; ikke Movias prisliste)"),
        ("2020-06-01", "Pris: 42,00 kr.\n"),
    ):
        assert words in takstlab(*trip, day)[1]
    assert "(projected; not Movia's price list)" in takstlab(*trip, "2026-11-28", "--lang", "en")[1]
    answer = json.loads(takstlab(*trip, "2026-11-28", "--json")[1])
    assert (answer["price_certainty"], answer["price_note"]) == ("projected", "fremskrevet; ikke Movias prisliste")
    assert answer["lines"][0]["source"]["projected"] is True


def test_a_price_that_is_not_known_is_refused_when_only_known_ones_are_asked_for(takstlab) -> None:  # type: ignore[no-untyped-def]
    trip = ("quote", "--from", "0316", "--to", "0316", "--km", "5", "--known-prices-only", "--element")
    status, out, _ = takstlab(*trip, "kommunetakst", "--travel", "2026-11-28")
    assert (status, "Afvist (edition_unknown)" in out, "kun kendte priser er valgt" in out) == (0, True, True)
    _, out, _ = takstlab(
        *trip, "kommunetakst", "--travel", "2024-06-01"
    )  # 30 is our arithmetic; bytakst 60 is Movia's word
    assert "Afvist (price_unknown)" in out
    assert "kun kendte priser er valgt" in out
    _, out, _ = takstlab(*trip, "bytakst=low", "--from-town", "Holbæk", "--to-town", "Holbæk", "--travel", "2024-06-01")
    assert "Pris: 60,00 kr.\n" in out


def test_what_vordingborg_has_is_refused_and_what_the_user_states_is_priced(takstlab) -> None:  # type: ignore[no-untyped-def]
    trip = ("quote", "--from", "0390", "--to", "0390", "--km", "5", "--travel", "2024-02-01")
    status, out, _ = takstlab(*trip)
    assert status == 0
    assert "(own_fare)" in out
    assert "60 kr. pr. tur fra 21-01-2024" in out
    assert "skriv selv de elementer" in out
    assert "Pris: 30,00 kr." in takstlab(*trip, "--element", "kommunetakst")[1]
    assert "Pris: 45,00 kr." in takstlab(*trip, "--element", "grundtakst")[1]
