"""How often decode_bytes is right: writes benchmarks/encoding.md.

    python benchmarks/encoding.py FOLDER

FOLDER holds Chinese texts in UTF-8 (.txt), none of which was used to make the rule: its list of common characters
comes from the word frequencies of jieba's dictionary. The published figures are of the reports on the work of the
national government, 1954 to 2025, as Wikisource has them.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from charset_normalizer import from_bytes
from opencc import OpenCC

from analysis import CorpusError, decode_bytes

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
LENGTHS = (20, 50, 200, 1000, 8000)
SEED = 20240305
FAMILIES = {
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "cp950", "big5hkscs"), "big5"),
    **dict.fromkeys(("utf-8", "utf-8-sig"), "utf-8"),
}


def cut_last(data: bytes, draw: random.Random) -> bytes:
    return data[:-1]


def cut_first(data: bytes, draw: random.Random) -> bytes:
    return data[1:]


def lose_one(data: bytes, draw: random.Random) -> bytes:
    place = draw.randrange(1, len(data) - 1)
    return data[:place] + data[place + 1 :]


def change_one(data: bytes, draw: random.Random) -> bytes:
    place = draw.randrange(1, len(data) - 1)
    return data[:place] + bytes([data[place] ^ draw.randrange(1, 256)]) + data[place + 1 :]


DAMAGE: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "clean": lambda data, draw: data,
    "last byte cut off": cut_last,
    "first byte cut off": cut_first,
    "a byte lost inside": lose_one,
    "a byte changed inside": change_one,
}


def family(name: str | None) -> str:
    plain = (name or "").replace("_", "-").removesuffix(":replace")
    return FAMILIES.get(plain, plain)


def ours(data: bytes) -> tuple[str, str]:
    try:
        found = decode_bytes(data)
    except CorpusError:
        return "", ""
    return family(found.encoding), found.text


def theirs(data: bytes) -> tuple[str, str]:
    best = from_bytes(data).best()
    return (family(best.encoding), str(best)) if best else ("", "")


def samples(
    texts: list[str], encoding: str, length: int, each: int, draw: random.Random
) -> Iterator[tuple[str, bytes]]:
    """Pieces of the texts that have about `length` bytes in the encoding, whole characters only."""
    for text in texts:
        for _ in range(each):
            start = draw.randrange(0, max(1, len(text) - length))
            raw = text[start : start + length].encode(encoding, "ignore")[:length]
            piece = raw.decode(encoding, "ignore").removeprefix("\ufeff")
            if sum("\u4e00" <= sign <= "\u9fff" for sign in piece) >= 3:
                yield piece, piece.encode(encoding)


def kept(kind: str, piece: str, text: str) -> bool:
    """Whether the text came out right, but for the character that was damaged."""
    if kind == "clean":
        return text == piece
    if kind == "last byte cut off":
        return text.startswith(piece[:-1])
    return text.endswith(piece[1:]) if kind == "first byte cut off" else True


def accuracy(texts: list[str], each: int) -> str:
    traditional = [OpenCC("s2t").convert(text) for text in texts]
    right: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
    whole: dict[str, list[bool]] = defaultdict(list)
    other: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
    for encoding in ENCODINGS:
        for length in LENGTHS:
            draw = random.Random(f"{SEED} {encoding} {length}")
            source = traditional if encoding == "big5" else texts
            for number, (piece, data) in enumerate(samples(source, encoding, length, each, draw)):
                for kind, damage in DAMAGE.items():
                    broken = damage(data, draw)
                    found, text = ours(broken)
                    right[encoding, kind, length].append(found == encoding)
                    if found == encoding and length >= 50:
                        whole[kind].append(kept(kind, piece, text))
                    if number % (each * 2) == 0 and kind in list(DAMAGE)[:3] and length in (200, 1000):
                        other[encoding, kind, length].append(theirs(broken)[0] == encoding)
    lines = ["| encoding | damage | " + " | ".join(f"{length} bytes" for length in LENGTHS) + " |"]
    lines.append("| --- | --- |" + " ---: |" * len(LENGTHS))
    for encoding in ENCODINGS:
        for kind in DAMAGE:
            cells = [share(right[encoding, kind, length]) for length in LENGTHS]
            lines.append(f"| {encoding} | {kind} | " + " | ".join(cells) + " |")
    lines += ["", "The text, where the encoding is right, from 50 bytes on:", ""]
    lines += [f"- {kind}: {share(whole[kind])} {said}" for kind, said in SAID.items()]
    lines += [
        "",
        "## Beside charset-normalizer",
        "",
        "| encoding | damage | this project | charset-normalizer |",
    ]
    lines.append("| --- | --- | ---: | ---: |")
    for encoding in ENCODINGS:
        for kind in list(DAMAGE)[:3]:
            mine = [value for length in (200, 1000) for value in right[encoding, kind, length]]
            its = [value for length in (200, 1000) for value in other[encoding, kind, length]]
            lines.append(f"| {encoding} | {kind} | {share(mine)} of {len(mine)} | {share(its)} of {len(its)} |")
    return "\n".join(lines)


SAID = {
    "clean": "exactly as it was",
    "last byte cut off": "exact up to the character that was cut",
    "first byte cut off": "exact behind the character that was cut",
}


def share(values: list[bool]) -> str:
    return f"{100 * sum(values) / max(1, len(values)):.1f} %"


def speed(texts: list[str]) -> str:
    lines = []
    for encoding in ("utf-8", "gb18030"):
        data = [text.encode(encoding) for text in texts]
        plain, found = [], []
        for _ in range(7):
            start = perf_counter()
            for one in data:
                one.decode(encoding)
            middle = perf_counter()
            for one in data:
                decode_bytes(one)
            plain.append(middle - start)
            found.append(perf_counter() - middle)
        ratio = median(b / a for a, b in zip(plain, found, strict=True))
        lines.append(f"- {encoding}: {ratio:.1f} times the time of decoding with the encoding known")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=6, help="pieces of each text, encoding and length")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".md"))
    given = parser.parse_args()
    texts = [file.read_text(encoding="utf-8") for file in sorted(given.folder.glob("*.txt"))]
    characters = sum(map(len, texts))
    given.out.write_text(
        f"""# How often decode_bytes finds the encoding

Pieces of {len(texts)} texts ({characters:,} characters), {given.each} of each text, encoding and length, drawn with seed {SEED}; for Big5 the
texts are first converted to traditional characters. Share of pieces whose encoding was named; a refusal counts as wrong.
Made by `python benchmarks/encoding.py FOLDER`.

{accuracy(texts, given.each)}

Lengths 200 and 1,000 bytes together; the same pieces, of which charset-normalizer saw a twelfth.

## Time

Whole texts, median of seven rounds of the ratio:

{speed(texts)}
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
