"""The totals of a set of trips, their change against the first option, and their intervals apart."""

from dataclasses import dataclass

from sim.words.figure import Apart, Figure


@dataclass(frozen=True)
class Totals:
    """What a set of wishes for trips comes to. Counts are of a year, or of the part of it that the block is of; amounts are oere.

    A booking got a vehicle, a trip was made; the net cost is operator payment less fares plus fee. Net cost per passenger is
    None where nobody rode in some replication.
    """

    requests: Figure
    bookings: Figure
    trips: Figure
    passengers: Figure
    fares_oere: Figure
    operator_payment_oere: Figure
    movia_fee_oere: Figure
    net_cost_oere: Figure
    net_cost_per_passenger_oere: Figure | None


@dataclass(frozen=True)
class Shares:
    """A change in percent of what it was; None where that was 0 in some replication."""

    requests: Figure | None = None
    bookings: Figure | None = None
    trips: Figure | None = None
    passengers: Figure | None = None
    fares_oere: Figure | None = None
    operator_payment_oere: Figure | None = None
    movia_fee_oere: Figure | None = None
    net_cost_oere: Figure | None = None
    net_cost_per_passenger_oere: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """How totals move from the first option's, and that in percent; answers before 0.4.0 hold three of the figures."""

    requests: Figure | None = None
    bookings: Figure | None = None
    trips: Figure
    passengers: Figure
    fares_oere: Figure | None = None
    operator_payment_oere: Figure | None = None
    movia_fee_oere: Figure | None = None
    net_cost_oere: Figure
    net_cost_per_passenger_oere: Figure | None = None
    percent: Shares


@dataclass(frozen=True)
class TotalsApart:
    """The intervals of each of the totals, of chance and of parameters alone."""

    requests: Apart
    bookings: Apart
    trips: Apart
    passengers: Apart
    fares_oere: Apart
    operator_payment_oere: Apart
    movia_fee_oere: Apart
    net_cost_oere: Apart
    net_cost_per_passenger_oere: Apart | None


@dataclass(frozen=True, kw_only=True)
class ChangeApart:
    """The intervals of each figure of a change, of chance and of parameters alone."""

    requests: Apart | None = None
    bookings: Apart | None = None
    trips: Apart
    passengers: Apart
    fares_oere: Apart | None = None
    operator_payment_oere: Apart | None = None
    movia_fee_oere: Apart | None = None
    net_cost_oere: Apart
    net_cost_per_passenger_oere: Apart | None = None


@dataclass(frozen=True)
class _Sampled:
    """How much was run: replications of the year, and parameter draws."""

    replications: int
    draws: int


@dataclass(frozen=True)
class Uncertainty(TotalsApart, _Sampled):
    """What the totals' intervals come from, with those of the change."""

    change: ChangeApart


@dataclass(frozen=True)
class PartYear(Totals):
    """The totals from the start date to 31 December, trips booked before at the old price included."""

    change: Change
    uncertainty: Uncertainty
