"""A municipality's region: sums, places, zones, distances, and the cache that must never lie."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from sim.geography import Region, Speeds, build_region, find_destination
from sim.geography import cache as region_cache
from sim.geography.build import Request
from sim.geography.records import parishes
from sim.geography.town_line import place_shares, town_line
from tariffs.errors import InputError


def same(a: Region, b: Region) -> bool:
    """True when every field is the same to the bit, type included."""
    for field in fields(a):
        x, y = getattr(a, field.name), getattr(b, field.name)
        if isinstance(x, np.ndarray):
            if x.dtype != y.dtype or x.tobytes() != y.tobytes() or x.shape != y.shape:
                return False
        elif x != y:
            return False
    return True


def test_inside_places_hold_the_population_and_the_older_of_2020(holbaek: Region) -> None:
    inside = holbaek.inside
    assert holbaek.population[inside].sum() == pytest.approx(71_541)
    assert holbaek.older[inside].sum() == pytest.approx(holbaek.municipality.older_2020, rel=1e-3)
    assert np.allclose(holbaek.ages.sum(axis=1), holbaek.population)
    assert (holbaek.population >= 0).all()


def test_every_inhabited_parish_of_holbaek_has_a_place(holbaek: Region) -> None:
    own = {p.code for p in parishes() if p.municipality_code == "0316" and p.population_2021 > 0}
    inside = {code for code, here in zip(holbaek.parish_code, holbaek.inside, strict=True) if here}
    assert own <= inside
    assert "7274" in inside  # Holbæk Sankt Nikolai


def test_parish_populations_stay_in_their_parish(holbaek: Region) -> None:
    codes = np.array(holbaek.parish_code)
    scale = 71_541 / sum(p.population_2021 for p in parishes() if p.municipality_code == "0316")
    for parish in parishes():
        if parish.municipality_code == "0316":
            found = holbaek.population[(codes == parish.code) & holbaek.inside].sum()
            assert found == pytest.approx(parish.population_2021 * scale, rel=0.02)


def test_holbaek_town_holds_its_population_and_is_the_zone_of_its_name(holbaek: Region) -> None:
    town = holbaek.town == 0
    assert holbaek.population[town].sum() == pytest.approx(28_264, rel=0.02)
    assert (holbaek.area_type[town] == 1).all()
    assert holbaek.inside[town].all()
    assert 12 <= town.sum() / 4 <= 16  # km2
    assert holbaek.notes == ()
    line = town_line("0316", town_zones=["Holbæk"])
    assert line.names == ("Holbæk",)
    assert np.array_equal(place_shares(holbaek, line.zone_of_point, 1)[:, 0], town.astype(float))


def test_distances_and_times_are_whole_symmetric_and_positive(holbaek: Region) -> None:
    for table in (holbaek.fare_distance_m, holbaek.drive_s):
        assert table.dtype == np.int32
        assert table.shape == (len(holbaek), len(holbaek))
        assert np.array_equal(table, table.T)
        assert table.min() > 0


def test_a_detour_by_a_third_place_is_never_much_shorter(holbaek: Region) -> None:
    chosen = np.random.default_rng(3).integers(0, len(holbaek), (3, 50_000))
    # Orø (parish 7246) is left out: its two ferries would cut across the fjord, which roads before ferries forbids.
    i, j, k = chosen[:, (chosen[0] != chosen[1]) & (chosen[1] != chosen[2]) & (chosen[0] != chosen[2])]
    on_oroe = np.array([code == "7246" for code in holbaek.parish_code])
    i, j, k = (v[~on_oroe[k]] for v in (i, j, k))
    for table in (holbaek.fare_distance_m.astype(np.int64), holbaek.drive_s.astype(np.int64)):
        assert (table[i, j] <= 1.02 * (table[i, k] + table[k, j]) + 2).all()


def test_places_are_few_enough_and_outside_ones_are_in_reach(holbaek: Region) -> None:
    assert int(holbaek.inside.sum()) <= 600
    outside = ~holbaek.inside
    assert 24 <= int(outside.sum()) <= 90
    assert "0316" not in {c for c, o in zip(holbaek.municipality_code, outside, strict=True) if o}
    nearest = holbaek.fare_distance_m[np.ix_(outside, holbaek.inside)].min(axis=1)
    assert nearest.max() < 40_000 * 1.34
    assert {"Roskilde", "Ringsted", "Kalundborg"} <= {n for n, o in zip(holbaek.name, outside, strict=True) if o}


def test_oroe_is_reached_by_its_ferry_without_a_straight_link(holbaek: Region) -> None:
    oroe = holbaek.nearest_place(55.7660, 11.8120)
    town = holbaek.nearest_place(55.7186, 11.7136)
    assert holbaek.name[town] == "Holbæk"
    assert holbaek.notes == ()
    assert 8_000 < holbaek.fare_distance_m[oroe, town] < 60_000
    assert holbaek.drive_s[oroe, town] > 15 * 60


def test_stations_and_hospitals_draw_visits(holbaek: Region) -> None:
    hospital = holbaek.nearest_place(55.71136, 11.71702)
    assert holbaek.visit_weight[hospital] >= 40
    assert "Holbæk" in {n for n, here in zip(holbaek.station_name, holbaek.inside, strict=True) if here and n}
    assert np.array_equal(holbaek.station, np.array([bool(n) for n in holbaek.station_name]))


def test_speeds_change_times_and_nothing_else(gladsaxe: Region) -> None:
    slow = build_region("0159", year=2020, speeds=Speeds(15.0, 30.0), use_cache=False)
    assert np.array_equal(slow.fare_distance_m, gladsaxe.fare_distance_m)
    assert np.allclose(slow.drive_s, 2 * gladsaxe.drive_s, rtol=0.1, atol=240)  # bridges keep their own time
    assert (slow.drive_s >= gladsaxe.drive_s).all()


def test_a_municipality_without_named_zones_gets_its_largest_town() -> None:
    line = town_line("0159")
    assert line.names == ("Gladsaxe",)
    assert "antaget" in line.source


def test_an_empty_list_of_zones_means_no_zone() -> None:
    line = town_line("0159", town_zones=[])
    assert line.names == ()
    assert (line.zone_of_point == -1).all()


def test_a_drawn_area_holds_the_people_who_live_inside_it(tmp_path: Path, gladsaxe: Region) -> None:
    ring = [[12.45, 55.735], [12.50, 55.735], [12.50, 55.75], [12.45, 55.75], [12.45, 55.735]]
    path = tmp_path / "søborg.geojson"
    area = {"type": "Feature", "properties": {"name": "Midt"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), encoding="utf-8")
    line = town_line("0159", town_areas_file=path)
    assert line.names == ("Midt",)
    assert "søborg.geojson" in line.source
    share = place_shares(gladsaxe, line.zone_of_point, 1)[:, 0]
    box = (gladsaxe.lon > 12.455) & (gladsaxe.lon < 12.495) & (gladsaxe.lat > 55.738) & (gladsaxe.lat < 55.747)
    assert (share[box & gladsaxe.inside] > 0.99).all()
    assert (share[~gladsaxe.inside] == 0).all()
    # 3.1 x 1.7 km of a dense suburb: the cells' people by the part of each cell that lies inside.
    assert 0.1 * 69_262 < share @ gladsaxe.population < 0.4 * 69_262


def test_the_units_of_a_place_are_all_its_land(holbaek: Region) -> None:
    share = np.bincount(holbaek.unit_place, weights=holbaek.unit_share, minlength=len(holbaek))
    assert share[holbaek.inside] == pytest.approx(1.0)
    assert (share[~holbaek.inside] == 0).all()


def test_ends_are_spread_over_a_place_as_its_people_are(holbaek: Region) -> None:
    place = int(np.argmax(np.bincount(holbaek.unit_place)))  # a block of several country cells
    uniform = (np.arange(40_000) + 0.5) / 40_000
    points = holbaek.points_at(np.full(len(uniform), place, np.int32), uniform, 16)
    units = holbaek.unit_place == place
    for cell, share in zip(holbaek.unit_cell[units], holbaek.unit_share[units], strict=True):
        assert np.mean(points // 16 == cell) == pytest.approx(share, abs=1e-3)
    assert (holbaek.points_at(np.flatnonzero(~holbaek.inside)[:5].astype(np.int32), np.zeros(5), 16) == -1).all()


def test_the_cache_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gladsaxe: Region) -> None:
    monkeypatch.setenv("TAKSTLAB_CACHE", str(tmp_path / "gemt"))
    monkeypatch.setattr(region_cache, "_held", {})
    first = build_region("0159", year=2020)
    assert len(list((tmp_path / "gemt").iterdir())) == 1
    monkeypatch.setattr("sim.geography.regions.compute", lambda request: pytest.fail("not read from the cache"))
    assert build_region("0159", year=2020) is first
    region_cache._held.clear()
    again = build_region("0159", year=2020)
    assert same(first, again)
    assert same(first, gladsaxe)
    assert not again.drive_s.flags.writeable


def test_who_asks_while_a_region_is_computed_waits_for_the_same(
    monkeypatch: pytest.MonkeyPatch, gladsaxe: Region
) -> None:
    monkeypatch.setattr(region_cache, "_held", {})
    computed = []

    def slow(*_: object) -> Region:
        computed.append(1)
        time.sleep(0.2)
        return gladsaxe

    monkeypatch.setattr(region_cache, "_through_disk", slow)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: build_region("0159", year=2020), range(4)))
    assert all(region is gladsaxe for region in found)
    assert computed == [1]


def test_years_with_the_same_crossings_share_a_region(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gladsaxe: Region
) -> None:
    """Kronprinsesse Marys Bro opened in September 2019: 2020 and 2027 are alike, and 2019 is another region."""
    monkeypatch.setenv("TAKSTLAB_CACHE", str(tmp_path))
    monkeypatch.setattr(region_cache, "_held", {})
    computed = []

    def compute(request: Request) -> Region:
        computed.append(request.year)
        return replace(gladsaxe, year=request.year)

    monkeypatch.setattr("sim.geography.regions.compute", compute)
    now, ahead, before = (build_region("0159", year=year) for year in (2020, 2027, 2019))
    assert [now.year, ahead.year, before.year] == [2020, 2027, 2019]
    assert computed == [2020, 2019]
    assert ahead.drive_s is now.drive_s
    assert build_region("0159", year=2027) is ahead
    region_cache._held.clear()
    assert build_region("0159", year=2024).year == 2024
    assert len(computed) == len(list(tmp_path.iterdir())) == 2


def test_a_damaged_cache_is_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gladsaxe: Region) -> None:
    monkeypatch.setenv("TAKSTLAB_CACHE", str(tmp_path))
    monkeypatch.setattr(region_cache, "_held", {})
    build_region("0159", year=2020)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for damaged in (b"", whole[:1000], whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:], b"x" * len(whole)):
        kept.write_bytes(damaged)
        region_cache._held.clear()
        assert same(build_region("0159", year=2020), gladsaxe)
        assert kept.read_bytes() == whole


def test_regions_in_memory_are_bounded_by_their_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gladsaxe: Region
) -> None:
    """Room for two and a half: of four municipalities the two asked for last stay, and years that share arrays count once."""
    monkeypatch.setenv("TAKSTLAB_CACHE", str(tmp_path))
    held: dict[tuple[str, int], Region] = {}
    monkeypatch.setattr(region_cache, "_held", held)
    monkeypatch.setattr("sim.geography.regions.compute", lambda request: replace(gladsaxe, year=request.year))
    build_region("0159", year=2020)
    one = region_cache.filled()
    build_region("0159", year=2027)
    assert region_cache.filled() == one
    monkeypatch.setattr(region_cache, "IN_MEMORY_MB", 2.5 * one / 1_000_000)
    for code in ("0157", "0161", "0163"):
        build_region(code, year=2020)
    assert len(held) == 2
    assert region_cache.filled() == 2 * one


def test_one_region_is_measured_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gladsaxe: Region) -> None:
    monkeypatch.setenv("TAKSTLAB_CACHE", str(tmp_path))
    monkeypatch.setattr(region_cache, "_held", {})
    at_work: list[int] = []
    most: list[int] = []

    def compute(request: Request) -> Region:
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.05)
        at_work.pop()
        return gladsaxe

    monkeypatch.setattr("sim.geography.regions.compute", compute)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda code: build_region(code, year=2020), ("0157", "0159", "0161", "0163")))
    assert most == [1, 1, 1, 1]


def test_every_flipped_byte_is_noticed(gladsaxe: Region) -> None:
    whole = region_cache.pack(gladsaxe)
    for at in np.random.default_rng(1).integers(0, len(whole), 100):
        with pytest.raises(ValueError, match="damaged"):
            region_cache.unpack(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])


def test_an_unwritable_cache_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gladsaxe: Region
) -> None:
    (tmp_path / "fil").write_text("en fil, ikke en mappe", encoding="utf-8")
    monkeypatch.setenv("TAKSTLAB_CACHE", str(tmp_path / "fil"))
    monkeypatch.setattr(region_cache, "_held", {})
    assert same(build_region("0159", year=2020), gladsaxe)


def test_the_free_destination_of_gladsaxe_is_known(gladsaxe: Region) -> None:
    (found,) = find_destination(gladsaxe, "telefonfabrikken")
    assert found.place is not None
    assert gladsaxe.inside[found.place]


def test_a_destination_may_be_a_point(gladsaxe: Region) -> None:
    (found,) = find_destination(gladsaxe, "55.7384, 12.4696")
    assert found.category == "point"
    assert found.place == gladsaxe.nearest_place(55.7384, 12.4696)


def test_a_point_outside_the_municipality_is_refused() -> None:
    with pytest.raises(InputError, match="ligger ikke i Holbæk Kommune"):
        find_destination("0316", "55.64,12.08")


def test_an_unknown_destination_is_answered_with_close_names() -> None:
    with pytest.raises(InputError, match=r"'Holbæk Sygehuss' kendes ikke.*Holbæk Sygehus"):
        find_destination("0316", "Holbæk Sygehuss")


def test_a_hospital_is_found_by_name_without_a_region() -> None:
    found = find_destination("Holbæk", "holbaek sygehus")
    assert {d.place for d in found} == {None}
    assert any(d.source == "hospitals.csv" for d in found)


def test_a_town_is_not_taken_for_its_station() -> None:
    with pytest.raises(InputError, match="Vordingborg Station"):
        find_destination("0390", "Vordingborg")
    (station,) = find_destination("0390", "Vordingborg Station")
    assert (station.name, station.category) == ("Vordingborg Station", "station")
