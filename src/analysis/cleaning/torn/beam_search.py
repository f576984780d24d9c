"""The search for the bytes that a torn run has lost: from the page backwards, character by character.

A torn run is read one byte late. Every character that it shows gives two bytes, the trail of one original
character and the lead of the next; what is missing is the byte that a `?` stands for and the bytes of pairs
that vanished. The search keeps the readings that the page allows, ranked by the language model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from ...zh.pinyin import LETTERS, TONED, is_reading
from .language_model import START, DocumentMemory, LanguageModel, State, load_model, simplified_map
from .noise_model import MARKS, gbk_pairs

BEAM = 32
VANISH_BEAM = (12, 4, 0)
"""How many of the best readings of a place are read on with one pair, with a second pair vanished there."""
WIDTH = 20.0
"""How much worse than the best one (natural logarithm) a reading may be, half-way, and still be read on."""
LOOK_AHEAD = 8
"""Characters after a run that are read with it, so that its last word counts whole."""
LONGEST_RUN = 120
"""Characters of the page after which a run that has not ended is given up."""

LEAST_LIKELY = -18.0
"""Log probability below which a character is not guessed (one that the bytes prove may be as rare as it likes)."""

ANNOTATED_LEAST = -15.0
"""Log probability below which a character is given no reading; the rarest of those seen on pages is at -13.5."""
COMMON = -9.5
"""Log probability above which a character is guessed even where it goes on no word."""

MANY = 8
"""Lead bytes beyond which a character of unknown trail byte is guessed only if it goes on a word."""

MOST_RUNS = 6
"""Runs that are read together because they stand close to one another."""

ALL_LEADS = bytes(range(0x81, 0xFF))
SWALLOWED = re.compile(rf"([{LETTERS}]{{1,6}})\)")
BRACKETED = re.compile(rf"\(([{LETTERS}]{{1,6}})\)")
ANNOTATED = re.compile(rf"([\u4e00-\u9fff])\(([{LETTERS}]{{1,6}})\)")
STOPS = frozenset("、，。；：！？,;:!?")
AROUND_BLANKS, COUNTERS = (
    frozenset("“”（）《》。，；："),
    frozenset("年月日号號时時分天个個位项項条條次元万萬亿億千百多余餘倍成米公吨噸人户戶家所名章卷期届屆"),
)
"""A swallowed ASCII sign between a sign of the first and a character outside the second is taken for a blank."""
OPENERS = frozenset("（“《　\n")
CLASH = -8.0
_FULL_WIDTH = str.maketrans(",!?:;()", "，！？：；（）")
PAIRED, UNPAIRED, HASTY = "“”（）《》", -4.0, -5.0
"""Against a quotation mark or bracket without its partner, and a stop right after a quotation begins."""
REMEMBERED = 300_000
"""Characters of a document from which its pairs and triples are taken; a report has some twenty thousand."""
CARRIED = 1000
"""Characters before a line in which a quotation that it continues may have begun."""
_READ_LETTER = re.compile(rf"[@-~]\([{LETTERS}]{{1,6}}\)")
MARK_SIGNS = "、，。！？,!?"

VANISH, LOST_SIGN, SIMPLIFIED, ODD_READING, TEAR = -2.3, -12.0, -4.0, -6.0, -2.0
"""What is taken off a reading (natural logarithm): for a pair that vanished; for an ASCII sign that was swallowed
and cannot be known; for a simplified character in traditional text; against the readings on the page; for each
tear."""

Pieces = tuple[Any, str, int, bool] | None


@dataclass(frozen=True, slots=True)
class Run:
    """A torn run as it was read: where it stands on the page, what it was, and how much of that was chosen."""

    start: int
    end: int
    after: str
    guesses: int
    vanished: int
    lost: int
    blanks: int = 0


@dataclass(slots=True)
class Reading:
    """One way to read a stretch of the page.

    `pending` holds the lead bytes possible for an original character of which the second byte is still to
    come; it is empty outside a torn run. `pieces` are the original characters so far as a linked list, the last
    one first: what came before, the character, its place on the page, whether it was torn.
    """

    place: int
    pending: bytes
    state: State
    pieces: Pieces
    cost: float = 0.0
    guesses: int = 0
    vanished: int = 0
    lost: int = 0
    blanks: int = 0
    torn_from: int = -1
    torn_to: int = -1
    before: str = ""
    opened: str = ""
    read: bool = False
    closed: tuple[Run, ...] = ()

    def copy(self) -> Reading:
        """Return the same reading again, to be read on from."""
        return Reading(
            self.place,
            self.pending,
            self.state,
            self.pieces,
            self.cost,
            self.guesses,
            self.vanished,
            self.lost,
            self.blanks,
            self.torn_from,
            self.torn_to,
            self.before,
            self.opened,
            self.read,
            self.closed,
        )

    def close(self, place: int) -> None:
        """End the torn run before this place of the page."""
        self.pending, self.torn_to = b"", place
        signs, pieces = [], self.pieces
        while pieces and pieces[3] and pieces[2] >= self.torn_from:
            signs.append(pieces[1])
            pieces = pieces[0]
        after = "".join(reversed(signs))
        run = Run(self.torn_from, place, after, self.guesses, self.vanished, self.lost, self.blanks)
        self.closed = (*self.closed, run)
        self.guesses = self.vanished = self.lost = self.blanks = 0

    @property
    def rank(self) -> float:
        """The score, hoping that an unfinished word will be finished."""
        return self.state.rank + self.cost

    @property
    def score(self) -> float:
        """Natural logarithm: the language model's worth, less what was taken off."""
        return self.state.score + self.cost

    @property
    def last(self) -> str:
        """The last original character."""
        return self.pieces[1] if self.pieces else ""

    @property
    def last_torn(self) -> bool:
        """Whether the last original character was torn."""
        return bool(self.pieces and self.pieces[3])

    def text(self) -> str:
        """Return the original characters as a string."""
        signs, pieces = [], self.pieces
        while pieces:
            signs.append(pieces[1])
            pieces = pieces[0]
        return "".join(reversed(signs))


