"""The result tables, trips, stops and duties, as Parquet: a new figure never needs a new run."""
