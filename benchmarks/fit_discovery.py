"""Fits the weights of term discovery to the lists of readers: writes src/analysis/resources/discovery_weights.tsv.

    python benchmarks/fit_discovery.py FOLDER

FOLDER holds the government work reports as YEAR_gwr_national.txt. The lists are benchmarks/formulations.tsv; the
documents in HELD_OUT are never fitted to. How the lists were made is said in docs/decisions/discovery.md.
"""

import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis import Corpus, clean_corpus, discover_terms, read_corpus
from analysis.discovery import likelihood
from analysis.discovery.discover import candidates_in, known_forms
from analysis.discovery.evidence import Candidates
from analysis.discovery.likelihood import LEAST, log_odds, measure_rivalry, rivalry_names

NOTHING = pd.DataFrame({"term": ["没有词典的词典"]})
HERE = Path(__file__).parent
HELD_OUT = ("1978", "1980", "1991", "1996", "2006", "2007", "2013", "2018", "2023")
STRENGTH = 1.0
SEEN = 8
SMALL = 0.1
Lists = dict[str, list[set[str]]]
Weights = dict[str, dict[str, float]]
Vocabulary = dict[tuple[str, str], int]


def read_lists(documents: Mapping[str, str]) -> Lists:
    """The readers' lists by document, with what stands in the text as it is."""
    table = pd.read_csv(HERE / "formulations.tsv", sep="\t", dtype=str, quoting=3)
    return {
        name: [
            {term for term in rows["term"] if term in documents[name]} for _, rows in group.groupby("reader")
        ]
        for name, group in table.groupby("document")
        if name in documents
    }


def read_documents(folder: Path) -> dict[str, str]:
    """The reports by year, and the five documents of the project, all cleaned."""
    files = sorted(folder.glob("*_gwr_national.txt"))
    years = pd.DataFrame(index=[file.name[:4] for file in files])
    reports = clean_corpus(Corpus([file.read_text(encoding="utf-8") for file in files], years))
    five = clean_corpus(read_corpus())
    return dict([*reports, *five])


def candidates_of(text: str) -> Candidates:
    return candidates_in(Corpus([text], pd.DataFrame(index=["text"])))


def count_features(many: Iterable[Candidates]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for candidates in many:
        for evidence in candidates.evidence():
            labels, code = evidence.labels()
            for label, number in zip(labels, np.bincount(code, minlength=len(labels)).tolist(), strict=True):
                found[evidence.kind, label] += number
    return found


def matrix_of(candidates: Candidates, vocabulary: Vocabulary) -> sparse.csr_matrix:
    rows, columns, values = [], [], []
    for evidence in candidates.evidence():
        labels, code = evidence.labels()
        known_as = [vocabulary.get((evidence.kind, label), -1) for label in labels]
        column = np.array(known_as, dtype=np.int64)[code]
        known = column >= 0
        rows.append(evidence.owner[known])
        columns.append(column[known])
        values.append(evidence.value[known])
    shape = (len(candidates), len(vocabulary))
    whole = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return sparse.csr_matrix(whole, shape=shape)


def fit(documents: Mapping[str, str], lists: Lists, *, turns: int = 4) -> Weights:
    """Weights of both regressions. For the second, candidates get the log-odds of weights fitted to other documents."""
    many = {name: candidates_of(documents[name]) for name in sorted(lists)}
    names = shuffled(lists)
    columns, shares = [], []
    for turn in range(turns):
        left_out = names[turn::turns]
        weights = fit_alone({name: many[name] for name in names if name not in left_out}, lists)
        for name in left_out:
            alone = log_odds(many[name], weights)
            chosen = alone >= LEAST
            rivalry = measure_rivalry(many[name], alone, chosen)
            columns.append(np.column_stack([alone, rivalry])[chosen])
            shares.append(share_of_readers(many[name], lists[name])[chosen])
    model = regression([sparse.csr_matrix(one) for one in columns], shares)
    factors = dict(zip(("alone", *rivalry_names()), model.coef_[0].tolist(), strict=True))
    return fit_alone(many, lists) | {"among rivals": {"constant": float(model.intercept_[0]), **factors}}


def shuffled(lists: Lists) -> list[str]:
    names = sorted(lists)
    random.Random(5).shuffle(names)
    return names


def share_of_readers(candidates: Candidates, listed: list[set[str]]) -> np.ndarray:
    votes = Counter(term for one in listed for term in one)
    return np.array([votes[term] for term in candidates.strings(np.arange(len(candidates)))]) / len(listed)


def regression(parts: list[sparse.csr_matrix], shares: list[np.ndarray]) -> LogisticRegression:
    """A candidate that some of a document's readers list counts as listed in that share, and as not in the rest."""
    rows, answers, weights = [], [], []
    for matrix, share in zip(parts, shares, strict=True):
        for answer, weight in ((1.0, share), (0.0, 1.0 - share)):
            kept = np.flatnonzero(weight > 0)
            rows.append(matrix[kept])
            answers.append(np.full(len(kept), answer))
            weights.append(weight[kept])
    whole = sparse.vstack(rows).tocsr()
    whole.indices, whole.indptr = whole.indices.astype(np.int32), whole.indptr.astype(np.int32)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300)
    return model.fit(whole, np.concatenate(answers), sample_weight=np.concatenate(weights))


