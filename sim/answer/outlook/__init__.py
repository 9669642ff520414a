"""The budget year and the overslagsår after it: how many more riders, at what prices, under which fares.

Knows how age groups grow and which fare editions a year has; what a year costs is simulated as any other year's.
"""
