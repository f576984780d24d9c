"""Do the p values and intervals of a comparison keep what they promise? Writes `benchmarks/keyness.md`.

Documents are simulated whose counts are gamma-Poisson: the rate of a word varies from document to document as a
gamma variable with a shape (small: bursty), and lengths vary log-normally. Every simulated word is a column of one
matrix, so that the library's own functions do the work. Seeds are fixed; a re-run gives the same tables, except
for the time.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse, stats

from analysis.keyness import chi_squared, choose_groups, compare_vocabulary, g2, log_ratio_interval
from analysis.matrix import DocumentTermMatrix

SIZES = ((3, 3), (5, 5), (10, 10), (25, 25), (3, 25))
SHAPES = (4.0, 1.0, 0.3)
MEANS = (2.0, 10.0, 50.0)
TRUE = (0.0, 1.5)
SAMPLES, WORDS = 10, 2000
TARGET = Path(__file__).with_suffix(".md")


def documents(
    random: np.random.Generator,
    sizes: tuple[int, int],
    shapes: tuple[float, float],
    mean: float,
    *,
    true: float = 0.0,
    longer: float = 1.0,
    spread: float = 0.5,
    words: int = WORDS,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts (documents by words), lengths, and which documents are the target."""
    target = np.arange(sum(sizes)) < sizes[0]
    relative = np.exp(random.normal(-(spread**2) / 2, spread, size=len(target))) * np.where(target, longer, 1.0)
    lengths = np.maximum(np.round(2000 * relative), 50)
    rates = np.where(target, mean * 2.0**true, mean) / 2000 * lengths
    shape = np.where(target, *shapes)[:, None]
    counts = random.poisson(rates[:, None] * random.gamma(shape, 1 / shape, size=(len(target), words)))
    frequent = counts.sum(axis=0) >= 5
    return counts[:, frequent], lengths, target


def matrix(counts: np.ndarray, lengths: np.ndarray, target: np.ndarray) -> DocumentTermMatrix:
    docvars = pd.DataFrame(
        {"group": np.where(target, "a", "b")}, index=[f"d{i:03d}" for i in range(len(target))]
    )
    terms = tuple(f"w{i:05d}" for i in range(counts.shape[1]))
    return DocumentTermMatrix(sparse.csr_array(counts), terms, lengths.astype(np.int64), docvars)


def false_positives(counts: np.ndarray, lengths: np.ndarray, target: np.ndarray) -> dict[str, np.ndarray]:
    """For every word whether each test finds a difference at 0.05."""
    dtm = matrix(counts, lengths, target)
    contrast = choose_groups(dtm, by="group", target="a")
    table = compare_vocabulary(dtm, contrast=contrast, correction="none", seed=1).table
    a, b = counts[target].sum(axis=0), counts[~target].sum(axis=0)
    n1, n2 = lengths[target].sum(), lengths[~target].sum()
    p = stats.chi2.sf(g2(a, b, n1, n2), 1)
    return {
        "by document": table["p_permutation"].to_numpy() <= 0.05,
        "G2": p <= 0.05,
        "G2, Bonferroni": p <= 0.05 / len(p),
        "chi-squared": stats.chi2.sf(chi_squared(a, b, n1, n2), 1) <= 0.05,
    }


