"""The formulas of a Word file as a line of text: (b−a)/a, x^2, √(x)."""

from __future__ import annotations

from typing import Any

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_SHOWN = frozenset({WORD + "del", WORD + "moveFrom"})


def formula_text(node: Any) -> str:
    """Return what is written in a formula, in reading order; a fraction as 甲/乙, an exponent behind ^.

    Examples
    --------
    >>> from lxml import etree
    >>> half = "<m:f><m:num><m:r><m:t>b-a</m:t></m:r></m:num><m:den><m:r><m:t>a</m:t></m:r></m:den></m:f>"
    >>> formula_text(etree.fromstring(f'<m:oMath xmlns:m="{MATH[1:-1]}">{half}</m:oMath>'))
    '(b-a)/a'
    """
    if node.tag == MATH + "t":
        return node.text or ""
    if node.tag in NOT_SHOWN or str(node.tag).endswith("Pr"):
        return ""
    shape = str(node.tag).removeprefix(MATH)
    if shape == "f":
        return f"{_closed(node, 'num')}/{_closed(node, 'den')}"
    if shape in ("sSup", "sSub", "sSubSup"):
        below = "_" + _closed(node, "sub") if shape != "sSup" else ""
        above = "^" + _closed(node, "sup") if shape != "sSub" else ""
        return _part(node, "e") + below + above
    if shape == "rad":
        return f"{_part(node, 'deg')}√{_closed(node, 'e')}"
    if shape == "nary":
        limits = "".join(
            mark + _closed(node, name) for mark, name in (("_", "sub"), ("^", "sup")) if _part(node, name)
        )
        return _property(node, "naryPr", "chr", "∫") + limits + _part(node, "e")
    if shape == "d":
        inside = _property(node, "dPr", "sepChr", "|").join(
            formula_text(part) for part in node.findall(MATH + "e")
        )
        return _property(node, "dPr", "begChr", "(") + inside + _property(node, "dPr", "endChr", ")")
    return "".join(map(formula_text, node))


def _part(node: Any, name: str) -> str:
    found = node.find(MATH + name)
    return "" if found is None else formula_text(found)


def _closed(node: Any, name: str) -> str:
    """Return a part in brackets, unless it is one number or one character."""
    text = _part(node, name)
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _property(node: Any, properties: str, name: str, default: str) -> str:
    found = node.find(f"{MATH}{properties}/{MATH}{name}")
    return default if found is None else str(found.get(MATH + "val") or "")
