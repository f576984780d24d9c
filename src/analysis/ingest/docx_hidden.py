"""Which runs of a Word file are set as hidden: neither on screen nor on paper, but in the file."""

from __future__ import annotations

from typing import Any

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = frozenset({"0", "false", "off", "none"})


def switch(element: Any) -> bool | None:
    """Return whether a property of Word's is on (also without a value) or off; None if it is not there."""
    if element is None:
        return None
    return str(element.get(WORD + "val", "1")).lower() not in OFF


class HiddenText:
    """Answers whether a run is hidden: by its own property, else by the styles of the run and of its paragraph.

    Parameters
    ----------
    styles : lxml element or None
        The root of `styles.xml`.
    """

    def __init__(self, styles: Any) -> None:
        found = {str(style.get(WORD + "styleId")): style for style in (styles if styles is not None else ())}
        self.hiding = {name for name in found if _hides(name, found)}

    def style(self, paragraph: Any) -> bool:
        """Return whether a paragraph's style hides its text."""
        return bool(self.hiding) and _name(paragraph, "pPr", "pStyle") in self.hiding

    def run(self, run: Any, by_paragraph: bool) -> bool:
        """Return whether a run is hidden, given whether its paragraph's style hides it."""
        own = switch(run.find(f"{WORD}rPr/{WORD}vanish"))
        if own is not None:
            return own
        # hiding is a toggle: where the styles of run and paragraph both set it, they cancel out
        return by_paragraph != (bool(self.hiding) and _name(run, "rPr", "rStyle") in self.hiding)


def _name(element: Any, properties: str, kind: str) -> str:
    style = element.find(f"{WORD}{properties}/{WORD}{kind}")
    return "" if style is None else str(style.get(WORD + "val") or "")


def _hides(name: str, styles: dict[str, Any]) -> bool:
    """Return whether a style, or the nearest one that it is based on and that says something, hides text."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        found = switch(styles[name].find(f"{WORD}rPr/{WORD}vanish"))
        if found is not None:
            return found
        base = styles[name].find(WORD + "basedOn")
        name = "" if base is None else str(base.get(WORD + "val") or "")
    return False
