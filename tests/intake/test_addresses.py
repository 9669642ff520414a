"""Addresses at a trip's ends: their town, as surely as that is; the rest in groups that the user places or leaves out."""

import json
import re
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest
from test_trip_list_comes_in import HOLBAEK, read, refused

from sim.geography.names import fold
from sim.inputs.intake.address_tokens import without_address
from sim.inputs.intake.addresses import is_known, written
from sim.inputs.intake.door import FaultyTripsError, read_trip_list
from sim.inputs.intake.places_file import read_places, write_places
from sim.inputs.intake.receipt import Placing, Unplaced
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.trip_list import TripList
from sim.inputs.intake.zones import zone_map
from tariffs.errors import InputError

HEADER = "Dato;Tid;Fra adresse;Til adresse;Antal pers.\n"


def trips(*ends: tuple[str, str]) -> str:
    return HEADER + "".join(f'03-08-2019;10.40;"{start}";"{end}";1\n' for start, end in ends)


def zones_of(listed: TripList, end: str = "from") -> set[str]:
    return set(listed.table[f"{end}_zone"].to_pylist())


def unplaced(folder: Path, content: str, **said: object) -> FaultyTripsError:
    with pytest.raises(FaultyTripsError) as caught:
        read(folder, content, **said)
    return caught.value


@pytest.mark.parametrize(
    "text",
    ["Ahlgade 12, 4300 Holbæk", "Ahlgade 12 B, 2. tv., 4300 HOLBÆK", "Ahlgade 12 4300 Holbaek", "4300 Holbæk", "DK-4300 Holbæk",
     "Ahlgade 12, 4300 Holbæk, Danmark", "Ahlgade 12, Holbæk", "HOLBÆK", "Holbæk 4300", "Ahlgade, 4300 Holbæk"],
)  # fmt: skip
def test_an_address_is_in_its_town(tmp_path: Path, text: str) -> None:
    town = {zone_map(HOLBAEK).ids[zone] for zone in zone_map(HOLBAEK).by_name("Holbæk")}
    assert zones_of(read(tmp_path, trips(*[(text, "Tølløse")] * 3))) <= town


@pytest.mark.parametrize(
    ("text", "name"),
    [("Holbæk St.", "Holbæk Station"), ("Holbæk Sygehus", "Holbæk Sygehus"), ("Sdr. Jernløse", "Sønder Jernløse"),
     ("Bygaden 3, Udby, 4300 Holbæk", "Udby"), ("Skolevej 2, St. Merløse", "Store Merløse")],
)  # fmt: skip
def test_a_name_that_is_certain_is_read_however_it_is_written(tmp_path: Path, text: str, name: str) -> None:
    """A village before the postcode is nearer the truth than the postcode's town."""
    there = {zone_map(HOLBAEK).ids[zone] for zone in zone_map(HOLBAEK).by_name(name)}
    assert zones_of(read(tmp_path, trips(*[(text, "Tølløse")] * 3))) <= there


def test_the_same_address_is_the_same_place_in_every_row_and_list_and_a_bare_town_is_spread(tmp_path: Path) -> None:
    address, town = ("Ahlgade 12, 4300 Holbæk", "Tølløse"), ("Holbæk", "Tølløse")
    one = zones_of(read(tmp_path, trips(*[address] * 20)))
    assert len(one) == 1
    assert zones_of(read(tmp_path, trips(("AHLGADE 12,  4300 holbæk", "Jyderup")))) == one
    assert len(zones_of(read(tmp_path, trips(*[town] * 20)))) > 5
    streets = [(f"Ahlgade {n}, 4300 Holbæk", "Tølløse") for n in range(20)]
    assert len(zones_of(read(tmp_path, trips(*streets)))) > 5


def test_a_trip_inside_one_town_has_a_length(tmp_path: Path) -> None:
    """Both ends in the middle of the town would be a trip of no length at all."""
    ends = [(f"Ahlgade {n}, 4300 Holbæk", f"Skovvej {n}, 4300 Holbæk") for n in range(60)]
    table = read(tmp_path, trips(*ends)).table
    stays = pc.equal(table["from_zone"], table["to_zone"]).to_pylist()
    assert sum(stays) < 8


