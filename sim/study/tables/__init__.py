"""Tables derived from the event log: stops, duties and trips. A new figure never needs a new run."""
