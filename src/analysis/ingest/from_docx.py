"""Word files (.docx) → text: paragraphs and tables in their order, by python-docx."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import CorpusError, explain
from .docx_formulas import MATH, formula_text
from .docx_hidden import HiddenText, switch
from .docx_numbering import WordNumbers
from .raw_document import RawDocument

MAX_UNPACKED_BYTES = 200_000_000
MAX_PARTS = 10_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = frozenset(
    {WORD + tag for tag in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "rt")} | {FALLBACK}
)
"""What is not text of its paragraph: w:rt holds the reading above a character, and text boxes are read after it."""

WRAPPERS = frozenset(WORD + tag for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))
REFERENCES = {WORD + f"{kind}Reference": kind for kind in ("footnote", "endnote")}
SIGNS = {WORD + "tab": "\t", WORD + "br": "\n", WORD + "cr": "\n", WORD + "noBreakHyphen": "-"}
REPAIR = "open it in Word or WPS and save it again"
MOST_EMPTY_LINES = 20
"""Empty paragraphs in a row that are kept: a file of 50 kB can hold millions."""


def read_docx(data: bytes, *, name: str) -> RawDocument:
    """Return the text of a Word file: a line a paragraph, a line a table row with tabs between its cells.

    The text is what a reader sees on paper. Text that was deleted with tracked changes, hidden text and readings
    above characters are left out; inserted text and the characters of formulas are in. The numbers that Word
    counts itself (一、 （一） 1.) stand before their paragraphs; bullets do not. Footnotes and endnotes that the
    text refers to stand at the end, below a line 脚注 or 尾注, each with its number.

    Raises
    ------
    CorpusError
        The file is broken, is no Word document inside, or unpacks to more than 200 MB.
    """
    _check_archive(data, name)
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        parts = {str(part.partname): part for part in document.part.package.iter_parts()}
        numbering = getattr(parts.get("/word/numbering.xml"), "element", None)
        numbers = WordNumbers(numbering, document.styles.element)
        reader = _Reader(numbers, HiddenText(document.styles.element))
        lines = list(reader.lines(document.element.body))
        lines += reader.notes(parts)
        title = (document.core_properties.title or "").strip()
    except (
        OpcError,
        LxmlError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise CorpusError(explain(f"the Word file is broken: {error}", where=name, todo=REPAIR)) from None
    pictures = len(document.inline_shapes)
    if not any(line.strip() for line in lines):
        raise CorpusError(
            explain(
                "the Word file holds pictures and no text: it is a scan"
                if pictures
                else "the Word file holds no text",
                where=name,
                todo="recognise its text (OCR) and save that as .txt or .docx" if pictures else "leave it out",
            )
        )
    notes = [f"numbers in Word's format {kind} are left out" for kind in sorted(numbers.unknown)]
    return RawDocument("\n".join(_bounded(lines)), "docx", "certain", title=title, notes=tuple(notes))


def _check_archive(data: bytes, name: str) -> None:
    """Raise unless the archive can be unpacked safely: sizes are checked before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise CorpusError(explain(f"the Word file is broken: {error}", where=name, todo=REPAIR)) from None
    if any(part.flag_bits & 1 for part in parts):
        raise CorpusError(explain("the Word file is encrypted", where=name, todo="save it without a password"))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        raise CorpusError(
            explain(
                f"the Word file would unpack to {unpacked / 1e6:,.0f} MB in {len(parts):,} parts",
                where=name,
                allowed=f"up to {MAX_UNPACKED_BYTES / 1e6:,.0f} MB in {MAX_PARTS:,} parts",
                todo="copy its text into a .txt file",
            )
        )


def _bounded(lines: list[str]) -> Iterator[str]:
    """Yield the lines, but of many empty ones in a row only the first."""
    empty = 0
    for line in lines:
        empty = 0 if line else empty + 1
        if empty <= MOST_EMPTY_LINES:
            yield line


class _Reader:
    """Reads paragraphs, tables and notes of one file, and remembers which notes the text refers to, in order."""

    def __init__(self, numbers: WordNumbers, hidden: HiddenText) -> None:
        self.numbers = numbers
        self.hidden = hidden
        self.referred: dict[str, dict[str, None]] = {"footnote": {}, "endnote": {}}

    def lines(self, block: Any) -> Iterator[str]:
        """Yield the lines of a block: of its paragraphs, of the rows of its tables, of what they are wrapped in."""
        for child in block:
            if child.tag == WORD + "p":
                yield from self._paragraph(child)
            elif child.tag == WORD + "tbl":
                for row in child.iter(WORD + "tr"):
                    if next(row.iterancestors(WORD + "tbl")) is child and not _is_on(row, "trPr", "hidden"):
                        cells = (" ".join(filter(None, self.lines(cell))) for cell in _cells(row))
                        yield "\t".join(cells)
            elif child.tag in WRAPPERS:
                yield from self.lines(child)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        if not len(paragraph):
            yield ""
            return
        number, text = (
            self.numbers.before(paragraph),
            "".join(self._runs(paragraph, self.hidden.style(paragraph))),
        )
        yield number + (" " if number and text[:1].isascii() else "") + text
        for box in paragraph.iter(WORD + "txbxContent"):
            fallback = any(parent.tag == FALLBACK for parent in box.iterancestors())
            if not fallback and next(box.iterancestors(WORD + "p")) is paragraph:
                yield from self.lines(box)

    def _runs(self, node: Any, hidden: bool) -> Iterator[str]:
        """Yield the text of a paragraph's runs, tabs and line breaks with it."""
        for child in node:
            tag = child.tag
            if tag == WORD + "t":
                yield child.text or ""
            elif tag in SIGNS:
                yield "" if child.get(WORD + "type") == "page" else SIGNS[tag]
            elif tag in REFERENCES:
                self.referred[REFERENCES[tag]].setdefault(str(child.get(WORD + "id")))
            elif tag == MATH + "oMath":
                yield formula_text(child)
            elif tag not in LEFT_OUT and not (tag == WORD + "r" and self.hidden.run(child, hidden)):
                yield from self._runs(child, hidden)

    def notes(self, parts: Mapping[str, Any]) -> Iterator[str]:
        """Yield the notes that the text refers to, each kind below a line that says what it is."""
        for kind, heading in (("footnote", "脚注"), ("endnote", "尾注")):
            root = _root(parts.get(f"/word/{kind}s.xml")) if self.referred[kind] else None
            found = {note.get(WORD + "id"): note for note in (root if root is not None else ())}
            texts = [
                " ".join(filter(str.strip, self.lines(found[name])))
                for name in self.referred[kind]
                if name in found
            ]
            if texts:
                yield heading
                yield from (f"［{number}］{text.strip()}" for number, text in enumerate(texts, start=1))


def _root(part: Any) -> Any:
    """Return the XML of a part; python-docx parses only the parts that it knows."""
    from docx.oxml import parse_xml

    if part is None:
        return None
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _cells(row: Any) -> Iterator[Any]:
    for cell in row.iter(WORD + "tc"):
        if next(cell.iterancestors(WORD + "tr")) is row:
            yield cell


def _is_on(element: Any, properties: str, name: str) -> bool:
    """Return whether a property that is on or off is on."""
    return switch(element.find(f"{WORD}{properties}/{WORD}{name}")) is True
