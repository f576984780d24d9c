"""One file → its raw text, with what the file itself says about it. What a file is, its first bytes decide."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import CorpusError, explain
from ..zh.characters import has_chinese
from .decoding import REPLACE, decode_bytes
from .double_decoding import recognise_double_decoding
from .raw_document import RawDocument

MAX_FILE_BYTES = 100_000_000
"""A file larger than this is refused before it is read. The longest government report has 0.2 million bytes."""

MOST_DAMAGE = 0.05
"""A text of which a larger share is unreadable is refused."""

FORMATS = ("docx", "pdf", "html")
"""Values of the manifest's column `encoding` that name a kind of file and no encoding of text."""

TEXT_NAMES = (".txt", ".text", ".md", "")
HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml")
ACCEPTED = ".txt (any Chinese encoding), .docx, .pdf with a text layer, .html"
SAVE_AS = "open it in Word or WPS and save it as .docx"
FOREIGN_NAMES = {
    **dict.fromkeys(
        (".xls", ".xlsx", ".et", ".ods", ".csv", ".tsv"),
        ("a spreadsheet", "copy the text to a .txt or .docx file"),
    ),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), ("a presentation", "copy the text to a .txt or .docx file")),
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".ofd", ".caj"), ("of a kind that is not read", SAVE_AS)),
    **dict.fromkeys((".mht", ".mhtml"), ("a web archive", "save the page as “Webpage, HTML only”")),
    **dict.fromkeys(
        (".zip", ".rar", ".7z", ".gz", ".tar"), ("an archive", "unpack it and add the files in it")
    ),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff"),
        ("a picture", "recognise its text (OCR) and save that as .txt or .docx"),
    ),
}
MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_document(path: str | Path, *, declared: str | None = None) -> RawDocument:
    """Return the text of one file (.txt, .docx, .pdf, saved .html) and what the file says about itself.

    Parameters
    ----------
    path : path
        The file. Its first bytes say what it is, whatever its name.
    declared : str, optional
        The encoding (obeyed strictly), or "docx", "pdf", "html": the manifest's column `encoding`.

    Returns
    -------
    RawDocument
        Text, encoding and its certainty, title, date, source, notes. Text that was decoded wrongly before it
        was saved is read rightly where nothing was lost; `encoding` then names the three steps, such as
        `utf-8>gb18030>utf-8`.

    Raises
    ------
    CorpusError
        No such file; larger than 100 MB; empty; not one of the four kinds; an encrypted, broken or scanned
        document; an encoding that cannot be found or does not fit. The message names the file and what to do.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "讲话.txt"
    ...     _ = file.write_bytes("同志们：今天开会。".encode("gb18030"))
    ...     read_document(file)
    RawDocument(text='同志们：今天开会。', encoding='gb18030', certainty='likely', title='', date='', source='', notes=())
    """
    file = Path(path)
    data = read_bytes(file)
    kind = _kind(data, file)
    if declared and kind != declared and (declared in FORMATS or kind in ("docx", "pdf")):
        raise CorpusError(explain(f"{file.name} is declared as {declared}, but it is {kind}", where=str(file)))
    if kind == "docx":
        from .from_docx import read_docx

        found = read_docx(data, name=str(file))
    elif kind == "pdf":
        from .from_pdf import read_pdf

        found = read_pdf(data, name=str(file))
    elif kind == "html" and declared in (None, "html"):
        from .from_html import read_html

        found = read_html(data, name=str(file))
    else:
        found = _read_text(data, declared, file)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CorpusError(
            explain(f"{file.name} holds no text", where=str(file), todo="leave it out, or replace it")
        )
    notes = found.notes if has_chinese(text) else (*found.notes, "there is no Chinese character in it")
    return RawDocument(text, found.encoding, found.certainty, found.title, found.date, found.source, notes)


def read_bytes(file: Path) -> bytes:
    """Return a file's content, if it is a file of a size that a text can have."""
    if not file.exists():
        raise CorpusError(explain(f"there is no file {file}", todo="check the spelling and the folder"))
    if not file.is_file():
        raise CorpusError(explain(f"{file} is no file", allowed=ACCEPTED))
    size = file.stat().st_size
    if size > MAX_FILE_BYTES:
        raise CorpusError(
            explain(
                f"{file.name} is too large for one document: {size / 1e6:,.0f} MB",
                where=str(file),
                allowed=f"up to {MAX_FILE_BYTES / 1e6:,.0f} MB",
                todo="split it into its documents; of a PDF, save the text alone",
            )
        )
    if not size:
        raise CorpusError(explain(f"{file.name} is empty", where=str(file), todo="leave it out, or replace it"))
    try:
        return file.read_bytes()
    except OSError as error:
        raise CorpusError(explain(f"{file.name} cannot be read: {error.strerror}", where=str(file))) from None


def _kind(data: bytes, file: Path) -> str:
    """Return what a file is; raise if it is nothing that is read here."""
    ending = file.suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        if b"word/document" in data or ending == ".docx":
            return "docx"
        what, todo = FOREIGN_NAMES.get(ending, FOREIGN_NAMES[".xlsx" if b"xl/" in data else ".zip"])
    elif b"%PDF-" in data[:1024]:
        return "pdf"
    elif data.startswith(OLE):
        if ENCRYPTED in data:
            what, todo = "encrypted", "open it with its password and save it without one"
        else:
            what, todo = FOREIGN_NAMES.get(ending, ("an old Office file", SAVE_AS))
    elif data.startswith(b"{\\rtf"):
        what, todo = FOREIGN_NAMES[".rtf"]
    elif MARKUP.match(data[:4096]) or ending in HTML_NAMES:
        return "html"
    elif ending == ".docx":
        what, todo = "broken: it is no Word file inside", "open it in Word or WPS and save it again"
    elif ending == ".pdf":
        what, todo = "broken: it is no PDF inside", "print it to PDF again, or save its text as .txt"
    elif ending in TEXT_NAMES:
        return "text"
    else:
        what, todo = FOREIGN_NAMES.get(ending, ("of a kind that is not read", "save its text as .txt or .docx"))
    raise CorpusError(explain(f"{file.name} is {what}", where=str(file), allowed=ACCEPTED, todo=todo))


def _read_text(data: bytes, declared: str | None, file: Path) -> RawDocument:
    found = decode_bytes(data, declared=declared, name=str(file))
    notes = [found.note] if found.note else []
    bad = found.text.count("\ufffd") / max(1, len(found.text))
    encoding = found.encoding
    if not declared:
        if "\0" in found.text:
            raise CorpusError(
                explain(f"{file.name} is no text: it holds zero bytes", where=str(file), allowed=ACCEPTED)
            )
        twice = recognise_double_decoding(found.text)
        if twice is not None:
            if twice.text is None:
                raise CorpusError(
                    explain(
                        f"{file.name} cannot be restored: {twice}",
                        where=str(file),
                        todo="get the text again from where it came, and save it as UTF-8",
                    )
                )
            encoding = f"{encoding}>{twice.read_as}>{twice.written_in}"
            return RawDocument(twice.text, encoding, "likely", notes=(str(twice),))
        if bad > MOST_DAMAGE:
            raise CorpusError(
                explain(
                    f"{bad:.0%} of {file.name} cannot be read as {encoding.removesuffix(REPLACE)}",
                    where=str(file),
                    todo="get the text again from where it came, or declare another encoding",
                )
            )
    return RawDocument(found.text, encoding, found.certainty, notes=tuple(notes))
