"""Tasks for the engine doit: when they are up to date, and how progress is shown."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from doit.action import BaseAction
from doit.cmd_base import TaskLoader2
from doit.exceptions import TaskFailed
from doit.task import Task, dict_to_task

from ..provenance import digest_json


class _Make(BaseAction):  # type: ignore[misc]
    """Makes one result. Unlike doit's own action for functions it leaves standard output alone.

    That matters because tasks run in threads: the waiting is for kernels, which are processes of their own.
    """

    def __init__(self, description: Mapping[str, Any]):
        self.description = description
        self.task: Task | None = None
        self.out: str | None = None
        self.err: str | None = None
        self.result: object = None
        self.values: dict[str, Any] = {}

    def execute(self, out: object = None, err: object = None) -> TaskFailed | None:
        """Make it; an error becomes doit's failure, with the message as it is."""
        started = time.monotonic()
        try:
            note = self.description["make"]()
        except (ValueError, OSError, RuntimeError, ImportError) as error:
            return TaskFailed(str(error) or type(error).__name__)
        self.values = {
            "config": digest_json(self.description["config"]),
            "state": self.description.get("state", str)(),
        }
        self.out = f"{time.monotonic() - started:.1f} s" + (f", {note}" if note else "")
        return None

    def __str__(self) -> str:
        return str(self.description["title"])


def _is_up_to_date(description: Mapping[str, Any]) -> Any:
    def check(task: Task, values: Mapping[str, Any]) -> bool:
        return (
            not description["always"]
            and values.get("config") == digest_json(description["config"])
            and values.get("state") == description.get("state", str)()
        )

    return check


class Loader(TaskLoader2):  # type: ignore[misc]
    """The tasks of one run, and what came of them: `counts` of made, up to date, failed."""

    def __init__(self, descriptions: Iterable[Mapping[str, Any]], *, file: Path, parallel: int):
        super().__init__()
        self.descriptions = list(descriptions)
        self.file = file
        self.parallel = parallel
        self.counts = {"made": 0, "up to date": 0, "failed": 0}

    def setup(self, opt_values: object) -> None:
        """Nothing to set up."""

    def load_doit_config(self) -> dict[str, Any]:
        """Return doit's settings: tasks in threads, go on after a failure, our own progress lines."""
        return {
            "dep_file": str(self.file),
            "backend": "json",
            "num_process": self.parallel,
            "par_type": "thread",
            "continue": True,
            "reporter": _Progress(self.counts),
        }

    def load_tasks(self, cmd: object, pos_args: object) -> list[Task]:
        """Return the tasks."""
        return [
            dict_to_task(
                {
                    "name": description["name"],
                    "title": lambda task, text=description["title"]: text,
                    "actions": [_Make(description)],
                    "file_dep": [str(path) for path in description["files"]],
                    "uptodate": [_is_up_to_date(description)],
                }
            )
            for description in self.descriptions
        ]


class _Progress:
    """A line when a notebook starts and one when it ends, on standard error."""

    desc = "one line a start, one line an end"

    def __init__(self, counts: dict[str, int]):
        self.counts = counts
        self.failures: list[str] = []

    def _report(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def initialize(self, tasks: object, selected_tasks: object) -> None:
        """Nothing to report yet."""

    def get_status(self, task: Task) -> None:
        """Nothing to report yet."""

    def execute_task(self, task: Task) -> None:
        """Report that a notebook starts."""
        self._report(f"{task.title()} …")

    def add_success(self, task: Task) -> None:
        """Report that a notebook is done, and how long it took."""
        self.counts["made"] += 1
        self._report(f"{task.title()} done in {task.actions[0].out}")

    def skip_uptodate(self, task: Task) -> None:
        """Count; what has not changed needs no line of its own."""
        self.counts["up to date"] += 1

    def skip_ignore(self, task: Task) -> None:
        """Nothing is ever ignored."""

    def add_failure(self, task: Task, fail: Any) -> None:
        """Report what failed and why; a reason that several share is given once."""
        self.counts["failed"] += 1
        reason = str(fail.get_msg()).rstrip()
        self._report(
            f"{task.title()} FAILED" + (f"\n{reason}" if reason not in self.failures else ", as above")
        )
        self.failures.append(reason)

    def cleanup_error(self, exception: Any) -> None:
        """Report it."""
        self._report(str(exception.get_msg()))

    def runtime_error(self, msg: str) -> None:
        """Report it."""
        self._report(msg)

    def teardown_task(self, task: Task) -> None:
        """Nothing to tear down."""

    def complete_run(self) -> None:
        """The caller sums up."""
