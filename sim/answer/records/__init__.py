"""The answer of a comparison as records: what ``comparison.json`` holds, each figure with its unit in its name.

Knows no model, no files and no sentences: the modules that calculate fill these records, those that write read them. Amounts
are in oere; ``sim.answer.codec`` alone knows the JSON.
"""

from sim.answer.records.answer import Answer as Answer
