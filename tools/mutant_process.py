"""Run tests against a mutant, in a process that has read nothing of the package yet."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import math
import os
import resource
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from hypothesis import Phase, settings
from mutant_sources import Mutant

_MEMORY = 4 << 30
"""Bytes; a mutant that collects without end is stopped there."""


class Run:
    """Tests to be run against one mutant after the other, fastest first, those that killed before them."""

    def __init__(self, root: Path, tests: Sequence[str], quick: float = math.inf) -> None:
        how = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "--rootdir"]
        self._arguments = [*how, str(root), *(str(root / test) for test in tests)]
        sys.path.insert(0, str(root / "src"))  # this checkout, whichever is installed
        sys.dont_write_bytecode = False  # all but the mutant are compiled once
        self._limit = 600
        self._rank: dict[str, float] = {}
        self._quick = math.inf
        with warnings.catch_warnings(action="ignore"):
            for name in self._unchanged()["modules"]:
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
        gc.freeze()
        found = self._unchanged()  # once more, for the tests must pass with all this imported, too
        self._rank = found["seconds"]
        self._limit = 10 + 3 * int(found["total"])
        self._quick = quick
        print(f"{len(self._rank)} tests take {found['total']:.1f} s on the source as it is", flush=True)

    def _unchanged(self) -> dict[str, Any]:
        found = self._forked(None)
        if found["status"] != 0:
            raise SystemExit(f"the tests fail on the source as it is: {found}")
        return found

    def of(self, mutant: Mutant) -> tuple[str, str | None, float]:
        """What became of a mutant, the test that killed it, and the seconds it took."""
        start = time.monotonic()
        found = self._forked(mutant)
        if found["status"] in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
            self._unchanged()  # a mutant may break pytest itself, or conftest.py; nothing else may
        by = found["failed"]
        if by:
            self._rank[by] = min(self._rank.values(), default=0.0) - 1  # it may well kill the next one too
        return _outcome(found["status"]), by, time.monotonic() - start

    def _forked(self, mutant: Mutant | None) -> dict[str, Any]:
        read, write = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(read)
            self._child(mutant, write)
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as report:
            text = report.read()
        _, status = os.waitpid(pid, 0)
        if text:
            return json.loads(text)  # type: ignore[no-any-return] # what the child wrote
        return {"status": os.waitstatus_to_exitcode(status), "failed": None}

    def _child(self, mutant: Mutant | None, write: int) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (self._limit, self._limit + 5))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.alarm(20 * self._limit)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        if mutant:  # what is wrong with the source as it is should be seen
            os.dup2(nothing, 2)
        try:
            os.environ["CI"] = "1"  # the same examples each time
            if mutant:
                sys.meta_path.insert(0, _Finder(mutant))
            gc.disable()
            before = set(sys.modules)
            watch = _Watch(self._rank, self._quick)
            start = time.process_time()
            status = int(pytest.main(self._arguments, plugins=[watch]))
            found: dict[str, Any] = {"status": status, "failed": watch.failed}
            if not mutant:
                modules = [name for name in set(sys.modules) - before if not _is_own(name)]
                found |= {"seconds": watch.seconds, "total": time.process_time() - start, "modules": modules}
            with os.fdopen(write, "w", encoding="utf-8") as report:
                json.dump(found, report)
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a mutant may raise anything; the child must end here
            traceback.print_exc()
        finally:
            os._exit(99)


def _is_own(name: str) -> bool:
    """Whether a module is the package, or may have read it."""
    path = getattr(sys.modules[name], "__file__", None) or ""
    return name.startswith("leukcodes") or (
        bool(path) and "site-packages" not in path and "lib/python" not in path
    )


def _outcome(status: int) -> str:
    if status == 0:
        return "survived"
    if status in (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL):
        return "endless"
    if status == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise SystemExit("pytest found no tests to run; give others, or more time with --quick")
    return "killed"


class _Watch:
    """Puts the tests in order, takes their times, and remembers the one that failed."""

    def __init__(self, rank: dict[str, float], quick: float) -> None:
        self.failed: str | None = None
        self.seconds: dict[str, float] = {}
        self._rank = rank
        self._quick = quick

    def pytest_configure(self) -> None:
        # Nobody reads the smallest example that fails: it need not be looked for.
        settings.register_profile(
            "mutants",
            deadline=None,
            derandomize=True,
            database=None,
            max_examples=40,
            phases=[Phase.explicit, Phase.generate],
        )
        settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if self._rank.get(item.nodeid, 0.0) <= self._quick]
        items.sort(key=lambda item: self._rank.get(item.nodeid, 0.0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed and self.failed is None:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.failed is None:
            self.failed = "at import"


class _Finder:
    """Gives the mutant instead of the module."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self._mutant.module:
            return None
        return spec_from_file_location(name, self._mutant.path, loader=_Loader(self._mutant))


class _Loader(SourceFileLoader):
    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(mutant.path))
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        assert fullname == self._mutant.module
        return compile(self._mutant.source, str(self._mutant.path), "exec", dont_inherit=True)