def test_the_receipt_says_how_far_from_the_right_place_a_town_may_be(tmp_path: Path) -> None:
    """Figures of Holbæk's 55 zones: two of them are 2.1 km apart in the mean, weighted by people, and 6.1 at most."""
    ends = [("Ahlgade 12, 4300 Holbæk", "Tølløse St."), ("Holbæk St.", "Tølløse St."), ("Holbæk St.", "Holbæk Sygehus")]
    notes = " ".join(read(tmp_path, trips(*ends)).account.notes)
    assert "1 af 3 ture (33 %) har en ende, hvor kun byen eller sognet er kendt" in notes
    assert "i gennemsnit og højst: Holbæk 2,1 og 6,1 km (1 ender)" in notes
    assert "op til ca. 10 km fra byens midte" in notes
    assert "Trækkes stederne på ny, er disse tures længde i gennemsnit" in notes
    assert not any("sognet er kendt" in note for note in read(tmp_path, trips(ends[1])).account.notes)


def test_a_misspelt_town_is_read_only_where_its_postcode_says_the_same(tmp_path: Path) -> None:
    listed = read(tmp_path, trips(("Ahlgade 12, 4300 Holbæk", "Vej 3, 4300 Hobæk"), ("Vej 1, 4300", "Tølløse")))
    assert "Til adresse: læst efter postnummeret: »4300 Hobæk« som Holbæk." in listed.account.notes
    assert "Fra adresse: læst efter postnummeret: »4300« som Holbæk." in listed.account.notes
    told = unplaced(tmp_path, trips(("Ahlgade 12, 4300 Hobæk", "Tølløse")))
    assert [(one.text, one.suggestion) for one in told.unplaced] == [("4300 Hobæk", "Holbæk")]
    assert unplaced(tmp_path, trips(("Ahlgade 12, 4300 Holbæk", "Vej 3, 4300 Nykøbing"))).unplaced


@pytest.mark.parametrize("short", ["Vej 3, 4800 Nykøbing F", "4800 Nykøbing F.", "4800 NYKØBING F"])
def test_the_short_name_of_a_post_office_is_its_town_not_the_station_of_that_name(short: str) -> None:
    assert written(short).names == written("4800 Nykøbing Falster").names


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Vej 3, 4490 Jerslev Sj.", "Jerslev"),
        ("Vej 3, 4490 Jerslev Sjælland", "Jerslev"),
        ("4943 Torrig L", "Torrig"),
        ("4174 Jystrup Midtsj", "Jystrup"),
        ("4673 Rødvig Stevns", "Rødvig"),
        ("4583 Sjællands Odde", "Odden"),
        ("Vej 3, 2800 Kgs. Lyngby", "kongens lyngby"),
        ("Nykøbing F. Sygehus", "Nykøbing Falster sygehus"),
    ],
)
def test_what_a_post_office_adds_to_a_towns_name_does_not_hide_the_town(text: str, town: str) -> None:
    assert town in written(text).names
    assert is_known(town) or zone_map("0360").by_name(town)[0] >= 0


NETTO = [("Holbæk St.", "Netto, Tølløse")] * 3 + [("Lægehuset 4", "Tølløse St.")] + [("Holbæk St.", "Tølløse St.")] * 36


def test_what_cannot_be_placed_is_grouped_by_its_text_with_counts(tmp_path: Path) -> None:
    told = unplaced(tmp_path, trips(*NETTO))
    assert told.unplaced == (
        Unplaced("Netto, Tølløse", 3, "kendes ikke", "Tølløse"), Unplaced("Lægehuset", 1, "kendes ikke", "")
    )  # fmt: skip
    assert told.placing == Placing(trips=40, placed=36, by_town=0, by_user=0, left_out=4, refused=0)
    assert "4 ture med steder, der ikke kendes, i turlisten; intet er indlæst" in str(told)
    assert "»Netto, Tølløse« (3), »Lægehuset« (1)" in str(told)
    assert "Af 40 ture kan 36 (90 %) placeres, 4 (10 %) ikke, og 0 (0 %) har fejl." in str(told)
    assert "--leave-out-unplaced" in str(told)


def test_a_place_that_is_told_once_is_that_of_every_row(tmp_path: Path) -> None:
    told = {"Netto, Tølløse": "55,6112 11,7641", "lægehuset": "Jyderup"}
    listed = read(tmp_path, trips(*NETTO), places=told)
    assert listed.account.placing == Placing(40, 40, by_town=1, by_user=4, left_out=0, refused=0)
    zones = zone_map(HOLBAEK)
    netto = zones.ids[zones.by_point(np.array([55.6112]), np.array([11.7641]))[0]]
    assert listed.table["to_zone"].to_pylist().count(netto) == 3


