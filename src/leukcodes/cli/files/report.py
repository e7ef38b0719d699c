"""What a person sees on standard error: the bar while it works, and the summary."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import BinaryIO

from leukcodes.cli.files.job import Job
from leukcodes.cli.files.opening import STREAM
from leukcodes.rules import RULES

__all__ = ["watched", "work"]


def work(batches: Iterable[None], source: BinaryIO, name: str, job: Job) -> None:
    """Run through the batches, with a bar where standard error is a terminal, and sum up."""
    start = perf_counter()
    with watched(source, name, lambda: job.tally.rows) as advance:
        for _ in batches:
            advance()
    sys.stderr.write(_summary(job, perf_counter() - start))


@contextmanager
def watched(source: BinaryIO, name: str, rows: Callable[[], int]) -> Iterator[Callable[[], None]]:
    """Work on many rows; what it gives is called after each batch, and moves the bar where there is one."""
    with _bar(source, name, rows) as advance, _rare_collection():
        yield advance


@contextmanager
def _bar(source: BinaryIO, name: str, rows: Callable[[], int]) -> Iterator[Callable[[], None]]:
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    size = None if name == STREAM else Path(name).stat().st_size
    columns = (
        *(BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeRemainingColumn()),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[speed]:,.0f} a second"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=size, rows=0, speed=0)

        def advance() -> None:
            spent = progress.tasks[task].elapsed or 1
            done = 0 if size is None else source.tell()
            progress.update(task, completed=done, rows=rows(), speed=rows() / spent)

        yield advance


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Rows are no cycles, and there are thousands at a time: looking for cycles takes a third of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _summary(job: Job, seconds: float) -> str:
    tally = job.tally
    names = dict.fromkeys([*job.question.outcomes, *sorted(tally.outcomes)])
    outcomes = ", ".join(f"{tally.outcomes[name]:,} {name.replace('_', ' ')}" for name in names)
    speed = tally.rows / seconds if seconds else 0
    lines = [f"leukcodes: {tally.rows:,} rows: {outcomes} ({speed:,.0f} rows a second)"]
    lines += [f"  {rule} {rows:>11,}  {RULES[rule].summary}" for rule, rows in sorted(tally.rules.items())]
    return "\n".join(lines) + "\n"
