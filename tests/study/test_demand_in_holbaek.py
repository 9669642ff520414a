"""What goes into the demand comes back out of it."""

import numpy as np
import pytest

from sim.riders.demand.requests import FIRST_OLDER_BAND, PlaceClass
from sim.riders.demand.tours import draw_requests, poisson_quantile
from sim.riders.demand.town_trips import inside_line, town_share
from sim.study.demand import curves, demand_model
from sim.study.study import Study
from tests.study.conftest import study_of

REPLICATIONS = 8


@pytest.fixture(scope="module")
def drawn(holbaek: Study) -> list:
    model = demand_model(holbaek, None)
    return [draw_requests(model, 1, n) for n in range(REPLICATIONS)]


def share(drawn: list, of) -> tuple[float, float]:
    """Mean over all requests and a standard error that treats tours, not legs, as independent."""
    values = np.concatenate([of(r).astype(float) for r in drawn])
    return float(values.mean()), float(np.sqrt(2) * values.std() / np.sqrt(len(values)))


def test_the_same_seed_draws_the_same_year_and_another_replication_another(holbaek: Study) -> None:
    model = demand_model(holbaek, None)
    first, again, other = draw_requests(model, 1, 0), draw_requests(model, 1, 0), draw_requests(model, 1, 1)
    for name in vars(first):
        assert np.array_equal(getattr(first, name), getattr(again, name)), name
    assert len(first) != len(other) or not np.array_equal(first.willingness, other.willingness)


def test_a_longer_list_begins_with_the_shorter_one(holbaek: Study) -> None:
    """Common random numbers: tour n has the same age and day whether 3,000 or 4,000 tours are drawn."""
    from dataclasses import replace

    from sim.riders.demand.model import TourRates

    model = demand_model(holbaek, None)
    more = replace(model, rates=TourRates(tuple(1.3 * r for r in model.rates.by_kind)))
    short, long = draw_requests(model, 1, 0), draw_requests(more, 1, 0)
    where = {int(i): n for n, i in enumerate(long.request_id)}
    common = [(n, where[int(i)]) for n, i in enumerate(short.request_id) if int(i) in where]
    assert len(common) > 0.9 * len(short)
    mine, theirs = np.array(common).T
    assert np.array_equal(short.willingness[mine], long.willingness[theirs])
    assert np.array_equal(short.service_day[mine], long.service_day[theirs])
    assert np.mean(short.origin[mine] == long.origin[theirs]) > 0.99


def test_riders_are_as_old_as_movia_says(drawn: list) -> None:
    mean, error = share(drawn, lambda r: r.age_band >= FIRST_OLDER_BAND)
    assert mean == pytest.approx(0.65, abs=4 * error)  # 65 % are 70 or older
    mean, error = share(drawn, lambda r: r.age_band >= FIRST_OLDER_BAND - 1)
    assert mean == pytest.approx(0.78, abs=4 * error)  # 78 % are 60 or older


def test_riders_within_a_town_are_older_than_others(holbaek: Study, drawn: list) -> None:
    town = holbaek.region.town

    def stays(r: object) -> np.ndarray:
        return (town[r.origin] == town[r.destination]) & (town[r.origin] >= 0)

    def older(r: object) -> np.ndarray:
        return r.age_band >= FIRST_OLDER_BAND

    within, _ = share([r.take(np.flatnonzero(stays(r))) for r in drawn], older)
    rest, _ = share([r.take(np.flatnonzero(~stays(r))) for r in drawn], older)
    # Odds 1.5 times: with shares near 0.63 and 0.72.
    assert within / (1 - within) == pytest.approx(1.5 * rest / (1 - rest), rel=0.12)


def test_the_online_share_the_party_size_and_the_vain_share_come_back(drawn: list) -> None:
    for of, expected in (
        (lambda r: r.online, 0.38),
        (lambda r: r.in_vain, 0.0371),
        (lambda r: r.passengers, 1.20),
    ):
        mean, error = share(drawn, of)
        assert mean == pytest.approx(expected, abs=4 * error)


def test_the_shares_of_town_and_border_trips_come_back(holbaek: Study, drawn: list) -> None:
    """The share in town is the sum of the pattern's pairs inside the line; Holbæk's is below Ringsted's."""
    local = town_share(holbaek.pattern, holbaek.region, holbaek.reference_line, any_town=False)
    assert 0.05 < local < 0.25
    town, error = share(drawn, lambda r: r.place_class == PlaceClass.IN_TOWN)
    across, error_across = share(drawn, lambda r: r.place_class == PlaceClass.ACROSS)
    # Wishes, not trips: the share across is of those at equal fares.
    assert across == pytest.approx(0.15, abs=4 * error_across)
    assert town == pytest.approx(local * 0.85, abs=4 * error)


