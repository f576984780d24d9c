"""Makes `.venv`, keeps it in step with `requirements.lock`, and runs the project's commands in it.

    python bootstrap.py            make or refresh .venv
    python bootstrap.py figures    every figure from the corpus
    python bootstrap.py test       every test

`make figures` calls the same. Needs Python 3.11 to 3.13 and nothing else; what pip is configured to use
(a mirror, a proxy, a certificate) is used here as well.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock"
GROUP_LOCKS = {
    "test": (HERE / "requirements-test.lock", ("test",)),
    "dev": (HERE / "requirements-dev.lock", ("dev", "bench")),
}
"""What `.venv` holds beyond the library: a lock each, compiled from dependency groups of `pyproject.toml`."""
ENVIRONMENT = HERE / "environment.yml"
STAMP = VENV / "complete.json"
SUPPORTED = ((3, 11), (3, 13))
BENCHMARKS = {
    "bench": ("floor*",),
    "bench-repair": ("repair*", "encoding*"),
    "bench-vocabulary": ("vocabulary*", "segmentation*", "discovery*", "indicators*"),
    "bench-statistics": ("statistics*", "calibration*", "keyness*"),
}


def say(text):
    """Tell the person at the terminal; standard output stays the commands' own."""
    print(text, file=sys.stderr, flush=True)


def venv_python():
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def call(command, **more):
    """Run a command to its end and return its exit code; Ctrl-C is the command's to handle."""
    environment = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more.pop("env", {})}
    process = subprocess.Popen([str(part) for part in command], env=environment, **more)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT,)}
    before[signal.SIGTERM] = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        return process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wanted(lock=LOCK):
    """What `.venv` must have been made from, in order to be fresh."""
    import tomllib  # not in the versions that are refused

    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))
    installs = {name: project.get(name) for name in ("build-system", "project")}
    return {
        "python": list(sys.version_info[:3]),
        "folder": str(HERE),
        "project": hashlib.sha256(json.dumps(installs, sort_keys=True).encode()).hexdigest(),
        "lock": hashlib.sha256(lock.read_bytes()).hexdigest(),
    }


def stamped(stamp=STAMP):
    """What `.venv` was made from, or None if it was never finished."""
    try:
        found = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and venv_python().exists() else None


def sections(text):
    """The entries of a lock, a list of (name, version, marker, whole text) in order."""
    found = []
    for part in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]:
        head = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]*))?", part)
        found.append((head[1], head[2], (head[3] or "").strip(), part))
    return found


def pip(*arguments):
    """Run the pip of `.venv`; stop with its exit code if it fails."""
    code = call([venv_python(), "-m", "pip", "install", "--quiet", "--no-input", *arguments])
    if code:
        say("pip could not install everything; what it printed above says why.")
        say("  next: check the network, or name a mirror: pip config set global.index-url ADDRESS; then repeat")
        raise SystemExit(code)


def make_venv():
    """Make `.venv` from nothing."""
    say("Making .venv …")
    base = getattr(sys, "_base_executable", None) or sys.executable
    if call([base, "-m", "venv", "--clear", VENV]):
        say("The standard module venv does not work here.")
        say("  next: on Debian or Ubuntu: apt install python3-venv; then repeat")
        raise SystemExit(1)


def install_lock(lock):
    """Install exactly what a lock says; jieba, which has no wheel, is built with the locked setuptools."""
    tools = [text for name, _, _, text in sections(LOCK.read_text(encoding="utf-8")) if name == "setuptools"]
    first = VENV / "build-tools.txt"
    first.write_text("".join(tools), encoding="utf-8")
    pip("--require-hashes", "-r", first)
    # The lock is complete; resolving again would only warn that lxml spells its extra html-clean otherwise than justext.
    pip("--require-hashes", "--no-deps", "--no-build-isolation", "-r", lock)


def set_up():
    """Bring `.venv` in step with the lock and `pyproject.toml`; nothing to do is the usual case."""
    want, have = wanted(), stamped()
    if have == want:
        return
    known = have is not None and (have.get("python"), have.get("folder")) == (want["python"], want["folder"])
    STAMP.unlink(missing_ok=True)
    if not known:  # another Python, a moved folder, or a set-up that was broken off
        make_venv()
    say(
        f"Installing {len(sections(LOCK.read_text(encoding='utf-8')))} packages (a minute or two the first time) …"
    )
    install_lock(LOCK)
    pip("--no-deps", "--no-build-isolation", "--editable", HERE)
    STAMP.write_text(json.dumps(want), encoding="utf-8")


