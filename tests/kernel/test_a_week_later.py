"""The clock does not know which week it is: everything a week later goes the same way, a week later."""

from dataclasses import replace

import numpy as np
import pytest
from instances import random_world

WEEK = 7


@pytest.mark.parametrize("seed", range(3))
def test_what_is_asked_a_week_later_is_driven_a_week_later(seed: int) -> None:
    world = random_world(
        seed, requests=80, vehicles=3, places=12, days=2, noise=True, in_vain_share=0.1, guaranteed=0.5
    )
    work = world.work
    later = replace(work, service_day=work.service_day + WEEK, asked_at_s=work.asked_at_s + WEEK * 86_400)
    rates = np.concatenate([world.rates[:1]] * (len(world.rates) + WEEK))  # every day alike
    days = np.arange(len(rates))
    now, then = (
        replace(world, work=asked, rates=rates, weekend=days == off).run().events
        for asked, off in ((work, 15), (later, 15 + WEEK))
    )
    moved = now.copy()
    moved[:, 0] += WEEK * 86_400
    assert then.tolist() == moved.tolist()
    assert len(np.unique(now[:, 1])) > 5
