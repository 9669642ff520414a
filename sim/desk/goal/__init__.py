"""Goal seek: the price that gives a wanted change in net cost, by the closed form.

This room knows prices in whole kroner and the instant estimate. It knows neither the simulation nor who asks.
"""
