"""Bytes → text: a declared encoding is obeyed to the letter, an undeclared one is found and its certainty said."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..errors import CorpusError, explain
from .double_decoding import encode_as_read
from .likeness import PLAIN, likeness

Certainty = Literal["declared", "certain", "likely", "damaged"]

ENCODINGS = (
    *("utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "big5", "cp950", "big5hkscs", "hz"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "cp1252", "iso8859-1"),
)
"""Encodings that may be declared, by the names that Python gives them; its aliases (cp936, big5-hkscs) work too."""

CANDIDATES = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
"""Encodings that are tried where none is declared. GBK and GB2312 are parts of GB18030."""

NOT_ASCII = re.compile(rb"[\x00\x80-\xff]")
BIG5_FAMILY = ("big5", "cp950", "big5hkscs")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
REPLACE = ":replace"
SAMPLES = ((1024, (0,)), (8192, (0, 1)))
"""Bytes that are looked at, and from which byte on: first a few, and more only where these leave a doubt."""
HEAD = 64
TORN = re.compile(r"[^\x00-\x7f][@-~]")
"""What the end of a misread stretch looks like: the ASCII character is a character's second byte."""
LEAST_LIKENESS = 0.15
CLEAR_LIKENESS = 0.45
"""Running Chinese is above it in its own encoding, and far below in every other."""
STRETCH = 24
SHORT = 200


@dataclass(frozen=True)
class Decoded:
    """A text read from bytes, and how.

    Parameters
    ----------
    text : str
        The text. A byte order mark is no part of it.
    encoding : str
        Declared again, this gives the same text. `gb18030:replace` says that some bytes were unreadable.
    certainty : {"declared", "certain", "likely", "damaged"}
        Declared by the caller; certain from a byte order mark or from valid UTF-8; likely, because it reads
        as Chinese and no other does; or damaged: likely, but with bytes that no encoding explains.
    note : str
        What the reader ought to know, with line and offset; often empty.
    """

    text: str
    encoding: str
    certainty: Certainty
    note: str = ""


def decode_bytes(data: bytes, *, declared: str | None = None, name: str = "") -> Decoded:
    """Return the text of bytes in a declared encoding, or in the one that they are most likely in.

    Without a declaration: a byte order mark decides; else valid UTF-8 is UTF-8; else UTF-8, GB18030, Big5 and
    UTF-16 of either order are tried on the first 8 KiB, and the one whose reading holds the largest share of
    common Chinese characters wins. A character cut in two at either end does not change the answer.

    Parameters
    ----------
    data : bytes
        The content of a text file.
    declared : str, optional
        One of `ENCODINGS`, obeyed strictly. `gb18030:replace` reads what can be read and puts � for the rest.
        `utf-8>gb18030>utf-8` undoes a double decoding (see `recognise_double_decoding`).
    name : str
        What errors call the data, such as the file's path.

    Returns
    -------
    Decoded
        Text, encoding and certainty. `decode_bytes(data, declared=result.encoding)` gives the same text.

    Raises
    ------
    CorpusError
        The declared encoding is unknown, contradicts a byte order mark or does not fit a byte (line and offset
        are named); or none is declared and the bytes are no Chinese text in any encoding that is tried.

    Examples
    --------
    >>> decode_bytes("依法行政".encode("gb18030"))
    Decoded(text='依法行政', encoding='gb18030', certainty='likely', note='')
    >>> decode_bytes("依法行政".encode("gb18030"), declared="utf-8", name="讲话.txt")
    Traceback (most recent call last):
    ...
    analysis.errors.CorpusError: byte 0xd2 is not utf-8
      where: 讲话.txt, line 1, offset 0
      next: as gb18030 the file reads as Chinese: declare that, or declare nothing
    """
    if declared:
        return _decode_declared(data, declared, name)
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding, "certain")
            except UnicodeDecodeError:
                return _decode_damaged(data, encoding)
    if b"\0" not in data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if len(data) > SHORT or not _is_short_gbk(data, text):
                return Decoded(text, "utf-8", "certain")
    return _detect(data, name)


def _is_short_gbk(data: bytes, text: str) -> bool:
    """Return whether a few bytes are valid UTF-8 only by chance: no Chinese in it, and much in GB18030."""
    if text.isascii() or max(text) > "\u0800":
        return False
    return likeness(data.decode("gb18030", "replace")) > 0.5


