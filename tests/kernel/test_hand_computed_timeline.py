"""Two days of a toy network with every event computed by hand, the arithmetic beside it.

Places: 0 the base, 1 town, 2 village, 3 farm. Driving times in seconds, as planned:

            base   town  village   farm
    base       0    600      900   1500
    town     600      0      420   1200
    village  900    420        0    900
    farm    1500   1200      900      0

Costs, so that a plan's price can be added up in the head: a start 960, driving 2 a second, waiting 1 a second. Boarding
takes 60 s, alighting 30 s. A pickup may start 15 minutes before or after the wish. A ride may last the direct drive and
half an hour more. Vehicle 0 has 4 seats and no lift, vehicle 1 has 2 seats and a lift; both stand at the base.

The requests, in the order in which they are made (row: what, from-to, wished; party 1 unless said):

     0  8:00:00 the day before  declines the price
     1  8:00:00 same second     the way home of row 0
     2  8:05                    a closed town: refused
     3  8:10                    town-farm at 9:00
     4  8:20                    village-farm at 9:10, shares with row 3
     5  8:30                    farm-town at 10:10, party of 2, chained after row 3
     6  9:00                    town-village at 13:30, nobody will be there
     7  9:10                    village-base at 13:45, chained after row 6, the drive there takes 2.5 times as long
     8  10:00                   a wheelchair with 2 companions, 3 seats: more than the lift vehicle has
     9  11:00 on the day        base-farm at 14:05, chained after row 7, pushed by its delay
    10  11:00 same second       a wheelchair with 1 companion, farm-village at 14:05
"""

import numpy as np
from checker import complaints
from instances import variable

from sim.road.dispatch.travel import Travel
from sim.road.kernel import Kind, Workload, simulate
from sim.road.stops import shared_trips, stops_and_duties

DRIVE_S = np.array(
    [
        [0, 600, 900, 1500],
        [600, 0, 420, 1200],
        [900, 420, 0, 900],
        [1500, 1200, 900, 0],
    ],
    dtype=np.int32,
)
# base, seats, lift, group of alike vehicles
VEHICLES = variable((0, 4, 0, 0), (0, 2, 1, 1))
RATES = np.array([[[960, 2, 1]]] * 2, dtype=np.int64)


def s(clock: str) -> int:
    """Return seconds from midnight of a time like 9:05 or 9:05:30."""
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    return 3600 * hours + 60 * minutes + (seconds[0] if seconds else 0)


def day(clock: str) -> int:
    """Return the same on the service day, which is day 1."""
    return 86_400 + s(clock)


# asked, decision, way out, origin, destination, wished, passengers, wheelchair, permille to pickup, to drop-off, in vain
REQUESTS = [
    (s("8:00"), Kind.DECLINED, -1, 1, 2, "9:00", 1, 0, 1000, 1000, False),
    (s("8:00"), Kind.BOOKED, 0, 2, 1, "12:00", 1, 0, 1000, 1000, False),
    (s("8:05"), Kind.REFUSED, -1, 1, 1, "9:00", 1, 0, 1000, 1000, False),
    (s("8:10"), Kind.BOOKED, -1, 1, 3, "9:00", 1, 0, 1000, 1000, False),
    (s("8:20"), Kind.BOOKED, -1, 2, 3, "9:10", 1, 0, 500, 1005, False),
    (s("8:30"), Kind.BOOKED, 3, 3, 1, "10:10", 2, 0, 1000, 1000, False),
    (s("9:00"), Kind.BOOKED, -1, 1, 2, "13:30", 1, 0, 1000, 1000, True),
    (s("9:10"), Kind.BOOKED, -1, 2, 0, "13:45", 1, 0, 2500, 1000, False),
    (s("10:00"), Kind.BOOKED, -1, 2, 3, "16:00", 3, 1, 1000, 1000, False),
    (day("11:00"), Kind.BOOKED, -1, 0, 3, "14:05", 1, 0, 1000, 1100, False),
    (day("11:00"), Kind.BOOKED, -1, 3, 2, "14:05", 2, 1, 1000, 1000, False),
]

