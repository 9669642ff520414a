"""How the service is watched: its log, its metrics, whether it is well. Neither keys nor addresses are ever among it."""
