"""A municipality's own list: the same trips whatever their dress, minimised, and nothing half-imported."""

import datetime
import json
import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from lists import danish, english, year_of_trips

from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.imported import read_import, write_import
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.trip_list import COLUMNS, TripList
from sim.telling.report.phrases import date_words
from tariffs.errors import DataError, InputError

HOLBAEK = "0316"
ROWS = year_of_trips(200)
GOOD = "Dato;Tid;Fra;Til;Passagerer\n03-08-2019;10.40;Holbæk;Tølløse;1\n"


def read(folder: Path, content: str | bytes, name: str = "ture.csv", **said: object) -> TripList:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    cleaning = bool(said.pop("cleaning", False))
    return read_trip_list(file, HOLBAEK, Settings(**said), cleaning=cleaning)  # type: ignore[arg-type]


def refused(folder: Path, content: str | bytes, name: str = "ture.csv", **said: object) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, content, name, **said)
    return str(caught.value)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> TripList:
    return read(tmp_path_factory.mktemp("plain"), danish(ROWS))


def test_danish_and_english_twins_of_one_list_are_the_same_import(tmp_path: Path, plain: TripList) -> None:
    assert read(tmp_path, english(ROWS)).table.equals(plain.table)
    assert (plain.account.numbers, read(tmp_path, english(ROWS)).account.numbers) == ("da", "en")


def test_days_that_name_their_month_are_the_same_import(tmp_path: Path, plain: TripList) -> None:
    def named(found: re.Match[str]) -> str:
        return date_words(date(int(found[3]), int(found[2]), int(found[1])))

    told = re.sub(r"\b([0-9]{2})-([0-9]{2})-([0-9]{4})\b", named, danish(ROWS))
    assert "august 2019" in told
    assert read(tmp_path, told).table.equals(plain.table)
    assert "række 2" in refused(tmp_path, GOOD.replace("03-08-2019", "32. august 2019"))


@pytest.mark.parametrize(
    ("encoding", "bom", "found"),
    [("utf-8", b"\xef\xbb\xbf", "utf-8"), ("cp1252", b"", "cp1252"), ("utf-16", b"", "utf-16"),
     ("utf-16-le", b"", "utf-16-le")],
)  # fmt: skip
def test_every_encoding_of_a_danish_sheet_is_found(
    tmp_path: Path, plain: TripList, encoding: str, bom: bytes, found: str
) -> None:
    listed = read(tmp_path, bom + danish(ROWS).encode(encoding))
    assert listed.table.equals(plain.table)
    assert listed.account.encoding == found


def test_bytes_that_are_no_danish_in_any_known_encoding_are_asked_about(tmp_path: Path) -> None:
    cyrillic = GOOD.encode("utf-8").replace("Tølløse".encode(), "Тёллёсе".encode("cp1251"))
    assert "--encoding" in refused(tmp_path, cyrillic)
    assert "ikke utf-8" in refused(tmp_path, danish(ROWS).encode("cp1252"), encoding="utf-8")


