"""A page's words as one types them: what keeps a number on a line with its unit is a plain space."""

import re


def typed(text: str) -> str:
    """Return a text without word joiners and soft hyphens, its hard spaces as plain ones.

    >>> typed("DKK\N{NO-BREAK SPACE}12, 3-\N{WORD JOINER}4 %")
    'DKK 12, 3-4 %'
    """
    return re.sub("[\u2060\u00ad]", "", text).replace("\u00a0", " ")
