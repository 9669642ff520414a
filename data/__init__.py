"""Inputs with their origin: geography, population, assumptions, scenarios."""
