"""Bytes → text: declared encodings to the letter, undeclared ones found, double decoding undone where that is exact."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_documents import PARAGRAPHS

from analysis import CorpusError, decode_bytes, recognise_double_decoding
from analysis.ingest.decoding import ENCODINGS
from analysis.ingest.double_decoding import decode_as_read, encode_as_read

SIMPLIFIED = "\n".join(PARAGRAPHS)
TRADITIONAL = (
    "各位代表：現在，我代表市政府向大會報告工作，請予審議，並請各位政協委員提出意見。\n"
    "一、過去一年的工作。我們堅持依法行政，深化改革開放，經濟社會發展取得新的成績。"
)
SOURCES = {
    "utf-8": SIMPLIFIED,
    "gb18030": SIMPLIFIED,
    "big5": TRADITIONAL,
    "utf-16-le": SIMPLIFIED,
    "utf-16-be": SIMPLIFIED,
}


def family(encoding: str) -> str:
    name = encoding.removesuffix(":replace")
    return "big5" if name in ("cp950", "big5hkscs") else name


@pytest.mark.parametrize("encoding", SOURCES)
def test_a_clean_text_is_read_whole_in_its_own_encoding(encoding):
    found = decode_bytes(SOURCES[encoding].encode(encoding))
    assert (found.text, found.encoding) == (SOURCES[encoding], encoding)
    assert found.certainty == ("certain" if encoding == "utf-8" else "likely")
    assert found.note == ""


@pytest.mark.parametrize("encoding", SOURCES)
@settings(deadline=None, derandomize=True, max_examples=60)
@given(data=st.data())
def test_a_piece_of_twenty_characters_is_recognised_clean_or_with_a_byte_cut_off(encoding, data):
    text = SOURCES[encoding]
    start = data.draw(st.integers(0, len(text) - 25))
    piece = text[start : start + 25]
    whole = piece.encode(encoding)
    for damaged in (whole, whole[:-1], whole[1:]):
        found = decode_bytes(damaged)
        assert family(found.encoding) == encoding
        again = decode_bytes(damaged, declared=found.encoding)
        assert again.text == found.text, "the encoding found, declared, must give the same text"
    assert decode_bytes(whole).text == piece
    assert decode_bytes(whole[:-1]).text.startswith(piece[:-1])


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_never_crash(data):
    try:
        found = decode_bytes(data)
    except CorpusError:
        return
    assert decode_bytes(data, declared=found.encoding).text == found.text


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark, encoding, name):
    data = mark + "法治".encode(encoding)
    found = decode_bytes(data)
    assert (found.text, found.encoding, found.certainty) == ("法治", name, "certain")
    assert decode_bytes(data, declared=name).text == "法治"


def test_utf_8_with_a_mark_may_be_declared_as_plain_utf_8():
    assert decode_bytes(codecs.BOM_UTF8 + "法治".encode(), declared="utf-8").text == "法治"


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_bad_byte_in_a_declared_encoding_is_named_with_file_line_and_offset(mark):
    data = mark + "依法\n治区\n".encode() + b"\xff" + "行政".encode()
    with pytest.raises(CorpusError) as caught:
        decode_bytes(data, declared="utf-8", name="讲话.txt")
    assert "byte 0xff is not utf-8" in str(caught.value)
    assert f"讲话.txt, line 3, offset {len(mark) + 14}" in str(caught.value)
    assert data[len(mark) + 14] == 0xFF


def test_the_line_of_a_bad_byte_is_counted_in_utf_16_as_well():
    data = "依法\n治区\n".encode("utf-16-le") + b"\x00\xdc" + "行".encode("utf-16-le")
    with pytest.raises(CorpusError, match="line 3, offset 12"):
        decode_bytes(data, declared="utf-16-le")


def test_a_wrong_declaration_is_answered_with_the_encoding_that_fits():
    with pytest.raises(CorpusError, match="as gb18030 the file reads as Chinese"):
        decode_bytes(SIMPLIFIED.encode("gb18030"), declared="utf-8")
    with pytest.raises(CorpusError, match="as gb18030"):
        decode_bytes(
            "深入学习朱镕基同志的讲话，坚持依法行政。".encode("gbk"), declared="gb2312"
        )  # 镕 is in GBK only


def test_a_declaration_against_the_byte_order_mark_is_refused():
    with pytest.raises(CorpusError, match="begins with the byte order mark of utf-8-sig"):
        decode_bytes(codecs.BOM_UTF8 + "法治".encode(), declared="gb18030")


@pytest.mark.parametrize(
    "label", ["utf-9", "hex", "rot13", "idna", "unicode_escape", "undefined", "\0", "é", ""]
)
def test_a_name_that_is_no_encoding_of_texts_is_refused(label):
    if not label:
        assert decode_bytes(b"", declared=label).text == ""
        return
    with pytest.raises(CorpusError, match="no encoding of texts"):
        decode_bytes(b"6cd5", declared=label)


@pytest.mark.parametrize("label", [*ENCODINGS, "UTF8", "cp936", "GB2312", "big5-hkscs", "latin-1", "ms950"])
def test_every_name_that_is_allowed_and_its_aliases_can_be_declared(label):
    assert (
        decode_bytes(b"" if "16" in label or "32" in label else b"2025", declared=label).certainty == "declared"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" * 20,
        bytes(range(256)) * 8,
        "naïve café à la carte, déjà vu".encode("latin-1"),
        "Правовое государство и право".encode("cp1251"),
    ],
)
def test_what_is_no_chinese_in_any_encoding_is_refused(data):
    with pytest.raises(CorpusError, match="no Chinese text in any encoding"):
        decode_bytes(data, name="甲.txt")


@pytest.mark.parametrize("text", ["", "The rule of law, 2025", "naïve", "Правовое государство", "法"])
def test_valid_utf_8_is_utf_8_whatever_its_language(text):
    assert decode_bytes(text.encode()).text == text


def test_two_characters_of_gbk_that_happen_to_be_valid_utf_8_are_read_as_gbk():
    data = "一些".encode("gbk")
    assert data.decode("utf-8") == "һЩ"
    assert decode_bytes(data).text == "一些"


def test_big5_beyond_the_standard_is_named_for_what_it_is():
    assert decode_bytes((TRADITIONAL + "€").encode("cp950")).encoding == "cp950"
    assert decode_bytes((TRADITIONAL + "深圳涌").encode("big5hkscs")).text.endswith("深圳涌")


def test_a_bad_byte_inside_is_read_around_and_said():
    data = "依法行政，".encode("gb18030") * 10 + b"\xff" + "\n建设法治政府。".encode("gb18030") * 10
    found = decode_bytes(data)
    assert (found.encoding, found.certainty) == ("gb18030:replace", "damaged")
    assert found.text.replace("\ufffd", "") == "依法行政，" * 10 + "\n建设法治政府。" * 10
    assert "1 position could not be read as gb18030" in found.note
    assert "line 1, offset 100" in found.note
    with pytest.raises(CorpusError, match="declare gb18030:replace"):
        decode_bytes(data, declared="gb18030")


@pytest.mark.parametrize(
    ("written_in", "read_as"),
    [("utf-8", "gb18030"), ("utf-8", "cp1252"), ("gb18030", "cp1252"), ("big5", "cp1252")],
)
def test_text_that_was_decoded_wrongly_is_restored_exactly(written_in, read_as):
    text = TRADITIONAL if written_in == "big5" else "推进全面依法治区的工作。建设法治政府了"
    wrong = decode_as_read(text.encode(written_in), read_as)
    found = recognise_double_decoding(wrong)
    assert found is not None
    assert (found.text, found.lost) == (text, 0)
    assert (found.written_in, found.read_as) == (written_in, read_as)


def test_the_chain_that_was_found_can_be_declared():
    text = "推进全面依法治区的工作。建设法治政府了"
    data = decode_as_read(text.encode(), "gb18030").encode()
    assert decode_bytes(data, declared="utf-8>gb18030>utf-8").text == text
    with pytest.raises(CorpusError, match="was never read as cp1252"):
        decode_bytes("法治".encode(), declared="utf-8>cp1252>utf-8")


def test_bytes_lost_on_the_way_are_counted_and_nothing_is_made_up():
    wrong = SIMPLIFIED.encode().decode("gb18030", "replace")
    assert "\ufffd" in wrong
    found = recognise_double_decoding(wrong)
    assert found is not None
    assert found.text is None
    assert found.lost >= 1
    assert "bytes were lost at" in str(found)


@pytest.mark.parametrize(
    "text",
    [
        SIMPLIFIED,
        TRADITIONAL,
        "",
        "法",
        "The rule of law",
        "naïve café",
        "枫桥经验",
        "囧囝囡囟囫囵囹圄",
        "域?qū)嵤┌殡S式",
        "?。ㄒ唬┥钊胴瀼芈鋵?shí)",
        "日本国憲法は、日本国民が",
        "《〈「『【〔",
    ],
)
def test_text_that_is_what_it_seems_is_left_alone(text):
    assert recognise_double_decoding(text) is None


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.binary(max_size=60))
def test_cp1252_as_browsers_read_it_loses_no_byte(data):
    assert encode_as_read(decode_as_read(data, "cp1252"), "cp1252") == data
