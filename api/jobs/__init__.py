"""Runs that survive: a scenario is taken on, calculated in processes of its own, and its result published once.

The room knows nothing of HTTP; what is kept of a finished run is `api.store`'s.
"""
