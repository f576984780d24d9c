"""Files of every kind → raw text, and a clear error for each kind that cannot be read."""

import io
import logging
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_documents import (
    PARAGRAPHS,
    TITLE,
    make_bomb,
    make_docx,
    make_encrypted_pdf,
    make_page,
    make_pdf,
    make_scan,
)

from analysis import CorpusError, read_document
from analysis.ingest import documents, from_docx
from analysis.ingest.double_decoding import decode_as_read

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_line_ends_of_windows_and_of_old_macs_become_lf(put):
    assert read_document(put("甲.txt", "一、\r\n二、\r三、\n")).text == "一、\n二、\n三、\n"


def test_a_word_file_gives_paragraphs_and_tables_in_their_order(put):
    found = read_document(put("讲话.docx", make_docx()))
    assert found.text.split("\n") == [TITLE, PARAGRAPHS[0], "指标\t数量", "复议案件\t1119件", PARAGRAPHS[3]]
    assert (found.encoding, found.certainty) == ("docx", "certain")


def test_a_word_file_gives_what_was_inserted_and_not_what_was_deleted(put):
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def change(document):
        body = document.element.body
        body.insert(
            0,
            parse_xml(
                f'<w:p {space}><w:r><w:t>坚持</w:t></w:r><w:ins w:id="1" w:author="甲"><w:r><w:t>依法</w:t></w:r></w:ins>'
                f'<w:del w:id="2" w:author="甲"><w:r><w:delText>从严</w:delText></w:r></w:del>'
                f"<w:r><w:tab/><w:t>行政</w:t></w:r><w:r><w:br/><w:t>第二行</w:t></w:r></w:p>"
            ),
        )
        body.insert(
            1,
            parse_xml(
                f"<w:sdt {space}><w:sdtContent><w:p><w:r><w:t>控件里的段落</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            ),
        )

    lines = read_document(put("讲话.docx", make_docx(change=change))).text.split("\n")
    assert lines[:4] == ["坚持依法\t行政", "第二行", "控件里的段落", TITLE]


def test_merged_and_nested_cells_are_read_once(put):
    def change(document):
        table = document.tables[0]
        table.cell(0, 0).merge(table.cell(0, 1))
        inner = table.cell(1, 0).add_table(rows=1, cols=1)
        inner.cell(0, 0).text = "内表"

    text = read_document(put("表.docx", make_docx(change=change))).text
    assert text.count("指标") == text.count("内表") == text.count("1119件") == 1


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = "".join(
    f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for place, (kind, text) in enumerate(
        (
            ("chineseCountingThousand", "%1、"),
            ("chineseCounting", "（%2）"),
            ("decimal", "%3."),
            ("bullet", "•"),
        )
    )
)


def number_paragraphs(document, levels):
    """Add a list as official documents have it, and a paragraph for each of the levels given."""
    from docx.oxml import parse_xml

    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {SPACE} w:abstractNumId="77">{LEVELS}</w:abstractNum>'))
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for name, inside in ((77, ""), (78, again)):
        numbering.append(
            parse_xml(f'<w:num {SPACE} w:numId="{name}"><w:abstractNumId w:val="77"/>{inside}</w:num>')
        )
    for number, (name, level) in enumerate(levels):
        properties = document.add_paragraph(
            f"{'2025年' if number == 3 else '落实'}"
        ).paragraph_format.element.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {SPACE}><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')
        )


def test_the_numbers_that_word_counts_stand_before_their_paragraphs(put):
    levels = [
        (77, 0),
        (77, 1),
        (77, 1),
        (77, 2),
        (77, 2),
        (77, 1),
        (77, 0),
        (77, 1),
        (77, 3),
        (78, 0),
        (78, 0),
        (0, 0),
    ]
    found = read_document(
        put("表.docx", make_docx(change=lambda document: number_paragraphs(document, levels)))
    )
    seen = [line.removesuffix("落实").removesuffix("2025年") for line in found.text.split("\n")[5:]]
    assert seen == ["一、", "（一）", "（二）", "1. ", "2.", "（三）", "二、", "（一）", "", "一、", "二、", ""]
    assert found.notes == ()


def test_a_style_that_numbers_its_paragraphs_is_followed(put):
    def change(document):
        for text in ("提高认识", "突出重点"):
            document.add_paragraph(text, style="List Number")

    assert read_document(put("表.docx", make_docx(change=change))).text.endswith("1.提高认识\n2.突出重点")


