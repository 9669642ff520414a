"""The desk: what officers ask for besides a comparison.

Prices of files of trips, the town line's fairness, goal seek, what has changed since an earlier answer, real bookings planned.
"""