def test_a_text_may_be_left_out_by_itself_or_all_of_them(tmp_path: Path) -> None:
    one = read(tmp_path, trips(*NETTO), places={"Lægehuset": "udelad", "Netto, Tølløse": "Tølløse"})
    assert one.account.left_out == {"et sted, som I har valgt at udelade": 1}
    listed = read(tmp_path, trips(*NETTO), leave_out_unplaced=True)
    assert listed.account.left_out == {"et sted, der ikke kan placeres": 4}
    assert listed.account.placing == Placing(40, 36, by_town=0, by_user=0, left_out=4, refused=0)
    assert any("4 ture af 40 (10,0 %) er udeladt" in note for note in listed.account.notes)


def test_more_than_a_tenth_may_not_be_left_out(tmp_path: Path) -> None:
    more = [*NETTO, ("Købmanden", "Tølløse St.")]
    told = refused(tmp_path, trips(*more), leave_out_unplaced=True)
    assert "5 af 41 ture (12 %) kan ikke placeres, og højst 10 % kan udelades" in told
    assert "med --places: »Netto, Tølløse« (3)" in told
    assert "--leave-out-unplaced" not in str(unplaced(tmp_path, trips(*more)))


def test_a_place_that_is_none_and_a_text_that_no_row_has_are_told(tmp_path: Path) -> None:
    told = refused(tmp_path, trips(*NETTO), places={"Netto, Tølløse": "Tølose"})
    assert "stedet for »Netto, Tølløse« findes ikke på kortet" in told
    assert "Tølløse" in told.split("Gør nu")[1]
    listed = read(tmp_path, trips(*NETTO), places={"Neto": "Tølløse"}, leave_out_unplaced=True)
    assert "Stedet for »Neto« er angivet, men ingen tur har den tekst." in listed.account.notes


@pytest.mark.parametrize(
    ("text", "group"),
    [("Ahlgade 12 B", "Ahlgade"), ("Hos Jens Erik Hansen, Ahlgade 12", "Hos (navn), Ahlgade"),
     ("Ahlgade 12, 4300 Atlantis", "4300 Atlantis"),
     ("Kirsten Nielsen", "(navn)"), ("", "(tomt felt)"), ("Rema 1000, Tølløse", "Rema, Tølløse")],
)  # fmt: skip
def test_a_group_has_no_house_number_and_nobodys_name(tmp_path: Path, text: str, group: str) -> None:
    told = unplaced(tmp_path, trips((text, "Tølløse")))
    assert [one.text for one in told.unplaced] == [group]
    for part in ("12", "Hansen", "Nielsen"):
        assert part not in str(told)


def test_nothing_of_an_address_is_stored(tmp_path: Path, takstlab) -> None:
    file = tmp_path / "ture.csv"
    file.write_text(trips(("Ahlgade 12, 2. tv, 4300 Holbæk", "Netto, Tølløse")), encoding="utf-8")
    (tmp_path / "steder.csv").write_text("tekst;sted\nNetto, Tølløse;Tølløse\n", encoding="utf-8")
    asked = (
        "import",
        "trips",
        file,
        "--municipality",
        "Holbæk",
        "--places",
        tmp_path / "steder.csv",
        "--out",
        tmp_path / "ud",
    )
    status, out, err = takstlab(*asked)
    assert status == 0, err
    assert "1 af 1 ture er placeret, 1 af dem kun efter by, 1 af jer; 0 er udeladt, 0 afvist" in err
    stored = b"".join(path.read_bytes() for path in (tmp_path / "ud").iterdir())
    assert json.loads((tmp_path / "ud" / "import.json").read_text("utf-8"))["placing"]["by_user"] == 1
    for text in (stored.decode("utf-8", "replace"), out, err):
        assert "Ahlgade" not in text
        assert "Netto" not in text


def test_the_table_of_places_is_written_once_filled_in_and_read(tmp_path: Path, takstlab) -> None:
    file, places = tmp_path / "ture.csv", tmp_path / "steder.csv"
    file.write_text(trips(*NETTO), encoding="utf-8")
    asked = ("import", "trips", file, "--municipality", "Holbæk", "--places", places, "--out", tmp_path / "ud")
    status, _, err = takstlab(*asked)
    assert status == 2
    assert "udfyld kolonnen sted" in err
    written = places.read_text("utf-8-sig")
    assert written.splitlines() == ["tekst;ture;sted", "Netto, Tølløse;3;Tølløse", "Lægehuset;1;"]
    places.write_text(written.replace("Lægehuset;1;", "Lægehuset;1;udelad"), encoding="utf-8-sig")
    status, out, err = takstlab(*asked)
    assert status == 0, err
    assert "39 ture" in out


