from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import leukcodes as lc
from leukcodes.workers import each

TEXTS = [f"{name} in remission {n}" for n in range(400) for name in ("CLL", "AML", "CML")]

INTERRUPTED = """
import os
import leukcodes as lc
from leukcodes.workers import each

def read(text):
    print(os.getpid(), flush=True)
    return lc.resolve(text)

if __name__ == "__main__":
    each(read, [f"acute myeloid leukemia {n} in remission" for n in range(10**6)], workers=2)
"""


def test_several_processes_say_the_same_in_order() -> None:
    texts = [*TEXTS, *TEXTS[:5], None]
    assert lc.resolve_many(texts, workers=2) == lc.resolve_many(texts)


def test_a_bar_is_shown_on_standard_error_only(capfd: pytest.CaptureFixture[str]) -> None:
    assert lc.resolve_many(["CLL"] * 3, progress=True)[0].code == "C91.10"
    out, err = capfd.readouterr()
    assert out == ""
    assert "100%" in err


def test_a_bar_without_rich_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leukcodes.workers.find_spec", lambda _: None)
    with pytest.raises(lc.MissingExtraError, match=r"leukcodes\[cli\]"):
        each(len, ["a"], progress=True)


def test_a_worker_that_is_killed_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match=r"ended early; call this below `if __name__ == '__main__':`"):
        each(signal.raise_signal, [signal.SIGKILL] * 501, workers=1)


def test_no_workers_at_all_is_an_error() -> None:
    with pytest.raises(ValueError, match="workers=0"):
        lc.resolve_many(["CLL"], workers=0)


def group_is_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_ends_all_processes(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED, "utf-8")
    run = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert run.stdout is not None
    working: set[str] = set()
    while len(working) < 2:
        line = run.stdout.readline()
        assert line != "", "it ended early"
        working.add(line)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does, to all of the group
    _, err = run.communicate(timeout=60)
    assert run.returncode != 0
    assert err.count("Traceback") == 1
    for _ in range(200):
        if not group_is_left(run.pid):
            return
        time.sleep(0.1)
    raise AssertionError("processes are left")
