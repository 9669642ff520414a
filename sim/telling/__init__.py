"""Telling: a finished answer as people read it, in terminal, report, paper, sheet and drawings. It calculates nothing.

A document is sections of parts. Its texts are in Danish and English, its numbers are still numbers; a renderer (HTML, PDF, Word)
chooses the language and knows nothing of municipalities.
"""
