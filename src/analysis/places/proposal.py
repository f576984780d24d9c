"""Which place a document belongs to, by what its owner states, its title, its file name and its first and last lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..zh.characters import HANZI
from ..zh.numerals import DIGITS, ORDINALS, YEAR_DIGITS
from .gazetteer import Named, load_divisions, nearest_years
from .in_text import RIGHT, narrow, scan
from .reading import COUNTRY_LEVEL, Certainty, Reading, candidate, read_name

TOP_LINES, LAST_LINES, TOP = 12, 4, 600
LONGEST_LINE = 60
"""A sign-off or the line under a title is short; in a paragraph a place is something that is spoken about."""
BEFORE = re.compile(rf"(?:[^{HANZI}]|年度?|[{YEAR_DIGITS}十]+[年月日]度?|[月日]|中共|在|关于|印发|转发|批转)*")
"""What may stand in a title before the place that it belongs to."""
CENTRAL = re.compile(
    r"中共中央|中央(?:经济|农村|全面|办公厅|政法|纪委|军委)|国务院|全国(?:人民代表大会|人大|政协)|最高人民(?:法院|检察院)|中国共产党(?:第|章程|中央)"
    rf"|中华人民共和国|第[{DIGITS}十]+届全国|(?:国家|中国)[{HANZI}]{{2,12}}(?:局|委员会|委|总署|银行)(?=$|关于|公告|令|[^{HANZI}])"
    r"|(?:外交|国防|教育|科学?技术?|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|住房和?城乡建设|交通运输|水利|农业农?村?|商务|文化和?旅?游?)部"
    rf"(?=$|等|关于|办公厅|公告|令|、|[^{HANZI}])"
)
"""Organs of the centre that issue a document; the places in its title are what it is about."""
CENTRAL_LINE = re.compile(rf"第?[{DIGITS}十]*届?全国人民代表大会|国务院总理|第[{DIGITS}十]+届全国")
VOICE = re.compile(
    rf"(?P<assembly>在)(?=[{HANZI}]{{0,30}}第[{ORDINALS}]+届)|(?:代表|受)(?=[{HANZI}]{{0,30}}?(?:政府|国务院|委员会|法院|检察院))"
)
"""Who speaks, in the first sentences: 在信阳市第六届人民代表大会上, 我代表市人民政府, 我受国务院委托."""
GOVERNMENT = re.compile(rf"(?:中共中央和)?(?:中华人民共和国)?国务院|第[{DIGITS}十]+届全国人民代表大会")
OFFICE = re.compile(
    rf"(?:人民)?政府|第[{ORDINALS}]+[届次]|人民代表大会|人大|政协|[省市区县州旗盟]委|委员会|[代副]*[省市区县州旗盟]长|主席|人民(?:法|检察)院"
)
BELOW = re.compile(
    rf"(?![全各本我])[{HANZI}]{{1,9}}?(?:镇|乡|街道|开发区|园区|新区|示范区|高新区|(?<!治)[区县市旗])(?:办事处|管委会|管理委员会)?"
    rf"(?={RIGHT.pattern})"
)
"""What follows a place whose document is that of a township or of a zone in it."""


@dataclass(frozen=True)
class PlaceProposal:
    """The place that a document seems to belong to, and what says so.

    `place` is the full name with its parents, `code` its division code, empty where there is none; `certainty` and
    `candidates` are as in `find_places`; `evidence` quotes the source.
    """

    place: str
    code: str
    level: str
    certainty: Certainty
    candidates: tuple[str, ...]
    evidence: str


def propose_place(
    *, place: str = "", title: str = "", text: str = "", file_name: str = "", year: int | None = None
) -> PlaceProposal:
    r"""Return the place that a document belongs to, with the evidence for it; nothing is guessed.

    The first of these sources that names a place decides: what the owner states, the title, the file name, the lines
    at the top and at the end of the text that name an office or an assembly. The others decide only between several
    places of one name; where they name another place altogether, the proposal is ambiguous. A document of a
    township or of a development zone gets no code, its county or city is a candidate. A document of the centre is
    国家级, whatever places its title is about.

    Parameters
    ----------
    place, title, text, file_name : str
        What is known of the document; all may be empty.
    year : int or None
        The document's year.

    Returns
    -------
    PlaceProposal
        `place`, `code`, `level` (国家级, 省级, 地级, 县级), `certainty`, `candidates`, `evidence`.

    Examples
    --------
    >>> found = propose_place(title="滨海县2024年政府工作报告", year=2024)
    >>> found.place, found.code, found.level, found.evidence
    ('江苏省盐城市滨海县', '320922', '县级', 'title: 滨海县')
    >>> propose_place(title="朝阳区2023年政府工作报告", text="北京市朝阳区人民政府\n……", year=2023).code
    '110105'
    >>> propose_place(title="朝阳区2023年政府工作报告", year=2023).certainty
    'ambiguous'
    """
    when = nearest_years([year])[0]
    stem = re.sub(r"\.\w{1,5}$", "", re.split(r"[/\\]", file_name)[-1])
    sources = [
        ("title", _of_title(title, when)),
        ("file name", _of_title(stem, when)),
        ("text", _of_text(text, when)),
    ]
    if place.strip():
        sources.insert(0, ("place", (place.strip(), read_name(place.strip(), when))))
    named = [(source, *found) for source, found in sources if found]
    if not named:
        return PlaceProposal("", "", "", "unknown", (), "")
    source, written, reading = named[0]
    evidence = f"{source}: {written}"
    others = [(at, words, other) for at, words, other in named[1:] if other.named or other.country]
    narrowed = narrow(reading, [other.named for _, _, other in others if other.named])
    if narrowed is not reading:
        evidence += "".join(f"; {at}: {words}" for at, words, _ in others)
    elif source != "place" and reading.certainty not in ("ambiguous", "unknown"):
        against = [(at, words, other) for at, words, other in others if not _agree(reading, other)]
        if against:
            both = (reading, *(other for _, _, other in against))
            narrowed = Reading("ambiguous", candidates=tuple(item.named for item in both if item.named))
            evidence += "".join(f"; {at}: {words}" for at, words, _ in against)
    return _proposal(narrowed, evidence)


def _proposal(reading: Reading, evidence: str) -> PlaceProposal:
    if reading.country:
        return PlaceProposal("中国", "", COUNTRY_LEVEL, reading.certainty, (), evidence)
    ended = reading.certainty == "unknown"
    candidates = tuple(candidate(named, ended=ended) for named in reading.candidates)
    if reading.named is None:
        return PlaceProposal("", "", "", reading.certainty, candidates, evidence)
    division = reading.named.division
    full = load_divisions().path(reading.named)
    return PlaceProposal(full, division.code, division.level, reading.certainty, candidates, evidence)


def _agree(one: Reading, other: Reading) -> bool:
    """Return whether two readings lie on one line, as a city and its district do."""
    if one.country or other.country:
        return one.country and other.country
    lines = [_line(named) for named in (one.named, other.named) if named]
    return len(lines) == 2 and (lines[0] <= lines[1] or lines[1] <= lines[0])


def _line(named: Named) -> set[str]:
    """Return the codes of a division and of those above it."""
    return {part.code for part in load_divisions().ancestors(named.division, named.year)} | {
        named.division.code
    }


def _of_title(title: str, year: int | None) -> tuple[str, Reading] | None:
    """Return the words that name the place a title begins with, and what they mean."""
    start = _begin(title)
    centre = CENTRAL.match(title, start)
    if centre:
        return centre.group(), Reading("exact", country=True)
    found = scan(title, year)
    if year is not None and not any(BEFORE.fullmatch(title, 0, item.start) for item in found):
        other_years = [item for item in scan(title, None) if BEFORE.fullmatch(title, 0, item.start)]
        found = [
            item._replace(reading=Reading("unknown", candidates=_meant(item.reading))) for item in other_years
        ]
    for index, item in enumerate(found):
        if not BEFORE.fullmatch(title, 0, item.start):
            return None
        words = title[item.start : item.end]
        after = found[index + 1] if index + 1 < len(found) else None
        if after and after.start == item.end + 1 and title[item.end] in "、和与及":
            both = tuple(named for part in (item, after) for named in _meant(part.reading))
            return title[item.start : after.end], Reading("ambiguous", candidates=both)
        if after and after.start == item.end:
            both = _meant(item.reading) + _meant(after.reading)
            return title[item.start : after.end], Reading("ambiguous", candidates=both)
        below = BELOW.match(title, item.end)
        if below:
            return words + below.group(), Reading("unknown", candidates=_meant(item.reading))
        return words, item.reading
    return None


def _begin(title: str) -> int:
    match = BEFORE.match(title)
    return match.end() if match else 0


def _meant(reading: Reading) -> tuple[Named, ...]:
    return (reading.named,) if reading.named else reading.candidates


def _of_text(text: str, year: int | None) -> tuple[str, Reading] | None:
    """Return the words at the top or the end that name a place with its office or assembly, and what they mean."""
    for line in _short_lines(text):
        centre = CENTRAL_LINE.match(line, _begin(line))
        if centre:
            return centre.group(), Reading("exact", country=True)
        for item in scan(line, year):
            office = OFFICE.match(line, item.end - (line[item.end - 1] in "省市区县州旗盟"))
            office = office or OFFICE.match(line, item.end)
            if office and BEFORE.fullmatch(line, 0, item.start):
                return line[item.start : office.end()], item.reading
    for voice in VOICE.finditer(text, 0, TOP):
        words = text[voice.end() : voice.end() + LONGEST_LINE]
        centre = GOVERNMENT.match(words)
        if centre:
            return voice.group() + centre.group(), Reading("exact", country=True)
        first = next((item for item in scan(words, year) if item.start == 0), None)
        office = OFFICE.match(words, first.end) if first else None
        if first and office:
            return voice.group() + words[: office.end()], first.reading
    return None


def _short_lines(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    top, end = lines[:TOP_LINES], lines[TOP_LINES:][-LAST_LINES:]
    yield from (line for line in top + end if len(line) <= LONGEST_LINE)
