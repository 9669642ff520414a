"""Sensitivity: which assumptions move the answer, one at a time and together, on the instant estimate.

Knows the register's ranges, the price response's draws and the doubt about an allocated volume. What the closed form does not
contain is named, and can be run by simulation. How it is done stands in docs/uncertainty.md.
"""
