"""The road: the pool of vehicles, which of them takes a booking, the clock that drives them, and the stops that they made.

Knows vehicles and times; has never heard of options, fares or accounts.
"""
