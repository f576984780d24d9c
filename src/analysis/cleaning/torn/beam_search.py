"""The beam search: from the `?` at which a torn run begins, the hypotheses that the page allows, best first.

The page is read character by character. At every position the hypotheses that have come so far compete, the best
are read on (`transitions`), and the search ends when all have left the run and read a few whole characters more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .hypothesis import Hypothesis
from .mark_sequences import NEVER_BEFORE_A_STOP
from .page import Page
from .transitions import let_vanish, read_on, tear_here
from .weights import ALIKE, BEAM, CLASH, LONGEST_RUN, LOOK_AHEAD, UNPAIRED, VANISHED_BEAMS, WIDTH


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, and what it took."""

    hypotheses: list[Hypothesis]
    """Best first. Each ends at the same position of the page, outside a torn run; none if the page allows none."""
    reached: int
    """The position of the page up to which the search has read."""
    tried: int
    """How many hypotheses it has made."""


class Frontier:
    """The hypotheses that wait to be read on, by the position that they have reached."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[Hypothesis]] = {}
        self.tried = 0

    def add(self, hypotheses: Iterable[Hypothesis]) -> None:
        """Let hypotheses wait at their positions."""
        for hypothesis in self.count(hypotheses):
            self._waiting.setdefault(hypothesis.position, []).append(hypothesis)

    def count(self, hypotheses: Iterable[Hypothesis]) -> Iterator[Hypothesis]:
        """Yield hypotheses, counting them as tried."""
        for hypothesis in hypotheses:
            self.tried += 1
            yield hypothesis

    def take_nearest(self) -> tuple[int, list[Hypothesis]] | None:
        """Return the least advanced position and what waits there; None if nothing waits anywhere.

        The least advanced: only hypotheses that have read equally much of the page can be compared.
        """
        if not self._waiting:
            return None
        position = min(self._waiting)
        return position, self._waiting.pop(position)


def search_run(page: Page, start: int) -> Found:
    """Return the hypotheses about the stretch of a page that begins with the `?` at `start`."""
    frontier = Frontier()
    frontier.add(tear_here(page, page.context(start)))
    reached = start
    while waiting := frontier.take_nearest():
        reached, hypotheses = waiting
        if page.ends_at(reached):
            hypotheses = [hypothesis for hypothesis in hypotheses if not hypothesis.pending]
        hypotheses = best_of(hypotheses)
        if reached - start > LONGEST_RUN:
            break
        if hypotheses and _is_settled(page, hypotheses, reached):
            finished = [_finish(page, hypothesis) for hypothesis in hypotheses]
            finished.sort(key=lambda hypothesis: (-hypothesis.score, hypothesis.text()))
            return Found(finished, reached, frontier.tried)
        for hypothesis in _with_vanished(page, hypotheses, frontier=frontier):
            frontier.add(read_on(page, hypothesis))
    return Found([], reached, frontier.tried)


def best_of(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    """Return the best hypotheses of a position, few of them that will go on alike."""
    # The second and third key only make the order certain where two are worth exactly the same.
    ordered = sorted(hypotheses, key=lambda one: (-one.rank, one.state.tail, one.pending))
    kept: list[Hypothesis] = []
    alike: dict[tuple[bytes, str], int] = {}
    for hypothesis in ordered:
        if len(kept) == BEAM or hypothesis.rank < ordered[0].rank - WIDTH:
            break
        # With the same open byte and the same last characters, all that follows is worth the same to both.
        future = (hypothesis.pending, hypothesis.state.tail)
        alike[future] = alike.get(future, 0) + 1
        if alike[future] <= ALIKE:
            kept.append(hypothesis)
    return kept


def _with_vanished(page: Page, hypotheses: Sequence[Hypothesis], *, frontier: Frontier) -> Iterator[Hypothesis]:
    """Yield the hypotheses, then the best in which one pair has vanished here, then two."""
    yield from hypotheses
    for width in VANISHED_BEAMS:
        torn = [hypothesis for hypothesis in hypotheses[:width] if hypothesis.pending]
        hypotheses = best_of(frontier.count(new for one in torn for new in let_vanish(page, one)))
        yield from hypotheses


def _is_settled(page: Page, hypotheses: Sequence[Hypothesis], position: int) -> bool:
    """Return whether all hypotheses have left the run, and have read on far enough to be compared."""
    if any(hypothesis.pending for hypothesis in hypotheses):
        return False
    last_end = max(hypothesis.torn_to for hypothesis in hypotheses)
    return page.ends_at(position) or position - last_end >= LOOK_AHEAD


def _finish(page: Page, hypothesis: Hypothesis) -> Hypothesis:
    """Return the hypothesis with what an end of line takes off: marks left open, or one that only opens."""
    if not page.ends_at(hypothesis.position):
        return hypothesis
    dangling = CLASH if hypothesis.last in NEVER_BEFORE_A_STOP else 0.0
    return hypothesis._replace(cost=hypothesis.cost + (UNPAIRED * len(hypothesis.opened) + dangling))
