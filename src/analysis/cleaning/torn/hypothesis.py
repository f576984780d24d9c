"""A hypothesis: one way to read a stretch of the page, as far as the search has come."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from .language_model import State


class Piece(NamedTuple):
    """One original character, with what came before it: a linked list, so that hypotheses share their past."""

    before: Any  # another piece, or None; a named tuple cannot check a hint that names itself
    character: str
    torn: bool


class Tally(NamedTuple):
    """What of a torn run does not follow from the bytes: its claim to be proved falls with the first of these."""

    guesses: int = 0
    """Bytes that the language model chose."""
    vanished: int = 0
    """Pairs of bytes supposed that show nowhere."""
    lost: int = 0
    """ASCII characters that were swallowed and stand as `?`."""
    blanks: int = 0
    """ASCII characters that were swallowed and are taken for a blank."""

    def plus(self, *, guesses: int = 0, vanished: int = 0, lost: int = 0, blanks: int = 0) -> "Tally":
        """Return the tally with so much more."""
        return Tally(self.guesses + guesses, self.vanished + vanished, self.lost + lost, self.blanks + blanks)


NOTHING_CHOSEN = Tally()


class TornRun(NamedTuple):
    """A torn run as it was read: where it stands on the page, what it was, and how much of that was chosen."""

    start: int
    end: int
    after: str
    tally: Tally = NOTHING_CHOSEN


class Hypothesis(NamedTuple):
    """One way to read a stretch of the page. It never changes: to read on is to make another.

    A named tuple and not a frozen dataclass, since some fifty thousand are made for one page and replacing a
    field takes a third of the time.
    """

    position: int
    """The next character of the page to be read."""
    state: State
    cost: float
    """What was taken off, as a negative logarithm."""
    last_piece: Piece | None = None
    pending: bytes = b""
    """Lead bytes possible for the open character, of which the second byte is still to come; empty outside a torn
    run."""
    tally: Tally = NOTHING_CHOSEN
    """Of the open run."""
    torn_from: int = -1
    torn_to: int = -1
    """Where the last run began and ended on the page."""
    whole: Piece | None = None
    """The last character before that run."""
    annotated: bool = False
    """Whether the last run ended with a reading of its last character."""
    opened: str = ""
    """Closing marks expected in this line, the next one last."""
    carried: str = ""
    """Closing marks expected from the lines before, where a mark may close without having been opened here."""
    closed: tuple[TornRun, ...] = ()

    @property
    def score(self) -> float:
        """Natural logarithm: the language model's score, less what was taken off."""
        return self.state.score + self.cost

    @property
    def rank(self) -> float:
        """The score, hoping that an unfinished word will be finished."""
        return self.state.rank + self.cost

    @property
    def recent(self) -> str:
        """The last four characters in simplified script, the undamaged context included."""
        return self.state.tail[-4:]

    @property
    def last(self) -> str:
        """The last original character; empty if none was read."""
        return self.last_piece.character if self.last_piece else ""

    @property
    def last_is_torn(self) -> bool:
        """Whether the last original character was torn."""
        return self.last_piece is not None and self.last_piece.torn

    def pieces_backwards(self) -> Iterator[Piece]:
        """Yield the original characters, the last one first."""
        piece = self.last_piece
        while piece is not None:
            yield piece
            piece = piece.before

    def text(self) -> str:
        """Return the original characters as a string."""
        return "".join(piece.character for piece in self.pieces_backwards())[::-1]

    def skip_to(self, position: int, *, cost: float) -> "Hypothesis":
        """Return the hypothesis that goes on at `position` without another character."""
        return self._replace(position=position, cost=self.cost + cost)

    def tear(self, *, leads: bytes, position: int, cost: float) -> "Hypothesis":
        """Return the hypothesis that a run begins here and goes on at `position`; its first byte is one of `leads`."""
        return self._replace(
            position=position,
            cost=self.cost + cost,
            pending=leads,
            torn_from=self.position,
            whole=self.last_piece,
        )

    def close_run(self, *, annotated: bool = False) -> "Hypothesis":
        """Return the hypothesis that the open run ends before the next character of the page."""
        torn = takewhile(lambda piece: piece is not self.whole, self.pieces_backwards())
        after = "".join(piece.character for piece in torn)[::-1]
        return self._replace(
            pending=b"",
            tally=NOTHING_CHOSEN,
            torn_to=self.position,
            annotated=annotated,
            closed=(*self.closed, TornRun(self.torn_from, self.position, after, self.tally)),
        )
