"""A document as a Word file with real headings, lists, table heads and fields, for whoever goes on writing in it."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sim.telling.drawing.drawing import png
from sim.telling.figures import Shown, shown_rows
from sim.telling.html import FILL_IN, PAGE_WORDS
from sim.telling.pdf import INVISIBLE
from sim.telling.report.html import unbroken
from sim.telling.section import Bullets, Callout, Document, Paragraph, Part, Picture, Rows, Section, Text
from sim.telling.sheet import Lang
from sim.telling.widths import SMALL_FROM, column_widths
from sim.telling.word_xml import cell_borders, content_control, element, field, numbering, row_marks, shaded, table_head

LOCALES = {"da": "da-DK", "en": "en-GB"}
FIXED = datetime(2020, 1, 1)
"""The day a file says it was made: the same document is the same bytes."""
INK, QUIET, BLUE = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x4D, 0x4D, 0x4D), RGBColor(0x0B, 0x4F, 0x8A)
FONT = "Calibri"
SIGN = re.compile(r"(?<!\w)-(?=\d)")
"""A hyphen that is a sign: Word would part it from its number at the end of a line."""
TEXT_CM = 16.8
"""The width of the text on A4."""
UNDER_SMALL, SMALL, TABLE, BODY = Pt(7), Pt(8), Pt(9), Pt(11)
STYLES = (
    ("Title", Pt(20), BLUE, 0, 4), ("Subtitle", Pt(12), QUIET, 0, 8), ("Heading 1", Pt(14), BLUE, 16, 6),
    ("Heading 2", Pt(11.5), INK, 12, 4), ("Caption", Pt(9.5), INK, 10, 4),
)  # fmt: skip
"""Styles with their size, colour and the points of space before and after."""


def to_word(document: Document, lang: Lang = "da") -> bytes:
    """Return the document as .docx; the same document gives the same bytes."""
    return _Writer(lang).written(document)


class _Writer:
    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self.file: Any = docx.Document()

    def written(self, document: Document) -> bytes:
        self._dress(document)
        file, lang = self.file, self.lang
        file.add_paragraph(style="Title").add_run(_legal(document.title.in_language(lang)))
        self._run(file.add_paragraph(style="Subtitle"), document.subtitle)
        for name, value in document.fields:
            line = file.add_paragraph()
            line.paragraph_format.space_after = Pt(2)
            self._run(line, name, after=": ").bold = True
            if value is None:
                content_control(line, FILL_IN.in_language(lang), name.in_language(lang))
            else:
                line.add_run(_legal(value.in_language(lang)))
        for section in document.sections:
            self._section(section)
        return _same_bytes(file)

    def _dress(self, document: Document) -> None:
        file, lang = self.file, self.lang
        page = file.sections[0]
        page.page_width, page.page_height = Cm(21.0), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.1)
        page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
        normal = file.styles["Normal"]
        normal.font.name, normal.font.size, normal.font.color.rgb = FONT, BODY, INK
        normal.paragraph_format.space_after = Pt(6)
        for name, size, colour, before, after in STYLES:
            style = file.styles[name]
            style.font.name, style.font.size, style.font.color.rgb, style.font.italic = FONT, size, colour, False
            style.font.bold = name != "Subtitle"
            style.element.rPr.rFonts.attrib.clear()
            style.element.rPr.rFonts.set(qn("w:ascii"), FONT)
            style.element.rPr.rFonts.set(qn("w:hAnsi"), FONT)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            style.paragraph_format.keep_with_next = True
        for root, name in ((file.styles.element, "w:lang"), (file.settings.element, "w:themeFontLang")):
            for language in root.iter(qn(name)):
                language.set(qn("w:val"), LOCALES[lang])
        about = file.core_properties
        about.title, about.author = _legal(document.title.in_language(lang)), _legal(document.author)
        about.language, about.comments, about.keywords = LOCALES[lang], "", ""
        about.created = about.modified = FIXED
        page.different_first_page_header_footer = True
        self._run(page.header.paragraphs[0], document.running).font.size = SMALL
        side, of = PAGE_WORDS[lang]
        for footer in (page.footer, page.first_page_footer):
            line = footer.paragraphs[0]
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for word, code in ((f"{side} ", "PAGE"), (f" {of} ", "NUMPAGES")):
                line.add_run(word).font.size = SMALL
                field(line, code, round(2 * SMALL.pt))

    def _section(self, section: Section) -> None:
        heading = self.file.add_paragraph(style=f"Heading {section.level}")
        self._run(heading, section.title)
        heading.paragraph_format.page_break_before = section.new_page or section.own_page
        for part in section.parts:
            self._part(part)

    def _part(self, part: Part) -> None:
        if isinstance(part, Paragraph):
            run = self._run(self.file.add_paragraph(), part.text)
            run.bold = part.kind == "answer"
            if part.kind == "note":
                run.font.size, run.font.color.rgb = TABLE, QUIET
        elif isinstance(part, Bullets):
            self._bullets(part)
        elif isinstance(part, Callout):
            for text, bold in ((part.title, True), *((text, False) for text in part.texts)):
                line = self.file.add_paragraph()
                line.paragraph_format.keep_with_next = bold
                self._run(line, text).bold = bold
                shaded(line, "FFF4D6", "8A5A00")
        elif isinstance(part, Rows):
            self._rows(part)
        else:
            self._picture(part)

    def _bullets(self, part: Bullets) -> None:
        number = numbering(self.file, part.mark)
        for item in part.items:
            line = self.file.add_paragraph(style="List Paragraph")
            line.paragraph_format.space_after = Pt(4)
            line._p.get_or_add_pPr().append(number())
            if item.term is not None:
                self._run(line, item.term, after=": ").bold = True
            if item.text is None:
                content_control(line, FILL_IN.in_language(self.lang), FILL_IN.in_language(self.lang))
            else:
                self._run(line, item.text)

    def _rows(self, part: Rows) -> None:
        cells = shown_rows(part, self.lang)
        self._run(self.file.add_paragraph(style="Caption"), part.caption)
        table = self.file.add_table(rows=1 + len(cells), cols=len(part.columns))
        table_head(table, _legal(part.caption.in_language(self.lang)))
        titles = [column.title.in_language(self.lang) for column in part.columns]
        widths = column_widths(titles, cells, words=part.words)
        size, under_size = (SMALL, UNDER_SMALL) if sum(widths) > SMALL_FROM else (TABLE, SMALL)
        head, *rows = [list(row.cells) for row in table.rows]
        for place, (cell, column) in enumerate(zip(head, part.columns, strict=True)):
            self._run(self._line(cell, place, part, more=bool(cells)), column.title, size=size).bold = True
            cell_borders(cell, fill="F3F5F7")
        for at, (row, told) in enumerate(zip(rows, cells, strict=True), 1):
            for place, (cell, value) in enumerate(zip(row, told, strict=True)):
                line = self._line(cell, place, part, more=at < len(cells))
                self._cell(line, value, size, under_size, bold=place == 0 and not part.words)
                cell_borders(cell)
        table.autofit = False
        wide = [Cm(TEXT_CM * width / sum(widths)) for width in widths]
        for column, width in zip(table.columns, wide, strict=True):
            column.width = width
        for number, (line, row) in enumerate(zip(table.rows, [head, *rows], strict=True)):
            for cell, width in zip(row, wide, strict=True):
                cell.width = width
            row_marks(line, head=number == 0)
        self.file.add_paragraph().paragraph_format.space_after = Pt(2)

    def _cell(self, line: Any, cell: Shown, size: Any, under_size: Any, *, bold: bool) -> None:
        run = self._words(line, cell.text, foreign=cell.language != self.lang)
        run.font.size, run.bold = size, bold
        if cell.under:
            run.add_break()
            under = self._words(line, cell.under, foreign=cell.under_language != self.lang)
            under.font.size, under.font.color.rgb = under_size, QUIET

    def _line(self, cell: Any, place: int, part: Rows, *, more: bool) -> Any:
        """Return a cell's paragraph; a short table is kept on one page by its lines."""
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(0)
        line.paragraph_format.keep_with_next = more
        if place and not part.words:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        return line

    def _picture(self, part: Picture) -> None:
        self._run(self.file.add_paragraph(style="Caption"), part.caption)
        shape = self.file.add_picture(
            io.BytesIO(png(part.svg.in_language(self.lang))), width=Cm(TEXT_CM * part.width / 100)
        )
        about = shape._inline.docPr
        about.set("descr", _legal(part.alt.in_language(self.lang)))
        about.set("name", part.name)

    def _run(self, line: Any, text: Text, *, after: str = "", size: Any = None) -> Any:
        run = self._words(line, text.in_language(self.lang) + after, foreign=text.language(self.lang) != self.lang)
        if size is not None:
            run.font.size = size
        return run

    def _words(self, line: Any, words: str, *, foreign: bool) -> Any:
        first, *signed = SIGN.split(_legal(unbroken(words)))
        run = line.add_run(first)
        for piece in signed:
            run._r.append(element("noBreakHyphen"))
            run.add_text(piece)
        if foreign:
            run._r.get_or_add_rPr().append(element("lang", val=LOCALES["da"]))
        return run


def _legal(text: str) -> str:
    """Return the text without what no XML may hold, and without what would part a word from the one that is searched for."""
    return "".join(
        c for c in text
        if c not in INVISIBLE and (ord(c) >= 0x20 or c in "\t\n") and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF)
    )  # fmt: skip


def _same_bytes(file: Any) -> bytes:
    """Return the file with the same times inside, whenever it is written."""
    written, made = io.BytesIO(), io.BytesIO()
    file.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, FIXED.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
