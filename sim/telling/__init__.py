"""Telling: a finished answer as people read it, in terminal, report, paper, sheet and drawings. It calculates nothing."""
