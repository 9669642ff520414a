"""The scenario: what the user wants compared, checked when it enters, and its identity."""

from sim.inputs.scenario.scenario import Option, Scenario, parse_option, read_scenario

__all__ = ["Option", "Scenario", "parse_option", "read_scenario"]