EXPECTED = [
    # The day before.
    (s("8:00"), Kind.DECLINED, 0, -1, 0),
    (s("8:00"), Kind.DROPPED, 1, -1, 0),
    (s("8:05"), Kind.REFUSED, 2, -1, 0),
    # Row 3. Either vehicle: start 960, approach 600 s = 1200, ride 1200 s = 2400, together 4560. Equal: the lower number.
    # Vehicle 0 now: pickup 3 at 8:45, drop-off 3 at 8:46 + 20 min = 9:06.
    (s("8:10"), Kind.BOOKED, 3, 0, 0),
    # Row 4. Vehicle 1: 960 + 1800 + 1800 = 4560. Vehicle 0, between pickup and drop-off of row 3: leave town 8:46, village
    # 8:53, wait to 8:55 (8:55-9:25 is the window), leave 8:56, farm 9:11; then row 3 gets out there too.
    # Cost 840 + 120 + 1800 + 0 instead of 2400: 360 more. Row 3 rides 8:46-9:11:30, at most 50 minutes. Who gets out
    # first costs the same: the earlier position is row 4's, before row 3's.
    # Vehicle 0 now: pickup 3 at 8:45, pickup 4 at 8:55, drop-off 4 at 9:11, drop-off 3 at 9:11:30, free 9:12.
    (s("8:20"), Kind.BOOKED, 4, 0, 0),
    # Row 5. Vehicle 1: 960 + 3000 + 2400 = 6360. Vehicle 0 stands at the farm from 9:12, window 9:55-10:25. To the
    # base and back takes till 9:37 + 25 min = 10:02: too late for 9:55, so it stays: wait 43 min = 2580, ride 2400:
    # 4980. Drop-off at 9:56 + 20 min = 10:16, free 10:16:30 in town.
    (s("8:30"), Kind.BOOKED, 5, 0, 0),
    # Row 6. Vehicle 0 would wait in town from 10:16:30 to 13:15, 10,710 s; going home (10:26:30) and starting anew
    # costs 960 + 1200. With the ride of 840: 3000. Vehicle 1 the same. Vehicle 0, a new duty leaving at 13:05.
    # Pickup 13:15, drop-off 13:23, free 13:23:30 in the village.
    (s("9:00"), Kind.BOOKED, 6, 0, 0),
    # Row 7, window 13:30-14:00, ride at most 45 min. Vehicle 1: 960 + 1800 + 1800 = 4560. Vehicle 0 after row 6: wait
    # 390 s, ride 1800: 2190. With both on board, pickup 6, pickup 7, drop-off 6, drop-off 7: 840 + 420 + 0 + 1800 less
    # 840 = 2220, dearer. Pickup 7 at 13:30, drop-off 7 at 13:31 + 15 min = 13:46, free 13:46:30 at the base.
    (s("9:10"), Kind.BOOKED, 7, 0, 0),
    # Row 8. Vehicle 0 has no lift, vehicle 1 two seats for three.
    (s("10:00"), Kind.NO_VEHICLE, 8, -1, 0),
    # The day. Row 3 could be picked up at 8:45 and would then sit in the village from 8:53 to 8:55, until row 4 gets in. It gets
    # in two minutes later (its window ends at 9:15), so the vehicle is to be in town at 8:47, 10 minutes away.
    (day("8:37"), Kind.DUTY_START, 3, 0, 0),
    (day("8:47"), Kind.AT_PICKUP, 3, 0, 600),
    (day("8:48"), Kind.PICKED_UP, 3, 0, 60),
    # Row 4: to be there at 8:55 it leaves at 8:48. The drive takes 500 permille, 210 s; it waits for 8:55.
    (day("8:51:30"), Kind.AT_PICKUP, 4, 0, 210),
    (day("8:56"), Kind.PICKED_UP, 4, 0, 60),
    # 900 s at 1005 permille are 904.5, rounded up to 905: 9:11:05, 5 s late.
    (day("9:11:05"), Kind.AT_DROPOFF, 4, 0, 905),
    (day("9:11:35"), Kind.DROPPED_OFF, 4, 0, 30),
    (day("9:11:35"), Kind.AT_DROPOFF, 3, 0, 0),
    (day("9:12:05"), Kind.DROPPED_OFF, 3, 0, 30),
    # Row 5: the vehicle waits at the farm, on the same duty, until 9:55.
    (day("9:55"), Kind.AT_PICKUP, 5, 0, 0),
    (day("9:56"), Kind.PICKED_UP, 5, 0, 60),
    (day("10:16"), Kind.AT_DROPOFF, 5, 0, 1200),
    (day("10:16:30"), Kind.DROPPED_OFF, 5, 0, 30),
    (day("10:16:30"), Kind.DUTY_END, 5, 0, 0),
    # Row 9, window 13:50-14:20. Vehicle 1: 960 + 0 + 3000 = 3960. Vehicle 0 stands at the base from 13:46:30, waits
    # 210 s (a new start would cost 960): 210 + 3000 = 3210. Picked up on the way home of row 7 it would cost 1800 + 240
    # wait + 0 + 3000 less 1800 = 3240. Pickup 9 at 13:50, drop-off 9 at 13:51 + 25 min = 14:16.
    (day("11:00"), Kind.BOOKED, 9, 0, 0),
    # Row 10. Only vehicle 1: leaves at 13:50 less 25 min.
    (day("11:00"), Kind.BOOKED, 10, 1, 0),
    # Row 6: nobody comes; the vehicle gives up after 5 minutes.
    (day("13:05"), Kind.DUTY_START, 6, 0, 0),
    (day("13:15"), Kind.AT_PICKUP, 6, 0, 600),
    (day("13:20"), Kind.IN_VAIN, 6, 0, 300),
    (day("13:25"), Kind.DUTY_START, 10, 1, 0),
    # Row 7: from town to the village now, 420 s; leaving at 13:23 for 13:30, it takes 420 * 2.5 = 1050 s.
    (day("13:40:30"), Kind.AT_PICKUP, 7, 0, 1050),
    (day("13:41:30"), Kind.PICKED_UP, 7, 0, 60),
    (day("13:50"), Kind.AT_PICKUP, 10, 1, 1500),
    (day("13:51"), Kind.PICKED_UP, 10, 1, 60),
    # 13:41:30 + 15 min, instead of 13:46; so row 9 starts at 13:57 instead of 13:50.
    (day("13:56:30"), Kind.AT_DROPOFF, 7, 0, 900),
    (day("13:57"), Kind.DROPPED_OFF, 7, 0, 30),
    (day("13:57"), Kind.AT_PICKUP, 9, 0, 0),
    (day("13:58"), Kind.PICKED_UP, 9, 0, 60),
    # Row 10: 13:51 + 15 min.
    (day("14:06"), Kind.AT_DROPOFF, 10, 1, 900),
    (day("14:06:30"), Kind.DROPPED_OFF, 10, 1, 30),
    (day("14:06:30"), Kind.DUTY_END, 10, 1, 0),
    # Row 9: 1500 s at 1100 permille are 1650, 27 min 30 s.
    (day("14:25:30"), Kind.AT_DROPOFF, 9, 0, 1650),
    (day("14:26"), Kind.DROPPED_OFF, 9, 0, 30),
    (day("14:26"), Kind.DUTY_END, 9, 0, 0),
]


