"""The clock: SimPy processes for requests, service days and vehicles, writing one append-only event log.

The only room that imports SimPy. It knows when things happen; prices, places' names and accounts are others' business.
"""

from sim.road.kernel.log import EventLog, Kind
from sim.road.kernel.run import simulate
from sim.road.kernel.workload import Workload

__all__ = ["EventLog", "Kind", "Workload", "simulate"]
