"""From the table of citations to nodes and edges, what is central, and files for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import explain

Numbers = npt.NDArray[np.float64]

NODE_COLUMNS = {
    "node_id": "str",
    "title": "str",
    "in_corpus": "bool",
    "n_docs": "int64",
    "n_cited": "int64",
    "count": "int64",
    "pagerank": "float64",
}
EDGE_COLUMNS = {"source": "str", "target": "str", "relation": "str", "count": "int64", "sentence": "str"}
DAMPING = 0.85
_UNCLEAR = ("generic", "ambiguous", "other_version", "self", "not_document")


@dataclass(frozen=True, eq=False)
class CitationNetwork:
    """Who cites what: a row a work in `nodes`, a row a pair of works and relation in `edges`.

    Attributes
    ----------
    nodes : DataFrame
        `node_id` a document of the corpus, or the title (number) of a work that is not in it; `title`;
        `in_corpus`; `n_docs` how many documents cite it; `n_cited` how many works it cites; `count` citations
        that it receives; `pagerank` (sums to 1). The most cited first, ties by `node_id`.
    edges : DataFrame
        `source` the citing document, `target` a node, `relation`, `count` citations, `sentence` the first of
        them.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame

    def __repr__(self) -> str:
        inside = int(self.nodes["in_corpus"].sum())
        return f"<CitationNetwork: {len(self.nodes):,} works ({inside:,} in the corpus), {len(self.edges):,} edges>"


def build_network(citations: pd.DataFrame, *, relations: tuple[str, ...] | None = None) -> CitationNetwork:
    """Return the network of who cites what.

    Parameters
    ----------
    citations : DataFrame
        From `find_citations`.
    relations : tuple of str, optional
        Only citations of these relations; all by default.

    Returns
    -------
    CitationNetwork
        Left out are citations of oneself, certificates, books and cases; titles that many documents share
        (generic, ambiguous, of another version), which as one node would join what has nothing in common; and
        titles nested in others, which are the business of the outer title's document, not of the citing one.
        Documents of the corpus that neither cite nor are cited are no nodes.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import Corpus
    >>> from analysis.citations import find_citations
    >>> texts = ["根据《预算法》，制定本条例。", "依照《预算法》和《会计法》执行。"]
    >>> network = build_network(find_citations(Corpus(texts, pd.DataFrame(index=["甲条例", "乙办法"]))))
    >>> network.nodes[["node_id", "n_docs"]].values.tolist()[:2]
    [['预算法', 2], ['会计法', 1]]
    """
    wanted = citations["kind"].isin(["document", "unknown"]) & ~citations["in_title"]
    kept = citations.loc[wanted & ~citations["certainty"].isin(_UNCLEAR)]
    if relations is not None:
        kept = kept.loc[kept["relation"].isin(relations)]
    target = kept["target_id"].where(kept["target_id"] != "", kept["work"])
    table = pd.DataFrame(
        {
            "source": kept["doc_id"],
            "target": target,
            "relation": kept["relation"],
            "sentence": kept["sentence"],
            "title": kept["work"],
            "in_corpus": kept["target_id"] != "",
        }
    )
    table = table.loc[table["source"] != table["target"]]
    edges = (
        table.groupby(["source", "target", "relation"], sort=True)
        .agg(count=("sentence", "size"), sentence=("sentence", "first"))
        .reset_index()[list(EDGE_COLUMNS)]
        .astype(EDGE_COLUMNS)
    )
    return CitationNetwork(_nodes(table, edges), edges)


