"""Riders: who would like to ride, from where to where and when, how they answer to a price, and who takes plustur instead.

Knows people and places; which trip a vehicle takes, and what it costs, is settled further up.
"""
