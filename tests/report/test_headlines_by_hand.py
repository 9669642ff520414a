"""The line that leads: kroner and per cent, fare from and to, this budget year's part; by hand on the small comparison."""

from small_comparison import figure, small_comparison

from sim.telling.report.headline import fare_move, headline
from tests.answer.building import answer_of


def test_a_sure_change_has_kroner_per_cent_fare_and_the_part_of_the_year() -> None:
    """-260,000 kr. is 23.5 %, 36 kr. becomes 0; of the part year the interval crosses zero; 800 trips fewer."""
    assert str(headline(answer_of(small_comparison()), 1)) == (
        "mindreudgift ca. 260.000 kr. (24 %) om året (140.000-410.000 kr.), 36 → 0 kr.; i 2020 fra 1. juli: usikkert"
        " (-200.000 til +50.000 kr.); ca. 800 færre ture."
    )
    assert str(headline(answer_of(small_comparison()), 1, "en")) == (
        "about DKK 260,000 less (24 %) a year (DKK 140,000-410,000), DKK 36 → 0; in 2020 from 1 July: uncertain"
        " (DKK -200,000 to +50,000); about 800 fewer trips."
    )


def test_without_a_start_there_is_no_part_and_without_a_new_price_no_fare() -> None:
    comparison = small_comparison(part=False)
    trip = comparison["citizen_prices"][0]
    comparison["citizen_prices"] = [trip | {"oere": [trip["oere"][0]] * 2}]
    told = headline(answer_of(comparison), 1)
    assert (told.part, told.fare, told.trip) == ("", "", "")
    assert fare_move(answer_of(comparison), 1) is None


def test_an_unsure_change_says_so_with_its_interval_and_none_says_none() -> None:
    comparison = small_comparison(part=False)
    change = comparison["options"][1]["change"]
    change["net_cost_oere"] = figure(-2e6, -9e6, 5e6)
    change["trips"] = figure(10, -40, 60)
    told = headline(answer_of(comparison), 1)
    assert told.amount == "usikkert: kan blive mer- eller mindreudgift"
    assert told.interval == "(-90.000 til +50.000 kr.)"
    assert told.trips == "færre eller flere ture (-40 til +60)"
    change["net_cost_oere"], change["trips"] = figure(0.0), figure(0.0)
    told = headline(answer_of(comparison), 1)
    assert told.amount == "ingen ændring i forhold til uændret 2020"
    assert (told.interval, told.trips) == ("", "samme antal ture")


def test_a_change_from_almost_nothing_is_told_in_times_and_a_closed_trip_as_closed() -> None:
    """14 trips to 57 were "+303,9 % (+97,4 til +1.747,4)"."""
    comparison = small_comparison(part=False)
    comparison["options"][1]["change"]["percent"]["net_cost_oere"] = figure(303.9, 97.4, 1747.4)
    comparison["options"][1]["change"]["net_cost_oere"] = figure(4e6, 2e6, 9e6)
    comparison["citizen_prices"][0]["oere"][1] = None
    told = headline(answer_of(comparison), 1)
    assert told.amount == "merudgift ca. 40.000 kr. (ca. 4,0 gange) om året"
    assert told.fare == "køres ikke"
    assert headline(answer_of(comparison), 1, "en").amount == "about DKK 40,000 more (about 4.0 times) a year"
