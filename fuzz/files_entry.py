"""The command on files as a function of bytes: a documented error and no litter, or every row answered."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
from typing import Any, Final, NamedTuple

from command_run import USAGE, answered
from expected import ADDED, resolved, validated

__all__ = ["files"]

FORMS: Final = ("csv", "tsv", "jsonl", "csv.gz", "csv.zst", "tsv.zst", "jsonl.zst", "jsonl.gz")
MARKS: Final = (
    *((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xef\xbb\xbf", "utf-8-sig")),
    *((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")),
)


class _Run(NamedTuple):
    verb: str
    form: str
    dated: bool
    ragged: bool

    @property
    def is_json(self) -> bool:
        return self.form.startswith("jsonl")

    @property
    def is_tsv(self) -> bool:
        return self.form.startswith("tsv")

    @property
    def packing(self) -> str:
        return self.form.partition(".")[2]


def files(data: bytes) -> None:
    """A file with the columns `dx` and `day`, by `validate` or `resolve`; the first byte chooses the rest."""
    number = data[0] if data else 0
    run = _Run(
        ("validate", "resolve")[number & 1], FORMS[number >> 1 & 7], bool(number & 16), bool(number & 32)
    )
    content = data[1:] if number & 64 else _headed(data[1:], run)
    stored = _packed(content, run.form)
    options = ["--date-column", "day"] * run.dated + ["--ragged", "keep"] * run.ragged
    if number & 128 and run.packing:  # cut off, and rows would be lost without a word
        assert answered(run.verb, run.form, stored[: number - 256], options)[0] >= USAGE
        return
    status, written = answered(run.verb, run.form, stored, options)
    if status >= USAGE:
        return
    written = _unpacked(written, run.form)
    assert written.startswith(b"\xef\xbb\xbf") == (_encoding(content) != "utf-8")
    compare = _compare_lines if run.is_json else _compare_records
    compare(content.decode(_encoding(content)), written.decode("utf-8-sig"), run)


def _packed(content: bytes, form: str) -> bytes:
    if form.endswith(".gz"):
        return gzip.compress(content, 1, mtime=0)
    if form.endswith(".zst"):
        import pyarrow as pa

        packed = pa.BufferOutputStream()
        with pa.CompressedOutputStream(packed, "zstd") as stream:
            stream.write(content)
        return packed.getvalue().to_pybytes()
    return content


def _unpacked(stored: bytes, form: str) -> bytes:
    if form.endswith(".gz"):
        return gzip.decompress(stored)
    if form.endswith(".zst"):
        import pyarrow as pa

        return pa.CompressedInputStream(io.BytesIO(stored), "zstd").read()
    return stored


def _headed(body: bytes, run: _Run) -> bytes:
    """With the header that the columns need; lines of JSON lack only their braces."""
    if run.is_json:
        return b"".join(b'{"n": 1, ' + line + b"}\n" for line in body.split(b"\n"))
    return (b"n\tdx\tday\n" if run.is_tsv else b"n,dx,day\r\n") + body


def _encoding(content: bytes) -> str:
    return next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")


def _answer(run: _Run, value: object, day: object) -> tuple[Any, ...]:
    ask = validated if run.verb == "validate" else resolved
    return ask(value, (math.nan if day is None else day) if run.dated else "FY2027")


def _compare_records(given: str, written: str, run: _Run) -> None:
    """CSV and TSV: cells beyond the header's stand behind the answer's."""
    delimiter = "\t" if run.is_tsv else ","
    (header, *rows), (wider, *answered) = (
        list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) for text in (given, written)
    )
    width = len(header)
    assert wider == [*header, *(f"dx_{field}" for field in ADDED[run.verb])]
    assert len(answered) == len(rows)
    for row, found in zip(rows, answered, strict=True):
        cells = row + [""] * (width - len(row))
        day = cells[header.index("day")] if run.dated else None
        added = [_cell(value) for value in _answer(run, cells[header.index("dx")], day)]
        assert found == [*cells[:width], *added, *cells[width:]], (row, found)


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value or "")


def _compare_lines(given: str, written: str, run: _Run) -> None:
    """JSON lines: each object with its own members as they stood, and the answer's."""
    rows, answered = (io.StringIO(text, newline="").readlines() for text in (given, written))
    assert len(rows) == len(answered)
    for row, found in zip(rows, answered, strict=True):
        if not row.strip(" \t\r\n"):
            assert found == row
            continue
        own = json.loads(row)
        values = _answer(run, own.get("dx"), own.get("day"))
        names = (f"dx_{field}" for field in ADDED[run.verb])
        assert repr(json.loads(found)) == repr(own | dict(zip(names, _plain(values), strict=True)))
        kept = row.strip(" \t\r\n").removesuffix("}")
        assert found.startswith(kept)


def _plain(values: tuple[Any, ...]) -> list[Any]:
    return [str(value) if isinstance(value, str) else value for value in values]
