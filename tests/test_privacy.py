"""Nothing leaves, nothing is ambient, nothing is run: sockets, logs, environment, folders, caches, data."""

from __future__ import annotations

import ast
import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from surroundings import unmeasured

import leukcodes as lc
from leukcodes import resources
from leukcodes.claims.edges import _covering
from leukcodes.resources import damaged_files, read_bytes

SOURCE = Path(lc.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
FORBIDDEN_IMPORTS = {
    *("logging", "warnings", "pickle", "shelve", "marshal", "dbm", "yaml", "code", "ctypes"),
    *("socket", "ssl", "http", "urllib", "ftplib", "smtplib", "xmlrpc", "asyncio", "requests", "httpx"),
    *("subprocess", "webbrowser", "getpass", "random", "sqlite3"),
}
AMBIENT = {
    "getcwd",
    "cwd",
    "expanduser",
    "home",
    "getenv",
    "environ",
    "getlocale",
    "setlocale",
    "today",
    "now",
}


def imported(tree: ast.AST) -> set[str]:
    """Names of the modules that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def relative(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_module_runs_text_as_code_or_reaches_out(path: Path) -> None:
    tree = TREES[path]
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert calls & FORBIDDEN_CALLS == set()
    assert imported(tree) & FORBIDDEN_IMPORTS == set()


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_module_asks_its_surroundings(path: Path) -> None:
    names = {node.attr for node in ast.walk(TREES[path]) if isinstance(node, ast.Attribute)}
    assert names & AMBIENT == set()


def test_sockets_are_closed_in_this_suite() -> None:
    with pytest.raises(RuntimeError, match="socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(RuntimeError, match="socket"):
        socket.getaddrinfo("example.org", 80)


WATCHED = """
import sys
opened = []
def hook(event, arguments):
    if event in {"open", "os.listdir", "os.scandir", "os.putenv", "socket.connect", "socket.getaddrinfo",
                 "subprocess.Popen", "os.system", "shutil.rmtree", "os.remove", "os.rename", "os.mkdir"}:
        opened.append((event, str(arguments[0]), arguments[1] if len(arguments) > 1 else None))
import leukcodes as lc
import os
class Watched(dict):
    asked = []
    def get(self, key, default=None):
        Watched.asked.append(key)
        return super().get(key, default)
    def __getitem__(self, key):
        Watched.asked.append(key)
        return super().__getitem__(key)
def ask():
    lc.resolve("relapsed AMKL"); lc.scan("CLL in remission. C92.01"); lc.search("hairy cel leukmia")
    lc.validate_claim(["C92.01", "Z85.6"], on="2026-11-21"); lc.compare("FY2016"); lc.value_set("aml")
    for name in lc.code_systems():
        lc.translate("C92.01", to=name)
    lc.lookup("C92.0").notes(); lc.BillableCode("C92.01"); lc.resolve("AML").model_dump_json()
    sys.stdout.flush()
import pydantic, rapidfuzz, json, re
lc.resolve("AML").model_dump_json()        # what other packages load on first use is theirs
import rapidfuzz.process, rapidfuzz.distance
sys.addaudithook(hook)
os.environ = Watched(os.environ)
ask()
print(json.dumps({"opened": opened, "asked": Watched.asked}))
"""


def test_answers_read_the_packaged_files_and_nothing_else(tmp_path: Path) -> None:
    for name in ("lexicon.json", "codes.json", "json.py", "leukcodes.toml", ".leukcodes", "pyproject.toml"):
        (tmp_path / name).write_text("a file of the working directory", "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", WATCHED],
        cwd=tmp_path,
        env=unmeasured(),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert done.stderr == ""
    assert found["asked"] == []
    for event, path, mode in found["opened"]:
        # The interpreter itself lists folders to find modules.
        assert event in ("open", "os.listdir", "os.scandir"), (event, path)
        if event == "open":
            assert mode in ("r", "rb", None), path
            assert Path(path).suffix in (".py", ".pyc", ".json", ".xz", ".so"), path
            assert Path(path).is_relative_to(SOURCE) or Path(path).suffix in (".py", ".pyc", ".so"), path
            assert not Path(path).is_relative_to(tmp_path), path


def test_nothing_is_printed_or_logged(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    secret = "Jane Roe, MRN 4711, AML in relapse"
    with caplog.at_level(0):
        lc.resolve(secret)
        lc.scan(secret)
        lc.validate_code(secret)
        lc.search(secret)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_no_error_message_repeats_more_than_the_beginning_of_an_input() -> None:
    long = "Jane Roe " * 1000
    for call in (lc.lookup, lc.IcdCode, lambda value: lc.lookup("C92.00", on=value), lc.value_set):
        with pytest.raises(lc.LeukcodesError) as caught:
            call(long)
        assert str(caught.value).count("Jane Roe") < 20


def test_one_flipped_bit_is_found_in_any_packaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    names = sorted(path.name for path in (SOURCE / "_data").iterdir() if path.is_file())
    listed = set(resources.read_json("manifest.json")["files"])
    assert set(names) - {"manifest.json"} == listed
    assert damaged_files() == ()
    for name in sorted(listed):
        size = len(read_bytes(name))
        for place in (0, size // 2, size - 1):
            with monkeypatch.context() as patch:
                patch.setattr(resources, "read_bytes", flipped(name, place))
                assert damaged_files() == (name,)


def test_a_missing_file_is_a_damaged_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_notes(asked: str) -> bytes:
        if asked == "notes.json":
            raise FileNotFoundError(asked)
        return read_bytes(asked)

    monkeypatch.setattr(resources, "read_bytes", without_notes)
    assert damaged_files() == ("notes.json",)


def flipped(name: str, place: int) -> object:
    """The reader of the packaged files, with one bit of one of them turned over."""

    def read(asked: str) -> bytes:
        data = bytearray(read_bytes(asked))
        if asked == name:
            data[place] ^= 1 << place % 8
        return bytes(data)

    return read


def test_what_is_remembered_can_be_forgotten() -> None:
    secret = "Jane Roe has acute myeloid leukemia"
    lc.resolve(secret)
    lc.validate_code("C92.01")
    lc.validate_claim(["C92.01", "E11.9"])
    assert _covering.cache_info().currsize > 0
    lc.clear_caches()
    for cached in caches():
        assert cached.cache_info().currsize == 0, cached.__qualname__
    assert lc.resolve(secret).code == "C92.00"


def test_every_cache_without_a_bound_holds_packaged_facts() -> None:
    lc.resolve("acute leukmia")
    unbounded = {f"{each.__module__}.{each.__name__}": each for each in cached_functions(bounded=False)}
    before = {name: value.cache_info().currsize for name, value in unbounded.items()}
    for word in (
        "zqx",
        "zqy leukemia",
        "acute zqz",
        "lymphocitic leukmia",
        "C92.00",
        "c9201",
        "205.01",
        "M4",
    ):
        lc.resolve(f"{word} in relapse")
        lc.validate_code(word)
        lc.scan(word)
        lc.search(word)
    now = {name: value.cache_info().currsize for name, value in unbounded.items()}
    grown = {name for name in now if now[name] > before[name] > 0}
    assert grown <= {
        "leukcodes.slots.icd",
        "leukcodes.crosswalks.crosswalk",
        "leukcodes.crosswalks._by_first_column",
    }


def caches() -> list[Any]:
    """The caches that hold words of the input."""
    return cached_functions(bounded=True)


def cached_functions(*, bounded: bool) -> list[Any]:
    found = {}
    for name, module in sorted(sys.modules.items()):
        for value in vars(module).values() if name.partition(".")[0] == "leukcodes" else ():
            parameters = getattr(value, "cache_parameters", None)
            if parameters is not None and (parameters()["maxsize"] is not None) is bounded:
                found[id(value)] = value
    return list(found.values())


def test_no_folder_of_the_source_is_writable_by_import(tmp_path: Path) -> None:
    """Importing and asking work where nothing can be written."""
    environment = {
        **unmeasured(),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": "/nonexistent",
        "TMPDIR": "/nonexistent",
    }
    code = "import leukcodes as lc; print(lc.resolve('relapsed AMKL').code)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "C94.22\n"
    assert list(tmp_path.iterdir()) == []
