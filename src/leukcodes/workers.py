"""Many texts over several processes, in order, with a progress bar when asked."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import Final, TypeVar

from leukcodes.errors import MissingExtraError

__all__ = ["each"]

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")

# So many items take a tenth of a second: long beside sending them, short to wait for after Ctrl-C.
_CHUNK: Final = 500


def each(
    function: Callable[[_Item], _Answer],
    items: Sequence[_Item],
    *,
    workers: int | None = None,
    progress: bool = False,
) -> list[_Answer]:
    """The function's answer to each item, in order.

    Args:
        function: importable by name, for other processes get its name, not its code.
        items: what it is asked.
        workers: how many processes; None asks in this one. New processes import the main module, so that a
            script needs its `if __name__ == "__main__":`.
        progress: show a bar on standard error (needs rich, which the extra `cli` brings).

    Raises:
        MissingExtraError: a bar is asked for, and rich is not installed.
        RuntimeError: a process ended before it answered.
        ValueError: `workers` is less than one.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers={workers!r} is less than one; leave it out to work in this process")
    if workers is None or len(items) <= _CHUNK:
        return list(_shown(map(function, items), len(items), progress))
    return _over_processes(function, items, workers, progress)


def _over_processes(
    function: Callable[[_Item], _Answer], items: Sequence[_Item], workers: int, progress: bool
) -> list[_Answer]:
    # Costs more to import than all of the library; most programs never need it.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    context = get_context("spawn")  # a fork would copy the locks of a frame library's threads
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts) as pool:
        try:
            return list(_shown(pool.map(function, items, chunksize=_CHUNK), len(items), progress))
        except BrokenProcessPool:
            raise RuntimeError(
                "a worker process ended early; call this below `if __name__ == '__main__':`, "
                "or leave workers= out"
            ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that was started; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _shown(answers: Iterable[_Answer], total: int, progress: bool) -> Iterator[_Answer]:
    if not progress:
        return iter(answers)
    if find_spec("rich") is None:
        raise MissingExtraError(
            "a progress bar needs rich; install the extra with: python -m pip install 'leukcodes[cli]'", "cli"
        )
    from rich.console import Console
    from rich.progress import track

    return iter(track(answers, "reading", total=total, console=Console(stderr=True)))
