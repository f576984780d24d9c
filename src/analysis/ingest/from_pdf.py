"""PDF with a text layer → text, by PDFium."""

from __future__ import annotations

from ..errors import CorpusError, explain
from ..zh.characters import count_hanzi
from .raw_document import RawDocument

PASSWORD_ERROR = 4
LEAST_SIGNS = 10
"""A page with fewer letters is taken for a picture (a page number may stand on it)."""


def read_pdf(data: bytes, *, name: str) -> RawDocument:
    """Return the text of a PDF, page after page, lines as they are set.

    Raises
    ------
    CorpusError
        The file asks for a password, is broken, or is a scan without text.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == PASSWORD_ERROR:
            what, todo = "the PDF is encrypted", "open it with its password and print it to a new PDF"
        else:
            what, todo = (
                "the PDF is broken",
                "open it in a reader and print it to a new PDF, or save its text as .txt",
            )
        raise CorpusError(explain(what, where=name, todo=todo)) from None
    try:
        pages = []
        for index in range(len(document)):
            page = document[index]
            text_page = page.get_textpage()
            pages.append(
                text_page.get_text_range().replace("\r\n", "\n").replace("\ufffe", "").replace("\x02", "")
            )
            text_page.close()
            page.close()
        title = str(document.get_metadata_value("Title"))
    except PdfiumError as error:
        raise CorpusError(
            explain(
                f"page {len(pages) + 1} of the PDF is broken: {error}", where=name, todo="save its text as .txt"
            )
        ) from None
    finally:
        document.close()
    empty = [number for number, text in enumerate(pages, start=1) if sum(map(str.isalnum, text)) < LEAST_SIGNS]
    if len(empty) == len(pages):
        raise CorpusError(
            explain(
                f"the PDF has {len(pages)} page{'s' * (len(pages) != 1)} and no text: it is a scan",
                where=name,
                todo="recognise its text (OCR) and save that as .txt, .docx or searchable PDF",
            )
        )
    notes: tuple[str, ...] = ()
    if empty:
        notes = (
            f"no text on page{'s' * (len(empty) != 1)} {', '.join(map(str, empty[:20]))}: a picture or a scan",
        )
    stated = title.strip() if count_hanzi(title) >= 4 else ""
    return RawDocument(
        "\n".join(text.strip("\n") for text in pages), "pdf", "certain", title=stated, notes=notes
    )