def _nodes(table: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    names = sorted({*edges["source"], *edges["target"]})
    pairs = edges[["source", "target"]].drop_duplicates()
    position = {name: number for number, name in enumerate(names)}
    ranks = pagerank(
        pairs["source"].map(position).to_numpy(dtype=np.int64),
        pairs["target"].map(position).to_numpy(dtype=np.int64),
        size=len(names),
    )
    titles = dict(zip(table["target"], table["title"], strict=True))
    inside = set(table["source"]) | set(table.loc[table["in_corpus"], "target"])
    cited = pairs.groupby("target").size()
    cites = pairs.groupby("source").size()
    received = edges.groupby("target")["count"].sum()
    nodes = pd.DataFrame(
        {
            "node_id": names,
            "title": [titles.get(name, name) for name in names],
            "in_corpus": [name in inside for name in names],
            "n_docs": [int(cited.get(name, 0)) for name in names],
            "n_cited": [int(cites.get(name, 0)) for name in names],
            "count": [int(received.get(name, 0)) for name in names],
            "pagerank": ranks,
        }
    ).astype(NODE_COLUMNS)
    return nodes.sort_values(["n_docs", "count", "node_id"], ascending=[False, False, True]).reset_index(
        drop=True
    )


def pagerank(
    citing: npt.NDArray[np.int64], cited: npt.NDArray[np.int64], *, size: int, damping: float = DAMPING
) -> Numbers:
    r"""Return the PageRank of the nodes 0 … `size` − 1 of a directed network.

    Parameters
    ----------
    citing, cited : array of int
        The edges; an edge that is given twice counts twice.
    size : int
        Number of nodes.
    damping : float
        How likely the reader goes on from a work to one that it cites, rather than to any.

    Notes
    -----
    $p = d \, (A^T p + s/n) + (1-d)/n$, where $A$ has each node's edges divided by their number and $s$ is the
    rank of the nodes that cite nothing, shared out evenly; iterated until the sum of changes is below 1e-12.

    References
    ----------
    Brin, S. and Page, L. (1998): The anatomy of a large-scale hypertextual web search engine. Computer Networks
    30, 107-117. Langville, A. and Meyer, C. (2006): Google's PageRank and Beyond, ch. 4 (nodes without edges).

    Examples
    --------
    >>> import numpy as np
    >>> 甲, 乙 = 0, 1
    >>> pagerank(np.array([甲]), np.array([乙]), size=2).round(3).tolist()
    [0.351, 0.649]
    """
    if size == 0:
        return np.zeros(0)
    degree = np.bincount(citing, minlength=size).astype(np.float64)
    ends = degree == 0
    share = 1.0 / np.maximum(degree, 1.0)
    rank = np.full(size, 1.0 / size)
    for _ in range(1000):
        flow = np.bincount(cited, weights=(rank * share)[citing], minlength=size)
        new = damping * (flow + rank[ends].sum() / size) + (1.0 - damping) / size
        change = np.abs(new - rank).sum()
        rank = new
        if change < 1e-12:
            break
    result: Numbers = rank / rank.sum()
    return result


def export_network(network: CitationNetwork, *, path: str | Path) -> tuple[Path, ...]:
    """Write a network to a file that other programs read, and return what was written.

    Parameters
    ----------
    network : CitationNetwork
        From `build_network`.
    path : path
        `.graphml` (Gephi, igraph, networkx, Cytoscape), or `.csv`: the edges in this file, the nodes beside it
        in `<name>-nodes.csv`, both in UTF-8 with a byte order mark, so that Excel shows Chinese.

    Raises
    ------
    ValueError
        Another ending.

    Examples
    --------
    >>> import pandas as pd
    >>> empty = CitationNetwork(pd.DataFrame(columns=list(NODE_COLUMNS)), pd.DataFrame(columns=list(EDGE_COLUMNS)))
    >>> export_network(empty, path="引用.doc")
    Traceback (most recent call last):
    ...
    ValueError: a network cannot be written as '引用.doc'
      allowed: .graphml, .csv
    """
    path = Path(path)
    if path.suffix == ".graphml":
        path.write_bytes(_graphml(network))
        return (path,)
    if path.suffix == ".csv":
        beside = path.with_name(f"{path.stem}-nodes.csv")
        for file, table in ((path, network.edges), (beside, network.nodes)):
            table.to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n", float_format="%.9f")
        return (path, beside)
    raise ValueError(explain(f"a network cannot be written as {path.name!r}", allowed=".graphml, .csv"))


_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GRAPHML_TYPES = {"str": "string", "bool": "boolean", "int64": "long", "float64": "double"}


def _graphml(network: CitationNetwork) -> bytes:
    root = ElementTree.Element("graphml", xmlns=_GRAPHML)
    parts = (
        ("node", NODE_COLUMNS, ("node_id",)),
        ("edge", EDGE_COLUMNS, ("source", "target")),
    )
    for part, columns, identity in parts:
        for name, kind in columns.items():
            if name not in identity:
                attributes = {"id": f"{part}_{name}", "for": part, "attr.name": name}
                ElementTree.SubElement(root, "key", {**attributes, "attr.type": _GRAPHML_TYPES[kind]})
    graph = ElementTree.SubElement(root, "graph", edgedefault="directed")
    for row in network.nodes.to_dict("records"):
        node = ElementTree.SubElement(graph, "node", id=str(row["node_id"]))
        _data(node, "node", {str(name): value for name, value in row.items() if name != "node_id"})
    for row in network.edges.to_dict("records"):
        edge = ElementTree.SubElement(graph, "edge", source=str(row["source"]), target=str(row["target"]))
        _data(edge, "edge", {str(n): value for n, value in row.items() if n not in ("source", "target")})
    ElementTree.indent(root, space=" ")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _data(element: ElementTree.Element, part: str, values: dict[str, Any]) -> None:
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, (bool, np.bool_)) else str(value)
        ElementTree.SubElement(element, "data", key=f"{part}_{name}").text = "".join(
            character for character in text if character >= " " or character in "\n\t"
        )