def two_days() -> Workload:
    asked, decision, outbound, origin, destination, wished, passengers, wheelchair, to_pickup, to_dropoff, in_vain = (
        list(column) for column in zip(*REQUESTS, strict=True)
    )
    n = len(REQUESTS)
    wish = np.array([s(w) for w in wished])
    direct = DRIVE_S[origin, destination]
    planner = np.stack(
        [
            origin,
            destination,
            wish - 900,
            wish + 900,
            np.full(n, 60),
            np.full(n, 30),
            direct + 1800,
            passengers,
            wheelchair,
        ],
        axis=1,
    ).astype(np.int64)
    return Workload(
        asked_at_s=np.array(asked),
        service_day=np.ones(n, dtype=np.int64),
        decision=np.array(decision, dtype=np.int8),
        outbound=np.array(outbound),
        planner=planner,
        pickup_drive_permille=np.array(to_pickup),
        dropoff_drive_permille=np.array(to_dropoff),
        boarding_s=np.full(n, 60),
        alighting_s=np.full(n, 30),
        in_vain=np.array(in_vain),
        in_vain_wait_s=300,
    )


def test_ten_requests_and_a_wheelchair_run_event_by_event_as_computed_by_hand() -> None:
    log = simulate(two_days(), vehicles=VEHICLES, travel=Travel.by_table(DRIVE_S), rates=RATES)
    events = [tuple(event) for event in log.columns().tolist()]
    for number, (happened, expected) in enumerate(zip(events, EXPECTED, strict=False)):
        assert happened == expected, f"event {number}: {Kind(happened[1]).name} {happened} instead of {expected}"
    assert len(events) == len(EXPECTED)
    assert not complaints(two_days(), VEHICLES, DRIVE_S, EXPECTED)


def test_stops_and_duties_of_the_same_days_by_hand() -> None:
    work = two_days()
    log = simulate(work, vehicles=VEHICLES, travel=Travel.by_table(DRIVE_S), rates=RATES)
    stops, duties = stops_and_duties(log, work.service_day, work.planner[:, 7], VEHICLES)
    # vehicle, start, end, driving, service; the rest of the time is waiting
    expected = [
        # 600 + 210 + 905 + 0 + 0 + 1200 driven; 3 boardings and 3 alightings
        (0, s("8:37"), s("10:16:30"), 2915, 270),
        # 600 + 1050 + 900 + 0 + 1650; 300 in vain, 2 boardings and 2 alightings
        (0, s("13:05"), s("14:26"), 4200, 480),
        (1, s("13:25"), s("14:06:30"), 2400, 90),
    ]
    for number, (vehicle, start, end, driven, service) in enumerate(expected):
        row = [int(column[number]) for column in (duties.vehicle, duties.start_s, duties.end_s, duties.drive_s)]
        assert row == [vehicle, start, end, driven]
        assert (duties.service_s[number], duties.wait_s[number]) == (service, end - start - driven - service)
    assert stops.request.tolist() == [3, 4, 4, 3, 5, 5, 6, 7, 7, 9, 9, 10, 10]
    assert stops.load.tolist() == [1, 2, 1, 0, 2, 0, 0, 1, 0, 1, 0, 2, 0]
    assert np.flatnonzero(shared_trips(stops, len(REQUESTS))).tolist() == [3, 4]
