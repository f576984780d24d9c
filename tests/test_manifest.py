"""The manifest and the files in raw/ agree, or an error says where they do not; reading never writes."""

import codecs
from pathlib import Path

import pytest

from analysis import CorpusError, read_corpus
from analysis.ingest.manifest import COLUMNS
from analysis.provenance import digest_bytes

TEXTS = {"甲": "依法行政。", "乙": "依法治区。", "丙": "执法监督。"}


@pytest.fixture
def corpus(tmp_path):
    """Make a corpus folder; `change` gets the manifest's lines and returns bytes, text or lines."""

    def make(change=None, texts=TEXTS):
        folder = tmp_path / "corpus"
        (folder / "raw").mkdir(parents=True)
        lines = ["id,file,title,year,encoding,sha256"]
        for name, text in texts.items():
            (folder / "raw" / f"{name}.txt").write_bytes(text.encode())
            lines.append(f"{name},{name}.txt,{name}文,2025,utf-8,{digest_bytes(text.encode())}")
        content = change(lines) if change else lines
        if isinstance(content, list):
            content = "\n".join(content) + "\n"
        (folder / "manifest.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_corpus_of_the_project_is_in_order():
    corpus = read_corpus()
    assert len(corpus) == 5
    assert not corpus.docvars["label"].duplicated().any()
    for names in corpus.docvars["inferred"]:
        assert set(names.split()) <= set(COLUMNS), "inferred names columns"


def test_a_corpus_in_order_is_read_in_the_order_of_the_manifest(corpus):
    read = read_corpus(corpus())
    assert list(read) == list(TEXTS.items())
    assert read.docvars["year"].tolist() == [2025] * 3


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda lines: codecs.BOM_UTF8 + "\n".join(lines).encode(),
        lambda lines: "\r\n".join(lines) + "\r\n",
        lambda lines: [line.replace(",", " , ") for line in lines],
        lambda lines: [*lines, "", ""],
        lambda lines: [lines[0] + ",省份", *(line + ",河南" for line in lines[1:])],
        lambda lines: [lines[0], *(line[:-64] + line[-64:].upper() for line in lines[1:])],
    ],
    ids=[
        "byte order mark",
        "Windows line ends",
        "spaces",
        "empty lines",
        "a column more",
        "digest in capitals",
    ],
)
def test_what_other_programs_do_to_a_manifest_does_no_harm(corpus, rewrite):
    assert list(read_corpus(corpus(rewrite))) == list(TEXTS.items())