def token_interval(
    counts: np.ndarray, lengths: np.ndarray, target: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    a, b = counts[target].sum(axis=0) + 0.5, counts[~target].sum(axis=0) + 0.5
    centre = np.log2(a / b) - np.log2(lengths[target].sum() / lengths[~target].sum())
    half = 1.96 * np.sqrt(1 / a + 1 / b) / np.log(2)
    return centre - half, centre + half


def bootstrap_interval(
    random: np.random.Generator, counts: np.ndarray, lengths: np.ndarray, target: np.ndarray, draws: int = 400
) -> tuple[np.ndarray, np.ndarray]:
    values = np.empty((draws, counts.shape[1]))
    groups = np.flatnonzero(target), np.flatnonzero(~target)
    for draw in range(draws):
        sums = []
        for rows in groups:
            times = random.multinomial(len(rows), np.full(len(rows), 1 / len(rows)))
            sums.append((times @ counts[rows] + 0.5) / (times @ lengths[rows]))
        values[draw] = np.log2(sums[0] / sums[1])
    return tuple(np.quantile(values, [0.025, 0.975], axis=0))


def intervals(
    random: np.random.Generator, counts: np.ndarray, lengths: np.ndarray, target: np.ndarray, *, bootstrap: bool
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    sides = {
        "target_lengths": lengths[target],
        "reference_lengths": lengths[~target],
    }
    found = {
        name: log_ratio_interval(counts[target], counts[~target], interval=name, **sides)
        for name in ("gamma_poisson", "quasi_poisson")
    }
    found["tokens"] = token_interval(counts, lengths, target)
    if bootstrap:
        found["bootstrap"] = bootstrap_interval(random, counts, lengths, target)
    return found


def cells() -> Iterator[tuple[tuple[int, int], float, float]]:
    yield from product(SIZES, SHAPES, MEANS)


def measure_false_positives() -> pd.DataFrame:
    rows = []
    for number, (sizes, shape, mean) in enumerate(cells()):
        random = np.random.default_rng([1, number])
        parts = [false_positives(*documents(random, sizes, (shape, shape), mean)) for _ in range(SAMPLES)]
        tests = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        rows.append({"sizes": sizes, "shape": shape, "mean": mean, "words": len(tests["G2"])})
        rows[-1] |= {name: found.mean() for name, found in tests.items()}
    return pd.DataFrame(rows)


def measure_coverage() -> pd.DataFrame:
    rows = []
    for number, ((sizes, shape, mean), true) in enumerate(product(cells(), TRUE)):
        random = np.random.default_rng([2, number])
        held: dict[str, list[np.ndarray]] = {}
        widths = []
        for sample in range(SAMPLES):
            data = documents(random, sizes, (shape, shape), mean, true=true)
            for name, (low, high) in intervals(random, *data, bootstrap=sample == 0).items():
                held.setdefault(name, []).append((low <= true) & (true <= high))
                if name == "gamma_poisson":
                    widths.append(high - low)
        row = {"sizes": sizes, "shape": shape, "mean": mean, "true": true}
        row["words"] = sum(map(len, held["gamma_poisson"]))
        row["width"] = float(np.median(np.concatenate(widths)))
        rows.append(row | {name: np.concatenate(found).mean() for name, found in held.items()})
    return pd.DataFrame(rows)


CASES = {
    "as assumed: shape 1 in both groups": ((1.0, 1.0), 1.0),
    "target documents three times as long": ((1.0, 1.0), 3.0),
    "target burstier: shape 0.3 against 4": ((0.3, 4.0), 1.0),
    "reference burstier: shape 4 against 0.3": ((4.0, 0.3), 1.0),
}


def measure_assumptions() -> pd.DataFrame:
    rows = []
    for number, ((name, (shapes, longer)), sizes) in enumerate(
        product(CASES.items(), ((3, 3), (10, 10), (3, 25), (10, 25)))
    ):
        random = np.random.default_rng([3, number])
        positive, held = [], []
        for _ in range(SAMPLES):
            data = documents(random, sizes, shapes, 10.0, longer=longer)
            positive.append(false_positives(*data)["by document"])
            low, high = intervals(random, *data, bootstrap=False)["gamma_poisson"]
            held.append((low <= 0) & (high >= 0))
        found = np.concatenate(positive).mean(), np.concatenate(held).mean()
        rows.append({"case": name, "sizes": sizes, "false positives": found[0], "coverage": found[1]})
    return pd.DataFrame(rows)


def measure_time() -> list[tuple[float, float]]:
    """Seconds of the clock and of the processor, for five runs."""
    random = np.random.default_rng(4)
    rates = np.maximum(3000 / np.arange(1, 20_001) / 10.5, 0.2)
    counts = random.poisson(rates * random.gamma(1.0, 1.0, size=(50, 20_000)))
    dtm = matrix(counts, counts.sum(axis=1), np.arange(50) < 25)
    contrast = choose_groups(dtm, by="group", target="a")
    taken = []
    for _ in range(5):
        start, busy = time.perf_counter(), time.process_time()
        table = compare_vocabulary(dtm, contrast=contrast, min_count=1, draws=5000, seed=1).table
        taken.append((time.perf_counter() - start, time.process_time() - busy))
    assert len(table) > 19_900
    return taken


def by_size(sizes: tuple[int, int]) -> str:
    return f"{sizes[0]} + {sizes[1]}"


def table_of(frame: pd.DataFrame) -> str:
    head = "| " + " | ".join(frame.columns) + " |\n|" + " --- |" * len(frame.columns)
    return (
        head
        + "\n"
        + "\n".join("| " + " | ".join(map(str, row)) + " |" for row in frame.itertuples(index=False))
    )


def worst_and_mean(frame: pd.DataFrame, columns: list[str], *, worst: str) -> pd.DataFrame:
    """A row for every size and shape: mean over the other settings and, after a slash, the worst of them."""
    groups = frame.groupby(["sizes", "shape"], sort=False)[columns]
    mean, extreme = groups.mean(), getattr(groups, worst)()
    table = mean.map("{:.3f}".format) + " / " + extreme.map("{:.3f}".format)
    table = table.reset_index()
    table["sizes"] = table["sizes"].map(by_size)
    return table.rename(columns={"sizes": "documents", "shape": "gamma shape"})


def report() -> str:
    positive, coverage, assumptions, taken = (
        measure_false_positives(),
        measure_coverage(),
        measure_assumptions(),
        measure_time(),
    )
    median = np.median(taken, axis=0)
    error = float(np.sqrt(0.05 * 0.95 / positive["words"].min()))
    tests = ["by document", "G2", "G2, Bonferroni", "chi-squared"]
    methods = ["gamma_poisson", "quasi_poisson", "bootstrap", "tokens"]
    width = coverage.groupby("sizes", sort=False)["width"].median()
    assumptions["sizes"] = assumptions["sizes"].map(by_size)
    for name in ("false positives", "coverage"):
        assumptions[name] = assumptions[name].map("{:.3f}".format)
    lowest = coverage.loc[coverage["gamma_poisson"].idxmin()]
    return f"""# Do the statistics keep what they promise?

Made by `make bench-statistics`. Words that are gamma-Poisson from document to document (shape 4: mild, 1: usual for
words of content, 0.3: very bursty), on average {", ".join(f"{mean:g}" for mean in MEANS)} times in a document of 2,000
tokens; lengths vary by a factor of about 1.6 either way. {SAMPLES} sets of document lengths and {WORDS:,} words a cell,
words of fewer than five occurrences left out, as `compare_vocabulary` does: the Monte-Carlo error of a share is at most
{error:.4f} (words of one set share its documents' lengths). Mean over the settings and, after the slash, the worst.

## False positives at 0.05: nothing differs, how many words are found

{table_of(worst_and_mean(positive, tests, worst="max"))}

Highest of all {len(positive)} cells, by document: {positive["by document"].max():.3f} (aim: at most 0.06). With three
documents a group the smallest attainable p is 0.1, so nothing can be found, and the table says so. G2 and chi-squared
take tokens for independent.

## Coverage of the 95 % interval of the log ratio (true values {" and ".join(f"{true:g}" for true in TRUE)})

{table_of(worst_and_mean(coverage, methods, worst="min"))}

Lowest of all {len(coverage)} cells, `gamma_poisson` (the default): {lowest["gamma_poisson"]:.3f} (aim: at least 0.94),
at {by_size(lowest["sizes"])} documents, shape {lowest["shape"]:g}, mean {lowest["mean"]:g}. The plain quasi-Poisson
interval with Student's t, `quasi_poisson`: {coverage["quasi_poisson"].min():.3f}; a percentile bootstrap of documents:
{coverage["bootstrap"].min():.3f}; an interval that counts tokens: {coverage["tokens"].min():.3f}.
Median width of the default in binary logarithms, by documents:
{", ".join(f"{by_size(sizes)}: {value:.1f}" for sizes, value in width.items())}. Three documents a group leave a factor
of a hundred and more open; that is what three documents know. Two documents a group are not promised anything.

## Where the assumptions fail

{table_of(assumptions)}

The permutation tests whether the documents of both groups are alike in every respect, not in the mean alone: words
that are thirteen times as bursty in one group are found too often, most where that group is the small one. The interval
is about the mean and loses less, up to 0.06. So a small p together with an interval that holds zero says: spread differently
(see `target_dp` and `reference_dp`), not necessarily more often. Longer documents in one group do no harm.

## Time

50 documents, 20,000 terms, 5,000 permutations, the whole table: {median[0]:.1f} seconds by the clock and {median[1]:.1f}
of the processor (medians of five; aim: under 3 on two cores; {platform.python_implementation()}
{platform.python_version()}, a machine with other work).
"""


if __name__ == "__main__":
    TARGET.write_text(report(), encoding="utf-8")
