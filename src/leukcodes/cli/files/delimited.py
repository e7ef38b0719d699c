"""CSV and TSV: every record keeps its place and its cells; the answer's stand behind those of the header."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice, repeat
from typing import Final, NamedTuple

from leukcodes.cli.files.answers import EVERYDAY, Answer, Known
from leukcodes.cli.files.job import Job
from leukcodes.cli.files.opening import Text

__all__ = ["delimited"]

_ROWS: Final = 8192
_STEP: Final = 64
_BYTES: Final = 1 << 22
_LONGEST_CELL: Final = 1 << 26
_LINE_END: Final = re.compile(r"\r\n|\r|\n")

# What spreadsheets take for the beginning of a formula, in full width too. A signed number is none.
_FORMULA: Final = re.compile(r"\s*(?:[=@\t\r\n＝＋－＠]|[+-](?![\d.,]*(?:[eE][+-]?\d+)?%?\Z))")

Record = list[str]


def delimited(text: Text, write: Callable[[str], object], job: Job, delimiter: str) -> Iterator[None]:
    """Work through the records; yields after each batch.

    Raises:
        OSError: a record cannot be read, or has more or fewer cells than the header.
    """
    with _long_cells():
        records = _Records(text, delimiter, keep_ragged=job.keep_ragged)
        places, width = job.places(records.header), len(records.header)
        emit = _writer(write, delimiter, records.line_end, safe=job.safe_cells)
        emit([[*records.header, *job.names]])
        known = Known(job.question, _cells)
        for batch in records.batches():
            values = [record[places.value] for record in batch.records]
            days = (
                repeat(EVERYDAY) if places.day is None else [record[places.day] for record in batch.records]
            )
            answers = [known[key] for key in zip(values, days, strict=False)]
            job.tally.add(answers)
            rows = list(zip(batch.records, answers, strict=True))
            if job.only is not None:
                rows = [(record, shown) for record, shown in rows if job.only(shown.answer)]
            if batch.even:
                emit([record + shown.form for record, shown in rows])
            else:
                emit([record[:width] + shown.form + record[width:] for record, shown in rows])
            yield


def _cells(answer: Answer) -> Record:
    return [str(value).lower() if isinstance(value, bool) else str(value or "") for value in answer.values]


def _writer(
    write: Callable[[str], object], delimiter: str, line_end: str, *, safe: bool
) -> Callable[[list[Record]], None]:
    lines: list[str] = []
    # Only where lines end with a carriage return is it sure to be quoted inside cells (Python before 3.13).
    table = csv.writer(_Lines(lines), delimiter=delimiter, lineterminator="\r\n")

    def emit(records: list[Record]) -> None:
        table.writerows(map(_safe, records) if safe else records)
        write("".join(lines if line_end == "\r\n" else [line[:-2] + line_end for line in lines]))
        lines.clear()

    return emit


class _Lines:
    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _safe(record: Record) -> Record:
    """With an apostrophe before what a spreadsheet would run."""
    return [f"'{cell}" if _FORMULA.match(cell) else cell for cell in record]


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


class _Batch(NamedTuple):
    records: list[Record]
    even: bool


class _Records:
    """Records by the thousand; fewer where they are long."""

    def __init__(self, text: Text, delimiter: str, *, keep_ragged: bool) -> None:
        first = text.stream.readline()
        if not first.strip():
            raise OSError("line 1 is blank where a header should stand" if first else "the input is empty")
        self.line_end = "\r\n" if first.endswith("\r\n") else "\n"
        self._text, self._keep_ragged, self._line = text, keep_ragged, 1
        self._reader = csv.reader(chain([first], text.stream), delimiter=delimiter, strict=True)
        header: list[Record] = []
        self._take(header, 1)
        self.header = header[0]
        self._line = self._reader.line_num + 1

    def batches(self) -> Iterator[_Batch]:
        while True:
            batch: list[Record] = []
            start, step = self._text.read, _STEP
            while len(batch) < _ROWS and self._text.read - start < _BYTES:
                before, size = len(batch), self._text.read
                self._take(batch, step)
                if len(batch) == before:
                    break
                step = _STEP if self._text.read - size < _BYTES >> 2 else 1
            if not batch:
                return
            width = len(self.header)
            even = set(map(len, batch)) == {width}
            if not even:
                batch = self._mended(batch)
            yield _Batch(batch, even)
            self._line = self._reader.line_num + 1

    def _take(self, batch: list[Record], many: int) -> None:
        try:
            batch.extend(islice(self._reader, many))
        except csv.Error as error:
            raise OSError(
                f"the record at line {self._line + _height(batch)} cannot be read ({error}); "
                'a cell with quotes, line ends or delimiters stands in quotes, with "" for a quote inside'
            ) from None

    def _mended(self, batch: list[Record]) -> list[Record]:
        """Short records filled up, where ragged ones are kept; a line without anything is one empty cell."""
        width = len(self.header)
        for place, record in enumerate(batch):
            if len(record) == width or (not record and width == 1) or self._keep_ragged:
                batch[place] = record + [""] * (width - len(record))
                continue
            what = f"has {len(record)} cells, and the header has {width}" if record else "is blank"
            line = self._line + _height(batch[:place])
            raise OSError(f"line {line} {what}; mend it, or keep such rows with --ragged keep")
        return batch


def _height(records: list[Record]) -> int:
    """How many lines records take up."""
    return sum(1 + sum(len(_LINE_END.findall(cell)) for cell in record) for record in records)
