"""CSV and TSV: every record keeps its place and its cells; the answer's stand behind those of the header."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, compress, islice, repeat
from operator import itemgetter
from typing import Final, NamedTuple

from leukcodes.cli.files.answers import EVERYDAY, Answer, Known, Shown
from leukcodes.cli.files.job import Job
from leukcodes.cli.files.opening import Text

__all__ = ["Records", "delimited", "long_cells"]

_ROWS: Final = 4096
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
    with long_cells():
        records = Records(text, delimiter, keep_ragged=job.keep_ragged)
        places = job.places(records.header)
        table = _Table(write, delimiter, records.line_end, safe=job.safe_cells)
        table.put([*records.header, *job.names])
        known = Known(job.question, table.tail)
        value, day = itemgetter(places.value), None if places.day is None else itemgetter(places.day)
        for batch in records.batches():
            days = repeat(EVERYDAY) if day is None else map(day, batch.records)
            answers = known.of_all(map(value, batch.records), days)
            job.tally.add(answers)
            table.put_all(batch, answers, job.only)
            yield


class _Tail(NamedTuple):
    """An answer's cells, and the same as the end of a line."""

    cells: Record
    line: str


class _Table:
    """Writes records; the answers' cells, which many rows share, are put into their form once."""

    def __init__(self, write: Callable[[str], object], delimiter: str, line_end: str, *, safe: bool) -> None:
        self._write, self._delimiter, self._end, self._safe = write, delimiter, line_end, safe
        self._lines: list[str] = []
        # Only where lines end with a carriage return are those in cells sure to be quoted before Python 3.13.
        self._table = csv.writer(_Sink(self._lines.append), delimiter=delimiter, lineterminator="\r\n")

    def put(self, record: Record) -> None:
        """Write one record."""
        self._write(f"{self._line(record)}{self._end}")

    def tail(self, answer: Answer) -> _Tail:
        """An answer as it stands at the end of a record."""
        cells = [
            str(value).lower() if isinstance(value, bool) else str(value or "") for value in answer.values
        ]
        return _Tail(cells, f"{self._delimiter}{self._line(cells)}{self._end}")

    def put_all(
        self, batch: _Batch, answers: list[Shown[_Tail]], only: Callable[[Answer], bool] | None
    ) -> None:
        """Write records with their answers; cells beyond the header's stay behind those."""
        records = batch.records
        if only is not None:
            chosen = [only(shown.answer) for shown in answers]
            records, answers = list(compress(records, chosen)), list(compress(answers, chosen))
        if not batch.even:
            for record, shown in zip(records, answers, strict=True):
                self.put(record[: batch.width] + shown.form.cells + record[batch.width :])
            return
        self._table.writerows(map(_safe, records) if self._safe else records)
        self._write(
            "".join(line[:-2] + shown.form.line for line, shown in zip(self._lines, answers, strict=True))
        )
        self._lines.clear()

    def _line(self, record: Record) -> str:
        self._table.writerow(_safe(record) if self._safe else record)
        return self._lines.pop()[:-2]


class _Sink:
    def __init__(self, write: Callable[[str], None]) -> None:
        self.write = write


def _safe(record: Record) -> Record:
    """With an apostrophe before what a spreadsheet would run."""
    return [f"'{cell}" if _FORMULA.match(cell) else cell for cell in record]


@contextmanager
def long_cells() -> Iterator[None]:
    """Take cells of any length that a file may have, and leave the limit as it was."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


class _Batch(NamedTuple):
    records: list[Record]
    width: int
    even: bool


class Records:
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
        """The records below the header."""
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
            yield _Batch(batch, width, even)
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
