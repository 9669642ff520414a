"""Calibration: what is fitted, to which published fact, and how to do it again."""