WRONG = {
    "no rows": (lambda lines: lines[:1], ["lists no documents", "python -m analysis add"]),
    "nothing at all": (lambda lines: b"", ["cannot be read as a table"]),
    "saved by Excel in GBK": (
        lambda lines: "\n".join(lines).encode("gbk"),
        ["is not in UTF-8", "line 2", "CSV UTF-8"],
    ),
    "saved as UTF-16": (lambda lines: "\n".join(lines).encode("utf-16"), ["is not in UTF-8"]),
    "semicolons": (
        lambda lines: [line.replace(",", ";") for line in lines],
        ["no column 'id'", "separated by commas"],
    ),
    "no digest column": (lambda lines: [line.rsplit(",", 1)[0] for line in lines], ["no column 'sha256'"]),
    "a value too many": (
        lambda lines: [*lines[:2], lines[2] + ",多", lines[3]],
        ["cannot be read as a table", "line 3"],
    ),
    "a year in words": (
        lambda lines: [lines[0], lines[1].replace("2025", "二〇二五"), *lines[2:]],
        ["year is '二〇二五'", "line 2"],
    ),
    "a year of five digits": (
        lambda lines: [*lines[:3], lines[3].replace("2025", "20255")],
        ["year is '20255'", "line 4"],
    ),
    "a year as Excel writes it": (
        lambda lines: [*lines[:3], lines[3].replace("2025", "2025.0")],
        ["year is '2025.0'"],
    ),
    "an id twice": (
        lambda lines: [*lines[:3], lines[3].replace("丙,", "甲,")],
        ["id '甲' occurs twice", "line 4"],
    ),
    "a file twice": (
        lambda lines: [*lines, lines[1].replace("甲,", "丁,")],
        ["file '甲.txt' occurs twice", "line 5"],
    ),
    "an id that reads like a unit's": (
        lambda lines: [*lines[:3], lines[3].replace("丙,", "丙#1,")],
        ["id is '丙#1'", "line 4"],
    ),
    "no id": (lambda lines: [*lines[:3], lines[3][1:]], ["id is empty", "line 4"]),
    "a row without a file": (
        lambda lines: [*lines, f"丁,丁.txt,,,,{'0' * 64}"],
        ["丁.txt is in the manifest, but there is no such file", "line 5"],
    ),
    "a file without a row": (
        lambda lines: lines[:3],
        ["丙.txt is in raw/, but not in the manifest", "analysis add"],
    ),
    "another digest": (
        lambda lines: [lines[0], lines[1][:-64] + "0" * 64, *lines[2:]],
        ["甲.txt is not the file that the manifest describes", "line 2"],
    ),
    "a file outside": (lambda lines: [*lines, f"丁,../../丁.txt,,,,{'0' * 64}"], ["lies outside raw/"]),
    "an unknown encoding": (
        lambda lines: [line.replace("utf-8", "utf-9") for line in lines],
        ["'utf-9' is no encoding of texts"],
    ),
    "a wrong encoding": (
        lambda lines: [lines[0], lines[1].replace("utf-8", "ascii"), *lines[2:]],
        ["byte 0xe4 is not ascii", "甲.txt, line 1, offset 0"],
    ),
    "two wrong things": (
        lambda lines: [lines[0], lines[1].replace("2025", "x"), lines[2].replace("2025", "y"), lines[3]],
        ["2 problems", "line 2", "line 3"],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_manifest_that_is_not_in_order_is_refused_with_the_place(corpus, case):
    change, said = WRONG[case]
    folder = corpus(change)
    before = snapshot(folder)
    with pytest.raises(CorpusError) as caught:
        read_corpus(folder)
    for part in said:
        assert part in str(caught.value)
    assert snapshot(folder) == before, "reading writes nothing"


def test_every_document_that_cannot_be_read_is_named_at_once(corpus):
    folder = corpus(texts={"甲": "　\n", "乙": "依法治区。", "丙": "\n"})
    with pytest.raises(CorpusError) as caught:
        read_corpus(folder)
    assert "2 problems" in str(caught.value)
    assert "甲.txt holds no text" in str(caught.value)
    assert "丙.txt holds no text" in str(caught.value)


def test_no_folder_and_no_manifest_are_said_with_what_to_do(tmp_path):
    with pytest.raises(CorpusError, match="there is no corpus folder"):
        read_corpus(tmp_path / "无")
    with pytest.raises(CorpusError, match="the corpus has no manifest.csv"):
        read_corpus(tmp_path)


@pytest.mark.parametrize("texts", [{"甲": "依法行政。"}, {"甲": "依法行政。", "乙": "依法治区。"}])
def test_one_document_and_two_are_a_corpus(corpus, texts):
    assert dict(read_corpus(corpus(texts=texts))) == texts


def test_an_undeclared_encoding_is_found(corpus):
    text = "全面推进依法治国，建设法治政府。"

    def change(lines):
        return [lines[0], f"甲,甲.txt,,,,{digest_bytes(text.encode('gbk'))}"]

    folder = corpus(change, texts={})
    (folder / "raw" / "甲.txt").write_bytes(text.encode("gbk"))
    assert read_corpus(folder)["甲"] == text


def test_an_undeclared_encoding_with_bad_bytes_has_to_be_declared(corpus):
    data = "全面推进依法治国，".encode("gbk") * 20 + b"\xff"
    folder = corpus(lambda lines: [lines[0], f"甲,甲.txt,,,,{digest_bytes(data)}"], texts={})
    (folder / "raw" / "甲.txt").write_bytes(data)
    with pytest.raises(CorpusError, match="gb18030:replace"):
        read_corpus(folder)
