"""What is told of an answer, before it is written in any form.

A document is sections of parts. Its texts are in Danish and English, its numbers are still numbers; a renderer (HTML, PDF, Word)
chooses the language and knows nothing of municipalities.
"""
