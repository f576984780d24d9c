"""One source of dependencies: pyproject.toml, the locks and environment.yml say the same."""

import ast
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from types import ModuleType

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from analysis import paths

ROOT = paths.PROJECT
LOCKS = {
    "requirements.lock": ("build",),
    "requirements-test.lock": ("test",),
    "requirements-dev.lock": ("dev", "bench"),
}
TOOLS = {"jupyterlab", "ipykernel"}
"""Runtime dependencies that no module imports: JupyterLab opens the notebooks, ipykernel runs them."""


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked_for(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [text for group in LOCKS[lock] for text in project["dependency-groups"][group]]
    if lock == "requirements.lock":
        asked += project["project"]["dependencies"]
    return [Requirement(text) for text in asked]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_a_version_of_everything_that_is_asked_for(bootstrap, lock):
    pins = {name: version for name, version, _, _ in bootstrap.sections(read(lock))}
    for requirement in asked_for(lock):
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{name} is not in {lock}: python bootstrap.py lock"
        assert requirement.specifier.contains(pins[name]), f"{name}=={pins[name]}: python bootstrap.py lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_nothing_that_nobody_asks_for(bootstrap, lock):
    asked = {canonicalize_name(requirement.name) for requirement in asked_for(lock)}
    for name, _, _, text in bootstrap.sections(read(lock)):
        reasons = [line.strip("# ").removeprefix("via").strip() for line in text.splitlines() if "# " in line]
        ours = any(reason.startswith("governance-text-analysis") for reason in reasons)
        assert ours <= (name in asked), f"{name}: python bootstrap.py lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_line_names_a_host(bootstrap, lock):
    for name, _, _, text in bootstrap.sections(read(lock)):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", text), name
    for line in read(lock).splitlines():
        assert re.fullmatch(
            r"[a-z0-9._-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    # .*|    #", line
        ), line
        assert "//" not in line
        assert not re.search(r"index|find-links|file:|[a-z]\.(com|org|cn|io)\b", line.split("--hash")[0]), line


def test_the_groups_of_tools_are_those_that_bootstrap_installs(bootstrap):
    assert {lock.name: groups for lock, groups in bootstrap.GROUP_LOCKS.values()} == {
        name: groups for name, groups in LOCKS.items() if name != "requirements.lock"
    }


def test_what_the_library_needs_is_what_it_imports():
    used = set()
    for path in paths.PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                used.add(node.module.split(".")[0])
    owners = packages_distributions()
    used -= {*sys.stdlib_module_names, "analysis"}
    imported = {canonicalize_name(owners[module][0]) for module in used}
    listed = {
        canonicalize_name(Requirement(text).name)
        for text in tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    }
    assert listed - TOOLS == imported
    assert listed >= TOOLS


@pytest.mark.parametrize("tools", [name for name in LOCKS if name != "requirements.lock"])
def test_the_tools_use_the_versions_of_the_main_lock(bootstrap, tools):
    main = {name: version for name, version, _, _ in bootstrap.sections(read("requirements.lock"))}
    for name, version, _, _ in bootstrap.sections(read(tools)):
        assert main.get(name, version) == version


def test_every_section_of_the_lock_is_found(bootstrap):
    text = read("requirements.lock")
    assert len(bootstrap.sections(text)) == len(re.findall(r"^[a-z0-9]", text, flags=re.MULTILINE)) > 100
    assert "".join(part for *_, part in bootstrap.sections(text)) == text


def test_environment_yml_pins_what_the_lock_pins(bootstrap):
    listed = yaml.safe_load(read("environment.yml"))["dependencies"]
    (pip,) = [entry["pip"] for entry in listed if isinstance(entry, dict)]
    found = {}
    for text in pip:
        requirement = Requirement(text)
        found[requirement.name] = (str(requirement.specifier), requirement.marker)
    expected = {}
    for name, version, marker, _ in bootstrap.sections(read("requirements.lock")):
        requirement = Requirement(f"{name}=={version}" + (f"; {marker}" if marker else ""))
        expected[name] = (f"=={version}", requirement.marker)
    assert {k: (v, str(m)) for k, (v, m) in found.items()} == {k: (v, str(m)) for k, (v, m) in expected.items()}


def test_environment_yml_is_what_the_lock_generates(bootstrap):
    assert bootstrap.environment_text(read("requirements.lock")) == read("environment.yml")


def test_bootstrap_needs_the_standard_library_alone():
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import bootstrap"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_bootstrap_names_its_commands_when_one_is_misspelt():
    done = subprocess.run(
        [sys.executable, ROOT / "bootstrap.py", "figurse"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "'figurse'" in done.stderr
    assert "figures" in done.stderr.split("Commands:")[1]


@pytest.fixture
def elsewhere(bootstrap, tmp_path, monkeypatch):
    """The bootstrap with a project folder of its own, in which installing is only written down."""
    calls = []
    for name in ("pyproject.toml", *LOCKS):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(bootstrap, "HERE", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "LOCK", tmp_path / "requirements.lock")
    groups = {group: (tmp_path / lock.name, of) for group, (lock, of) in bootstrap.GROUP_LOCKS.items()}
    monkeypatch.setattr(bootstrap, "GROUP_LOCKS", groups)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "complete.json")
    monkeypatch.setattr(bootstrap.wanted, "__defaults__", (tmp_path / "requirements.lock",))
    monkeypatch.setattr(bootstrap.stamped, "__defaults__", (tmp_path / ".venv" / "complete.json",))

    def call(command, **_):
        calls.append([str(part) for part in command])
        if "venv" in calls[-1]:
            bootstrap.venv_python().parent.mkdir(parents=True, exist_ok=True)
            bootstrap.venv_python().touch()
        return 0

    monkeypatch.setattr(bootstrap, "call", call)
    bootstrap.calls = calls
    return bootstrap


def kinds(calls):
    return ["venv" if "venv" in call else "editable" if "--editable" in call else "lock" for call in calls]


def test_set_up_makes_the_environment_once(elsewhere):
    elsewhere.set_up()
    assert kinds(elsewhere.calls) == ["venv", "lock", "lock", "editable"]
    assert all("--require-hashes" in call for call in elsewhere.calls if "-r" in call)
    assert "--no-deps" in elsewhere.calls[-1]
    elsewhere.calls.clear()
    elsewhere.set_up()
    assert elsewhere.calls == []


def test_only_the_tests_install_the_tools_for_tests(elsewhere, monkeypatch):
    monkeypatch.setattr(elsewhere, "module", lambda *arguments, **more: 0)
    assert elsewhere.main(["figures"]) == 0
    installed = [call[-1] for call in elsewhere.calls if "-r" in call]
    assert [path.rpartition("/")[2] for path in installed] == ["build-tools.txt", "requirements.lock"]
    elsewhere.calls.clear()
    assert elsewhere.main(["test"]) == 0
    assert any(call[-1].endswith("requirements-test.lock") for call in elsewhere.calls)
    elsewhere.calls.clear()
    assert elsewhere.main(["test"]) == 0
    assert elsewhere.calls == []


def test_a_set_up_that_was_broken_off_is_done_anew(elsewhere, monkeypatch):
    def failing(*arguments):
        raise SystemExit(1)

    with monkeypatch.context() as context:
        context.setattr(elsewhere, "pip", failing)
        with pytest.raises(SystemExit):
            elsewhere.set_up()
    elsewhere.calls.clear()
    elsewhere.set_up()
    assert kinds(elsewhere.calls)[0] == "venv"


def test_a_changed_lock_is_installed_into_the_environment_that_is_there(elsewhere):
    elsewhere.set_up()
    elsewhere.calls.clear()
    with elsewhere.LOCK.open("a", encoding="utf-8") as lock:
        lock.write("    # 改动\n")
    elsewhere.set_up()
    assert kinds(elsewhere.calls) == ["lock", "lock", "editable"]


def test_another_python_or_a_moved_folder_means_a_new_environment(elsewhere):
    elsewhere.set_up()
    for change in ({"python": [3, 11, 0]}, {"folder": "别处"}):
        stamp = json.loads(elsewhere.STAMP.read_text(encoding="utf-8"))
        elsewhere.STAMP.write_text(json.dumps({**stamp, **change}), encoding="utf-8")
        elsewhere.calls.clear()
        elsewhere.set_up()
        assert kinds(elsewhere.calls)[0] == "venv"


def test_settings_of_tools_do_not_make_the_environment_stale(elsewhere):
    elsewhere.set_up()
    elsewhere.calls.clear()
    with (elsewhere.HERE / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("\n[tool.something]\nline-length = 1\n")
    elsewhere.set_up()
    assert elsewhere.calls == []