def test_every_booking_keeps_the_rules(drawn: list) -> None:
    for r in drawn:
        pickup = r.service_day * 86_400 + r.wished_s
        assert (pickup - r.asked_at_s >= 2 * 3600).all()
        assert (r.wished_s >= 6 * 3600).all()
        assert (r.wished_s < 23 * 3600).all()
        ordinary = ~r.standing
        assert (r.service_day[ordinary] - r.booked_day[ordinary] <= 14).all()
        assert (r.booked_day[r.standing] <= r.service_day[r.standing] - 14).all()
        clock = r.asked_at_s % 86_400
        same_day = r.asked_at_s // 86_400 == r.service_day
        out = r.leg == 0
        assert (clock[same_day & out] <= 20 * 3600).all()
        evening_before = (r.asked_at_s // 86_400 == r.service_day - 1) & (r.wished_s < 8 * 3600) & out
        assert (clock[evening_before] <= 20 * 3600).all()
        assert (r.passengers <= 4).all()
        assert (r.children <= r.passengers).all()


def test_ways_home_follow_their_way_out_and_turn_it_round(drawn: list) -> None:
    r = drawn[0]
    home = np.flatnonzero(r.leg == 1)
    out = r.outbound_row[home]
    assert (out == home - 1).all()
    assert np.array_equal(r.origin[home], r.destination[out])
    assert np.array_equal(r.tour[home], r.tour[out])
    assert (r.wished_s[home] >= r.wished_s[out]).all()
    assert (r.outbound_row[r.leg == 0] == -1).all()


def test_trips_are_short_where_the_place_classes_say_so(holbaek: Study, drawn: list) -> None:
    r = drawn[0]
    names = np.array(holbaek.region.name)
    town = r.place_class == PlaceClass.IN_TOWN
    assert town.any()
    assert (names[r.origin[town]] == "Holbæk").all()
    assert (names[r.destination[town]] == "Holbæk").all()
    inside = holbaek.region.inside
    across = r.place_class == PlaceClass.ACROSS
    assert inside[r.origin[across]].all()  # the municipality pays for trips that start in it
    assert not inside[r.destination[across]].any()
    assert inside[r.destination[~across]].all()


def test_expected_passengers_under_the_reference_are_the_volume(holbaek: Study) -> None:
    """By the closed form: tours x legs x acceptance x party x (1 - in vain) = 6,000."""
    model = demand_model(holbaek, None)
    by_class = curves(holbaek, None)
    town, inside, out, home = model.rates.by_kind
    both = [
        float(pairs.steps @ inside_line(pairs, holbaek.region, holbaek.reference_line, any_town=False))
        for pairs in model.pattern.pairs[:2]
    ]
    in_town = town * both[0] + inside * both[1]
    riding = (
        in_town * 1.85 * by_class[PlaceClass.IN_TOWN].acceptance(4800)
        + (town + inside - in_town) * 1.85 * by_class[PlaceClass.INSIDE].acceptance(2400)
        + (out + home) * by_class[PlaceClass.ACROSS].acceptance(3600)
    )
    assert riding * 1.20 * (1 - 0.0371) == pytest.approx(6000, rel=1e-9)


def test_days_spread_as_poisson_counts_do(drawn: list) -> None:
    """Given the day's mean, tours of a day are Poisson: variance over mean about 1, over all days and replications."""
    counts = np.stack([np.bincount(r.service_day[r.leg == 0], minlength=366) for r in drawn])
    mean = counts.mean(axis=0)
    index = counts.var(axis=0, ddof=1).sum() / mean.sum()
    # Standard error of the pooled index: sqrt(2 / degrees of freedom), 366 x 7.
    assert index == pytest.approx(1.0, abs=4 * np.sqrt(2 / (366 * (REPLICATIONS - 1))))


def test_the_poisson_quantile_is_the_textbook_one() -> None:
    # P(X <= 0), P(X <= 1), P(X <= 2) for mean 1: 0.3679, 0.7358, 0.9197.
    assert [poisson_quantile(u, 1.0) for u in (0.0, 0.3678, 0.3680, 0.7357, 0.7359, 0.9196, 0.9198)] == [
        0, 0, 1, 1, 2, 2, 3,
    ]  # fmt: skip
    assert poisson_quantile(0.5, 0.0) == 0
    assert abs(poisson_quantile(0.5, 12_000.0) - 12_000) <= 1


def test_nobody_rides_to_or_from_a_municipality_without_flextur() -> None:
    from datetime import date

    from tariffs import load_municipal_choices

    # Dragør's neighbours are Tårnby and København, and neither has flextur.
    study = study_of("I dag", municipality="0155", passengers=6000.0)
    requests = draw_requests(demand_model(study, None), 1, 0)
    codes = np.array(study.region.municipality_code)
    ends = set(codes[requests.origin]) | set(codes[requests.destination])
    offers = load_municipal_choices().offers
    assert len(ends) > 1
    assert not {code for code in ends if offers("flextur", code, date(2020, 12, 31)) == "no"}


def test_when_home_pays_the_trips_home_across_the_border_are_the_residents() -> None:
    start, home = (
        demand_model(study_of("I dag", passengers=6000.0, switches={"border_payer": payer}), None).pattern.pairs[3]
        for payer in ("start", "home")
    )
    out = demand_model(study_of("I dag", passengers=6000.0), None).pattern.pairs[2]
    assert start is not None
    assert home is not None
    assert out is not None

    def weights(pairs, first, second):  # type: ignore[no-untyped-def]
        steps = np.diff(pairs.cumulative, prepend=0.0)
        return dict(zip(zip(first.tolist(), second.tolist(), strict=True), steps.tolist(), strict=True))

    # Every way home mirrors a way out: the same pairs the other way round with the same weight.
    mirrored = weights(home, home.destination, home.origin)
    assert mirrored == pytest.approx(weights(out, out.origin, out.destination))
    assert weights(start, start.destination, start.origin) != pytest.approx(mirrored)
