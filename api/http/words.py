"""Descriptions in both languages, as they stand in the OpenAPI document."""


def both(danish: str, english: str) -> str:
    """Return a description in Danish and, under it, in English."""
    return f"{danish}\n\n*English:* {english}"


TITLE = "Takstlab"
DESCRIPTION = both(
    "Hvad flextur og plustur koster en kommune. Simuleringer regnes i baggrunden og er uforanderlige, når de er færdige; celler læses"
    " af et regneark; skøn svares på et øjeblik. Beløb er i hele øre i JSON og i hele kroner i celler. Alle fejl har samme form"
    " (application/problem+json) på dansk og engelsk.",
    "What flextur and plustur cost a municipality. Runs are calculated in the background and never change once done; cells are"
    " read by a spreadsheet; estimates are answered at once. Amounts are whole oere in JSON and whole kroner in cells. All errors"
    " have the same shape (application/problem+json), in Danish and English.",
)
