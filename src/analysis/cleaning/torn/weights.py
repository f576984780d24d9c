"""Every number by which hypotheses about torn text are ranked, with the reason for its size.

All weights are natural logarithms: -2.3 is one in ten, -4.6 one in a hundred. Those marked [tuned] were set by
trial on the development reports that `benchmarks/repair.py` names; its second row gives the figures for reports
that were never looked at. [tried] means that half and twice the size were run on 172 torn lines of the development
reports, of which 157 are repaired exactly. None is an estimate. Most are steps on a coarse scale (unusual: -2 to -4, odd: -6 to
-8, next to impossible: -10 and below), and the order of the steps matters more than their size.
"""

from __future__ import annotations

# --- The search: how many hypotheses are kept -------------------------------------------------------------

BEAM = 32
"""Hypotheses kept at a position of the page. The true one is rarely first while half a word is read. [tried] Half as
many, or twice, repair exactly as many lines; the time goes with the number."""
VANISHED_BEAMS = (12, 4)
"""Hypotheses read on with one pair vanished at this position, and with a second: each has dozens of
continuations, so only the best can be afforded. Three pairs vanishing side by side were never seen."""
WIDTH = 20.0
"""How far behind the best one a hypothesis may fall, half-way, and be kept: as far as the rarest character is from a common
one. [tried] Half and twice as much repair exactly as many lines."""
ALIKE = 3
"""Hypotheses kept that will go on alike: one to win and two to be listed as alternatives."""
LOOK_AHEAD = 8
"""Characters after a run that are read with it, so that its last word counts whole: one more than the longest
word of the model. [tried] With four, five lines in 172 are lost; with sixteen none is won."""
LONGEST_RUN = 120
"""Characters of the page after which a run that has not ended is given up: the next reading or bracket, which
ends a run, stands far nearer on a mirror page."""
MOST_RUNS = 6
"""Runs that are read together because they stand close to one another; beyond, hypotheses only multiply."""

# --- Which characters are considered ----------------------------------------------------------------------

LEAST_LIKELY = -18.0
"""Log probability below which a character is not guessed: just above `UNKNOWN_HANZI`, so that what no word
holds is never guessed. One that the bytes prove may be as rare as it likes."""
ANNOTATED_LEAST = -15.0
"""Log probability below which a character is given no reading; the rarest seen on a page is 礎, at -13.6."""
COMMON = -9.5
"""Log probability above which a character is guessed even where it goes on no word: some 850
simplified ones."""
FEW_LEADS = 8
"""Lead bytes up to which every character that begins with one of them is tried for a lone `?`. Each has up to 190;
beyond, only those that go on a word."""

# --- What is taken off for the damage ---------------------------------------------------------------------

TEAR = -2.0
"""For each tear: of two repairs that read equally well, the one that supposes less damage."""
VANISHED = -2.3
"""For a pair of bytes that vanished: of the pairs of two lead bytes one in ten is unassigned. [tuned, from -3]"""
SWALLOWED_ASCII = -12.0
"""For an ASCII character that was swallowed and cannot be known: it is a last resort, and leaves a visible `?`."""
WRONG_SCRIPT = -4.0
"""For a simplified character on a page in traditional script, unless the page shows it elsewhere: conversions
leave some behind."""
ODD_READING = -6.0
"""Against the readings on the page: a character that is always annotated stands bare, or the bracket behind a run
is none of its last character. Unusual enough to lose to any sensible rival, not enough to rule out, since the
table of a site is never wholly known."""
FOREIGN_READING = 3 * ODD_READING
"""For a bracket inside a run that is no reading of the character shown before it: an insertion stands right behind
the bytes that were searched for, and inside a run these show as one character. So the run has ended before."""

# --- What is taken off for punctuation --------------------------------------------------------------------

CLASH = -8.0
"""For two marks that do not follow one another, such as 。、 or （，. [tuned]"""
UNPAIRED = -4.0
"""For a quotation mark or bracket without its partner: authors forget some, so it is only unusual. [tuned]"""
HASTY_STOP = -5.0
"""For a stop within three characters after “: a quotation that short rarely holds one. [tuned]"""
LETTER_BEFORE_READING = -10.0
"""For each Latin letter with a reading (`M(jìn)`) in the page as it stands: no author writes that."""

# --- What the document adds -------------------------------------------------------------------------------

SEEN_PAIR = 2.0
"""For a pair of characters that stands elsewhere in the document: some seven times likelier. [tuned]"""
SEEN_TRIPLE = 2.0
"""The same again for a triple. [tuned]"""
CACHED_CHARACTERS = 300_000
"""Characters of a document that are cached; a report has some twenty thousand, a book should not take for ever."""
CARRIED_CHARACTERS = 1000
"""Characters before a line in which a quotation that it continues may have begun: some three paragraphs."""
OPENED_CHARACTERS = 300
"""Characters of the line itself that are searched for what is open: enough for a paragraph, and no more, since a
page may be one line."""

# --- When a hypothesis is believed ------------------------------------------------------------------------

