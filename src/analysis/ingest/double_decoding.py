"""Text that was decoded wrongly before it was saved: UTF-8 read as GBK (“娉曟不”), as Latin-1 (“æ³•æ²»”), and so on."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from ..zh.characters import has_chinese
from .likeness import likeness

READ_AS = ("gb18030", "big5", "cp1252")
WRITTEN_IN = ("utf-8", "gb18030", "big5")
SAMPLE = 4096
LOST = "锟斤拷"
"""What two � (UTF-8 `EF BF BD EF BF BD`) look like when they are read as GBK: the bytes before are gone."""

_HIGH_HALF = {bytes([code]).decode("cp1252", "ignore"): code for code in range(128, 160)}
_CP1252 = {chr(code): code for code in range(256)} | {sign: code for sign, code in _HIGH_HALF.items() if sign}


@dataclass(frozen=True)
class DoubleDecoding:
    """A text that was decoded wrongly, and the way back.

    Parameters
    ----------
    written_in, read_as : str
        The encoding that the bytes were in, and the one that they were taken for.
    text : str or None
        The text as it was; None where the way back is not exact.
    lost : int
        Places whose bytes are gone for good; 0 where the way back is exact.
    """

    written_in: str
    read_as: str
    text: str | None
    lost: int

    def __str__(self) -> str:
        said = f"text in {self.written_in} was read as {self.read_as} before it was saved"
        if self.text is not None:
            return f"{said}; nothing was lost, and it was read rightly again"
        return f"{said}, and bytes were lost at {self.lost} position{'s' * (self.lost != 1)}"


def recognise_double_decoding(text: str) -> DoubleDecoding | None:
    """Return what happened to a text that was decoded wrongly once before, or None for a text that was not.

    The text is encoded again as it was read, and decoded as it was written. That must give far more common
    characters than the text has now. The way back counts as exact only if it needs no replacement and going
    there again gives the same text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    DoubleDecoding or None
        The two encodings, and the text as it was if the way back is exact.

    Examples
    --------
    >>> wrong = "推进法治".encode("utf-8").decode("gb18030")
    >>> wrong
    '鎺ㄨ繘娉曟不'
    >>> recognise_double_decoding(wrong).text
    '推进法治'
    >>> recognise_double_decoding("推进法治") is None
    True
    >>> recognise_double_decoding("锟斤拷锟斤拷锟斤拷").lost
    6
    """
    start = next((index for index, character in enumerate(text) if character > "\x7f"), len(text))
    sample = text[start : start + SAMPLE]
    now = likeness(sample)
    if not sample or now > 0.4:
        return None
    if sample.count(LOST) * 3 > len(sample) / 2:
        return DoubleDecoding("utf-8", "gb18030", None, text.count(LOST) * 2)
    best, written_in, read_as = now, "", ""
    for wrong in READ_AS:
        for right in WRITTEN_IN:
            then = _promise(sample, wrong, right) if right != wrong else 0.0
            if then > best:
                best, written_in, read_as = then, right, wrong
    if best < 0.4 or best < now + 0.25:
        return None
    try:
        data = encode_as_read(text, read_as)
        repaired = data.decode(written_in)
        exact = decode_as_read(repaired.encode(written_in), read_as) == text
    except UnicodeError:
        exact = False
    if exact:
        return DoubleDecoding(written_in, read_as, repaired.removeprefix("\ufeff"), 0)
    rough = encode_as_read(text.replace("\ufffd", ""), read_as, errors="ignore")
    lost = rough.decode(written_in, "replace").count("\ufffd")
    return DoubleDecoding(written_in, read_as, None, max(1, lost))


def _promise(sample: str, wrong: str, right: str) -> float:
    """Return how Chinese a text becomes on the way back, less for every character that finds no way."""
    data = encode_as_read(sample, wrong, errors="ignore")
    again = data.decode(right, "replace")
    kept = again.replace("\ufffd", "")
    if not has_chinese(kept):
        return 0.0
    share = len(decode_as_read(data, wrong, errors="ignore")) / len(sample)
    return likeness(kept) * share - again.count("\ufffd") / len(again)


def encode_as_read(text: str, encoding: str, *, errors: str = "strict") -> bytes:
    """Return the bytes that were read as `text`, as browsers and Windows read them.

    They read the bytes that the encodings leave open, too: a lone 80 as € in GBK and GB18030, C1 controls in
    Windows-1252.

    Examples
    --------
    >>> encode_as_read("æ³•æ²»", "cp1252").decode()
    '法治'
    """
    if encoding == "gb18030":
        return b"\x80".join(part.encode(encoding, errors) for part in text.split("€"))
    if encoding != "cp1252":
        return text.encode(encoding, errors)
    if errors == "ignore":
        return bytes(_CP1252[character] for character in text if character in _CP1252)
    try:
        return bytes(map(_CP1252.__getitem__, text))
    except KeyError as error:
        index = text.index(error.args[0])
        raise UnicodeEncodeError("cp1252", text, index, index + 1, "not in Windows-1252") from None


def decode_as_read(data: bytes, encoding: str, *, errors: str = "strict") -> str:
    """Return the text as which browsers and Windows read bytes.

    Examples
    --------
    >>> decode_as_read("法治".encode(), "cp1252")
    'æ³•æ²»'
    """
    if encoding == "cp1252":
        return "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in data)
    if encoding != "gb18030" or errors != "strict":
        return data.decode(encoding, errors)
    codecs.register_error("lone-80-is-euro", _euro)
    return data.decode(encoding, "lone-80-is-euro")


def _euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error
