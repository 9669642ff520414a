"""What a trip costs the rider and what a vehicle earns its operator: pure rules over dated, sourced values."""
