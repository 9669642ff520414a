"""Dispatch: which vehicle takes an accepted booking, and when.

Knows places, travel times, vehicles and the price of their time; has never heard of SimPy, fares or files.
"""
