"""The script of mirror pages: simplified text converted to traditional, character by character.

The language model knows simplified words only, and a torn byte may belong to a character of either script. So
the search needs the conversion in both directions, and which characters a converted page cannot hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ...zh.characters import is_legacy_hanzi
from ..rules.script import converter
from .gbk import gbk_pairs


def _hanzi() -> list[str]:
    return [character for character in gbk_pairs().values() if is_legacy_hanzi(character)]


def _converted(direction: str) -> dict[str, str]:
    """Return every Chinese character of GBK with what it becomes alone on a line, without its context."""
    # One call for all of them: OpenCC's dictionaries hold no line breaks, so the lines cannot touch each other.
    hanzi = _hanzi()
    converted = converter(direction)("\n".join(hanzi)).split("\n")
    return dict(zip(hanzi, converted, strict=True))


def to_mirror_script(text: str) -> str:
    """Return simplified text in traditional script, as a mirror site shows it, where GBK has the character.

    Parameters
    ----------
    text : str
        Simplified text.

    Returns
    -------
    str
        OpenCC's standard conversion; 。 、 and other marks stay. A character that GBK lacks is left as it was.

    Examples
    --------
    >>> to_mirror_script("深入贯彻落实")
    '深入貫徹落實'
    """
    converted = converter("s2t")(text)
    if len(converted) != len(text):
        return converted
    return "".join(
        new if new.encode("gbk", "ignore") else old for new, old in zip(converted, text, strict=True)
    )


@cache
def simplified_map() -> Mapping[int, str]:
    """Return a translation table from the traditional characters of GBK to simplified ones.

    Examples
    --------
    >>> "貫徹".translate(simplified_map())
    '贯彻'
    """
    return {ord(old): new for old, new in _converted("t2s").items() if old != new and len(new) == 1}


def simplify(character: str) -> str:
    """Return one character of GBK in simplified script.

    Examples
    --------
    >>> simplify("貫"), simplify("依")
    ('贯', '依')
    """
    return simplified_map().get(ord(character), character)


@cache
def spellings() -> Mapping[str, str]:
    """Return simplified character → the characters of GBK that are written so or become it."""
    table: dict[str, str] = {}
    for character in gbk_pairs().values():
        table[simplify(character)] = table.get(simplify(character), "") + character
    return table


@cache
def never_converted_to() -> frozenset[str]:
    """Return the characters of GBK that a page in traditional script should not hold.

    Two kinds: those that the conversion changes (区 becomes 區), and variants that no conversion writes (旣,
    whose simplified form 既 stays as it is).
    """
    traditional = _converted("s2t")
    changed = {old for old, new in traditional.items() if old != new}
    variants = {
        old for old in traditional if traditional.get(simple := simplify(old)) == simple and simple != old
    }
    return frozenset(changed | variants)