def test_a_table_of_places_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "steder.csv"
    file.write_text("navn;sted\nNetto;Tølløse\n", encoding="utf-8")
    with pytest.raises(InputError, match="steder-filen mangler kolonnen tekst"):
        read_places(file)
    file.write_text("tekst;sted\nNetto;Tølløse\nNetto;Jyderup\n", encoding="utf-8")
    with pytest.raises(InputError, match="»Netto« har to steder"):
        read_places(file)
    with pytest.raises(InputError, match="kan ikke skrives"):
        write_places((), file)


def test_a_start_outside_the_map_is_another_municipalitys(tmp_path: Path) -> None:
    ends = [("Holbæk St.", "Tølløse St."), ("Nakskov", "Holbæk St.")]
    assert "1 tur starter i en anden kommune" in refused(tmp_path, trips(*ends))
    assert read(tmp_path, trips(*ends), only_own=True).account.placing.trips == 1
    told = unplaced(tmp_path, trips(ends[0], ends[1][::-1])).unplaced[0]
    assert (told.text, told.why) == ("Nakskov", "ligger for langt fra kommunen")


def test_a_refusal_for_texts_names_trips_that_start_elsewhere_too(tmp_path: Path) -> None:
    words = refused(tmp_path, trips(("Holbæk St.", "Netto, Tølløse"), ("Roskilde", "Holbæk")))
    assert "1 tur starter i en anden kommune" in words
    assert "udelad dem med --only-own" in words


def test_a_town_is_not_sought_in_the_name_of_a_shop(tmp_path: Path) -> None:
    assert fold(unplaced(tmp_path, trips(("Netto Holbæk", "Tølløse"))).unplaced[0].suggestion) == "holbaek"


def test_settings_of_an_office_excel_come_in_by_what_the_first_refusal_says(tmp_path: Path) -> None:
    listed = read_trip_list(
        Path(__file__).parent / "cases" / "kontor_400_ture.xlsx", HOLBAEK,
        Settings(ignored=("Turnr.", "Bemærkninger"), places={"Netto, Tølløse": "Tølløse", "Hos (navn), Udby": "Udby",
                                                             "Lægehuset, Jyderup": "Jyderup"}),
    )  # fmt: skip
    assert listed.account.rows_read == 400
    assert listed.account.left_out == {"aflyst": 17}
    assert listed.account.placing == Placing(383, 383, by_town=378, by_user=81, left_out=0, refused=0)
    assert set(map(str, listed.table["price"].to_pylist())) == {"30.00", "60.00", "90.00"}
    notes = " ".join(listed.account.notes)
    assert "Under listen er sprunget over: række 406 (total eller note)." in notes
    assert "Arket skjuler række 50-51 og 120" in notes


@pytest.mark.parametrize(
    "text",
    ["Ahlgade 12, st. tv, Udby, 4300 Holbæk", "Ahlgade 12 B, Holbæk", "Bakkevej 3 Tølløse", "Netto, Tølløse", "Holbæk, Danmark",
     "DK-4300 Holbæk", "Sdr. Jernløse", "Plejehjemmet 3, stue 4", "Vej 3, 4800 Nykøbing F.", "Hos Jens Hansen, Tølløse", "4300", ""],
)  # fmt: skip
def test_a_text_that_waits_is_grouped_and_placed_as_the_text_itself(text: str) -> None:
    kept = without_address(text, b"of the file")
    before, after = written(text), written(kept)
    assert (after.group, after.house, after.postcode) == (before.group, before.house, before.postcode)
    assert [name for name in after.names if is_known(name)] == [name for name in before.names if is_known(name)]
    assert kept == without_address(text, b"of the file")
    assert not re.search("Ahlgade|Bakkevej|Jens|Hansen|12 B", kept)


def test_a_token_is_another_in_another_file_and_for_another_house() -> None:
    there, next_door = "Ahlgade 12, 4300 Holbæk", "Ahlgade 14, 4300 Holbæk"
    tokens = {without_address(text, key) for text in (there, next_door) for key in (b"one", b"two")}
    assert len(tokens) == 4
    assert without_address("AHLGADE  12, 4300 Holbæk", b"one").partition(",")[0] in {
        token.partition(",")[0] for token in tokens
    }
