"""The service's HTTP surface: translates between requests and the rooms behind it, and decides nothing of its own.

It knows routes, formats, keys and limits. How runs are calculated and kept stands behind `api.store.protocol`; prices, estimates
and comparisons are those of `tariffs` and `sim`.
"""
