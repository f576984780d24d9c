"""Word files → what a reader sees on paper: notes, formulas, readings, hidden text, numbers that are wrong."""

import io
import zipfile

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from analysis import read_document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SPACES = f'xmlns:w="{WORD}" xmlns:m="{MATH}"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def math(inside):
    return f"<m:oMath>{inside}</m:oMath>"


def letters(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


def reference(number, kind="footnote"):
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


@pytest.fixture
def read(tmp_path):
    """Return the text of a Word file with paragraphs of the given XML, after a change and with the given notes."""

    def of(*paragraphs, change=None, **notes):
        document = Document()
        if change is not None:
            change(document)
        body = document.element.body
        for inside in paragraphs:
            body.insert(len(body) - 1, parse_xml(f"<w:p {SPACES}>{inside}</w:p>"))
        for kind, inside in notes.items():
            content = f"<w:{kind} {SPACES}>{inside}</w:{kind}>".encode()
            part = Part(PackURI(f"/word/{kind}.xml"), f"{WORD_TYPE}.{kind}+xml", content, document.part.package)
            document.part.relate_to(part, f"{OFFICE}/{kind}")
        stream = io.BytesIO()
        document.save(stream)
        path = tmp_path / "文.docx"
        path.write_bytes(stream.getvalue())
        return read_document(path).text

    return of


def note(number, *texts, kind="footnote", more=""):
    paragraphs = "".join(f"<w:p>{run(text)}</w:p>" for text in texts)
    return f'<w:{kind} w:id="{number}" {more}>{paragraphs}</w:{kind}>'


def test_notes_stand_at_the_end_numbered_as_word_numbers_them(read):
    text = read(
        run("规上工业") + reference(7) + run("增加值，以及研发投入强度") + reference(3) + run("都有提高。"),
        run("办理提案") + reference(5, "endnote") + run("80件。"),
        footnotes=note(0, "", more='w:type="separator"')
        + note(3, " 研发经费与地区生产总值之比。")
        + note(4, "没有引用的注释。")
        + note(7, "年主营业务收入在规定标准以上。", "标准见附件。"),
        endnotes=note(5, "截至2024年12月。", kind="endnote"),
    )
    assert text.split("\n") == [
        "规上工业增加值，以及研发投入强度都有提高。",
        "办理提案80件。",
        "脚注",
        "［1］年主营业务收入在规定标准以上。 标准见附件。",
        "［2］研发经费与地区生产总值之比。",
        "尾注",
        "［1］截至2024年12月。",
    ]


def test_a_note_in_deleted_text_or_without_its_part_is_no_note(read):
    deleted = f'<w:del w:id="1" w:author="甲">{reference(2)}</w:del>'
    assert read(run("依法行政") + deleted, footnotes=note(2, "旧注。")) == "依法行政"
    assert read(run("依法行政") + reference(2)) == "依法行政"
    assert read(run("依法行政") + reference(9), footnotes=note(2, "另一条。")) == "依法行政"


FORMULAS = {
    "a line": (letters("y=kx+b"), "y=kx+b"),
    "a fraction": (
        f"<m:f><m:num>{letters('b-a')}</m:num><m:den>{letters('100')}</m:den></m:f>",
        "(b-a)/100",
    ),
    "an exponent": (f"<m:sSup><m:e>{letters('x')}</m:e><m:sup>{letters('n-1')}</m:sup></m:sSup>", "x^(n-1)"),
    "an index": (f"<m:sSub><m:e>{letters('w')}</m:e><m:sub>{letters('i')}</m:sub></m:sSub>", "w_i"),
    "a root": (f"<m:rad><m:deg/><m:e>{letters('2n')}</m:e></m:rad>", "√2n"),
    "a sum": (
        '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>'
        f"<m:sub>{letters('i=1')}</m:sub><m:sup>{letters('n')}</m:sup><m:e>{letters('x')}</m:e></m:nary>",
        "∑_(i=1)^nx",
    ),
    "brackets": (
        '<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>' + f"<m:e>{letters('a+b')}</m:e></m:d>",
        "[a+b]",
    ),
    "a property with a name like text": (f"<m:r><m:rPr><m:nor/></m:rPr><m:t>{'得分'}</m:t></m:r>", "得分"),
}


@pytest.mark.parametrize("case", FORMULAS)
def test_a_formula_is_text_of_its_paragraph(read, case):
    inside, expected = FORMULAS[case]
    assert read(run("按") + math(inside) + run("计算。")) == f"按{expected}计算。"


def test_a_formula_in_a_line_of_its_own_is_read(read):
    assert read(f"<m:oMathPara>{math(letters('P=0.7A'))}</m:oMathPara>") == "P=0.7A"


def ruby(base, reading):
    return f"<w:r><w:ruby><w:rubyPr/><w:rt>{run(reading)}</w:rt><w:rubyBase>{run(base)}</w:rubyBase></w:ruby></w:r>"


def test_the_reading_above_a_character_is_no_text(read):
    assert read(run("亳州市委") + ruby("亳", "Bó") + ruby("州", "zhōu") + run("晚报")) == "亳州市委亳州晚报"


@pytest.mark.parametrize("value", ["", ' w:val="1"', ' w:val="true"', ' w:val="on"'])
def test_hidden_text_is_left_out(read, value):
    assert read(run("收入") + run("（待核）", f"<w:vanish{value}/>") + run("增长")) == "收入增长"


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_text_whose_hiding_is_switched_off_is_read(read, value):
    assert read(run("收入") + run("（已核）", f'<w:vanish w:val="{value}"/>')) == "收入（已核）"


def test_styles_hide_text_and_a_run_overrules_them(read):
    def change(document):
        for name, kind in (("Hidden", WD_STYLE_TYPE.PARAGRAPH), ("Veiled", WD_STYLE_TYPE.CHARACTER)):
            document.styles.add_style(name, kind).font.hidden = True
        document.styles.add_style("Below", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Hidden"]

    style = '<w:rStyle w:val="Veiled"/>'
    text = read(
        f'<w:pPr><w:pStyle w:val="Below"/></w:pPr>{run("批注")}' + run("公开", '<w:vanish w:val="0"/>'),
        run("正文") + run("暗语", style),
        # a toggle that both styles set is off, as Word shows it
        f'<w:pPr><w:pStyle w:val="Hidden"/></w:pPr>{run("两次", style)}',
        change=change,
    )
    assert text == "公开\n正文\n两次"


def test_a_hidden_row_of_a_table_is_left_out(read):
    def change(document):
        table = document.add_table(rows=3, cols=1)
        for cell, text in zip(table._cells, ("第一行", "第二行", "第三行"), strict=True):
            cell.text = text
        table.rows[1]._tr.insert(0, parse_xml(f"<w:trPr {SPACES}><w:hidden/></w:trPr>"))

    assert read(run("表后"), change=change).split("\n") == ["第一行", "第三行", "表后"]


@pytest.mark.parametrize("level", ["x", "", "1.0", "九"])
def test_a_wrong_level_of_a_list_refuses_nothing(read, level):
    def change(document):
        numbering = document.part.numbering_part.element
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {SPACES} w:abstractNumId="55"><w:lvl w:ilvl="{level}"><w:start w:val="{level}"/>'
                '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
            ),
        )
        numbering.append(parse_xml(f'<w:num {SPACES} w:numId="55"><w:abstractNumId w:val="55"/></w:num>'))

    listed = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="55"/></w:numPr></w:pPr>'
    assert read(listed + run("健全制度"), change=change).endswith("健全制度")


def test_millions_of_empty_paragraphs_leave_a_few_lines(tmp_path):
    document = Document()
    document.add_paragraph("上文")
    document.add_paragraph("标记")
    document.add_paragraph("下文")
    stream = io.BytesIO()
    document.save(stream)

    path = tmp_path / "空.docx"
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == "word/document.xml":
                content = content.replace(
                    b"<w:p><w:r><w:t>\xe6\xa0\x87\xe8\xae\xb0</w:t></w:r></w:p>", b"<w:p/>" * 1_000_000
                )
            new.writestr(item, content)
    text = read_document(path).text
    assert text.strip("\n").startswith("上文\n\n")
    assert text.endswith("\n下文")
    assert len(text) < 100
