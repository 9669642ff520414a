"""Chance: named random streams, places in the parameter draws, and the one definition of an 80 % interval."""
