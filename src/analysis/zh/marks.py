"""Punctuation by its purpose: what ends a sentence, a statement, a clause, a line; what opens and what closes.

GB/T 15834 divides marks into 点号, which stop, and 标号, which enclose or point. The stops are 句末点号 (the sentence
is over) and 句内点号 (it goes on). Every set here is built from these two, so that a new mark is added once.

Each set holds the half-width form too. A cleaned text has hardly any left, but raw texts are parsed and
searched as well, and one rule for both cannot drift apart. The half-width full stop `.` is nowhere among
them: in Chinese pages it is a decimal point (99.6%), part of an address or of a version (2.0版), and only once in a
thousand the end of a sentence.
"""

from __future__ import annotations

SENTENCE_ENDS = "。！？!?"
"""句末点号: the sentence is over. … is not here: it may stand inside a sentence (党的建设……等方面)."""
PAUSES = "，、；：,;:"
"""句内点号: the sentence goes on. Nothing ends with one of these unless it was cut off."""
STOPS = SENTENCE_ENDS + PAUSES
"""点号: every mark that stops, at the end or inside."""

# A second name beside SENTENCE_ENDS: the standard lets ； part clauses within one sentence, and a report strings
# ten of them together. Whoever wants to show, date or judge one statement wants the stretch between two ；.
STATEMENT_ENDS = SENTENCE_ENDS + "；;"
"""What ends a statement: a sentence, or a member of a series parted by ；."""

# With ：, because what stands before a colon only announces; without 、, because it parts words and not clauses.
CLAUSE_ENDS = STATEMENT_ENDS + "：:，,"
"""What ends a clause: every stop but 、."""

# Without ，: a heading, a salutation or a title may have commas, while a colon is how a salutation ends.
LINE_ENDS = STATEMENT_ENDS + "：:"
"""What ends a heading, a salutation or a paragraph that has a line of its own."""

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",  # quotation marks of traditional script and of vertical print
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",  # around the year in a document's number: 国发〔2024〕5号
    "［": "］",
    "[": "]",
    "〖": "〗",
}
"""What opens and what closes it. Straight quotation marks are not here: the same one opens and closes."""
OPENERS = "".join(PAIRS)
"""What opens a quotation, a title or a bracket; nothing ends with one."""
CLOSERS = "".join(PAIRS.values())
"""What closes one; it stays with what it closes."""
STRAIGHT_QUOTES = "\"'"
"""Typewriter quotation marks: they close as often as they open, so they count only where both do no harm."""

# A quotation, a title or a bracket within one line. Inside “” no “ may stand: the shortest one is meant.
QUOTATION = "|".join(
    rf"{left}[^{left}{right}\n]*{right}" for left, right in ("“”", "「」", "『』", "《》", '""')
)
"""A pattern for what is quoted or titled: words that are another's and are not to be changed."""

FULL_WIDTH = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
"""Half-width marks that have a full-width form in Chinese. `.` has two (。 and ．) and is left alone; `%`, `-` and `/`
are the same in both and stay as they were typed."""

CHINESE_MARKS = "\u3001-\u3003\u3008-\u3011\u3014-\u301b“”‘’…—，：；？！（）％"
"""Marks that stand in Chinese text only, for use inside a regular expression's brackets: 、。〃, every bracket from 〈 to 】
and from 〔 to 〛, and the full-width ones. “”‘’…— are Western too, but a page in Chinese has them in Chinese use."""

COMMON_MARKS = "，。、；：！？（）《》“”「」…—　"
"""The marks of running prose, with the indent: by their share a reading of bytes is known to be Chinese. Rare ones (〔〖〃)
are left out on purpose, since a wrong reading strews them about."""

# A third set of stops, full width only and without the colon. The half-width ones belong to figures (1,992, 8:30), so
# that a stretch with figures in it must not end there; rows of links and dates have them and colons in plenty
# (时间:2024-05-01 10:30), but nobody writes 。 or ， into such a row.
PROSE_STOPS = "。；，！？"
"""Stops of running text: they end a clause that may hold figures, and tell prose from rows of links."""
# Without 、 and the colon, which titles have (关于深化改革、扩大开放的意见), and without ！ and ？: a headline may call or ask.
NEVER_IN_TITLES = "。，；,;"
"""Stops that make a line a sentence, so that it is no title."""
