"""What DATASHEET.md says about the files is true of the files."""

import re

from analysis import paths
from analysis.ingest.manifest import COLUMNS, check_files, read_manifest


def test_the_datasheet_lists_every_document_with_its_length():
    sheet = (paths.CORPUS / "DATASHEET.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| `([a-z0-9-]+)` \|.*\| ([\d,]+) \| \w+ \|$", sheet, flags=re.M))
    table = read_manifest(paths.CORPUS)
    found = {
        row.id: f"{len((paths.CORPUS / 'raw' / row.file).read_bytes().decode(row.encoding)):,}"
        for row in table.itertuples()
    }
    assert said == found


def test_the_files_are_the_ones_that_the_manifest_describes():
    check_files(paths.CORPUS, read_manifest(paths.CORPUS))


def test_what_is_inferred_is_a_column_with_a_value():
    table = read_manifest(paths.CORPUS)
    for row in table.to_dict("records"):
        for column in row["inferred"].split():
            assert row[column], f"{row['id']}: {column} is said to be inferred, but is empty"


def test_the_datasheet_says_what_every_column_of_the_manifest_means():
    sheet = (paths.CORPUS / "DATASHEET.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in sheet] == []
