"""The simulation: scenario, demand, choice, dispatch, the clock, tables, accounts, comparison."""
