"""The parts of a difference, by hand: each step as large in the simulated answer as the estimate says, the rest by subtraction."""

from sim.answer.records.option import OptionAnswer
from sim.desk.changed.shares import parts
from sim.desk.changed.steps import Step, Steps
from sim.estimate.amounts import Amounts
from tests.answer.building import answer_of


def figure(mean: float) -> dict[str, float]:
    return {"mean": mean, "p10": mean, "p90": mean}


def option(name: str, trips: float, fares: float, operator: float, fee: float, change: float) -> OptionAnswer:
    told = {
        "name": name, "trips": figure(trips), "passengers": figure(trips), "fares_oere": figure(fares),
        "operator_payment_oere": figure(operator), "movia_fee_oere": figure(fee),
        "net_cost_oere": figure(operator - fares + fee), "change": {"net_cost_oere": figure(change)},
    }  # fmt: skip
    return answer_of({"options": [told]}).options[0]


def amounts(trips: float, fares: float, operator: float, fee: float) -> Amounts:
    return Amounts(trips, trips, trips, trips, fares, operator, fee)


TODAY, OTHER = amounts(100, 1000, 5000, 2000), amounts(50, 800, 2500, 1000)
STEPS = Steps(
    (Step("price_level", {"I dag": amounts(0, 0, 500, 100), "Ny": amounts(0, 0, 250, 50)}),),
    {"I dag": TODAY, "Ny": OTHER},
    (),
)


def test_a_step_is_scaled_to_the_simulated_answer_and_the_rest_is_what_is_left() -> None:
    # The simulation has 10 % more operator payment than the estimate, and the fee as it is: 550 + 100.
    old = option("I dag", 90, 900, 4000, 1700, 0)
    new = option("I dag", 100, 1000, 5500, 2000, 0)
    step, rest = parts(old, new, new, STEPS)
    assert step == {
        "cause": "price_level", "trips": 0, "passengers": 0, "fares_oere": 0, "operator_payment_oere": 550,
        "movia_fee_oere": 100, "net_cost_oere": 650, "net_cost_change_oere": 0,
    }  # fmt: skip
    # Net cost moved from 4,800 to 6,500: 1,700, of which 650 is the price level.
    assert rest["cause"] == "rules"
    assert (rest["trips"], rest["fares_oere"], rest["operator_payment_oere"]) == (10, 100, 950)
    assert (rest["movia_fee_oere"], rest["net_cost_oere"], rest["net_cost_change_oere"]) == (200, 1050, 0)


def test_the_change_of_a_step_is_the_options_less_todays() -> None:
    old, new = option("Ny", 50, 800, 2500, 1000, -3000), option("Ny", 50, 800, 2500, 1000, -3300)
    today = option("I dag", 100, 1000, 5000, 2000, 0)
    step, rest = parts(old, new, today, STEPS)
    assert step["net_cost_oere"] == 250 + 50
    assert step["net_cost_change_oere"] == 300 - 600
    assert rest["net_cost_change_oere"] == 0