def _detect(data: bytes, name: str) -> Decoded:
    first = NOT_ASCII.search(data)
    start = max(0, first.start() // 2 * 2 - HEAD) if first else 0
    best, rank = 0.0, 0
    for size, skips in SAMPLES:
        sample = data[start : start + size]
        best, rank, _ = max(
            (_score(sample[skip:].decode(encoding, "replace"), len(skips) > 1), -rank, -skip)
            for rank, encoding in enumerate(CANDIDATES)
            for skip in skips
        )
        if best > CLEAR_LIKENESS:
            break
    if best < LEAST_LIKENESS:
        raise CorpusError(
            explain(
                "the bytes are no Chinese text in any encoding that can be recognised",
                where=name,
                allowed="Chinese text in " + ", ".join(CANDIDATES) + "; other text in UTF-8",
                todo="open the file and save it as UTF-8, or declare its encoding",
            )
        )
    encoding = CANDIDATES[-rank]
    if _misaligned(data, encoding):
        return _decode_damaged(data, encoding)
    for close in BIG5_FAMILY if encoding == "big5" else (encoding,):
        try:
            return Decoded(data.decode(close), close, "likely")
        except UnicodeDecodeError:
            continue
    return _decode_damaged(data, encoding)


def _score(reading: str, in_doubt: bool) -> float:
    """Return how Chinese a reading is; in doubt, half of what its best stretch is, for a text torn in the middle."""
    whole = likeness(reading.removesuffix("\ufffd"))
    if not in_doubt:
        return whole
    characters = PLAIN.sub("", reading)
    best = max(
        map(
            likeness,
            (characters[index : index + STRETCH] for index in range(0, len(characters) - STRETCH, STRETCH)),
        ),
        default=0,
    )
    return max(whole, best / 2)


def _misaligned(data: bytes, encoding: str) -> bool:
    """Return whether the first byte is the rest of a character that was cut in two.

    Read from the first byte and from the second, the two readings soon agree (at the latest behind the next
    ASCII byte; in UTF-16 never). What stands before that decides, and in doubt nothing is cut off.
    """
    if encoding == "utf-8":
        return False
    straight = data[:HEAD].decode(encoding, "replace").removesuffix("\ufffd")
    shifted = data[1:HEAD].decode(encoding, "replace").removesuffix("\ufffd")
    same = 0
    while same < min(len(straight), len(shifted)) and straight[-1 - same] == shifted[-1 - same]:
        same += 1
    before, instead = straight[: len(straight) - same], shifted[: len(shifted) - same]
    if len(instead) < 5 and "\ufffd" not in before and not TORN.search(before):
        return False
    return likeness(instead) > likeness(before) + 0.2 and "\ufffd" not in instead


def _decode_damaged(data: bytes, encoding: str) -> Decoded:
    """Return what can be read, � for what cannot, and a note with the position of the first bad byte."""
    skip = int(not encoding.endswith(("sig", "16", "32")) and _misaligned(data, encoding))
    marked = skip * "\ufffd" + data[skip:].decode(encoding, "replace")
    bad = marked.count("\ufffd") - data[skip:].decode(encoding, "ignore").count("\ufffd")
    if not bad:
        return Decoded(marked, encoding + REPLACE, "damaged")
    line = marked[: marked.find("\ufffd")].count("\n") + 1
    offset = 0 if skip else _first_bad_byte(data, encoding)
    where = "1 position" if bad == 1 else f"{bad} positions"
    note = f"{where} could not be read as {encoding} and became �, the first in line {line}, offset {offset}"
    return Decoded(marked, encoding + REPLACE, "damaged", note)


def _first_bad_byte(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return _offset(data, encoding, error)
    return len(data)


def _offset(data: bytes, encoding: str, error: UnicodeDecodeError) -> int:
    """Return the bad byte's position in the file: Python counts from behind the byte order mark of utf-8-sig."""
    marked = encoding == "utf-8-sig" and data.startswith(codecs.BOM_UTF8)
    return error.start + (len(codecs.BOM_UTF8) if marked and len(error.object) < len(data) else 0)


def _decode_declared(data: bytes, declared: str, name: str) -> Decoded:
    if ">" in declared:
        return Decoded(_decode_chain(data, declared, name), declared, "declared")
    tolerant = declared.endswith(REPLACE)
    encoding = _known(declared.removesuffix(REPLACE), name)
    marked = next((marked for mark, marked in BYTE_ORDER_MARKS if data.startswith(mark)), encoding)
    if encoding.removesuffix("-sig")[:6] != marked.removesuffix("-sig")[:6]:
        raise CorpusError(
            explain(
                f"{encoding} is declared, but the file begins with the byte order mark of {marked}",
                where=name,
                todo=f"declare {marked}, or declare nothing",
            )
        )
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    if encoding in ("utf-16-le", "utf-16-be") and data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        codec = "utf-16"
    if encoding == "utf-16" and data[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        codec = "utf-16-le"
    if tolerant:
        damaged = _decode_damaged(data, codec)
        return Decoded(damaged.text, declared, "declared", damaged.note)
    try:
        return Decoded(data.decode(codec), declared, "declared")
    except UnicodeDecodeError as error:
        offset = _offset(data, codec, error)
        line = data[:offset].decode(codec, "ignore").count("\n") + 1
        raise CorpusError(
            explain(
                f"byte {data[offset]:#04x} is not {declared}",
                where=", ".join([*([name] if name else []), f"line {line}", f"offset {offset}"]),
                todo=_advice(data, encoding),
            )
        ) from None


def _advice(data: bytes, encoding: str) -> str:
    try:
        found = decode_bytes(data)
    except CorpusError:
        return ""
    if found.certainty == "damaged":
        return f"some bytes are damaged: declare {found.encoding} to read the rest, with � instead of them"
    return f"as {found.encoding} the file reads as Chinese: declare that, or declare nothing"


def _known(label: str, name: str) -> str:
    """Return the codec's own name for a label, if it is one that texts are written in."""
    try:
        found = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        found = ""
    if found not in ENCODINGS:
        raise CorpusError(
            explain(f"{label!r} is no encoding of texts", where=name, allowed=", ".join(ENCODINGS))
        )
    return found


def _decode_chain(data: bytes, chain: str, name: str) -> str:
    """Return the text of bytes that were decoded wrongly before: decode, encode, decode, as the chain says."""
    steps: Iterator[str] = iter(chain.split(">"))
    text = _decode_declared(data, next(steps), name).text
    for wrong in steps:
        right = next(steps, "")
        try:
            again = encode_as_read(text, wrong.strip())
        except UnicodeEncodeError as error:
            raise CorpusError(
                explain(
                    f"{error.object[error.start]!r} was never read as {wrong}",
                    where=name,
                    todo="declare nothing",
                )
            ) from None
        text = _decode_declared(again, right, name).text
    return text
