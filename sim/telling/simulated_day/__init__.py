"""One day of a run as it was driven: its vehicles, stops and shared rides, read from the run's own tables.

This package knows the first replication of a result's folder, one option and one day at a time. It calculates nothing that the
tables do not hold; what a page makes of the day is the page's.
"""
