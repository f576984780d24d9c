"""How far is `make figures` from the least that it could take? Writes `benchmarks/floor.md`.

The floor starts as many kernels, as many at a time, and imports in each of them the packages that the notebook
has imported when it ends, in the same order; nothing else. Both are timed from the start of the process to its
end, in turns, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analysis import paths
from analysis.notebooks.execution import execute_notebook
from analysis.notebooks.planning import all_notebooks

LOADED = """\
import sys
own = ("analysis", "__main__", "sitecustomize")
print([n for n in sys.modules if n.split(".")[0] not in {*sys.stdlib_module_names, *own}])"""
IMPORT = """\
import importlib
for name in {modules!r}:
    try:
        importlib.import_module(name)
    except Exception:
        pass"""
REPORT = """\
# How long `make figures` takes

Made by `make bench`. From the start of the process to its end, {rounds} rounds in turns, medians; {machine}.

| | seconds | to the floor | processor seconds | to the floor |
| --- | ---: | ---: | ---: | ---: |
| floor: start {notebooks} kernels, {jobs} at a time, and import the same packages | {wall[floor]} | 1.00 | {cpu[floor]} | 1.00 |
| `python -m analysis run`, nothing up to date | {wall[run]} | {ratio:.2f} | {cpu[run]} | {cpu_ratio:.2f} |
| `python -m analysis run`, everything up to date | {wall[nothing]} | | {cpu[nothing]} | |

Ratios of the single rounds: {ratios}. The aim is at most 1.5, and less than 2 seconds for nothing to do. On a machine
that does other things at the same time, processor seconds are the steadier measure.

There is no analysis, no figure and no papermill in the floor. What the run spends above it is the import of papermill
once, the analysis of the texts, and the drawing of {figures} figures in two forms each.
"""


def loaded_modules(notebook: Path, folder: Path) -> list[str]:
    """Modules outside the standard library that are loaded in a notebook's kernel when it ends."""
    book = json.loads(notebook.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "source": LOADED, "metadata": {}, "outputs": [], "execution_count": None}
    book["cells"].append(cell | ({"id": "loaded"} if book["nbformat_minor"] >= 5 else {}))
    copy = folder / notebook.name
    copy.write_text(json.dumps(book), encoding="utf-8")
    figures = folder / "figures"
    figures.mkdir(exist_ok=True)
    done = execute_notebook(copy, values={}, environment={paths.FIGURES_VARIABLE: str(figures)})
    return list(json.loads(done.cells[-1].outputs[0].text.replace("'", '"')))


def start_kernel(modules: list[str]) -> None:
    """Start a kernel, import, and end it."""
    from jupyter_client.manager import KernelManager

    kernel = KernelManager(kernel_name="python3", transport_encryption="auto")
    kernel.start_kernel()
    client = kernel.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute_interactive(IMPORT.format(modules=modules), timeout=120)
    client.stop_channels()
    kernel.shutdown_kernel(now=True)


def floor(listed: Path, jobs: int) -> None:
    modules = json.loads(listed.read_text(encoding="utf-8"))
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(start_kernel, modules))


def processor_seconds() -> float:
    """Processor time of all processes that we have waited for, theirs included."""
    spent = os.times()
    return spent.children_user + spent.children_system


def timed(command: list[str], **environment: str) -> tuple[float, float]:
    """Wall and processor seconds of a command."""
    started, spent = time.perf_counter(), processor_seconds()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env={**os.environ, **environment})
    return time.perf_counter() - started, processor_seconds() - spent


def measure(rounds: int, jobs: int, output: Path) -> None:
    notebooks = all_notebooks()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        listed = folder / "modules.json"
        listed.write_text(json.dumps([loaded_modules(path, folder) for path in notebooks]), encoding="utf-8")
        away = {paths.BUILD_VARIABLE: str(folder / "build"), paths.FIGURES_VARIABLE: str(folder / "made")}
        lowest = [sys.executable, __file__, "--floor", str(listed), "-j", str(jobs)]
        run = [sys.executable, "-m", "analysis", "run", "-j", str(jobs)]
        times: dict[str, list[tuple[float, float]]] = {"floor": [], "run": [], "nothing": []}
        for number in range(rounds + 1):
            for made in away.values():
                shutil.rmtree(made, ignore_errors=True)
            found = {"floor": timed(lowest), "run": timed(run, **away), "nothing": timed(run, **away)}
            if number:  # the first round only warms the caches of the file system
                for key, seconds in found.items():
                    times[key].append(seconds)
            print({key: tuple(round(number, 2) for number in pair) for key, pair in found.items()}, flush=True)
        figures = len(json.loads((folder / "made" / "manifest.json").read_text(encoding="utf-8")))
    wall = {key: [pair[0] for pair in pairs] for key, pairs in times.items()}
    processor = {key: [pair[1] for pair in pairs] for key, pairs in times.items()}
    ratios = [one / other for one, other in zip(wall["run"], wall["floor"], strict=True)]
    cpu_ratios = [one / other for one, other in zip(processor["run"], processor["floor"], strict=True)]
    text = REPORT.format(
        rounds=rounds,
        machine=f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}",
        notebooks=len(notebooks),
        jobs=jobs,
        figures=figures,
        ratio=statistics.median(ratios),
        cpu_ratio=statistics.median(cpu_ratios),
        ratios=", ".join(f"{ratio:.2f}" for ratio in ratios),
        wall={key: f"{statistics.median(values):.2f}" for key, values in wall.items()},
        cpu={key: f"{statistics.median(values):.2f}" for key, values in processor.items()},
    )
    output.write_text(text, encoding="utf-8", newline="\n")
    print(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("-j", dest="jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".md"))
    parser.add_argument("--floor", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.floor:
        floor(given.floor, given.jobs)
    else:
        measure(given.rounds, given.jobs, given.out)


if __name__ == "__main__":
    main()