GAIN = 12.0
"""How much likelier than the page as it stands the repaired text must be. Undamaged reports, in either script and
width, are left alone without exception at this size (`benchmarks/repair.md`)."""
LONE_GAIN = 20.0
"""The same where the page has no bracketed reading at all, so that nothing else speaks for a mirror site. There,
marks alone (`?,?`) are never taken for torn."""
SURE = 6.0
"""How much likelier than any other a proved hypothesis must be: four hundred times."""
POOR = -10.0
"""Mean log probability a character below which a repair is no Chinese and the run stays unresolved. National reports
have -4.3 to -4.7; common characters at random have -8.2, any of GB 2312's first level -11.7."""

# --- How long a search in vain may take -------------------------------------------------------------------

FAR = 40
"""A search in vain that has read further than this is not begun again inside what it read."""
PATIENCE = 5.0
"""Searches in vain, one after the other, after which the rest of the text is left alone: no text takes for ever."""
SHORT_SEARCH = 0.1
"""What a search in vain counts that has not read so far."""
LONE_SEARCH = 0.4
"""What a search counts in addition, at least, where the page has no bracketed reading: an ordinary text with
question marks before commas is given up after some ten."""
LONE_HYPOTHESES = 12_000
"""Hypotheses on such a page that count as one search in vain: about a third of a second."""

# --- The language model -----------------------------------------------------------------------------------

SINGLE_MARKS = {
    "，": -3.0, "。": -3.6, "、": -4.0, "“": -5.2, "”": -5.2, "：": -6.5, "；": -6.0, "！": -6.5, "？": -8.0,
    "《": -7.0, "》": -7.0, "（": -6.5, "）": -6.5, "　": -7.0, "—": -12.0, "…": -12.0, "·": -9.0, "％": -8.0,
    "〔": -9.0, "〕": -9.0, "‘": -10.0, "’": -10.0, "－": -11.0, "～": -11.0, "．": -11.0, "＋": -11.0,
    "「": -9.0, "」": -9.0, "『": -11.0, "』": -11.0,
    "\n": -4.0, ",": -3.5, "?": -12.0, ":": -6.5, ";": -6.0, "!": -7.0, "(": -6.5, ")": -6.5, ".": -6.5,
    "%": -6.5, "-": -8.0, "+": -8.0, " ": -8.0, "/": -9.0,
}  # fmt: skip
"""Punctuation, which jieba's dictionary lacks: rounded by hand; most are within one of the logarithm of their share
in national reports (， -2.6, 。 -3.0, 、 -3.5, “ -5.6). — and … are rare alone: they come in pairs. `?` is what a torn
page is full of, so reading one as itself must never be cheap."""
DIGIT = -5.0
"""Any one digit: dates, shares and amounts are frequent, each digit a tenth of that."""
WIDE_DIGIT = -6.0
"""A full-width digit; pages have mostly the others."""
LETTER = -8.0
"""A Latin letter: a report has a few (GDP, VR)."""
OTHER_CHARACTER = -15.0
"""Every other mark, Greek and Cyrillic letters, box drawing: GBK has hundreds, and prose none of them."""
UNLISTED_HANZI = -17.0
"""A Chinese character that the dictionary has only inside of words."""
UNKNOWN_HANZI = -19.0
"""One that no word holds: below `LEAST_LIKELY`, so only bytes can prove it."""
RARE_FROM = -10.0
"""Log probability below which a single character is rarer in official prose than in jieba's dictionary: that
gives any character at least a count or two, and mojibake is made of such characters."""
RARER_STILL = 1.6
"""By how much the logarithm grows from there. [tuned]"""
NOTHING_BEGINS = -1e9
"""No word begins so. A number, and not minus infinity, so that sums and differences stay defined."""

# --- The words of official prose, as counts on the scale of jieba's 60 million ----------------------------

AFTER_STOP = {"。": 8.0 * 0.027, "，": 2.8 * 0.05}
"""How much commoner the openers of clauses are after a stop than elsewhere, times the share of the stop itself (the
logarithms -3.6 and -3.0 of `SINGLE_MARKS`). [tuned]"""
COUNT_UNLISTED_OPENER = 50
"""For an opener of more than one word (总的看), which jieba does not list."""
COUNT_QUOTING = {"。”": 60000, "”。": 40000, "”，": 30000, "：“": 30000, "、“": 30000}
"""Quotation marks with a stop: each about one in a thousand words. [tuned]"""
COUNT_DASH = 60000
"""——, one in a thousand words."""
COUNT_ELLIPSIS = 6000
"""……, a tenth of that."""
COUNT_DATE = 1000
"""3月, 15日: each of 86 dates one in sixty thousand."""
COUNT_DATE_WITH_UNIT = 3000
"""年3月, 月15日: likelier, since the unit before promises a number."""
COUNT_NUMBERING = {
    "（{}）": 20000,
    "　（{}）": 60000,
    "　{}、": 20000,
    "{}、": 2000,
    "　{}是": 10000,
    "{}是": 3000,
    "第{}": 2000,
}
"""Numbering by its form: commonest after the indent that begins a paragraph, where mirror sites tear it (　（ holds
the bytes of 。). [tuned]"""
COUNT_POLICY_TERM = 300
"""A term of the policy dictionary, as common as a middling word of jieba's."""
