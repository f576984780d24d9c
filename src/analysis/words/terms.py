"""The policy-term dictionary and the stop lists: visible files with a version and a digest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

import pandas as pd

from .. import paths
from ..errors import CorpusError, check_choice, explain
from ..provenance import digest_texts
from ..zh.characters import has_chinese

COLUMNS = ("term", "category", "variants", "source")
MAX_LENGTH = 30
StopList = Literal["default", "minimal", "none"]
STOP_LISTS: tuple[str, ...] = ("default", "minimal", "none")

_BLANK = re.compile(r"\s")


def load_terms(path: str | Path | None = None) -> pd.DataFrame:
    r"""Return a dictionary of policy terms, one row a term, in the file's order.

    Parameters
    ----------
    path : path, optional
        A tab-separated file in UTF-8 with a header row; the column `term` is required, the others may be
        missing. Lines that begin with `#` are comments. A relative path counts from the project's root.
        Without a path, the project's own dictionary.

    Returns
    -------
    DataFrame
        `term`; `category` (思想理念, 机制, 法治, …); `variants`, other ways to write the same thing,
        separated by `|`; `source`, where it was first seen, where that is known. `attrs["digest"]` is
        `terms_digest` of the table.

    Raises
    ------
    CorpusError
        With file and line: the file is missing, not UTF-8 or has no terms; a term is empty, has white space,
        has no Chinese character, is longer than 30 characters, or occurs twice.

    Examples
    --------
    >>> terms = load_terms()
    >>> list(terms.columns)
    ['term', 'category', 'variants', 'source']
    >>> terms.set_index("term").loc["府院联动", "category"]
    '机制'
    """
    file = paths.RESOURCES / "policy_terms.tsv" if path is None else paths.from_project(path)
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    header: list[str] = []
    for number, line in _numbered_lines(file):
        cells = [cell.strip(" \r") for cell in line.split("\t")]
        if not header:
            header = cells
            if "term" not in header:
                raise CorpusError(
                    explain(
                        f"the first row is {line!r}",
                        where=f"{file.name}, line {number}",
                        allowed="a header with the column term, then " + ", ".join(COLUMNS[1:]),
                    )
                )
            continue
        if len(cells) > len(header):
            raise CorpusError(
                explain(
                    f"{len(cells)} cells, but the header has {len(header)}: a term or a cell holds a tab",
                    where=f"{file.name}, line {number}",
                    allowed="one tab between two cells, none inside",
                )
            )
        row = dict(zip(header, cells, strict=False))
        rows.append({name: row.get(name, "") for name in COLUMNS})
        lines.append(number)
    if not rows:
        raise CorpusError(
            explain(
                f"{file.name} has no terms",
                allowed="a first row 'term', or 'term<tab>category', and a row for each term",
                todo="add terms, or leave the file out to have the project's own",
            )
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)
    check_terms(table, places=[f"{file.name}, line {number}" for number in lines], name=file.name)
    table.attrs["digest"] = terms_digest(table)
    return table


def check_terms(terms: pd.DataFrame, *, places: Iterable[str] = (), name: str = "terms") -> None:
    """Raise CorpusError where a table of terms breaks a rule of `load_terms`.

    Parameters
    ----------
    terms : DataFrame
        With a column `term` and perhaps `variants`.
    places : iterable of str
        What to call each row in a message; the row's number where it is not given.
    name : str
        What to call the whole.

    Raises
    ------
    CorpusError
        As `load_terms`.

    Examples
    --------
    >>> check_terms(pd.DataFrame({"term": ["述法", "述法"]}))
    Traceback (most recent call last):
    ...
    analysis.errors.CorpusError: the term '述法' occurs twice
      where: row 2, and before that row 1
      next: keep one of the two rows
    """
    if "term" not in terms.columns:
        raise CorpusError(explain(f"{name} has no column 'term'", allowed=", ".join(COLUMNS)))
    if terms.empty:
        raise CorpusError(
            explain(f"{name} has no terms", allowed="at least one row", todo="leave it out to have the default")
        )
    where = list(places) or [f"row {number}" for number in range(1, len(terms) + 1)]
    variants = terms["variants"] if "variants" in terms.columns else pd.Series([""] * len(terms))
    seen: dict[str, str] = {}
    for term, others, index in zip(terms["term"], variants, where, strict=True):
        for form in (term, *split_variants(others)):
            problem = _what_is_wrong(form)
            if problem:
                raise CorpusError(
                    explain(
                        problem,
                        where=index,
                        allowed=f"1 to {MAX_LENGTH} characters, one of them Chinese, no spaces",
                    )
                )
            if form in seen:
                raise CorpusError(
                    explain(
                        f"the term {form!r} occurs twice",
                        where=f"{index}, and before that {seen[form]}",
                        todo="keep one of the two rows",
                    )
                )
            seen[form] = index


def as_terms(terms: Collection[str] | pd.DataFrame, *, name: str = "terms") -> pd.DataFrame:
    """Return terms as a table with a column `term`, whether they came as a table or as a list.

    A table is a dictionary and must keep the rules of `load_terms`. A list may hold any strings, such as PPP or 1+3+N,
    since it is only looked for in texts.

    Parameters
    ----------
    terms : sequence of str or DataFrame
        Terms; in a table with a column `term` and perhaps `variants`.
    name : str
        What to call them in a message.

    Raises
    ------
    ValueError
        A term of the list is empty, or one text was given and not a list.
    CorpusError
        The table breaks a rule of `load_terms`.

    Examples
    --------
    >>> as_terms(["述法", "PPP", "述法"])["term"].tolist()
    ['述法', 'PPP']
    """
    if isinstance(terms, pd.DataFrame):
        check_terms(terms, name=name)
        return terms
    if isinstance(terms, str):
        raise ValueError(explain(f"{name} is one text, {terms!r}", allowed=f"a list of terms: [{terms!r}]"))
    listed = list(dict.fromkeys(terms))
    if not all(term.strip() for term in listed):
        raise ValueError(explain(f"{name} holds an empty term", allowed="terms of one character or more"))
    return pd.DataFrame({"term": listed}, dtype=str)


def split_variants(cell: object) -> tuple[str, ...]:
    """Return the variants in a cell of the column `variants`.

    Examples
    --------
    >>> split_variants("放管服|放管服效")
    ('放管服', '放管服效')
    """
    text = cell if isinstance(cell, str) else ""
    return tuple(part for part in text.split("|") if part)


def forms_of_terms(terms: pd.DataFrame) -> dict[str, str]:
    """Return every written form, terms and variants, with the term that it stands for.

    Examples
    --------
    >>> forms_of_terms(pd.DataFrame({"term": ["“八五”普法"], "variants": ["八五普法"]}))
    {'“八五”普法': '“八五”普法', '八五普法': '“八五”普法'}
    """
    forms: dict[str, str] = {}
    variants = terms["variants"] if "variants" in terms.columns else [""] * len(terms)
    for term, others in zip(terms["term"], variants, strict=True):
        for form in (term, *split_variants(others)):
            forms[form] = term
    return forms


def terms_digest(terms: pd.DataFrame) -> str:
    """Return the SHA-256 of a dictionary: its terms, categories and variants, whatever the order of its rows.

    Examples
    --------
    >>> one = pd.DataFrame({"term": ["述法", "府院联动"]})
    >>> terms_digest(one) == terms_digest(one[::-1])
    True
    """
    named = [column for column in ("term", "category", "variants") if column in terms.columns]
    rows = sorted(tuple(str(value) for value in row) for row in terms[named].fillna("").itertuples(index=False))
    return digest_texts([*named, *(cell for row in rows for cell in row)])


def load_stop_words(name: StopList | Path = "default") -> frozenset[str]:
    """Return a stop list: words that say nothing about policy.

    Parameters
    ----------
    name : {"default", "minimal", "none"} or Path
        "default": function words, measure words, empty connectives and the frame of a speech (同志们);
        "minimal": particles, prepositions, conjunctions and pronouns only; "none": no word. A `Path` names a
        file of one's own, one word a line. No list holds a policy word: 安全, 制度, 坚持, 推进 are findings.

    Returns
    -------
    frozenset of str
        Words as whole tokens.

    Raises
    ------
    ValueError
        There is no list of that name.
    CorpusError
        The file is missing, empty or not UTF-8.

    Examples
    --------
    >>> stop = load_stop_words()
    >>> "的" in stop, "同志" in stop, "安全" in stop
    (True, True, False)
    """
    if isinstance(name, Path):
        words = frozenset(
            word for _, line in _numbered_lines(paths.from_project(name)) if (word := line.strip())
        )
        if not words:
            raise CorpusError(explain(f"{name.name} has no words", allowed="one word a line"))
        return words
    check_choice(name, STOP_LISTS, name="name")
    chosen: set[str] = set()
    level = ""
    file = paths.RESOURCES / "stop_words.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            level = line[1:-1]
        elif not line.startswith("#") and (level == name or (name == "default" and level == "minimal")):
            chosen.update(line.split())
    return frozenset(chosen)


def _numbered_lines(file: Path) -> list[tuple[int, str]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CorpusError(explain(f"there is no file {file}", todo="check the path")) from None
    except (IsADirectoryError, PermissionError):
        raise CorpusError(explain(f"{file} is no file that can be read", todo="name a file")) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CorpusError(
            explain(
                f"byte {error.object[error.start]:#04x} is not UTF-8",
                where=f"{file.name}, line {line}",
                todo="save the file as UTF-8",
            )
        ) from None
    lines = enumerate(text.split("\n"), start=1)
    return [(number, line.rstrip("\r")) for number, line in lines if line.strip() and not line.startswith("#")]


def _what_is_wrong(form: str) -> str:
    if not form:
        return "a term is empty"
    if _BLANK.search(form):
        return f"the term {form!r} has white space in it"
    if len(form) > MAX_LENGTH:
        return f"the term {form!r} has {len(form)} characters"
    if not has_chinese(form):
        return f"the term {form!r} has no Chinese character"
    return ""