def test_parquet_with_typed_columns_is_the_same_import(tmp_path: Path, plain: TripList) -> None:
    columns = list(zip(*ROWS, strict=True))
    clock = [
        datetime.datetime.combine(day, datetime.time(minute // 60, minute % 60))
        for day, minute in zip(columns[0], columns[1], strict=True)
    ]
    table = pa.table(
        {
            "date": pa.array(clock, pa.timestamp("us")), "booked_at": pa.array(columns[2], pa.date32()),
            "from_lat": [round(p[0], 6) for p in columns[3]], "from_lon": [round(p[1], 6) for p in columns[3]],
            "to_lat": [round(p[0], 6) for p in columns[4]], "to_lon": [round(p[1], 6) for p in columns[4]],
            "passengers": columns[5], "children": columns[6], "channel": ["online" if x else "phone" for x in columns[7]],
            "standing": columns[8], "status": columns[9], "price": columns[10],
        }
    )  # fmt: skip
    pq.write_table(table, tmp_path / "ture.parquet")
    assert read_trip_list(tmp_path / "ture.parquet", HOLBAEK, Settings()).table.equals(plain.table)


def test_excel_with_real_dates_and_numbers_is_the_same_import(tmp_path: Path, plain: TripList) -> None:
    from sheets import write_xlsx

    header = ["Rejsedato", "Tid", "Bestilt", "Fra lat", "Fra lon", "Til lat", "Til lon", "Antal passagerer", "Heraf børn",
              "Kanal", "Fast tur", "Status", "Pris"]  # fmt: skip
    rows = [
        [day, datetime.time(minute // 60, minute % 60), booked, *(round(x, 6) for x in (*start, *end)), party, children,
         "Online" if online else "Telefon", "ja" if standing else "nej", status, price]
        for day, minute, booked, start, end, party, children, online, standing, status, price in ROWS
    ]  # fmt: skip
    write_xlsx(tmp_path / "ture.xlsx", {"Forside": [], "Ture": [header, *rows]})
    listed = read_trip_list(tmp_path / "ture.xlsx", HOLBAEK, Settings())
    assert listed.table.equals(plain.table)
    assert "findes ikke" in refused_sheet(tmp_path / "ture.xlsx", "Nej")


def refused_sheet(file: Path, sheet: str) -> str:
    with pytest.raises(InputError) as caught:
        read_trip_list(file, HOLBAEK, Settings(sheet=sheet))
    return str(caught.value)


def test_only_the_documented_columns_come_in_with_half_hours_and_zones(plain: TripList) -> None:
    assert set(plain.table.column_names) == set(COLUMNS)
    assert set(pc.utf8_slice_codeunits(plain.table["time"], 3, 5).to_pylist()) == {"00", "30"}
    # Two hundred points of each end are far fewer places, none of them where anybody stood.
    points = {(round(row[3][0], 5), round(row[3][1], 5)) for row in ROWS}
    zones = set(zip(plain.table["from_lat"].to_pylist(), plain.table["from_lon"].to_pylist(), strict=True))
    assert len(zones) < 60
    assert not zones & points


def test_the_rows_come_in_an_order_of_their_own(tmp_path: Path, plain: TripList) -> None:
    assert read(tmp_path, danish(reversed(ROWS))).table.equals(plain.table)


def test_a_cleaned_list_comes_in_as_the_list_itself_would(tmp_path: Path, takstlab, plain: TripList) -> None:
    (tmp_path / "ture.csv").write_text(danish(ROWS), encoding="utf-8")
    said = ("--municipality", "Holbæk")
    assert takstlab("clean", tmp_path / "ture.csv", *said, "--out", tmp_path / "rene.parquet")[0] == 0
    status, out, err = takstlab("import", "trips", tmp_path / "rene.parquet", *said, "--out", tmp_path / "ud")
    assert status == 0, err
    assert "200 ture" in out
    table, told = read_import(tmp_path / "ud")
    assert table.equals(plain.table)
    assert told["municipality"] == HOLBAEK
    assert told["period"] == {"first": "2019-01-01", "last": "2019-12-31", "stated": False}
    assert told["passengers"] == sum(row[5] for row in ROWS)
    assert told["in_vain"] == 8


def test_a_town_or_parish_by_name_is_spread_over_its_zones_and_an_address_only_gives_its_town(tmp_path: Path) -> None:
    lines = "".join(
        f"03-08-2019;10.40;{place};Tølløse Sogn;1\n" for place in ("Holbæk", "Ahlgade 12, 4300 Holbæk") * 50
    )
    listed = read(tmp_path, "Dato;Tid;Fra;Til;Passagerer\n" + lines)
    assert len(set(listed.table["from_zone"].to_pylist())) > 15
    assert len(set(listed.table["to_zone"].to_pylist())) > 5
    assert "Ahlgade" not in str(listed)


def test_cancelled_trips_and_those_outside_the_period_are_left_out_and_counted(tmp_path: Path) -> None:
    lines = "03-08-2019;10.40;Holbæk;Tølløse;1;aflyst\n04-08-2020;10.40;Holbæk;Tølløse;1;udført\n"
    listed = read(tmp_path, "Dato;Tid;Fra;Til;Passagerer;Status\n" + lines + "05-08-2019;10.40;Holbæk;Tølløse;2;udført\n",
                  period=(date(2019, 1, 1), date(2019, 12, 31)))  # fmt: skip
    assert listed.account.left_out == {"aflyst": 1, "uden for perioden 2019-01-01 - 2019-12-31": 1}
    assert listed.table["passengers"].to_pylist() == [2]


def test_trips_that_another_municipality_pays_for_are_refused_or_left_out_by_word(tmp_path: Path) -> None:
    content = GOOD + "03-08-2019;12.00;Roskilde;Holbæk;1\n"
    assert "1 tur starter i en anden kommune" in refused(tmp_path, content)
    assert read(tmp_path, content, only_own=True).table.num_rows == 1


def test_a_changed_import_is_found_out(tmp_path: Path, plain: TripList) -> None:
    write_import(plain, None, tmp_path / "ud")
    file = tmp_path / "ud" / "trips.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 4
    file.write_bytes(content)
    with pytest.raises(DataError, match="ændret"):
        read_import(tmp_path / "ud")


def test_nothing_is_left_of_a_list_with_a_fault(tmp_path: Path, takstlab) -> None:
    (tmp_path / "ture.csv").write_text(GOOD + "3-13-2019;10.40;Holbæk;Tølløse;1\n", encoding="utf-8")
    status, _, err = takstlab("import", "trips", tmp_path / "ture.csv", "--municipality", "0316", "--out",
                              tmp_path / "ud", "--faults", tmp_path / "fejl.csv")  # fmt: skip
    assert status == 2
    assert "1 fejl i turlisten; intet er indlæst" in err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fejl.csv", "ture.csv"]
    assert (tmp_path / "fejl.csv").read_text("utf-8-sig").splitlines()[1].startswith("3;Dato;3-13-2019;rejsedag")


def test_import_json_says_what_was_left_out_and_which_versions_made_it(tmp_path: Path, plain: TripList) -> None:
    write_import(plain, (date(2019, 1, 1), date(2019, 12, 31)), tmp_path / "ud")
    told = json.loads((tmp_path / "ud" / "import.json").read_text(encoding="utf-8"))
    assert told["period"]["stated"] is True
    assert told["versions"].keys() == {"takstlab", "data", "map_year"}
    assert told["price_kr"] == pytest.approx(sum(row[10] for row in ROWS))