def add_tools(group):
    """Add the tools of a group to `.venv`: for tests, or for checks, locks and benchmarks."""
    set_up()
    lock = GROUP_LOCKS[group][0]
    stamp, want = VENV / f"complete-{group}.json", wanted(lock)
    if stamped(stamp) != want or STAMP.stat().st_mtime > stamp.stat().st_mtime:
        say(f"Installing the tools for {group} …")
        install_lock(lock)
        stamp.write_text(json.dumps(want), encoding="utf-8")


def module(*arguments, **more):
    """Run a Python module in `.venv`, from the project's folder, and return its exit code."""
    return call([venv_python(), "-m", *arguments], cwd=HERE, **more)


def run_tests(arguments):
    """Every test, then every notebook compared with its committed outputs. Returns the worse exit code."""
    add_tools("test")
    parallel = ("-n", "auto", "--dist", "loadfile")
    tests = module("pytest", *parallel, *arguments)
    if not sorted((HERE / "notebooks").glob("[0-9]*.ipynb")):
        return tests
    strict = ("--nbval", "--nbval-current-env", "--ignore-glob=*explore*", "notebooks")
    aside = {"ANALYSIS_FIGURES": str(HERE / "build" / "nbval")}
    return max(tests, module("pytest", *parallel, *strict, env=aside))


def run_checks(arguments):
    """Style, then types. Returns the worse exit code."""
    add_tools("dev")
    steps = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
    return max(module(*step, *arguments) for step in steps)


def environment_text(lock):
    """The text of `environment.yml` for the text of a lock: the same versions, inline."""
    import tomllib

    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        "# Written by `python bootstrap.py lock`; change pyproject.toml instead. Afterwards, in the environment:",
        "#   pip install --no-deps --editable .",
        f"name: {project['name']}",
        "channels: [conda-forge, nodefaults]",
        "dependencies:",
        f"  - python {project['requires-python']}",
        "  - pip",
        "  - pip:",
    ]
    for name, version, marker, _ in sections(lock):
        pin = f"{name}=={version}" + (f" ; {marker}" if marker else "")
        lines.append(f"    - {json.dumps(pin)}")
    return "\n".join(lines) + "\n"


def write_locks(arguments):
    """Compile `pyproject.toml` into the locks and `environment.yml`. `--upgrade` takes newer versions."""
    add_tools("dev")
    compiled = (
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
    )
    plain = ("--fork-strategy", "fewest", "--no-emit-index-url", "--no-emit-find-links", "--no-header")
    code = module(*compiled, *plain, *arguments, "pyproject.toml", "--group", "build", "-o", LOCK.name)
    done = ["-c", LOCK.name]
    for lock, groups in GROUP_LOCKS.values():
        chosen = [part for group in groups for part in ("--group", group)]
        code = code or module(*compiled, *plain, *arguments, *chosen, *done, "-o", lock.name)
        done += ["-c", lock.name]
    if not code:
        ENVIRONMENT.write_text(
            environment_text(LOCK.read_text(encoding="utf-8")), encoding="utf-8", newline="\n"
        )
    return code


KINDS = ("Results changed", "Names moved", "New", "Mended")
"""Headings of a version in the changelog, in order: what a reader may have cited comes first."""


def entries_of(text, where):
    """The entries of a changelog fragment or of one version, a dictionary from heading to list of entries."""
    head, *parts = re.split(r"^### +(.*)\n", text, flags=re.MULTILINE)
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    unknown = [kind for kind in found if kind not in KINDS]
    if head.strip() or not found or unknown:
        raise ValueError(
            f"{where}: every line stands below one of: {', '.join('### ' + kind for kind in KINDS)}"
        )
    entries = {
        kind: re.split(r"^(?=- )", body.strip() + "\n", flags=re.MULTILINE) for kind, body in found.items()
    }
    for kind, items in entries.items():
        if items.pop(0).strip() or not items:
            raise ValueError(f"{where}: below '### {kind}' stands a list, every entry begins with '- '")
    return {kind: [item.rstrip() for item in items] for kind, items in entries.items()}


def changelog_text(old, fragments, version, date):
    """The text of `CHANGELOG.md` with the fragments, (name, text) each, added to the section of a version."""
    preamble, *sections = re.split(r"^(?=## )", old, flags=re.MULTILINE)
    merged = {kind: [] for kind in KINDS}
    if sections and sections[0].startswith(f"## {version} "):
        fragments = [("CHANGELOG.md", sections.pop(0).split("\n", 1)[1].strip() + "\n"), *fragments]
    for name, text in fragments:
        for kind, items in entries_of(text, name).items():
            merged[kind] += items
    lists = [f"### {kind}\n\n" + "\n".join(items) + "\n\n" for kind, items in merged.items() if items]
    return preamble + f"## {version} — {date}\n\n" + "".join(lists) + "".join(sections)


