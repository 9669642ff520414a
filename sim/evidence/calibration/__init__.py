"""Calibration: what is fitted, to which declared facts, and how to do it again.

Each part (:mod:`sim.evidence.calibration.parts`) fits one thing and hands back parameter files, numbers and pages; the report puts
them together. Knows which facts may be fitted; what the model then predicts is the validation's concern.
"""