def fit_alone(many: Mapping[str, Candidates], lists: Lists) -> Weights:
    """Weights of the first regression, small ones left out."""
    often = count_features(many.values())
    vocabulary = {feature: place for place, feature in enumerate(sorted(f for f in often if often[f] >= SEEN))}
    parts = [matrix_of(candidates, vocabulary) for candidates in many.values()]
    model = regression(parts, [share_of_readers(candidates, lists[name]) for name, candidates in many.items()])
    result: Weights = {"alone": {"constant": float(model.intercept_[0])}}
    for (kind, label), weight in zip(vocabulary, model.coef_[0].tolist(), strict=True):
        if abs(weight) >= SMALL:
            result.setdefault(kind, {})[label] = round(weight, 2)
    return result


def write(weights: Weights, file: Path) -> None:
    lines = ["# Weights of term discovery, made by benchmarks/fit_discovery.py: kind of feature, label, weight"]
    lines += [
        f"{kind}\t{label}\t{weight:.4g}"
        for kind in sorted(weights)
        for label, weight in sorted(weights[kind].items())
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def recall(
    text: str, listed: list[set[str]], *, known: pd.DataFrame = NOTHING, first: int = 200
) -> tuple[float, float, float]:
    """Of one reader's list (the mean over readers), of what two readers list, and of what all list.

    What is known is neither proposed nor looked for.
    """
    table = discover_terms(Corpus([text], pd.DataFrame(index=["text"])), known=known)
    proposed = set(table["term"].head(first))
    listed = [one - known_forms(known) for one in listed]
    votes = Counter(term for one in listed for term in one)

    def share(wanted: set[str]) -> float:
        return len(wanted & proposed) / len(wanted) if wanted else float("nan")

    several = {term for term, number in votes.items() if number >= 2}
    everyone = {term for term, number in votes.items() if number == len(listed) > 1}
    return float(np.mean([share(one) for one in listed])), share(several), share(everyone)


def leave_out(documents: Mapping[str, str], lists: Lists, groups: Iterable[list[str]]) -> pd.DataFrame:
    """Recall in every document, with weights that were fitted without the group that it is in."""
    rows = {}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "weights.tsv"
        for group in groups:
            write(fit(documents, {name: lists[name] for name in lists if name not in group}, turns=2), file)
            with using(file):
                rows |= {name: recall(documents[name], lists[name]) for name in group}
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["one reader", "two readers", "all"]
    ).sort_index()


def quarters(lists: Lists) -> list[list[str]]:
    """The documents in four parts, drawn at random."""
    names = shuffled(lists)
    return [names[turn::4] for turn in range(4)]


def periods(lists: Lists) -> list[list[str]]:
    """The reports in four periods, and the five documents of the project."""
    years = sorted(name for name in lists if name.isdigit())
    bounds = [0, 1987, 1999, 2010, 3000]
    cut = [[year for year in years if low <= int(year) < high] for low, high in itertools.pairwise(bounds)]
    return [*cut, sorted(set(lists) - set(years))]


@contextmanager
def using(file: Path) -> Iterator[None]:
    before = likelihood.WEIGHTS
    likelihood.WEIGHTS = file
    likelihood.load_weights.cache_clear()
    try:
        yield
    finally:
        likelihood.WEIGHTS = before
        likelihood.load_weights.cache_clear()


def main() -> None:
    documents = read_documents(Path(sys.argv[1]))
    lists = {name: listed for name, listed in read_lists(documents).items() if name not in HELD_OUT}
    write(fit(documents, lists), likelihood.WEIGHTS)


if __name__ == "__main__":
    main()
