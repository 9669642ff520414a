"""The planner on real requests: a file of bookings and one of vehicles in, the plan that was driven out.

Knows the two files, what is promised to a booking and what is written of a plan. How a plan is made is `sim.road.dispatch`'s and the
clock `sim.road.kernel`'s; fares and money do not occur here.
"""