def test_a_pdf_gives_its_text_page_after_page_and_names_the_pages_without_text(put):
    found = read_document(put("报告.pdf", make_pdf([[TITLE, PARAGRAPHS[0]], [], [PARAGRAPHS[1]]], info=TITLE)))
    assert found.text.split("\n") == [TITLE, PARAGRAPHS[0], "", PARAGRAPHS[1]]
    assert (found.encoding, found.title) == ("pdf", TITLE)
    assert found.notes == ("no text on page 2: a picture or a scan",)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "utf-16"])
def test_a_saved_page_gives_its_main_text_title_date_and_address(put, charset):
    data = make_page(charset=charset).encode({"gb2312": "gbk"}.get(charset, charset))
    found = read_document(put("页.html", data))
    assert found.text.split("\n") == list(PARAGRAPHS)
    assert (found.title, found.date, found.encoding) == (TITLE, "2025-02-21", "html")
    assert found.source == "http://www.pingqiao.gov.cn/2025/0221/1.html"


def test_a_page_in_another_encoding_than_it_says_is_read_and_the_lie_noted(put):
    found = read_document(put("页.html", make_page(charset="utf-8").encode("gb18030")))
    assert found.text.startswith(PARAGRAPHS[0])
    assert found.notes == ("the page says utf-8, and was read as gb18030",)


