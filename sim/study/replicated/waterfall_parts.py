"""The change in net cost taken apart: what lost and gained trips paid, what those who still ride pay, and the rest."""

import numpy as np
from numpy.typing import NDArray

from sim.road.kernel import Kind
from sim.study.run import OptionRun

WATERFALL_KEYS = ("fewer_trips", "higher_fares", "operator_payment", "movia_fee", "plustur")


def waterfall_parts(base: OptionRun, run: OptionRun) -> NDArray[np.int64]:
    """Return the parts of the change in net cost from ``base`` to ``run`` in oere, int64 (5,), by `WATERFALL_KEYS`.

    Both runs are of the same requests, so each flextur trip is either made under both, under one or under neither:

    * fewer_trips: fares of trips made only under ``base``, less those of trips made only under ``run``
    * higher_fares: what trips made under both pay less under ``run`` (below zero when they pay more)
    * operator_payment, movia_fee: their change for flextur
    * plustur: the change in plustur's operator payment less fares plus fee

    Above zero is dearer for the municipality. The sum is exactly the change in net cost.
    """
    before, after = _flextur(base), _flextur(run)
    stays, stayed = _also_in(base, before, run, after), _also_in(run, after, base, before)
    fares_before, fares_after = base.account.fares, run.account.fares
    old, new = base.requests.plustur, run.requests.plustur
    parts = (
        fares_before[before & ~stays].sum() - fares_after[after & ~stayed].sum(),
        fares_before[stays].sum() - fares_after[stayed].sum(),
        run.account.operator_payment[~new].sum() - base.account.operator_payment[~old].sum(),
        run.account.movia_fee[~new].sum() - base.account.movia_fee[~old].sum(),
        run.account.net_cost[new].sum() - base.account.net_cost[old].sum(),
    )
    return np.array(parts, dtype=np.int64)


def _flextur(run: OptionRun) -> NDArray[np.bool_]:
    """Return the flextur trips made."""
    made: NDArray[np.bool_] = (run.outcome == Kind.DROPPED_OFF) & ~run.requests.plustur
    return made


def _also_in(
    run: OptionRun, rows: NDArray[np.bool_], other: OptionRun, other_rows: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which of the rows are the same requests as some of the other run's rows."""
    return rows & np.isin(run.requests.request_id, other.requests.request_id[other_rows])