def build_changelog(arguments):
    """Move the fragments of `changelog.d/` into `CHANGELOG.md`; `--draft` prints the result and moves nothing."""
    import tomllib

    version = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    citation = (HERE / "CITATION.cff").read_text(encoding="utf-8")
    date = re.search(r"^date-released: *(\S+)", citation, flags=re.MULTILINE)[1]
    paths = sorted(path for path in (HERE / "changelog.d").glob("*.md") if path.name != "README.md")
    if not paths:
        say("changelog.d/ holds no fragment; CHANGELOG.md stays as it is.")
        return 0
    fragments = [(path.name, path.read_text(encoding="utf-8")) for path in paths]
    try:
        text = changelog_text((HERE / "CHANGELOG.md").read_text(encoding="utf-8"), fragments, version, date)
    except ValueError as error:
        say(error)
        return 1
    if "--draft" in arguments:
        print(text, end="")
        return 0
    (HERE / "CHANGELOG.md").write_text(text, encoding="utf-8", newline="\n")
    for path in paths:
        path.unlink()
    return 0


def try_environment(arguments):
    """Install the pip section of `environment.yml` into a fresh environment and use it. For CI."""
    import venv

    folder = HERE / "build" / "environment"
    say("Trying environment.yml in a fresh environment …")
    venv.create(folder, clear=True, with_pip=True)
    python = folder / venv_python().relative_to(VENV)
    pins = re.findall(r'^    - (".*")$', ENVIRONMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    listed = folder / "pip-section.txt"
    listed.write_text("\n".join(map(json.loads, pins)) + "\n", encoding="utf-8")
    steps = (
        ("-m", "pip", "install", "--quiet", "--no-input", "-r", listed),
        ("-m", "pip", "install", "--quiet", "--no-input", "--no-deps", "--editable", HERE),
        ("-m", "pip", "check"),
        ("-m", "analysis", "run", "--help"),
    )
    for step in steps:
        quiet = {"stdout": subprocess.DEVNULL} if step[-1] == "--help" else {}
        code = call([python, *step], cwd=HERE, **quiet)
        if code:
            say(f"environment.yml does not work: {' '.join(map(str, step))}")
            return code
    shutil.rmtree(folder)
    say("environment.yml installs and works.")
    return 0


def clean(arguments):
    """Remove `.venv`, `build/` and caches; never figures, notebooks or the corpus."""
    for name in (".venv", "build", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    return 0


def run_benchmark(verb, arguments):
    """Run the scripts in `benchmarks/` that belong to a command. Returns the worst exit code."""
    add_tools("dev")
    folder = HERE / "benchmarks"
    scripts = sorted({path for name in BENCHMARKS[verb] for path in folder.glob(f"{name}.py")})
    return max([call([venv_python(), script, *arguments], cwd=HERE) for script in scripts], default=0)


def main(arguments):
    """Run one command and return its exit code."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("set-up", [])
    analysis = {
        "figures": "run",
        "notebooks": "refresh",
        "site": "site",
        "run": "run",
        "add": "add",
        "clean-text": "clean",
    }
    own = {
        "set-up": lambda rest: 0,
        "test": run_tests,
        "check": run_checks,
        "lock": write_locks,
        "changelog": build_changelog,
        "try-environment": try_environment,
        "clean": clean,
    }
    verbs = sorted({*analysis, *own, *BENCHMARKS})
    if verb in ("-h", "--help") or verb not in verbs:
        say(__doc__.strip() if verb in ("-h", "--help") else f"There is no command {verb!r}.")
        say(f"Commands: {', '.join(verbs)}")
        return 0 if verb in ("-h", "--help") else 2
    if verb != "clean":
        set_up()
    if verb in analysis:
        return module("analysis", analysis[verb], *rest)
    return run_benchmark(verb, rest) if verb in BENCHMARKS else own[verb](rest)


def another_python():
    """A Python on the search path that will do, or None."""
    for minor in range(SUPPORTED[1][1], SUPPORTED[0][1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    return None


if __name__ == "__main__":
    if SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        sys.exit(main(sys.argv[1:]))
    other = another_python()
    if other is None:
        say(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version_info[0]}.{sys.version_info[1]}.")
        say("  next: install one, and name it: make PYTHON=python3.12 …, or python3.12 bootstrap.py …")
        sys.exit(1)
    sys.exit(subprocess.call([other, *sys.argv]))