LAYOUTS = {
    "line breaks": "<div>" + "<br/>&nbsp;&nbsp;".join(PARAGRAPHS) + "</div>",
    "spans in divs": "".join(
        f"<div><span style='font-size:16px'>　　{text}</span></div>" for text in PARAGRAPHS
    ),
    "a layout table": "<table><tr><td>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</td></tr></table>",
    "a font tag": "<font>" + "".join(f"<p align='justify'>{text}</p>" for text in PARAGRAPHS) + "</font>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_paragraphs_stay_apart_in_the_layouts_of_government_portals(put, layout):
    found = read_document(put("页.html", make_page(body=LAYOUTS[layout])))
    assert [line.strip() for line in found.text.split("\n")] == list(PARAGRAPHS)


def test_a_table_in_a_page_is_read_row_by_row(put):
    rows = "<table><tr><th>指标</th><th>数量</th></tr><tr><td>复议案件</td><td>1119件</td></tr></table>"
    body = f"<p>{PARAGRAPHS[1]}</p>{rows}<p>{PARAGRAPHS[2]}</p>"
    text = read_document(put("页.html", make_page(body=body))).text
    assert text.split("\n") == [PARAGRAPHS[1], "指标\t数量", "复议案件\t1119件", PARAGRAPHS[2]]


def test_a_year_of_copyright_is_no_date_of_publication(put):
    page = make_page().replace('<meta name="PubDate" content="2025-02-21 10:30">', "").replace("2025-02-21", "")
    assert read_document(put("页.html", page.replace("版权所有", "Copyright 2019"))).date == ""


def test_the_reader_of_pages_leaves_loggers_as_they_were(put):
    level = logging.getLogger("trafilatura").level
    read_document(put("页.html", make_page()))
    assert logging.getLogger("trafilatura").level == level


def test_text_decoded_wrongly_before_is_read_rightly_and_the_steps_are_named(put):
    text = "推进全面依法治区的工作。建设法治政府了"
    found = read_document(put("甲.txt", decode_as_read(text.encode(), "gb18030")))
    assert (found.text, found.encoding) == (text, "utf-8>gb18030>utf-8")
    assert "read as gb18030" in found.notes[0]
    again = read_document(put("甲.txt", decode_as_read(text.encode(), "gb18030")), declared=found.encoding)
    assert again.text == text


def test_the_kind_is_told_by_the_content_and_not_by_the_name(put):
    assert read_document(put("甲.txt", make_docx())).encoding == "docx"
    assert read_document(put("甲.docx", make_pdf([[TITLE]]))).encoding == "pdf"
    assert read_document(put("乙.doc", make_page())).encoding == "html"


def test_a_file_without_chinese_is_read_and_noted(put):
    found = read_document(put("english.txt", "The rule of law"))
    assert found.notes == ("there is no Chinese character in it",)


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


BAD = {
    "an empty file": ("甲.txt", b"", "甲.txt is empty"),
    "white space alone": ("甲.txt", " \r\n　\n", "holds no text"),
    "a scan": ("扫描.pdf", make_scan, "has 2 pages and no text: it is a scan"),
    "an encrypted PDF": ("密.pdf", make_encrypted_pdf, "the PDF is encrypted"),
    "a PDF cut off": ("断.pdf", lambda: make_pdf([[TITLE]])[:700], "the PDF is broken"),
    "no PDF inside": ("假.pdf", "依法行政", "broken: it is no PDF inside"),
    "a Word file cut off": ("断.docx", lambda: make_docx()[:9000], "the Word file is broken"),
    "no Word file inside": ("假.docx", "依法行政", "broken: it is no Word file inside"),
    "an archive named .docx": ("假.docx", lambda: zipped(a="依法"), "the Word file is broken"),
    "a Word file of XML that is none": (
        "假.docx",
        lambda: zipped(word__document="<"),
        "the Word file is broken",
    ),
    "an encrypted Word file": (
        "密.docx",
        OLE + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"),
        "is encrypted",
    ),
    "an old Word file": ("旧.doc", OLE + b"\0" * 600, "of a kind that is not read"),
    "an old WPS file": ("旧.wps", OLE + b"\0" * 600, "of a kind that is not read"),
    "a spreadsheet": ("表.xlsx", lambda: zipped(xl__workbook="1"), "a spreadsheet"),
    "an old spreadsheet": ("表.xls", OLE + b"\0" * 600, "a spreadsheet"),
    "a table of text": ("表.csv", "甲,乙", "a spreadsheet"),
    "slides": ("片.pptx", lambda: zipped(ppt__a="1"), "a presentation"),
    "an archive": ("包.zip", lambda: zipped(a="依法"), "an archive"),
    "rich text": ("文.rtf", b"{\\rtf1 abc}", "of a kind that is not read"),
    "rich text named .txt": ("文.txt", b"{\\rtf1 abc}", "of a kind that is not read"),
    "a picture": ("图.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "a picture"),
    "a web archive": ("页.mht", "MIME-Version: 1.0", "a web archive"),
    "binary named .txt": ("甲.txt", bytes(range(256)) * 8, "no Chinese text in any encoding"),
    "ASCII with zero bytes": ("甲.txt", b"abc\0\0\1def", ""),
    "a page of links": ("页.html", lambda: make_page(body=""), "no main text"),
    "an empty page": ("页.html", b"<html></html>", "no main text"),
    "a page of a declaration alone": ("页.html", b"<!doctype html>", "no main text"),
    "a page of nothing": ("页.html", b" <", "no main text"),
    "lost bytes": ("甲.txt", "锟斤拷锟斤拷锟斤拷锟斤拷", "cannot be restored"),
    "much damage": ("甲.txt", "依法行政。".encode("gb18030") * 4 + b"\xff\n" * 8, "cannot be read as gb18030"),
    "a bomb": ("弹.docx", lambda: make_bomb(megabytes=201), "would unpack to 20"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_read_is_named_with_what_is_wrong(put, case):
    name, content, message = BAD[case]
    path = put(name, content() if callable(content) else content)
    with pytest.raises(CorpusError) as caught:
        read_document(path)
    assert message in str(caught.value)
    assert name in str(caught.value)


def test_a_file_of_500_mb_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    monkeypatch.setattr(type(path), "read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(CorpusError, match="too large for one document: 500 MB"):
        read_document(path)


def test_an_archive_of_many_parts_is_refused(put, monkeypatch):
    monkeypatch.setattr(from_docx, "MAX_PARTS", 5)
    with pytest.raises(CorpusError, match="parts"):
        read_document(put("弹.docx", make_docx()))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="there is no file"):
        read_document(tmp_path / "无.txt")
    with pytest.raises(CorpusError, match="is no file"):
        read_document(tmp_path)


def test_a_declared_kind_must_be_the_kind_that_the_file_is(put):
    assert documents.FORMATS == ("docx", "pdf", "html")
    with pytest.raises(CorpusError, match="is declared as pdf, but it is docx"):
        read_document(put("甲.docx", make_docx()), declared="pdf")
    with pytest.raises(CorpusError, match="is declared as utf-8, but it is docx"):
        read_document(put("甲.docx", make_docx()), declared="utf-8")
    page = put("页.html", make_page())
    assert "<html" in read_document(page, declared="utf-8").text, "a page may be declared to be text"


def test_the_message_about_a_bad_byte_names_file_line_and_offset(put):
    path = put("甲.txt", "依法\n".encode() + b"\xff")
    with pytest.raises(CorpusError, match="甲.txt, line 2, offset 7"):
        read_document(path, declared="utf-8")


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.data())
def test_a_file_with_a_byte_changed_is_read_or_refused_and_never_crashes(tmp_path_factory, data):
    name, make = data.draw(st.sampled_from([("甲.docx", make_docx), ("甲.pdf", lambda: make_pdf([[TITLE]]))]))
    content = bytearray(make())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes(bytes(content))
    with suppress(CorpusError):
        read_document(path)
