"""A saved web page → its main text, title, date and address, by trafilatura."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from ..errors import CorpusError, explain
from ..zh.marks import PROSE_STOPS
from .decoding import BYTE_ORDER_MARKS, decode_bytes
from .raw_document import RawDocument

CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]+)", re.I)
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
BLOCKS = ("p", "div", "br", "table", "h1", "h2", "h3", "ul", "ol", "section", "article")
SHORTEST_ARTICLE = 80
"""Characters below which all of the page is taken; trafilatura's own 250 is meant for alphabets."""
LAYOUT = 3
"""A cell with so many blocks is a part of the page and none of a table of data."""
CELL = "␉"
"""Stands for the tab between cells while white space is tidied up."""
SENTENCE = re.compile(f"[{PROSE_STOPS}]")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "gb_2312-80": "gb18030"}
"""What pages mean by a label: browsers read gb2312 and gbk as their superset, and so do we."""


def read_html(data: bytes, *, name: str) -> RawDocument:
    """Return the main text of a saved web page, and its title, date of publication and address.

    Menus, link lists and page furniture are left out. The page's own declaration of its encoding is used if
    every byte fits it, else the encoding is found as for text files.

    Raises
    ------
    CorpusError
        The page has no main text (a list of links, or a page that a script would have filled).
    """
    page, notes = _decode_page(data, name)
    found = _extract(page)
    text = str(found.text or "").replace(CELL, "\t") if found is not None else ""
    if found is None or not SENTENCE.search(text):
        raise CorpusError(
            explain(
                "the web page has no main text: a list of links, or filled in by a script",
                where=name,
                todo="copy the text from the browser into a .txt file",
            )
        )
    saved = SAVED_FROM.search(page[:2000])
    source = str(found.url or "") or (saved.group(1) if saved else "")
    return RawDocument(
        text,
        "html",
        "certain",
        title=str(found.title or "").strip(),
        date=str(found.date or ""),
        source=source,
        notes=notes,
    )


def _decode_page(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    match = CHARSET.search(data[:4096])
    label = match.group(1).decode("ascii").lower() if match else ""
    if label and not any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        try:
            return decode_bytes(data, declared=WIDER.get(label, label), name=name).text, ()
        except CorpusError:
            pass
    found = decode_bytes(data, name=name)
    notes = [found.note] if found.note else []
    if label and WIDER.get(label, label) not in (found.encoding, found.encoding.removesuffix("-sig")):
        notes.append(f"the page says {label}, and was read as {found.encoding}")
    return found.text, tuple(notes)


def _plain_tables(page: str) -> bytes:
    """Return the page with tables as blocks: paragraphs set in a table stay apart, a row of data becomes a line."""
    from lxml import html

    tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    for cell in list(tree.iter("td", "th")):
        if sum(1 for _ in cell.iter(*BLOCKS)) >= LAYOUT:
            for part in cell.iterancestors("table", "tbody", "thead", "tr"):
                part.tag = "div"
    for row in list(tree.iter("tr")):
        cells = [" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
        tail, table = row.tail, next(row.iterancestors("table"), None)
        if table is None:
            continue
        row.clear()
        row.tag, row.text, row.tail = "p", CELL.join(cells), tail
    for part in list(tree.iter("table", "tbody", "thead", "tfoot", "td", "th")):
        part.tag = "div"
    return bytes(html.tostring(tree, encoding="utf-8"))


def _extract(page: str) -> Any:
    import logging

    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(SHORTEST_ARTICLE)

    logger = logging.getLogger("trafilatura")
    before = logger.level
    logger.setLevel(logging.CRITICAL)  # what it would complain of becomes our error
    try:
        plain = _plain_tables(page)
    except LxmlError:  # nothing but comments and declarations
        return None
    try:
        return bare_extraction(
            plain,
            with_metadata=True,
            include_comments=False,
            config=config,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    finally:
        logger.setLevel(before)
