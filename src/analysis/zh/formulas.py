"""Formulas of speeches and reports: salutations, closing addresses, sign-offs, and how headings are numbered."""

from __future__ import annotations

import re

from .characters import DIGIT, HANZI
from .marks import LINE_ENDS
from .numerals import ORDINALS, YEAR_DIGITS

# --- addresses -----------------------------------------------------------------------------------------------
# 同志们 stands first because it is the commonest by far; 同志們 beside it, because titles are guessed from raw pages
# that mirror sites have put into traditional script. Offices (主任、各位副主任：) need no list: they come with 各位.
ADDRESSEES = ("同志们", "同志們", "女士们", "先生们", "朋友们", "代表们", "委员们", "乡亲们")
"""Whom a speech addresses by one word."""
_ADDRESSEE = "|".join(ADDRESSEES)

# A line that is a salutation from beginning to end. It may name others first (尊敬的王书记、同志们：), and ends in ： or
# ！; a comma would make it the beginning of a sentence (同志们，今天我们……), which `CLOSING_ADDRESS` is for.
SALUTATION_LINE = re.compile(
    rf"^(?:尊敬的)?[^。；，]{{0,20}}?(?:各位[^。；：:！!]{{1,24}}|{_ADDRESSEE})[、，\s]*[^。；]{{0,12}}[：:！!]$"
)
"""A line that is a salutation and nothing else."""

# A second name, because a text that has lost its line ends has the salutation glued to its first sentence. So
# nothing may follow the addressee but a colon, and the names before it may be no longer than an office.
GLUED_SALUTATION = re.compile(
    rf"^(?:同志们|各位[{HANZI}]{{2,6}}|(?:各位[{HANZI}]{{2,6}}、?){{1,3}}同志们)[：:](?=[^\n])", re.MULTILINE
)
"""A salutation at the beginning of a line that goes on behind it."""

# A third one, for a title's neighbourhood in a raw page: there the first words are enough, since all that is asked
# is whether a line can be a title. Lines that end in a colon introduce something and are none either.
NO_TITLE_BEGINS = rf"尊敬的|各位|大家|{_ADDRESSEE}"
"""Words with which a text begins, and so no title does."""
SALUTATION_BEGINS = re.compile(rf"^(?:{NO_TITLE_BEGINS})|[：:]$")
"""The beginning of a salutation, or a line that introduces what follows."""
BODY_BEGINS = re.compile(rf"[\s　]*(?:{NO_TITLE_BEGINS}|[（(]?一[）)、])")
"""What stands behind a title that was glued to the text: a salutation, or the first heading."""

# The hearers are addressed again where a speech ends. With the comma, since the last paragraph goes on behind it.
CLOSING_ADDRESS = re.compile(r"^(?:各位[^，,。！!：:；]{1,8}|同志们|同志們|朋友们|女士们、先生们)[，,！!：:]")
"""A paragraph that addresses the hearers once more: near the end of a text it begins the closing."""
RUN_ON_CLOSING = re.compile(rf"(?<=[{HANZI}”])同志们，")
"""The same inside a paragraph whose full stop before it is lost."""

# Thanks, 完了 (shorthand records of the 1950s), or the date under a report, in digits of either kind.
SIGN_OFF = re.compile(
    r"^(?:谢谢[^。]{0,6}[！!。]?|完了[！。，].{0,6}"
    rf"|[（(]?(?:[{DIGIT}]{{4}}|[{YEAR_DIGITS}]{{4}})年[{DIGIT}{ORDINALS}]{{1,2}}月(?:[{DIGIT}{ORDINALS}]{{1,3}}日)?[）)]?)$"
)
"""A last line that is no text: thanks, or the date of the signature."""

# --- how headings are numbered -------------------------------------------------------------------------------
# The order of levels is that of GB/T 9704, the format of official documents: 一、 （一） 1. （1）. At most three
# characters, 二十一: nobody numbers further.
_ORDINAL = f"[{ORDINALS}]{{1,3}}"

HEADING_NUMBERS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (1, rf"{_ORDINAL}、(?!{_ORDINAL}、|[{ORDINALS}]?产业)\s*"),  # not 一、二、三产业
        (1, rf"第{_ORDINAL}(?:部分|章|篇)[\s：:，、]*"),  # not 条: an article is text and no heading
        (2, rf"[（(〔]{_ORDINAL}[）)〕][、，\s]*"),
        (3, rf"[{DIGIT}]{{1,2}}(?:[.．](?![{DIGIT}])|、(?![{DIGIT}]))\s*"),  # not 1.5, not 3、5号楼
        (4, rf"[（(][{DIGIT}]{{1,2}}[）)]\s*"),
        (4, r"[①-⑳]\s*"),
        (
            4,
            r"—{2,}\s*",
        ),  # a dash in front of each of a series, as in reports of the National People's Congress
    )
)
"""Level and number of a heading that begins its line."""

# Inside a paragraph a series is counted 一是, 二要 or 第一，. Not 是非 (一是非 does not occur, but 是非 does), not 要，
# (那就要，), and not 第一，第二，第三产业, where the numbers are a list.
SERIES_NUMBER = re.compile(
    rf"(?:(?<=[{LINE_ENDS}，,、”])|^)\s*((?:[{ORDINALS}]{{1,2}}(?:是(?!非)|要(?=[^，。]))|第[{ORDINALS}]{{1,2}}[，,、：](?!第)))"
)
"""The number of a heading that stands inside a paragraph; group 1 is the number."""

# What a text that has lost its line ends still shows. Both brackets are optional on the left, since pages lose it.
RUN_ON_NUMBER = re.compile(rf"(?P<first>{_ORDINAL})、|(?P<left>[（(]?)(?P<second>{_ORDINAL})[）)]")
"""A heading's number anywhere: `first` 一、, or `second` （一） with what is `left` of its bracket."""

# Any numbering at all, for lines of which only this is asked: a title has none, and a wrapped line with one begins
# something new. With 100 and more (第一百二十条), and with Arabic digits.
NUMBERED = rf"[（(]?[{ORDINALS}\d]{{1,3}}[)）、.．]"
"""The beginning of a numbered line; a pattern."""
NUMBERED_PART = rf"第[{ORDINALS}\d]{{1,4}}[章节条款项部编]"
"""The beginning of a part, chapter or article; a pattern."""

# 统一、规范 is no heading 一、规范. The words are those that end in 一 before 、 in reports; digits, because 十一、 is
# eleven, and 第, since 第一、 counts otherwise.
WORDS_WITH_ONE = "统唯万之其逐单同专划合不如第十星期周初每某任惟归期"
"""Characters after which 一 belongs to a word."""

UNNUMBERED_HEADING = re.compile(r"^(?:结束语|结语|前言|引言|导言|序言)$")
"""Headings that need no number to be known."""
