"""Workloads with a known amount of work, timed as ratios within one run. Nothing here is a test of speed."""
