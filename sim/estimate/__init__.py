"""The instant estimate (skøn): expected trips and amounts in closed form, in milliseconds, without dispatch.

Demand and fares are exact expectations of what the simulation draws; the operator's time per booking is a small linear
model fitted on simulations. Knows its own error against the simulation. How it is done stands in docs/uncertainty.md.
"""
