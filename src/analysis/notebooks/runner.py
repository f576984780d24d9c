"""Run notebooks, in parallel, and only those for which something has changed: tasks of the engine doit."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from .. import paths
from ..errors import CorpusError
from .execution import NotebookFailed, end_all, execute_notebook
from .normal_form import normal_form, notebook_text
from .planning import Job, digest_corpus, digest_notebook, plan_jobs
from .publishing import compare_figures, digest_of, forget_notebooks, publish_figures, write_whole


def run_notebooks(
    notebooks: Sequence[str],
    *,
    parameters: Sequence[Sequence[str]] = (),
    grid: Path | None = None,
    corpus: Path | None = None,
    jobs: int | None = None,
    check: bool = False,
) -> int:
    """Run notebooks for which something has changed, and return an exit code.

    Parameters
    ----------
    notebooks, parameters, grid, corpus
        As for `plan_jobs`.
    jobs : int, optional
        Notebooks at a time; as many as there are cores if it is not given.
    check : bool
        Run everything, compare the figures with those that are kept, and change nothing.

    Returns
    -------
    int
        0 if everything is made, 1 if a notebook failed or, with `check`, if a figure differs, 130 if the
        run was interrupted.

    Raises
    ------
    ParameterError, CorpusError
        What was asked cannot be run; nothing was.
    """
    planned = plan_jobs(notebooks, parameters=parameters, grid=grid, corpus=corpus)
    session = _Session(planned, jobs=jobs, check=check)
    code = session.run()
    if code == 0 and not check and not notebooks:
        for folder in sorted({job.figures for job in planned if grid is None}):
            forget_notebooks(folder, existing={path.stem for path in paths.notebooks_folder().glob("*.ipynb")})
    return code


def refresh_notebooks(notebooks: Sequence[str], *, jobs: int | None = None) -> int:
    """Run notebooks at their default parameters and store their outputs in them, in normal form.

    Returns
    -------
    int
        As `run_notebooks`. A notebook that fails keeps what it had.
    """
    return _Session(plan_jobs(notebooks), jobs=jobs, refresh=True).run()


@dataclass
class _Session:
    """One call of the runner: its jobs, how they are made, and what came of them.

    `differences` from kept figures (with `check`), `claims` of figures by notebooks, and corpora found `bad` are
    collected by all threads under the lock `keeping`.
    """

    planned: Sequence[Job]
    jobs: int | None = None
    check: bool = False
    refresh: bool = False
    differences: list[str] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    bad: dict[Path, str] = field(default_factory=dict)
    keeping: Lock = field(default_factory=Lock)
    environment: dict[str, str] = field(default_factory=dict)
    staging: Path = field(default_factory=Path)

    def run(self) -> int:
        """Run what is not up to date, and return the exit code."""
        from doit.doit_cmd import DoitMain

        from .doit_tasks import Loader

        build = paths.build_folder()
        build.mkdir(parents=True, exist_ok=True)
        parallel = max(1, min(self.jobs or os.cpu_count() or 1, len(self.planned)))
        self.environment = _threads(parallel)
        # a check runs everything and keeps nothing, so it must not count as the last real run
        record = build / ("doit-check.json" if self.check else "doit.json")
        started = time.monotonic()
        with _terminate_as_interrupt(), _staging(build) as self.staging:
            loader = Loader(self._tasks(), file=record, parallel=parallel)
            try:
                code = int(DoitMain(loader, config_filenames=()).run(["run"]))
            except KeyboardInterrupt:
                end_all()
                self.keeping.acquire(timeout=30)  # a result that is complete is kept whole
                _report("interrupted: what was not finished keeps its previous result")
                return 130
        return self._sum_up(code, loader.counts, seconds=time.monotonic() - started)

    def _sum_up(self, code: int, counts: Mapping[str, int], *, seconds: float) -> int:
        """Report what was made or compared, and return the exit code."""
        if self.check:
            for line in sorted(self.differences):
                _report(line)
            _report(f"{counts['made']} notebooks compared, {len(self.differences)} differences")
            return 1 if code or self.differences else 0
        parts = [f"{number} {what}" for what, number in counts.items() if number]
        _report(f"{', '.join(parts)} in {seconds:.1f} s")
        return 1 if code else 0

    def _tasks(self) -> Iterator[dict[str, Any]]:
        """Yield each job as doit's task: how it is made, and all that it depends on."""
        library = [path for path in sorted(paths.PACKAGE.rglob("*")) if _is_code(path)]
        lock = paths.PROJECT / "requirements.lock"
        corpora = {folder: digest_corpus(folder) for folder in {job.corpus for job in self.planned}}
        for job in sorted(self.planned, key=lambda job: -job.length):
            yield {
                "name": job.key,
                "title": job.title,
                "make": partial(self._make, job),
                "config": {
                    "notebook": digest_notebook(job.notebook),
                    "values": dict(job.values),
                    "corpus": corpora[job.corpus],
                    "python": platform.python_version(),
                },
                "state": partial(_state, job),
                "files": [path for path in [*library, lock] if path.is_file()],
                "always": self.check or self.refresh,
            }

    def _make(self, job: Job) -> str:
        """Execute a notebook into a folder of its own, keep its results, and return a note for the progress line.

        Tasks run in threads; only keeping results, and asking why one failed, is done by one thread at a time.
        """
        staged = Path(tempfile.mkdtemp(prefix=f"{job.name}-", dir=self.staging))
        environment = {
            **self.environment,
            paths.FIGURES_VARIABLE: str(staged),
            paths.NOTEBOOKS_VARIABLE: str(job.notebook.parent),
        }
        self._refuse(job.corpus)
        try:
            executed = execute_notebook(job.notebook, values=job.values, environment=environment)
        except NotebookFailed:
            # ten notebooks that fail at one bad file should give one reason and not ten tracebacks
            with self.keeping:
                self.bad.setdefault(job.corpus, _what_is_wrong(job.corpus))
            self._refuse(job.corpus)
            raise
        with self.keeping:
            return self._keep(job, executed, staged)

    def _refuse(self, corpus: Path) -> None:
        if self.bad.get(corpus):
            raise CorpusError(self.bad[corpus])

    def _keep(self, job: Job, executed: Any, staged: Path) -> str:
        if self.check:
            self.differences += compare_figures(staged, job.figures, notebook=job.name)
            return ""
        names = publish_figures(staged, job.figures, notebook=job.name, claims=self.claims)
        write_whole(job.executed, notebook_text(executed).encode("utf-8"))
        if self.refresh:
            write_whole(job.notebook, notebook_text(normal_form(executed)).encode("utf-8"))
        return f"{len(names)} figure{'' if len(names) == 1 else 's'}"