def best_of(readings: list[Reading]) -> list[Reading]:
    """Return the best readings of a place, at most three that will go on alike."""
    ordered = sorted(readings, key=lambda reading: (-reading.rank, reading.state.tail, reading.pending))
    kept: list[Reading] = []
    alike: dict[tuple[bytes, str], int] = {}
    for reading in ordered:
        if reading.rank < ordered[0].rank - WIDTH:
            break
        key = (reading.pending, reading.state.tail)
        if alike.get(key, 0) < 3:
            alike[key] = alike.get(key, 0) + 1
            kept.append(reading)
            if len(kept) == BEAM:
                break
    return kept


def remembered(page: str) -> str:
    """Return the page without bracketed readings and without the stretches after a suspicious `?`."""
    kept = BRACKETED.sub("", re.sub(r"\?[^\n]{0,12}", "\n", page))
    return kept.translate(_FULL_WIDTH)


def clash(before: str, sign: str) -> float:
    """Return what is taken off for two signs that do not follow one another, such as 。、 or （，."""
    barred = before in OPENERS or (before in STOPS and sign in STOPS)
    return CLASH if barred and (sign in STOPS or sign in "）”》") else 0.0


def pair_up(opened: str, sign: str) -> tuple[str, float]:
    """Return the quotation marks and brackets open after one more, and what is taken off if it has no partner."""
    if sign in PAIRED[::2]:
        return opened + PAIRED[PAIRED.index(sign) + 1], UNPAIRED if opened[-1:] == "”" and sign == "“" else 0.0
    if sign in opened:
        return opened[: opened.rindex(sign)], 0.0
    return opened, UNPAIRED


@cache
def by_trail() -> dict[int, dict[int, str]]:
    """Return trail byte → lead byte → character."""
    table: dict[int, dict[int, str]] = {}
    for pair, character in gbk_pairs().items():
        table.setdefault(pair[1], {})[pair[0]] = character
    return table


