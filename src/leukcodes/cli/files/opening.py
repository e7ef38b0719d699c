"""Bytes in and out: standard streams, compression, byte-order marks, and files written beside and renamed."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import secrets
import shutil
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from leukcodes.errors import MissingExtraError

__all__ = ["STREAM", "Text", "decompressed", "need", "opened", "reading", "writing"]

STREAM: Final = "-"
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_MAGIC: Final = {".gz": _GZIP, ".zst": _ZSTD}
_BUFFER: Final = 1 << 18
_PIECE: Final = 1 << 16
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LITTER: Final = (".leukcodes-", ".part")


def need(module: str) -> Any:
    """A module of the extra `files`.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtraError(
            "Parquet and zstd need pyarrow; "
            "install the extra with: python -m pip install 'leukcodes[cli,files]'",
            extra="files",
        ) from None


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file or of standard input, as they are stored."""
    if name == STREAM:
        yield sys.stdin.buffer
        return
    with Path(name).open("rb", buffering=_BUFFER) as stream:
        yield stream


def decompressed(stream: BinaryIO, name: str) -> BinaryIO:
    """The bytes without their compression, which their first bytes tell, whatever the file is called.

    Raises:
        OSError: the name says that they are compressed, and they are not.
    """
    head, stream = _peeked(stream)
    if head.startswith(_ZSTD):
        return cast(BinaryIO, need("pyarrow").CompressedInputStream(stream, "zstd"))
    if head.startswith(_GZIP):
        return cast(BinaryIO, io.BufferedReader(gzip.GzipFile(fileobj=stream), _BUFFER))
    if Path(name).suffix.lower() in _MAGIC:
        raise OSError(f"{name!r} is not compressed, as its name says; rename it")
    return stream


class Text:
    """Decompressed bytes as text: `stream` to read from, with line ends as they are.

    `marked` says that a byte-order mark was dropped. The encoding is that of the mark, else the one asked.

    Raises:
        OSError: the mark and the encoding asked contradict each other.
    """

    def __init__(self, stream: BinaryIO, encoding: str | None) -> None:
        head, stream = _peeked(stream)
        found = next((name for mark, name in _MARKS if head.startswith(mark)), None)
        if found and encoding and not found.startswith(codecs.lookup(encoding).name[:6].rstrip("-")):
            raise OSError(
                f"the input begins with the byte-order mark of {found.removesuffix('-sig')}, "
                f"not as {encoding}; leave --encoding away"
            )
        self.marked = found is not None
        self.encoding = found or encoding or "utf-8"
        self._counted = _Counted(stream)
        self.stream = io.TextIOWrapper(cast(BinaryIO, self._counted), encoding=self.encoding, newline="")

    @property
    def read(self) -> int:
        """Bytes read so far."""
        return self._counted.bytes

    def unreadable(self, error: UnicodeError) -> OSError:
        """What to say of bytes that are not in the encoding, with their line."""
        inside = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
        line = self._counted.lines + inside.count(b"\n") + 1
        return OSError(
            f"line {line} is not {self.encoding.removesuffix('-sig').upper()}; "
            "name the encoding, such as --encoding latin-1, or convert the file"
        )


@contextmanager
def reading(text: Text | None = None) -> Iterator[None]:
    """Turn what decoders raise in the middle of a file into one kind of error."""
    try:
        yield
    except UnicodeError as error:
        raise (text.unreadable(error) if text else OSError(str(error))) from None
    except EOFError:
        raise OSError("the compressed input ends too early; it was cut off") from None
    except zlib.error as error:
        raise OSError(f"the compressed input is damaged ({error})") from None


@contextmanager
def writing(name: str | None, *, force: bool) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when all is well, and leave nothing behind when not.

    They are written to a temporary file beside it, which then takes its name. A symbolic link stays one, and
    what it leads to is replaced. Devices and pipes are written to as they are.

    Raises:
        FileExistsError: the file is there and `force` is not given.
    """
    if name is None or name == STREAM:
        with _compressing(cast(BinaryIO, sys.stdout.buffer), "") as stream:
            yield stream
        sys.stdout.buffer.flush()
        return
    if not name:
        raise OSError("'' is no name of a file; name the output, or leave --output away for standard output")
    path = Path(os.path.realpath(name))
    if path.is_symlink():
        raise OSError(f"{name!r} is a symbolic link that leads back to itself")
    if path.exists() and not path.is_file():
        with path.open("wb") as device, _compressing(device, path.suffix) as stream:
            yield stream
        return
    if path.exists() and not force:
        raise FileExistsError(f"{name!r} exists; give --force to replace it, or another name")
    with _beside(path) as raw, _compressing(raw, Path(name).suffix) as stream:
        yield stream


@contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    _sweep(path.parent)
    temporary = path.parent / secrets.token_hex(8).join(_LITTER)
    with ExitStack() as undo:
        guard: BinaryIO = undo.enter_context(_created(temporary, path))
        undo.callback(temporary.unlink, missing_ok=True)
        undo.callback(guard.close)
        _lock(guard)
        yield guard
        guard.flush()
        os.fsync(guard.fileno())
        guard.close()
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
        undo.pop_all()


def _created(temporary: Path, path: Path) -> BinaryIO:
    try:
        return temporary.open("xb")
    except OSError as error:
        error.filename = str(path)  # the name that means something to whoever reads it
        raise


def _sweep(folder: Path) -> None:
    """Remove what killed runs left behind; what a run is writing to is locked."""
    for left in folder.glob("*".join(_LITTER)):
        try:
            with left.open("rb+") as stream:
                if not _lock(stream):
                    continue
            left.unlink()
        except OSError:
            continue


def _lock(stream: BinaryIO) -> bool:
    """Whether the lock is now ours. Windows needs none: it does not remove a file that is open."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def _compressing(raw: BinaryIO, suffix: str) -> Iterator[BinaryIO]:
    if suffix.lower() == ".gz":
        with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed:
            yield cast(BinaryIO, packed)
    elif suffix.lower() == ".zst":
        with need("pyarrow").CompressedOutputStream(_Kept(raw), "zstd") as packed:
            yield packed
    else:
        yield raw


def _peeked(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first four bytes, and a stream that still has them; pipes cannot be rewound."""
    head = stream.read(4)
    return head, cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream), _BUFFER))


class _Rejoined(io.RawIOBase):
    # `read1` throughout: between the pieces of a slow pipe, Ctrl-C is heard.
    def __init__(self, head: bytes, rest: Any) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data, self._head = self._head or self._rest.read1(len(buffer)), b""
        buffer[: len(data)] = data
        return len(data)


class _Counted(io.BufferedIOBase):
    """Counts the line ends of all that was read but the last piece, in which a decoder may have stopped."""

    def __init__(self, source: Any) -> None:
        self.lines, self.bytes, self._source, self._last = 0, 0, source, b""

    def readable(self) -> bool:
        return True

    def read1(self, _size: int = -1, /) -> bytes:
        self.lines += self._last.count(b"\n")
        self._last = self._source.read1(_PIECE)
        self.bytes += len(self._last)
        return self._last


class _Kept(io.RawIOBase):
    """Writes to a stream and does not close it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._stream.write(data)
