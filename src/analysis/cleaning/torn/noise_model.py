r"""The damage, forwards: what a mirror site does to a page of GBK text.

The page is put into traditional script. Then its bytes are rewritten without regard to the borders of
characters, one search-and-replace after the other: after each of some ninety characters its toned reading in
brackets, before each of 、，。！？ one byte that is never seen. Where two neighbouring characters hold such a
pattern in the middle of their four bytes, the insertion tears both. Decoding the result, an orphaned lead byte
swallows the byte after it and shows as `?`, pairs that GBK leaves unassigned vanish, and everything is read one
byte late until the next ASCII byte. At last full-width signs are folded to half width.

How this was found out, and what is not known, stands in `docs/decisions/torn-bytes.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ...errors import explain

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
"""Signs before which a byte is inserted, in this order: 、 before ！ is seen in 環保、安監, which is whole."""

UNSEEN = b"\x00"
_FOLD = {0xFF01 + offset: 0x21 + offset for offset in range(94)}


@cache
def gbk_pairs() -> Mapping[bytes, str]:
    """Return the two bytes of every character that GBK assigns, and the character.

    Examples
    --------
    >>> gbk_pairs()[b"\\x85\\x5e"]
    '區'
    """
    found = {}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            pair = bytes((lead, trail))
            character = pair.decode("gbk", "ignore")
            if len(character) == 1 and character.encode("gbk") == pair:
                found[pair] = character
    return MappingProxyType(found)


def fold_width(text: str) -> str:
    """Return the text with the full-width forms of ASCII signs folded to half width, as the mirror sites do.

    Examples
    --------
    >>> fold_width("（一）依法行政，服務群眾。")
    '(一)依法行政,服務群眾。'
    """
    return text.translate(_FOLD)


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
        signs folded.

    Examples
    --------
    >>> show_bytes("域".encode("gbk") + b"\\x8c(q" + "ū)".encode("gbk") + b"\\x8d" + "施".encode("gbk")[:1])
    '域?qū)嵤'
    """
    pairs = gbk_pairs()
    parts: list[str] = []
    place, end = 0, len(data)
    while place < end:
        lead = data[place]
        if lead < 0x80:
            if lead != UNSEEN[0]:
                parts.append(chr(lead))
            place += 1
        elif lead in (0x80, 0xFF):
            parts.append("€" if lead == 0x80 else "?")
            place += 1
        elif place + 1 == end or data[place + 1] == 0x0A:
            parts.append("?")
            place += 1
        else:
            trail = data[place + 1]
            if trail < 0x40 or trail in (0x7F, 0xFF):
                parts.append("?")
            else:
                parts.append(pairs.get(data[place : place + 2], ""))
            place += 2
    return fold_width("".join(parts))


def insert_readings(data: bytes, *, readings: Mapping[str, str] = READINGS, marks: str = MARKS) -> bytes:
    """Return GBK bytes with readings and unseen bytes inserted wherever the bytes of a sign are found.

    Parameters
    ----------
    data : bytes
        Whole GBK text.
    readings : mapping of str to str
        Character to toned reading, in the order of the replacements.
    marks : str
        Signs before which a byte is inserted, in this order, after the readings.

    Returns
    -------
    bytes

    Examples
    --------
    >>> insert_readings("區".encode("gbk")).decode("gbk")
    '區(qū)'
    """
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

    This is the exact forward model of the damage: a repair is proved by damaging it again, and tests make
    damaged text of any sentence with it.

    Parameters
    ----------
    text : str
        Text in traditional script that GBK can hold; see `to_mirror_script`.
    readings, marks
        As in `insert_readings`.

    Returns
    -------
    str
        The page: bracketed readings, torn characters, half-width signs.

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


@cache
def _converter() -> object:
    import opencc

    return opencc.OpenCC("s2t")


def to_mirror_script(text: str) -> str:
    """Return simplified text in traditional script, as a mirror site shows it, where GBK has the character.

    Parameters
    ----------
    text : str
        Simplified text.

    Returns
    -------
    str
        OpenCC's standard conversion; 。 、 and other signs stay. A character that GBK lacks is left as it was.

    Examples
    --------
    >>> to_mirror_script("深入贯彻落实")
    '深入貫徹落實'
    """
    converted: str = _converter().convert(text)  # type: ignore[attr-defined]
    if len(converted) != len(text):
        return converted
    return "".join(
        new if new.encode("gbk", "ignore") else old for new, old in zip(converted, text, strict=True)
    )
