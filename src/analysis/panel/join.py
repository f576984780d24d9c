"""A panel and outside data: joined by place and year, with a report of what did not match."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..errors import CorpusError, check_choice, explain
from ..nouns import require_noun
from .export import wide_table
from .panel_table import Panel


def join_data(
    panel: Panel, *, data: pd.DataFrame, on: Sequence[str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the panel's wide table with the columns of other data, and what did not match.

    Parameters
    ----------
    panel : Panel
        From `build_panel`.
    data : DataFrame
        A row a place and year, as from a statistical yearbook.
    on : sequence of str, optional
        The columns that both have; by default those of the panel's cells. Codes and years match as text, so that
        411503 and "411503" are one.

    Returns
    -------
    joined : DataFrame
        Every cell of the panel once, in its order; data that no cell asks for are left out.
    report : DataFrame
        The columns of `on`, and `side`: "panel" for cells with text that the data lack, "data" for rows that the panel
        has no cell for.

    Raises
    ------
    ValueError
        A column of `on` is missing on one side.
    CorpusError
        The data have two rows for one cell, or a column of the panel's name.

    Examples
    --------
    >>> from analysis import Corpus, build_panel
    >>> docvars = pd.DataFrame({"place": ["甲县"], "year": [2024]}, index=["甲"])
    >>> panel = build_panel(Corpus(["绿色发展。"], docvars), measures={"环保": ["绿色"]}, by=("place", "year"))
    >>> gdp = pd.DataFrame({"place": ["甲县", "乙县"], "year": [2024, 2024], "gdp": [12.5, 9.1]})
    >>> joined, report = join_data(panel, data=gdp)
    >>> joined["gdp"].tolist(), report[["place", "side"]].values.tolist()
    ([12.5], [['乙县', 'data']])
    """
    require_noun(panel, Panel, verb="join_data")
    keys = list(panel.by if on is None else on)
    wide = wide_table(panel)
    for name in keys:
        check_choice(name, [str(column) for column in wide.columns], name="on")
        check_choice(name, [str(column) for column in data.columns], name="a column of data")
    taken = sorted((set(data.columns) & set(wide.columns)) - set(keys))
    if taken:
        raise CorpusError(explain(f"the data have a column {taken[0]!r} as the panel has", todo="rename it"))
    ours, theirs = _texts(wide, keys), _texts(data, keys)
    twice = theirs[theirs.duplicated()]
    if len(twice):
        raise CorpusError(
            explain(f"the data have two rows for {tuple(twice.iloc[0])}", allowed="one row for every cell")
        )
    rows = {tuple(row): number for number, row in enumerate(theirs.itertuples(index=False))}
    found = [rows.get(tuple(row), -1) for row in ours.itertuples(index=False)]
    extra = data.drop(columns=keys).reset_index(drop=True)
    taken_rows = extra.reindex([number if number >= 0 else None for number in found]).set_axis(wide.index)
    joined = pd.concat([wide, taken_rows], axis=1)
    unmatched = pd.Series([number < 0 for number in found], index=wide.index)
    lacking = wide.loc[unmatched & (wide["n_docs"] > 0), keys].assign(side="panel")
    cells = set(ours.itertuples(index=False, name=None))
    outside = [tuple(row) not in cells for row in theirs.itertuples(index=False)]
    unused = data.loc[outside, keys].assign(side="data")
    return joined, pd.concat([lacking.astype(object), unused.astype(object)], ignore_index=True)


def _texts(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    made = table[keys].copy()
    for name in keys:
        values = pd.to_numeric(made[name], errors="coerce")
        whole = values.notna() & (values % 1 == 0)
        text = made[name].astype("string")
        made[name] = text.where(~whole, values.where(whole).astype("Int64").astype("string"))
    return made.astype("str")
