"""Regions that several tests look at, built once and never cached on disk."""

import pytest

from sim.geography import Region, build_region


@pytest.fixture(scope="session")
def gladsaxe() -> Region:
    return build_region("0159", year=2020, use_cache=False)


@pytest.fixture(scope="session")
def holbaek() -> Region:
    return build_region("0316", year=2020, use_cache=False)
