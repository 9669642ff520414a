"""A list without any trouble, that others are compared with."""

import pyarrow as pa
import pytest
from case_files import case


@pytest.fixture(scope="module")
def base() -> pa.Table:
    return case("base.csv").table
