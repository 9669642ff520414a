"""A waiting line with several servers on the same clock: the smallest model whose waits have a known answer."""

from collections.abc import Generator

import numpy as np
import simpy
from numpy.typing import NDArray


def waits(arrives_s: NDArray[np.float64], service_s: NDArray[np.float64], servers: int) -> NDArray[np.float64]:
    """Return how long each customer waits for one of the servers, first come first served, seconds.

    >>> waits(np.array([0.0, 1.0, 2.0]), np.array([5.0, 5.0, 5.0]), 2).tolist()
    [0.0, 0.0, 3.0]
    """
    env = simpy.Environment()
    line = simpy.Resource(env, servers)
    waited = np.zeros(len(arrives_s))

    def customer(number: int) -> Generator[simpy.Event, None, None]:
        with line.request() as turn:
            yield turn
            waited[number] = env.now - arrives_s[number]
            yield env.timeout(service_s[number])

    def arrivals() -> Generator[simpy.Event, None, None]:
        for number, at in enumerate(arrives_s.tolist()):
            yield env.timeout(at - env.now)
            env.process(customer(number))

    env.process(arrivals())
    env.run()
    return waited
