"""How the texts of a document are read in the tests of the paper."""

from collections.abc import Iterator

from sim.telling.section import Bullets, Callout, Document, Pair, Paragraph, Part, Picture, Rows, Section, Text


def section(document: Document, id: str) -> Section:
    return next(section for section in document.sections if section.id == id)


def body(document: Document) -> list[Section]:
    """The sections before the appendix."""
    ids = [section.id for section in document.sections]
    return list(document.sections[: ids.index("bilag-1")])


def council(document: Document) -> list[Section]:
    return [section for section in document.sections if section.id.startswith("raad")]


def sentences_of(*sections: Section) -> list[str]:
    """The running Danish sentences, without tables and headings."""
    said: list[str] = []
    for part in (part for section in sections for part in section.parts):
        if isinstance(part, Paragraph):
            said.append(part.text.da)
        elif isinstance(part, Bullets):
            said += [item.text.da for item in part.items if item.text is not None]
        elif isinstance(part, Callout):
            said += [text.da for text in part.texts]
    return said


def tables(*sections: Section) -> list[Rows]:
    return [part for section in sections for part in section.parts if isinstance(part, Rows)]


def texts(*sections: Section) -> Iterator[Text]:
    """Every text, those of tables and pictures too."""
    for section in sections:
        yield section.title
        for part in section.parts:
            yield from _texts(part)


def _texts(part: Part) -> Iterator[Text]:
    if isinstance(part, Paragraph):
        yield part.text
    elif isinstance(part, Bullets):
        yield from (text for item in part.items for text in (item.term, item.text) if text is not None)
    elif isinstance(part, Callout):
        yield from (part.title, *part.texts)
    elif isinstance(part, Picture):
        yield from (part.alt, part.caption)
    else:
        yield from (part.caption, *(column.title for column in part.columns))
        for value in (value for row in part.rows for value in row):
            if isinstance(value, Text):
                yield value
            elif isinstance(value, Pair):
                yield from (value.text, value.under)