@contextmanager
def _staging(build: Path) -> Iterator[Path]:
    """Make a folder for unfinished results; it goes when the run ends, however it ends."""
    folder = Path(tempfile.mkdtemp(prefix="staging-", dir=build))
    try:
        yield folder
    finally:
        # kernels that are ending may still write: leave what cannot be removed
        shutil.rmtree(folder, ignore_errors=True)


def _state(job: Job) -> str:
    """Return a digest of a job's results as they are; empty if there are none."""
    return digest_of(job.figures, job.name) if job.executed.is_file() else ""


def _what_is_wrong(corpus: Path) -> str:
    """Return why a corpus cannot be read, the usual reason why a notebook fails; empty if it can."""
    from ..corpus import read_corpus

    try:
        read_corpus(corpus)
    except (CorpusError, OSError) as error:
        return str(error)
    return ""


def _is_code(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"


def _threads(parallel: int) -> dict[str, str]:
    """Return limits for numerical libraries: notebooks share the cores, unless the user has set them."""
    share = str(max(1, (os.cpu_count() or 1) // parallel))
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {name: os.environ.get(name, share) for name in names}


def _report(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def _terminate_as_interrupt() -> Iterator[None]:
    """Take the signal to terminate as Ctrl-C, so that kernels end with us."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread: signals are somebody else's
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