@cache
def by_lead() -> dict[int, str]:
    """Return lead byte → its characters."""
    table: dict[int, str] = {}
    for pair, character in gbk_pairs().items():
        table[pair[0]] = table.get(pair[0], "") + character
    return table


def is_annotated(character: str, *, reading: str) -> bool:
    """Return whether a mirror site may write this reading after the character.

    Only common characters that the conversion to traditional script has changed are given a reading.

    Examples
    --------
    >>> is_annotated("驅", reading="qū"), is_annotated("屈", reading="qū")
    (True, False)
    """
    simple = simplified_map().get(ord(character))
    return (
        simple is not None
        and is_reading(character, reading=reading)
        and load_model().single(simple) > ANNOTATED_LEAST
    )


@lru_cache(maxsize=4096)
def read_with_lead(lead: int, reading: str) -> str:
    """Return the characters with this lead byte and this reading."""
    return "".join(char for char in by_lead().get(lead, "") if is_annotated(char, reading=reading))


@cache
def spellings() -> dict[str, str]:
    """Return simplified character → the characters of GBK that are written so or become it."""
    simple = simplified_map()
    table: dict[str, str] = {}
    for character in gbk_pairs().values():
        plain = simple.get(ord(character), character)
        table[plain] = table.get(plain, "") + character
    return table


@cache
def vanishing() -> dict[int, bytes]:
    """Return first byte → second bytes with which it forms a pair that GBK leaves unassigned."""
    table = {}
    for first in range(0x81, 0xFF):
        seconds = bytes(second for second in ALL_LEADS if bytes((first, second)) not in gbk_pairs())
        if seconds:
            table[first] = seconds
    return table


@cache
def converted_away() -> frozenset[str]:
    """Return the characters of GBK that a conversion to traditional script changes or never writes (旣 for 既)."""
    import opencc

    hanzi = [character for character in gbk_pairs().values() if "\u4e00" <= character <= "\u9fff"]
    converted = opencc.OpenCC("s2t").convert("\n".join(hanzi)).split("\n")
    turned = dict(zip(hanzi, converted, strict=True))
    variants = {
        old for old in hanzi if turned.get(simple := simplified_map().get(ord(old), old)) == simple != old
    }
    return frozenset({old for old, new in turned.items() if old != new} | variants)


@cache
def plausible(model: LanguageModel, least: float) -> frozenset[str]:
    """Return the characters of GBK, and their simplified ones, that are at least so likely."""
    simple = simplified_map()
    found = set()
    for character in gbk_pairs().values():
        plain = simple.get(ord(character), character)
        if model.single(plain) > least or model.opening(plain) > least:
            found |= {character, plain}
    return frozenset(found)


def page_bytes(sign: str) -> tuple[bytes, ...]:
    """Return the pairs of bytes that show as this sign: its own, or that of its full-width form.

    Examples
    --------
    >>> [pair.hex() for pair in page_bytes(",") + page_bytes("區")]
    ['a3ac', '855e']
    """
    if sign.isascii():
        return (bytes((0xA3, ord(sign) + 0x80)),) if "!" <= sign <= "~" else ()
    pair = sign.encode("gbk", "ignore")
    return (pair,) if len(pair) == 2 else ()


