"""The noun `TopicModel`: topics with their terms, segments, shares and stability."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import CorpusError, explain
from ..matrix import docfreq
from ..provenance import History
from .coherence import segment_npmi
from .consensus import jaccard_stability
from .factorizations import Method
from .prepare import Floats, Integers, Prepared
from .term_scores import class_tfidf, exclusivity, frex_scores, relative_weights, top_columns


@dataclass(frozen=True, eq=False)
class TopicModel:
    """Topics of segments. Made by `fit_topics`; nothing in it can be changed in place.

    Parameters
    ----------
    n_topics, method, seed : int, str, int
        As they were asked for.
    seeds : tuple of int
        The seed of every run.
    stability : float
        Mean adjusted Rand index over all pairs of runs: 1 where all agree, 0 where they agree as by chance.
    labels : tuple of str
        A name a topic; see `label_topics`.
    history : tuple of Step
        What was done so far.
    """

    n_topics: int
    method: Method
    seed: int
    seeds: tuple[int, ...]
    stability: float
    labels: tuple[str, ...]
    _prepared: Prepared = field(repr=False)
    _components: Floats = field(repr=False)
    _memberships: Floats = field(repr=False)
    _topics: Integers = field(repr=False)
    _votes: Integers = field(repr=False)
    history: History = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that take part: those that stand in at least two segments."""
        return self._prepared.terms

    @property
    def topic_names(self) -> dict[int, str]:
        """The label of every topic, by its number from 1."""
        return dict(enumerate(self.labels, start=1))

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Identifiers of the segments that take part in the fit, in the order of `memberships`."""
        return self._prepared.unit_ids

    @property
    def memberships(self) -> Floats:
        """How far every fitted segment belongs to every topic, n_segments × n_topics, rows sum to 1; a copy."""
        return self._memberships.copy()

    @property
    def term_weights(self) -> Floats:
        """The weight of every term in every topic, n_topics × n_terms, rows sum to 1; a copy."""
        return relative_weights(self._components)

    @property
    def docvars(self) -> pd.DataFrame:
        """Document variables of all segments of the matrix, as a copy."""
        return self._prepared.dtm.docvars

    @property
    def excluded(self) -> pd.DataFrame:
        """Segments left out of the fit: unit_id, doc_id, reason, twin (the segment it repeats), similarity."""
        return self._prepared.excluded.copy()

    @property
    def topics(self) -> pd.DataFrame:
        """One row a topic.

        Columns: topic (from 1), label, terms (the ten strongest), share (of all tokens, 0 to 1), n_units,
        n_docs (that hold such a segment), stability (mean Jaccard index with the most similar topic of
        every run, 0 to 1), coherence (NPMI of the ten strongest terms, a segment being the window, −1 to 1),
        exclusivity (of the ten strongest terms, 1/k to 1).
        """
        prepared = self._prepared
        top = top_columns(self._components, top_n=10)
        present = prepared.counts > 0
        total = max(int(prepared.tokens[self._topics >= 0].sum()), 1)
        inside = [self._topics == topic for topic in range(self.n_topics)]
        return pd.DataFrame(
            {
                "topic": range(1, self.n_topics + 1),
                "label": list(self.labels),
                "terms": [" ".join(self.terms[index] for index in indices) for indices in top],
                "share": [round(int(prepared.tokens[mask].sum()) / total, 6) for mask in inside],
                "n_units": [int(mask.sum()) for mask in inside],
                "n_docs": [len(set(prepared.blocks[mask].tolist())) for mask in inside],
                "stability": jaccard_stability(self._topics, self._votes, n_topics=self.n_topics).round(6),
                "coherence": [round(segment_npmi(present, columns=indices), 6) for indices in top],
                "exclusivity": exclusivity(self._components, top_n=10).round(6),
            }
        )

    @property
    def topic_terms(self) -> pd.DataFrame:
        """The thirty strongest terms of every topic.

        Columns: topic, label, rank (from 1, by weight), term, weight (share of the topic's term weights, 0 to
        1), frex (0 to 1), ctfidf, count (in the topic's segments), docfreq (segments of the topic that hold it).
        """
        counts = self._topic_counts()
        weight, frex = relative_weights(self._components), frex_scores(self._components)
        scores = class_tfidf(counts)
        present = np.stack(
            [docfreq(self._prepared.counts[self._topics == topic]) for topic in range(self.n_topics)]
        )
        rows = [
            {
                "topic": topic + 1,
                "label": self.labels[topic],
                "rank": rank,
                "term": self.terms[index],
                "weight": round(float(weight[topic, index]), 6),
                "frex": round(float(frex[topic, index]), 6),
                "ctfidf": round(float(scores[topic, index]), 6),
                "count": int(counts[topic, index]),
                "docfreq": int(present[topic, index]),
            }
            for topic, indices in enumerate(top_columns(self._components, top_n=30))
            for rank, index in enumerate(indices, start=1)
            if weight[topic, index] > 0
        ]
        return pd.DataFrame(rows)

    @property
    def assignments(self) -> pd.DataFrame:
        """The topic of every segment of the matrix, in the matrix's order.

        Columns: unit_id, doc_id, topic (missing where the segment was too short or shares no term), label,
        weight (how far it belongs to the topic, 0 to 1; for k-means the share of runs), agreement (share of
        runs that put it there), n_tokens, status ("fitted", "repeats another", "too short", "no shared term").
        """
        prepared = self._prepared
        known = self._topics >= 0
        own = np.maximum(self._topics, 0)
        rows = np.arange(len(own))
        fitted = pd.DataFrame(
            {
                "unit_id": prepared.unit_ids,
                "topic": pd.array(np.where(known, own + 1, 0), dtype="Int64"),
                "weight": np.where(known, self._memberships[rows, own], np.nan).round(6),
                "agreement": np.where(known, (self._votes == own).mean(axis=0), np.nan).round(6),
                "status": np.where(known, "fitted", "no shared term"),
            }
        ).set_index("unit_id")
        fitted.loc[~known, "topic"] = pd.NA
        aside = prepared.excluded.set_index("unit_id")
        twins = aside.loc[aside["reason"] == "repeats another", "twin"]
        copies = fitted.loc[list(twins)].set_index(twins.index).assign(status="repeats another")
        short = pd.DataFrame(
            {"status": "too short"}, index=aside.index[aside["reason"] == "too short"]
        ).reindex(columns=fitted.columns)
        table = pd.concat([part for part in (fitted, copies, short.astype(fitted.dtypes)) if len(part)])
        table = table.loc[list(prepared.dtm.unit_ids)]
        names = table["topic"].map(self.topic_names)
        table.insert(0, "doc_id", prepared.dtm.docvars["doc_id"].astype(str).to_numpy())
        table.insert(2, "label", names.astype(object).where(table["topic"].notna(), ""))
        table.insert(5, "n_tokens", prepared.dtm.n_tokens)
        return table.rename_axis("unit_id").reset_index()

    def document_shares(self, *, confidence: float = 0.95, draws: int = 999) -> pd.DataFrame:
        """Return every topic's share of every document's tokens, with an interval.

        The share is that of the tokens of segments assigned to the topic (repeated segments included, those
        without topic left out). The interval is the percentile interval of draws that take the assignment of
        one of the runs and the document's segments with replacement, so that it shows both how far the runs
        agree and how evenly a topic runs through the document; it is widened to hold the share itself where
        it does not. With fewer than two segments it is missing. Segments of one document are not
        independent: read it as a lower bound of the uncertainty.

        Parameters
        ----------
        confidence : float
            Share of draws inside the interval, 0 to 1.
        draws : int
            Number of draws, seeded with the model's seed.

        Returns
        -------
        DataFrame
            Columns doc_id, topic, label, share, share_low, share_high, n_units (segments of the topic in
            the document), n_tokens (of the document's segments with a topic); documents in the matrix's order.
        """
        if not 0 < confidence < 1:
            raise ValueError(explain(f"confidence is {confidence}", allowed="between 0 and 1, such as 0.95"))
        table = self.assignments
        row_of = {unit: row for row, unit in enumerate(self._prepared.unit_ids)}
        twin = dict(zip(self.excluded["unit_id"], self.excluded["twin"], strict=True))
        rows = []
        for number, doc_id in enumerate(sorted(set(table["doc_id"]))):
            part = table[(table["doc_id"] == doc_id) & table["topic"].notna()].sort_values("unit_id")
            own = np.array([row_of[twin.get(unit) or unit] for unit in part["unit_id"]], dtype=np.int64)
            tokens = part["n_tokens"].to_numpy(dtype=np.float64)
            shares = _shares(self._topics[own][None, :], tokens[None, :], n_topics=self.n_topics)[0]
            low = high = np.full(self.n_topics, np.nan)
            if len(own) >= 2:
                random = np.random.default_rng([self.seed, number])
                picks = random.integers(0, len(own), (draws, len(own)))
                voters = random.integers(0, len(self._votes), draws)
                drawn = _shares(self._votes[voters[:, None], own[picks]], tokens[picks], n_topics=self.n_topics)
                low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
                low, high = np.minimum(low, shares), np.maximum(high, shares)
            for topic in range(self.n_topics):
                rows.append(
                    {
                        "doc_id": doc_id,
                        "topic": topic + 1,
                        "label": self.labels[topic],
                        "share": round(float(shares[topic]), 6),
                        "share_low": round(float(low[topic]), 6),
                        "share_high": round(float(high[topic]), 6),
                        "n_units": int((self._topics[own] == topic).sum()),
                        "n_tokens": int(tokens.sum()),
                    }
                )
        result = pd.DataFrame(rows)
        order = {doc_id: index for index, doc_id in enumerate(dict.fromkeys(table["doc_id"]))}
        return result.sort_values(
            ["doc_id", "topic"], key=lambda column: column.map(order) if column.name == "doc_id" else column
        ).reset_index(drop=True)

    def consensus_matrix(self, *, max_segments: int = 300) -> pd.DataFrame:
        """Return for every pair of segments the share of runs that put them into one topic.

        Parameters
        ----------
        max_segments : int
            Of more segments, evenly spaced ones are taken.

        Returns
        -------
        DataFrame
            Columns unit_a, unit_b, topic_a, topic_b, share (0 to 1); segments ordered by topic, the ones
            that the runs agree on first, so that blocks on the diagonal are stable topics.
        """
        agreed = (self._votes == self._topics).mean(axis=0)
        ids = self._prepared.unit_ids
        order = sorted(
            (row for row in range(len(ids)) if self._topics[row] >= 0),
            key=lambda row: (self._topics[row], -round(float(agreed[row]), 9), row),
        )
        if len(order) > max_segments:
            order = [order[index * len(order) // max_segments] for index in range(max_segments)]
        votes = self._votes[:, order]
        share = np.mean([vote[:, None] == vote[None, :] for vote in votes], axis=0)
        names = np.array([ids[row] for row in order], dtype=object)
        numbers = self._topics[order] + 1
        size = len(order)
        return pd.DataFrame(
            {
                "unit_a": np.repeat(names, size),
                "unit_b": np.tile(names, size),
                "topic_a": np.repeat(numbers, size),
                "topic_b": np.tile(numbers, size),
                "share": share.ravel().round(6),
            }
        )

    def representative_segments(self, *, corpus: Corpus | None = None, top_n: int = 3) -> pd.DataFrame:
        """Return the segments that stand for every topic: those that the runs agree on, by their weight.

        Parameters
        ----------
        corpus : Corpus, optional
            The segments' texts; without it the column `text` is empty.
        top_n : int
            Segments a topic.

        Returns
        -------
        DataFrame
            Columns topic, label, rank, unit_id, doc_id, weight, agreement, text.

        Raises
        ------
        CorpusError
            The corpus does not hold a segment.
        """
        table = self.assignments
        table = table[table["status"] == "fitted"].copy()
        strength = pd.Series(self._strength(), index=list(self._prepared.unit_ids))
        table["strength"] = strength.loc[list(table["unit_id"])].to_numpy()
        table = table.sort_values(
            ["topic", "strength", "unit_id"], ascending=[True, False, True], kind="stable"
        )
        table["rank"] = table.groupby("topic").cumcount() + 1
        table = table[table["rank"] <= top_n]
        texts = [""] * len(table)
        if corpus is not None:
            try:
                texts = [corpus[unit_id] for unit_id in table["unit_id"]]
            except KeyError as error:
                raise CorpusError(
                    explain(
                        "this corpus does not hold the segments of the model",
                        where=str(error.args[0]).splitlines()[0],
                        todo="give the split corpus that was segmented",
                    )
                ) from None
        table = table.assign(text=texts)
        columns = ["topic", "label", "rank", "unit_id", "doc_id", "weight", "agreement", "text"]
        return table[columns].reset_index(drop=True)

    def __repr__(self) -> str:
        segments = len(self._prepared.rows)
        return (
            f"<TopicModel: {self.n_topics} topics of {segments} segments, {self.method}, "
            f"stability {self.stability:.2f}>"
        )

    def _topic_counts(self) -> Floats:
        counts = self._prepared.counts
        return np.stack(
            [
                np.asarray(counts[self._topics == topic].sum(axis=0), dtype=np.float64).ravel()
                for topic in range(self.n_topics)
            ]
        )

    def _strength(self) -> Floats:
        """For every segment the cosine of its weights with its topic's, times the runs' agreement."""
        size = np.sqrt((self._components**2).sum(axis=1))
        cosine = np.asarray(self._prepared.weights @ (self._components / np.maximum(size, 1e-12)[:, None]).T)
        own = np.maximum(self._topics, 0)
        agreed = (self._votes == own).mean(axis=0)
        return np.asarray((cosine[np.arange(len(own)), own] * agreed).round(6), dtype=np.float64)


def _shares(topics: Integers, tokens: Floats, *, n_topics: int) -> Floats:
    """Shares of tokens by topic, a row a draw; tokens without topic are left out."""
    sums = np.stack([(tokens * (topics == topic)).sum(axis=1) for topic in range(n_topics)], axis=1)
    whole = sums.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(sums, whole, out=np.zeros_like(sums), where=whole > 0), dtype=np.float64)
