r"""The noise model: what a mirror site does to a page of GBK text, forwards.

The page is put into traditional script. Then its bytes are rewritten without regard to the borders of
characters, one search-and-replace after the other: after each of some ninety characters its toned reading in
brackets, before each of 、，。！？ one byte that is never seen. Where two neighbouring characters hold such a
pattern in the middle of their four bytes, the insertion tears both. Decoding the result, an orphaned lead byte
swallows the byte after it and shows as `?`, pairs that GBK leaves unassigned vanish, and everything is read one
byte late until the next ASCII byte. At last full-width punctuation is folded to half width.

How this was found out, and what is not known, stands in `docs/decisions/torn-bytes.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...errors import explain
from .gbk import FIRST_TRAIL, LONE_EURO, fold_width, gbk_pairs

_READINGS = """
報bào 標biāo 補bǔ 產chǎn 礎chǔ 創chuàng 達dá 擔dān 當dāng 導dǎo 點diǎn 調diào 動dòng 對duì 隊duì 發fā 費fèi 風fēng
負fù 復fù 個gè 構gòu 關guān 規guī 護hù 環huán 會huì 計jì 濟jì 紀jì 級jí 機jī 堅jiān 監jiān 結jié 節jié 進jìn 經jīng
據jù 聯lián 領lǐng 絡luò 內nèi 農nóng 評píng 強qiáng 請qǐng 區qū 驅qū 權quán 認rèn 設shè 實shí 識shí 時shí 數shù 術shù
態tài 臺tái 統tǒng 團tuán 網wǎng 衛wèi 穩wěn 務wù 細xì 習xí 現xiàn 險xiǎn 項xiàng 鄉xiāng 協xié 續xù 學xué 訓xùn 驗yàn
嚴yán 揚yáng 養yǎng 業yè 應yīng 優yōu 預yù 遠yuǎn 雲yún 責zé 戰zhàn 鎮zhèn 質zhì 執zhí 轉zhuǎn 準zhǔn
"""
READINGS: Mapping[str, str] = MappingProxyType({entry[0]: entry[1:] for entry in _READINGS.split()})
"""Character to inserted reading: those seen on three pages. A site has its own table; this is their union."""

MARKS = "、，。！？"
"""Marks before which a byte is inserted, in this order: 、 before ！ follows from 環保、安監, which is whole
although its bytes hold ！; the byte before 、 had parted them."""

UNSEEN = b"\x00"
"""The byte that is inserted before a mark. Which one the sites insert is not known: none is seen on any page."""

LINE_END = 0x0A
_NEVER_A_TRAIL = frozenset({0x7F, 0xFF})


def show_bytes(data: bytes) -> str:
    """Return what a reader of the page sees of these bytes.

    Parameters
    ----------
    data : bytes
        GBK text, torn or whole.

    Returns
    -------
    str
        Pairs as characters; an orphaned lead byte and the byte after it as `?` (the end of a line is not
        swallowed); nothing for an unassigned pair and for the unseen byte; `€` for a lone 0x80; full-width
        forms of ASCII folded.

    Examples
    --------
    >>> show_bytes("域".encode("gbk") + b"\\x8c(q" + "ū)".encode("gbk") + b"\\x8d" + "施".encode("gbk")[:1])
    '域?qū)嵤'
    """
    shown: list[str] = []
    position = 0
    while position < len(data):
        character, length = _next_shown(data, position)
        shown.append(character)
        position += length
    return fold_width("".join(shown))


def _next_shown(data: bytes, position: int) -> tuple[str, int]:
    """Return what shows at this position, and how many bytes it takes."""
    lead = data[position]
    if lead < LONE_EURO:
        return ("" if lead == UNSEEN[0] else chr(lead)), 1
    if lead == LONE_EURO:
        return "€", 1
    # What an orphaned lead byte does at the end of a line is not known; it is taken to swallow nothing there,
    # since no page was seen to lose a line break.
    if lead == 0xFF or position + 1 == len(data) or data[position + 1] == LINE_END:
        return "?", 1
    trail = data[position + 1]
    if trail < FIRST_TRAIL or trail in _NEVER_A_TRAIL:
        return "?", 2
    # A well-formed pair that the code page leaves empty is dropped without a trace: this is what makes
    # characters vanish from the page, and what the search calls a vanished pair.
    return gbk_pairs().get(data[position : position + 2], ""), 2


def insert_readings(data: bytes, *, readings: Mapping[str, str] = READINGS, marks: str = MARKS) -> bytes:
    """Return GBK bytes with readings and unseen bytes inserted wherever the bytes of a character are found.

    Parameters
    ----------
    data : bytes
        Whole GBK text.
    readings : mapping of str to str
        Character to toned reading, in the order of the replacements.
    marks : str
        Marks before which a byte is inserted, in this order, after the readings.

    Returns
    -------
    bytes

    Examples
    --------
    >>> insert_readings("區".encode("gbk")).decode("gbk")
    '區(qū)'
    """
    # A plain replace over the bytes, as the sites do it: that it also hits the second byte of one character and
    # the first of the next is the whole damage, so nothing here may respect the borders of characters.
    for character, reading in readings.items():
        pair = character.encode("gbk")
        if pair in data:
            data = data.replace(pair, pair + f"({reading})".encode("gbk"))
    for mark in marks:
        pair = mark.encode("gbk")
        data = data.replace(pair, UNSEEN + pair)
    return data


def damage_text(text: str, *, readings: Mapping[str, str] = READINGS, marks: str = MARKS) -> str:
    r"""Return the text as the mirror site shows it.

    A repair is proved by damaging it again, and tests make damaged text of any sentence with it.

    Parameters
    ----------
    text : str
        Text in traditional script that GBK can hold; see `to_mirror_script`.
    readings, marks
        As in `insert_readings`.

    Returns
    -------
    str
        The page: bracketed readings, torn characters, half-width punctuation.

    Raises
    ------
    ValueError
        A character is not in GBK.

    Examples
    --------
    >>> damage_text("執法領域實施伴隨式監督")
    '執(zhí)法領(lǐng)域?qū)嵤┌殡S式監(jiān)督'
    >>> damage_text("　（一）深入貫徹落實")
    '?。ㄒ唬┥钊胴瀼芈鋵?shí)'
    >>> damage_text("　（二）有效推進法治建設")
    '?。ǘ┯行七M(jìn)法治建設(shè)'
    """
    try:
        data = text.encode("gbk")
    except UnicodeEncodeError as error:
        raise ValueError(
            explain(
                f"{text[error.start]!r} is not in GBK",
                where=f"character {error.start}",
                allowed="the characters of GBK: a mirror site can only show those",
            )
        ) from None
    return show_bytes(insert_readings(data, readings=readings, marks=marks))
