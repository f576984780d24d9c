"""The command line: `python -m analysis run | refresh | site | add | clean | panel`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from . import paths
from .errors import explain


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Text analysis of governance texts."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    run = verbs.add_parser("run", help="run notebooks and make their figures; only what has changed")
    run.add_argument(
        "notebooks", nargs="*", metavar="NOTEBOOK", help="such as 02-keywords; all if none is named"
    )
    run.add_argument(
        "-p",
        dest="parameters",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="set a parameter that the notebooks declare",
    )
    run.add_argument("--grid", type=Path, metavar="FILE", help="YAML, name: [values]; one run a combination")
    run.add_argument(
        "--corpus", type=Path, metavar="FOLDER", help="another corpus; figures go to FOLDER/figures"
    )
    run.add_argument(
        "-j", dest="jobs", type=int, metavar="N", help="notebooks at a time; default: as many as cores"
    )
    run.add_argument(
        "--check",
        action="store_true",
        help="compare with the committed figures, change nothing, fail if they differ",
    )

    refresh = verbs.add_parser("refresh", help="run notebooks in place and store their outputs in normal form")
    refresh.add_argument("notebooks", nargs="*", metavar="NOTEBOOK")
    refresh.add_argument("-j", dest="jobs", type=int, metavar="N")

    verbs.add_parser("site", help="write the notebooks as HTML pages to build/site")

    add = verbs.add_parser("add", help="copy files into the corpus and record them in its manifest")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.add_argument("--corpus", type=Path, default=paths.CORPUS, metavar="FOLDER")

    clean = verbs.add_parser("clean", help="repair texts: UTF-8 text, change log and comparison")
    clean.add_argument("source", type=Path, metavar="FILE_OR_FOLDER")
    clean.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    clean.add_argument("-j", dest="jobs", type=int, metavar="N")

    panel = verbs.add_parser(
        "panel", help="count words by place and year, for a regression: .csv .xlsx .dta .parquet"
    )
    panel.add_argument("--corpus", type=Path, default=paths.CORPUS, metavar="FOLDER")
    panel.add_argument(
        "--measures",
        nargs="+",
        required=True,
        metavar="FILE_OR_THEME",
        help="a table measure, word; or names of themes",
    )
    panel.add_argument("--out", type=Path, required=True, metavar="FILE")
    panel.add_argument("--by", nargs="+", default=["place_code", "year"], metavar="COLUMN")
    panel.add_argument("--matching", choices=("token", "nested", "characters"), default="token")
    panel.add_argument(
        "--sections", nargs="+", default=[], metavar="KIND", help="such as plans: only these parts"
    )
    panel.add_argument("--language", choices=("zh", "en"), default="zh")
    return parser


def _call(module: str, function: str, *positional: Any, **named: Any) -> int:
    try:
        verb = getattr(import_module(f"analysis.{module}"), function)
    except (ImportError, AttributeError):
        raise NotImplementedError(explain(f"analysis.{module}.{function} is not there yet")) from None
    result = verb(*positional, **named)
    return result if isinstance(result, int) else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something failed, 2 refused, 130 interrupted."""
    given = vars(_parser().parse_args(arguments))
    verb = given.pop("verb")
    try:
        if verb == "add":
            from .commands.add import add_files

            folder = given["corpus"].expanduser().absolute()
            added = add_files(given["files"], corpus=folder)
            for row in added[["id", "title", "encoding", "notes"]].to_numpy(dtype=str).tolist():
                print("\t".join(filter(None, row)))
            print(f"{len(added)} added to {folder}; its manifest.csv says what was inferred", file=sys.stderr)
            return 0
        if verb == "clean":
            from .commands.clean_folder import clean_folder

            overview = clean_folder(
                given["source"],
                out=given["out"],
                jobs=given["jobs"],
                progress=lambda line: print(line, file=sys.stderr),
            )
            return int((overview["problem"] != "").any())
        if verb == "panel":
            from .commands.make_panel import make_panel

            given["corpus"] = given["corpus"].expanduser().absolute()
            make_panel(**given, progress=lambda line: print(line, file=sys.stderr))
            return 0
        home = {"run": "runner", "refresh": "runner", "site": "html_export"}[verb]
        names = {"run": "run_notebooks", "refresh": "refresh_notebooks", "site": "write_site"}
        return _call(f"notebooks.{home}", names[verb], **given)
    except (ValueError, OSError, NotImplementedError) as error:
        print(f"{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