class Search:
    """The search in one document.

    Parameters
    ----------
    page : str
        The whole text.
    model : LanguageModel
        Ranks what the bytes allow.
    """

    def __init__(self, page: str, *, model: LanguageModel) -> None:
        self._page, self._model = page, model
        self._simple = simplified_map()
        self._memory = DocumentMemory(remembered(page[:REMEMBERED]).translate(self._simple))
        self._on_page = frozenset(page)
        self._table = {found[1]: found[2] for found in ANNOTATED.finditer(page)}
        self.mirrored = any(sign in TONED for read in self._table.values() for sign in read)
        """Whether the page has bracketed readings, as mirror sites insert them."""
        self._kept, self._common = plausible(model, LEAST_LIKELY), plausible(model, COMMON)
        self._converted = converted_away()
        self._cache: dict[str, frozenset[str]] = {}
        self._carried = ""
        self.reached = 0
        """The place of the page up to which the last search has read."""
        self.steps = 0
        """How many characters the last search has tried."""

    def context(self, start: int) -> Reading:
        """Return the reading of the undamaged characters right before `start`."""
        before = BRACKETED.sub("", self._page[max(0, start - 40) : start]).rpartition("\n")[2]
        reading = Reading(start, b"", START, None)
        for sign in ("\n" + before)[-6:]:
            reading = self._say(reading, sign, at=start, place=start)
        reading.opened = ""
        line = self._page.rfind("\n", 0, start) + 1
        for sign in self._page[max(line, start - 300) : start]:
            if sign in PAIRED:
                reading.opened = pair_up(reading.opened, sign)[0]
        self._carried = self._left_open(line)
        reading.pieces = None
        reading.cost = -reading.state.score
        return reading

    def _left_open(self, line: int) -> str:
        """Return the partners of the quotation marks and brackets still open where this line begins.

        A quotation may go on over paragraphs; a bracket only where a line is broken in mid-sentence.
        """
        opened = ""
        for sign in BRACKETED.sub("", self._page[max(0, line - CARRIED) : line]).translate(_FULL_WIDTH):
            if sign in PAIRED:
                opened = pair_up(opened, sign)[0]
        broken = self._page[line - 2 : line - 1] not in STOPS if line > 1 else False
        return "".join(sign for sign in opened if sign == "”" or broken)

    def as_it_stands(self, start: int, end: int) -> float:
        """Return what the page is worth between two places if nothing in it is torn."""
        reading = self.context(start)
        shown = self._page[start:end]
        for sign in BRACKETED.sub("", shown):
            reading = self._say(reading, sign, at=start, place=start)
        clashes = sum(clash(one, two) for one, two in pairwise(shown))
        return reading.score - clashes - 10.0 * len(_READ_LETTER.findall(shown))

    def run(self, start: int) -> list[Reading]:
        """Return the readings of the stretch that begins with the `?` at `start`, best first.

        Every reading ends at the same place, outside a torn run; the list is empty if the page allows none.
        """
        self.steps = 0
        waiting: dict[int, list[Reading]] = {start: list(self._torn_here(self.context(start)))}
        done: list[Reading] = []
        limit = start + LONGEST_RUN
        while waiting:
            place = min(waiting)
            readings = waiting.pop(place)
            if place >= len(self._page) or self._page[place] == "\n":
                readings = [reading for reading in readings if not reading.pending]
            readings = best_of(readings)
            self.reached = place
            if place > limit:
                return []
            if readings and self._settled(readings, place):
                done = readings
                break
            for turn in range(3):
                fresh: list[Reading] = []
                for rank, reading in enumerate(readings):
                    for new in self._steps(reading):
                        waiting.setdefault(new.place, []).append(new)
                    if reading.pending and rank < VANISH_BEAM[turn]:
                        fresh += self._vanished(reading)
                readings = best_of(fresh)
                if not readings:
                    break
        for reading in done:
            if reading.place >= len(self._page) or self._page[reading.place] == "\n":
                reading.cost += UNPAIRED * len(reading.opened) + (CLASH if reading.last in OPENERS else 0.0)
        return sorted(done, key=lambda reading: (-reading.score, reading.text()))

    def _settled(self, readings: list[Reading], place: int) -> bool:
        """Whether all readings have left the run, and read on far enough."""
        if any(reading.pending for reading in readings):
            return False
        ended = place >= len(self._page) or self._page[place] == "\n"
        return ended or place - max(reading.torn_to for reading in readings) >= LOOK_AHEAD

    def _say(
        self, reading: Reading, sign: str, *, at: int, place: int, torn: bool = False, cost: float = 0.0
    ) -> Reading:
        """Return the reading with one more original character, going on at `place`."""
        self.steps += 1
        simple = self._simple.get(ord(sign), sign)
        bonus = self._memory.bonus(reading.before, simple)
        if torn and sign in self._converted and sign not in self._on_page:
            cost += SIMPLIFIED
        new = reading.copy()
        new.place = place
        new.state = self._model.extend(reading.state, simple, bonus=bonus)
        new.pieces = (reading.pieces, sign, at, torn)
        new.before = (reading.before + simple)[-4:]
        new.cost += cost + (0.0 if sign in self._carried else clash(reading.before[-1:], simple))
        if simple in STOPS and 0 <= reading.before.rfind("“") > reading.before.rfind("”"):
            new.cost += HASTY
        if sign in PAIRED:
            new.opened, unpaired = pair_up(reading.opened, sign)
            nested = sign == "（" and "）" in self._carried
            new.cost += UNPAIRED if nested else 0.0 if sign in self._carried else unpaired
        return new

    def _go(self, reading: Reading, place: int, *, cost: float) -> Reading:
        """Return the reading going on at `place`, with no character more."""
        new = reading.copy()
        new.place = place
        new.cost += cost
        return new

    def _followers(self, reading: Reading) -> frozenset[str]:
        """Return the characters that go on a word here, or stand here elsewhere in the document."""
        key = reading.state.tail[-3:]
        found = self._cache.get(key)
        if found is None:
            found = self._model.followers(key) | self._memory.followers(reading.before)
            self._cache[key] = found
        return found

    def _steps(self, reading: Reading) -> Iterator[Reading]:
        """Yield every way to read on from here by at least one sign of the page."""
        page, place = self._page, reading.place
        ended = place >= len(page) or page[place] == "\n"
        sign = "" if ended else page[place]
        if reading.pending:
            yield from self._inside(reading, sign)
        elif sign == "(" and (found := BRACKETED.match(page, place)):
            wrong = reading.torn_to == place and not is_reading(reading.last, reading=found[1])
            yield self._go(reading, found.end(), cost=ODD_READING if wrong else 0.0)
        elif sign:
            if sign == "?":
                yield from self._torn_here(reading)
            wrong = reading.torn_to == place and not reading.read and reading.last in self._table
            yield self._say(reading, sign, at=place, place=place + 1, cost=ODD_READING if wrong else 0.0)

    def _torn_here(self, reading: Reading) -> Iterator[Reading]:
        """Yield the readings in which this `?` is the lead byte of a torn character."""
        page, place = self._page, reading.place
        if len(reading.closed) >= MOST_RUNS:
            return
        if found := SWALLOWED.match(page, place + 1):
            leads = self._leads_read(place, found[1])
            if not leads:
                return
            new = self._go(reading, found.end(), cost=TEAR)
            new.pending = leads
            new.torn_from = place
            yield new
        elif page[place + 1 : place + 2] in MARK_SIGNS and place + 1 < len(page):
            new = self._go(reading, place, cost=TEAR)
            new.pending, new.torn_from = ALL_LEADS, place
            for pair in page_bytes(page[place + 1]):
                yield from self._complete(new, pair[0], place=place + 2, pending=pair[1:])

    def _leads_read(self, place: int, read: str) -> bytes:
        """Return the lead bytes that form a character of this reading with the last byte before the `?`."""
        before = BRACKETED.sub("", self._page[max(0, place - 12) : place])[-1:]
        last = page_bytes(before)[0] if before and page_bytes(before) else b""
        pairs = gbk_pairs()
        return bytes(
            lead
            for lead in ALL_LEADS
            if last
            and (character := pairs.get(bytes((last[1], lead))))
            and is_annotated(character, reading=read)
        )

    def _complete(
        self,
        reading: Reading,
        trail: int,
        *,
        place: int,
        pending: bytes,
        inserted: bool = False,
        sure: bool = True,
        cost: float = 0.0,
    ) -> Iterator[Reading]:
        """Yield the readings whose open character ends in this byte.

        `inserted`: something may have come after it; `sure`: the byte stands on the page.
        """
        leads = by_trail().get(trail, {})
        found = [leads[lead] for lead in reading.pending if lead in leads]
        guess = len(found) > 1 or not sure
        likely = self._followers(reading) if guess else frozenset()
        for character in found:
            if guess:
                simple = self._simple.get(ord(character), character)
                if character not in self._kept or not (simple in self._common or simple in likely):
                    continue
            odd = not inserted and (character in self._table or (character in MARKS and reading.last_torn))
            new = self._say(
                reading,
                character,
                at=reading.place,
                place=place,
                torn=True,
                cost=cost + ODD_READING if odd else cost,
            )
            new.pending = pending
            new.guesses += guess
            if not pending:
                new.close(place)
                new.read = False
            yield new

    def _inside(self, reading: Reading, sign: str) -> Iterator[Reading]:
        """Yield the ways to read on inside a torn run."""
        page, place = self._page, reading.place
        if not sign:
            return
        if sign == "(" and (found := BRACKETED.match(page, place)):
            wrong = not is_reading(page[place - 1], reading=found[1])
            yield self._go(reading, found.end(), cost=3 * ODD_READING if wrong else 0.0)
        if sign == "?":
            yield from self._orphan(reading)
        if sign == "€" or (sign.isascii() and 0x40 <= ord(sign) <= 0x7E):
            trail = 0x80 if sign == "€" else ord(sign)
            yield from self._complete(reading, trail, place=place + 1, pending=b"", inserted=True)
        for pair in page_bytes(sign):
            marked = sign in MARK_SIGNS
            if chr(pair[1]).isascii() and chr(pair[1]).isalpha():
                yield from self._letter(reading, pair, place=place + 1)
            yield from self._complete(reading, pair[0], place=place + 1, pending=pair[1:], inserted=marked)

    def _letter(self, reading: Reading, pair: bytes, *, place: int) -> Iterator[Reading]:
        """Yield the readings in which the second byte of this sign is a Latin letter of its own; the run ends."""
        for new in self._complete(reading, pair[0], place=place, pending=bytes((0x81,))):
            letter = self._say(new, chr(pair[1]), at=reading.place, place=place, torn=True)
            letter.close(place)
            letter.read = False
            yield letter

    def _vanished(self, reading: Reading) -> Iterator[Reading]:
        """Yield the readings in which a pair of bytes between here and the sign before has vanished."""
        for first, seconds in vanishing().items():
            for new in self._complete(
                reading, first, place=reading.place, pending=seconds, sure=False, cost=VANISH
            ):
                new.vanished += 1
                yield new

    def _orphan(self, reading: Reading) -> Iterator[Reading]:
        """Yield the readings in which this `?` is the trail byte of the open character; the run ends here."""
        page, place = self._page, reading.place
        found = SWALLOWED.match(page, place + 1)
        after = page[place + 1 : place + 2]
        lost = not found and bool(after) and after != "\n" and after not in MARK_SIGNS
        end = found.end() if found else place + 1
        if found:
            wanted = [char for lead in reading.pending for char in read_with_lead(lead, found[1])]
        elif len(reading.pending) <= MANY:
            wanted = [
                char for lead in reading.pending for char in by_lead().get(lead, "") if char in self._kept
            ]
        else:
            spelt = (
                char for simple in sorted(self._followers(reading)) for char in spellings().get(simple, "")
            )
            wanted = [char for char in spelt if char.encode("gbk")[0] in reading.pending]
        for character in wanted:
            new = self._say(reading, character, at=place, place=end, torn=True)
            if lost and character in AROUND_BLANKS and "\u4e00" <= after <= "\u9fff" and after not in COUNTERS:
                new = self._say(new, " ", at=place, place=end, torn=True)
                new.blanks += 1
            elif lost:
                new = self._say(new, "?", at=place, place=end, torn=True, cost=LOST_SIGN)
                new.lost += 1
            new.guesses += not found or len(wanted) > 1
            new.read = bool(found)
            new.close(end)
            yield new
