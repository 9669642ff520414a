"""Run every benchmark: ``make bench``."""

from benchmarks import fares, simulation

if __name__ == "__main__":
    fares.run()
    simulation.run()
