"""Values of the user's own in place of the register's: what cannot be is refused."""

import pytest

from sim.inputs.assumptions import load_assumptions
from tariffs.errors import InputError


def test_weights_that_are_all_nothing_are_refused() -> None:
    register = load_assumptions()
    hours = len(register.profile("hour_profile"))
    with pytest.raises(InputError, match="kun bestå af nuller"):
        register.overriding({"hour_profile": (0.0,) * hours})
    alone = (0.0,) * (hours - 1) + (1.0,)
    assert register.overriding({"hour_profile": alone}).profile("hour_profile") == alone
    ages = len(register.profile("aids_share_by_age"))
    assert register.overriding({"aids_share_by_age": (0.0,) * ages}).profile("aids_share_by_age") == (0.0,) * ages
