"""A Dask cluster as the workers: the units are the same, and what is done is kept here, not there."""

import importlib
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from sim.batch.execution import Crew
from sim.batch.units import Unit
from tariffs.errors import InputError

RETRIES = 5
PATIENCE_S = 20
LOGGERS = ("distributed", "tornado", "asyncio")
ON_THE_WAY = 256
"""Units handed out at a time: more than any cluster for which one scheduler is enough can work on."""


class DaskCluster(Crew):
    """The workers of an existing Dask scheduler, such as tcp://10.0.0.1:8786."""

    ahead = ON_THE_WAY

    def __init__(self, address: str) -> None:
        """Raise InputError when Dask is not installed."""
        try:
            self.distributed: Any = importlib.import_module("distributed")
        except ImportError:
            raise InputError(
                "Dask er ikke installeret", next_step="pip install takstlab[dask], eller udelad --dask"
            ) from None
        # What Dask, and the loop it runs on, log of a scheduler that went is said once, in plain words, by `gave_up`.
        for name in [name for name in logging.Logger.manager.loggerDict if name.startswith(LOGGERS)]:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.address = address

    @contextmanager
    def executor(self) -> Iterator[Executor]:
        """Yield the cluster as an executor; raises InputError when there is no scheduler, or no worker comes."""
        try:
            client = self.distributed.Client(self.address, timeout=PATIENCE_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise self._unreachable(str(error)) from None
        try:
            try:
                client.wait_for_workers(1, timeout=PATIENCE_S)
            except TimeoutError:
                raise InputError(
                    f"Dask-planlæggeren {self.address} har ingen arbejdsprocesser",
                    next_step=f"start en eller flere: dask worker {self.address} --nthreads 1",
                ) from None
            yield client.get_executor(pure=False, retries=RETRIES)
        finally:
            client.close(timeout=2)

    def gave_up(self, units: Sequence[Unit]) -> InputError:
        """Return what to say when the scheduler has gone."""
        return self._unreachable(f"{len(units)} enheder gik tabt med den")

    def _unreachable(self, why: str) -> InputError:
        return InputError(
            f"Dask-planlæggeren {self.address} svarer ikke",
            why=why,
            next_step="start den igen (dask scheduler, dask worker), og kør den samme kommando igen; det, der er regnet, er gemt",
        )
