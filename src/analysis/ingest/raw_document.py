"""What a file gave: its text, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass

from .decoding import Certainty


@dataclass(frozen=True)
class RawDocument:
    """A file's text as it is, and what the file says about itself.

    Parameters
    ----------
    text : str
        The text, with LF as the only line end; otherwise as the file has it.
    encoding : str
        The encoding of a text file, or "docx", "pdf", "html".
    certainty : {"declared", "certain", "likely", "damaged"}
        How sure the encoding is.
    title, date, source : str
        What the file states (a web page's title, date of publication and address, a Word file's title); empty
        if it states nothing. Nothing is guessed here.
    notes : tuple of str
        What a reader ought to know, a sentence each.
    """

    text: str
    encoding: str
    certainty: Certainty
    title: str = ""
    date: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
