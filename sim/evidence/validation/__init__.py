"""Validation: what the model must hit, what came out, and whether that is good enough.

Knows the declared facts, the closed forms and how to run the model to meet them. Fits nothing: a miss stays a miss, with
an explanation beside it when one was written down beforehand (``data/validation_notes.toml``).
"""
