"""The command on files in trouble: bad input, bad options, and an output that is whole or not there."""

from __future__ import annotations

import gzip
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from surroundings import unmeasured

WHOLE = [sys.executable, "-m", "leukcodes", "validate", "--column", "dx"]
GOOD = b"dx,n\nC94.20,1\nC94.22,2\n"
ANSWERED = "dx,n,dx_code,dx_valid,dx_rule,dx_message\nC94.20,1,C94.20,true,,\nC94.22,2,C94.22,true,,\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "in.csv").write_bytes(GOOD)
    return tmp_path / "in.csv"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# The output is whole or not there


def test_output_is_named_when_it_is_whole(leukcodes, source) -> None:
    done = leukcodes("validate", source, "-c", "dx", "-o", source.with_name("out.csv"))
    assert (done.status, done.out) == (0, "")
    assert source.with_name("out.csv").read_text() == ANSWERED
    assert names(source.parent) == ["in.csv", "out.csv"]
    assert source.with_name("out.csv").stat().st_mode == source.stat().st_mode


def test_an_existing_output_is_replaced_only_when_told(leukcodes, source) -> None:
    out = source.with_name("out.csv")
    out.write_text("precious")
    out.chmod(0o640)
    done = leukcodes("validate", source, "-c", "dx", "-o", out)
    assert done.status == 3
    assert "exists; give --force" in done.err
    assert out.read_text() == "precious"
    assert leukcodes("validate", source, "-c", "dx", "-o", out, "--force").status == 0
    assert out.read_text() == ANSWERED
    assert out.stat().st_mode & 0o777 == 0o640


def test_the_input_as_output_is_refused_or_safe(leukcodes, source) -> None:
    os.link(source, source.with_name("hard.csv"))
    source.with_name("soft.csv").symlink_to(source)
    for name in ("in.csv", "hard.csv", "soft.csv"):
        assert leukcodes("validate", source, "-c", "dx", "-o", source.with_name(name)).status == 3
        assert source.read_bytes() == GOOD
    assert leukcodes("validate", source, "-c", "dx", "-o", source, "--force").status == 0
    assert source.read_text() == ANSWERED
    assert source.with_name("hard.csv").read_bytes() == GOOD


def test_a_symbolic_link_stays_one(leukcodes, source) -> None:
    target, link = source.with_name("target.csv"), source.with_name("link.csv")
    link.symlink_to("target.csv")
    assert leukcodes("validate", source, "-c", "dx", "-o", link).status == 0
    assert link.is_symlink()
    assert target.read_text() == ANSWERED
    target.write_text("old")
    assert leukcodes("validate", source, "-c", "dx", "-o", link).status == 3
    assert leukcodes("validate", source, "-c", "dx", "-o", link, "--force").status == 0
    assert link.is_symlink()
    assert target.read_text() == ANSWERED


def test_a_link_to_itself_is_an_error(leukcodes, source) -> None:
    loop = source.with_name("loop.csv")
    loop.symlink_to("loop.csv")
    assert leukcodes("validate", source, "-c", "dx", "-o", loop, "--force").status == 3
    assert names(source.parent) == ["in.csv", "loop.csv"]


def test_failure_in_the_middle_leaves_the_old_file(leukcodes, source) -> None:
    out = source.with_name("out.csv")
    out.write_text("precious")
    source.write_bytes(GOOD * 2000 + b"C94.20\n")
    done = leukcodes("validate", source, "-c", "dx", "-o", out, "--force")
    assert done.status == 3
    assert "line 6001 has 1 cells, and the header has 2" in done.err
    assert out.read_text() == "precious"
    assert names(source.parent) == ["in.csv", "out.csv"]


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz", "out.csv.zst"])
def test_full_disk(source, name) -> None:
    rows = b"".join(b"C94.20,%d\n" % (number * 2654435761 % 2**32) for number in range(60_000))
    source.write_bytes(b"dx,n\n" + rows)
    out = source.with_name(name)
    out.write_text("precious")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = subprocess.run(
        [*WHOLE, source, "-o", out, "--force"],
        capture_output=True,
        text=True,
        check=False,
        env=unmeasured(),  # coverage writes a file of its own
        preexec_fn=little_room,
    )
    assert done.returncode == 3
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert out.read_text() == "precious"
    assert names(source.parent) == sorted(["in.csv", name])


def test_full_device(leukcodes, source) -> None:
    done = leukcodes("validate", source, "-c", "dx", "-o", "/dev/full")
    assert done.status == 3
    assert Path("/dev/full").is_char_device()


def test_a_device_is_written_to_and_stays_one(leukcodes, source) -> None:
    assert leukcodes("validate", source, "-c", "dx", "-o", os.devnull).status == 0
    assert Path(os.devnull).is_char_device()


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root writes everywhere: for the time of the test, be somebody else."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_folder_that_cannot_be_written(leukcodes) -> None:
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "in.csv")
        source.write_bytes(GOOD)
        leukcodes("validate", source, "-c", "dx")  # all that is loaded, is loaded
        Path(place).chmod(0o555)
        with ordinary_user():
            done = leukcodes("validate", source, "-c", "dx", "-o", Path(place, "out.csv"))
        assert done.status == 3
        assert "Permission denied" in done.err
        assert names(Path(place)) == ["in.csv"]


@pytest.mark.parametrize("out", ["missing/out.csv", "in.csv/out.csv", ".", f"{'long' * 99}.csv"])
def test_places_where_no_file_can_be(leukcodes, source, out) -> None:
    done = leukcodes("validate", source, "-c", "dx", "-o", source.parent / out)
    assert done.status == 3
    assert done.err.count("Traceback") == 0
    assert names(source.parent) == ["in.csv"]


@pytest.mark.parametrize(("closed", "status"), [("<&-", 0), ("2>&-", 0), (">&-", 3), (">&- 2>&-", 3)])
def test_closed_standard_streams(source, closed, status) -> None:
    """1 would say that a row is wrong."""
    line = f"{' '.join(map(str, WHOLE))} {source} {closed}"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert done.stdout == ("" if status else ANSWERED)
    asked = subprocess.run(
        f"{sys.executable} -m leukcodes resolve <&-", shell=True, capture_output=True, check=False
    )
    assert asked.returncode == 0


def test_an_empty_name_is_no_output(leukcodes, source) -> None:
    """As where a script's variable is not set."""
    for command in (("validate", source, "-c", "dx"), ("map",), ("export",)):
        done = leukcodes(*command, "-o", "")
        assert done.status in (2, 3)
        assert done.out == ""


def parts(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix == ".part"]


def start(folder: Path, out: str) -> subprocess.Popen[bytes]:
    """A run in the middle of its work, waiting for more input."""
    process = subprocess.Popen([*WHOLE, "-", "-o", folder / out], stdin=-1, stderr=-1)
    assert process.stdin
    process.stdin.write(GOOD + b"C94.20,3\n" * 200_000)
    process.stdin.flush()
    while not any(part.stat().st_size for part in parts(folder)):
        assert process.poll() is None
        time.sleep(0.01)
    return process


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_killed_run_leaves_no_output_and_the_next_no_litter(leukcodes, source, end) -> None:
    with start(source.parent, "out.csv") as process:
        process.send_signal(end)
    assert process.returncode == -end
    assert not source.with_name("out.csv").exists()
    assert leukcodes("validate", source, "-c", "dx", "-o", source.with_name("out.csv")).status == 0
    assert names(source.parent) == ["in.csv", "out.csv"]
    assert source.with_name("out.csv").read_text() == ANSWERED


def test_interrupted_run_leaves_nothing(source) -> None:
    with start(source.parent, "out.csv") as process:
        process.send_signal(signal.SIGINT)
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 130
    assert names(source.parent) == ["in.csv"]


def test_runs_beside_each_other_leave_each_other_alone(leukcodes, source) -> None:
    with start(source.parent, "first.csv") as process:
        assert leukcodes("validate", source, "-c", "dx", "-o", source.with_name("second.csv")).status == 0
        assert len(parts(source.parent)) == 1
        process.communicate()
    assert process.returncode == 0
    assert names(source.parent) == ["first.csv", "in.csv", "second.csv"]
    assert source.with_name("first.csv").read_text().count("\n") == 200_003


def test_what_cannot_be_swept_away_is_left(leukcodes, source) -> None:
    """Litter that may not be removed, here a folder, stops nobody."""
    litter = source.parent / ".leukcodes-0123456789abcdef.part"
    litter.mkdir()
    assert leukcodes("validate", source, "-c", "dx", "-o", source.with_name("out.csv")).status == 0
    assert names(source.parent) == [litter.name, "in.csv", "out.csv"]


def test_where_files_cannot_be_locked_they_are_written(leukcodes, source, monkeypatch) -> None:
    """Windows has no fcntl."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert leukcodes("validate", source, "-c", "dx", "-o", source.with_name("out.csv")).status == 0
    assert source.with_name("out.csv").read_text() == ANSWERED
    assert names(source.parent) == ["in.csv", "out.csv"]


# Bad input


def refused(leukcodes: Callable, tmp_path: Path, name: str, data: bytes, *options: object) -> str:
    """The message about a file; nothing is written."""
    (tmp_path / name).write_bytes(data)
    done = leukcodes("validate", tmp_path / name, "-c", "dx", "-o", tmp_path / f"out-{name}", *options)
    assert done.status == 3
    assert done.out == ""
    assert "Traceback" not in done.err
    assert names(tmp_path) == [name]
    return done.err.removeprefix("leukcodes: ").strip()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the input is empty"),
        (b"\n\ndx\n", "line 1 is blank where a header should stand"),
        (b"dx,n\nC94.20,1\n\nC94.22,2\n", "line 3 is blank"),
        (b"dx,n\nC94.20,1\nC94.22\n", "line 3 has 1 cells, and the header has 2"),
        (b'dx,n\n"C94\n20",1\r\nC94.22,2,3\n', "line 4 has 3 cells, and the header has 2"),
        (b'dx,n\nC94.20,1\n"C94.22,2\nC94.20,1\n', "the record at line 3 cannot be read"),
        (b'dx,n\nC94.20,1\n"C94.22"x,2\n', "the record at line 3 cannot be read"),
        (b"dx,n\nC94.20,1\nC94.22,leuc\xe9mie\n", "line 3 is not UTF-8"),
        (b"dx,n\n" + b"C94.20,1\n" * 100_000 + b"C94.22,\xe9\n", "line 100002 is not UTF-8"),
        (b"dx,n\n" + b"C94.20,1\n" * 100_000 + b"C94.22\n", "line 100002 has 1 cells"),
    ],
)
def test_csv_that_cannot_be_read_row_for_row(leukcodes, tmp_path, data, message) -> None:
    assert refused(leukcodes, tmp_path, "in.csv", data).startswith(message)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"dx": 1}\n\n', "line 2 is not JSON"),
        (b'{"dx": 1}\n{"dx": \n', "line 2 is not JSON"),
        (b'{"dx": 1}\n[1]\n', "line 2 is not a JSON object"),
        (b'{"dx": 1}\n{"code": 1}\n', "line 2 has no 'dx'"),
        (b'{"dx": 1}\n{"dx": 1, "dx": 2}\n', "line 2 is not JSON (a key stands twice"),
        (b'{"dx": 1}\n' + b"[" * 200_000 + b"\n", "line 2 is not JSON"),
        (b'{"dx": 1}\n{"dx": "\xff"}\n', "line 2 is not UTF-8"),
    ],
)
def test_json_that_cannot_be_read_row_for_row(leukcodes, tmp_path, data, message) -> None:
    assert refused(leukcodes, tmp_path, "in.jsonl", data).startswith(message)


@pytest.mark.parametrize("name", ["in.csv.gz", "in.csv"])
def test_truncated_gzip(leukcodes, tmp_path, name) -> None:
    data = gzip.compress(b"dx,n\n" + os.urandom(50_000).hex(",").encode())
    assert "cut off" in refused(leukcodes, tmp_path, name, data[:-20])


def test_damaged_compression(leukcodes, tmp_path) -> None:
    data = bytearray(gzip.compress(GOOD * 1000))
    data[15] ^= 0xFF
    refused(leukcodes, tmp_path, "in.csv.gz", bytes(data))
    (tmp_path / "in.csv.gz").unlink()
    buffer = pa.BufferOutputStream()
    with pa.CompressedOutputStream(buffer, "zstd") as stream:
        stream.write(os.urandom(200_000).hex().encode())
    data = bytearray(buffer.getvalue().to_pybytes())
    assert "runcated" in refused(leukcodes, tmp_path, "in.csv.zst", bytes(data[:-9]))


def test_the_name_says_compressed_and_it_is_not(leukcodes, tmp_path) -> None:
    assert "is not compressed, as its name says" in refused(leukcodes, tmp_path, "in.csv.gz", GOOD)
    (tmp_path / "in.csv.gz").unlink()
    assert "is not compressed, as its name says" in refused(leukcodes, tmp_path, "in.csv.zst", b"")


def test_compressed_under_another_name(leukcodes, tmp_path) -> None:
    (tmp_path / "in.csv").write_bytes(gzip.compress(GOOD))
    assert leukcodes("validate", tmp_path / "in.csv", "-c", "dx").out == ANSWERED


def test_parquet_that_is_none(leukcodes, tmp_path) -> None:
    pq.write_table(pa.table({"dx": ["C94.20"] * 1000}), tmp_path / "whole")
    data = (tmp_path / "whole").read_bytes()
    (tmp_path / "whole").unlink()
    for bad in (b"", GOOD, data[:-100], data[: len(data) // 2]):
        assert refused(leukcodes, tmp_path, "in.parquet", bad).startswith("the Parquet file cannot be read")


def latin(*cells: bytes) -> pa.Array:
    """Text as a writer leaves it that does not look at its bytes."""
    plain = pa.array(cells, pa.binary())
    return pa.StringArray.from_buffers(len(cells), *plain.buffers()[1:])


@pytest.mark.parametrize("packed", [False, True])
def test_parquet_with_text_that_is_not_utf_8(leukcodes, tmp_path, packed) -> None:
    text = latin(b"C94.20", b"leuc\xe9mie")
    text = text.dictionary_encode() if packed else text
    pq.write_table(pa.table({"n": ["C94.20", "x"], "dx": text}), tmp_path / "whole")
    data = (tmp_path / "whole").read_bytes()
    (tmp_path / "whole").unlink()
    said = refused(leukcodes, tmp_path, "in.parquet", data)
    assert said.startswith("the Parquet file has text that is not UTF-8 (")
    assert said == refused(leukcodes, tmp_path, "in.parquet", data, "--date-column", "n")
    assert said == refused(leukcodes, tmp_path, "in.parquet", data, "--date-column", "dx")
    for asked in ("audit --code-column dx", "map -c dx"):
        done = leukcodes(*asked.split(), tmp_path / "in.parquet", "-o", tmp_path / "out.svg")
        assert (done.status, done.err.removeprefix("leukcodes: ").strip()) == (3, said)
    # What is not asked about goes from file to file as it is.
    assert leukcodes("validate", tmp_path / "in.parquet", "-c", "n", "-o", tmp_path / "o.parquet").status == 1
    assert (
        pq.read_table(tmp_path / "o.parquet")["dx"]
        .chunk(0)
        .equals(pq.read_table(tmp_path / "in.parquet")["dx"].chunk(0))
    )


def test_parquet_with_a_name_that_is_not_utf_8(leukcodes, tmp_path) -> None:
    pq.write_table(pa.table({"dx": ["C94.20"], "zzzz": ["1"]}), tmp_path / "whole", store_schema=False)
    data = (tmp_path / "whole").read_bytes().replace(b"zzzz", b"zz\xe9z")
    (tmp_path / "whole").unlink()
    said = refused(leukcodes, tmp_path, "in.parquet", data)
    assert said.startswith("the Parquet file has text that is not UTF-8 (")


def test_input_that_is_not_there(leukcodes, tmp_path) -> None:
    for name in ("no.csv", "no.parquet", "no.jsonl.gz"):
        done = leukcodes("validate", tmp_path / name, "-c", "dx", "-o", tmp_path / f"out-{name}")
        assert done.status == 3
        assert "No such file" in done.err
    assert names(tmp_path) == []


# Wrong usage


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-c", "DX"], "did you mean 'dx'?"),
        (["-c", "code"], "no column 'code'; there are 'dx', 'n'"),
        (["-c", "dx", "--date-column", "day"], "no column 'day'"),
        (["-c", "dx", "--date-column", "n", "--on", "FY2025"], "not from both"),
        (["-c", "dx", "--delimiter", ",,"], "is not one character"),
        (["-c", "dx", "--delimiter", '"'], "is not one character"),
        (["-c", "dx", "--format", "json", "--delimiter", ";"], "are for CSV and TSV"),
        (["-c", "dx", "--format", "json", "--safe-cells"], "are for CSV and TSV"),
        (["-c", "dx", "in.csv"], "give one file"),
        (["-c", "dx", "--encoding", "klingon"], "is no text encoding"),
        (["-c", "dx", "--encoding", "base64"], "is no text encoding"),
        (["-c", "dx", "--format", "table"], "csv or json"),
        (["-c", "dx", "-o", "out.jsonl"], "name it .csv"),
        (["-c", "dx", "-o", "out.tsv.gz"], "name it .csv"),
        (["-c", "dx", "--prefix", "", "--ragged", "drop"], "'drop'"),
        (["-c", "dx", "--prefix", "a\udcff"], "cannot be written; give it in UTF-8"),
        (["--errors-only"], "need --column"),
        (["-o", "out.csv"], "need --column"),
    ],
)
def test_wrong_usage(leukcodes, source, options, message, monkeypatch) -> None:
    monkeypatch.chdir(source.parent)
    done = leukcodes("validate", source, *options)
    assert done.status == 2
    assert message in " ".join(done.err.split())
    assert names(source.parent) == ["in.csv"]


def test_names_that_are_taken(leukcodes, tmp_path) -> None:
    (tmp_path / "in.csv").write_bytes(b"dx,dx_valid\nC94.20,1\n")
    (tmp_path / "in.jsonl").write_bytes(b'{"dx": "C94.20"}\n{"dx": "C94.20", "dx_valid": 1}\n')
    pq.write_table(pa.table({"dx": ["C94.20"], "dx_valid": [1]}), tmp_path / "in.parquet")
    for end in ("csv", "jsonl", "parquet"):
        done = leukcodes("validate", tmp_path / f"in.{end}", "-c", "dx", "-o", tmp_path / f"out.{end}")
        assert done.status == 2
        assert "choose other names with --prefix" in " ".join(done.err.split())
        options = ("-c", "dx", "--prefix", "my_", "-o", tmp_path / f"out.{end}")
        assert leukcodes("validate", tmp_path / f"in.{end}", *options).status == 0


def test_a_name_that_stands_twice_is_not_chosen_from(leukcodes, tmp_path) -> None:
    (tmp_path / "in.csv").write_bytes(b"dx,n,dx\nC94.20,1,C94.2\n")
    done = leukcodes("validate", tmp_path / "in.csv", "-c", "dx")
    assert done.status == 2
    assert "is the name of 2 columns" in " ".join(done.err.split())
    assert leukcodes("validate", tmp_path / "in.csv", "-c", "n").out.startswith("dx,n,dx,n_code")


def test_what_is_not_named_is_not_guessed(leukcodes, tmp_path) -> None:
    (tmp_path / "in.txt").write_bytes(b"dx;n\nC94.20;1\n")
    assert leukcodes("validate", tmp_path / "in.txt", "-c", "dx").status == 2
    done = leukcodes("validate", tmp_path / "in.txt", "-c", "dx", "--delimiter", ";")
    assert done.out == "dx;n;dx_code;dx_valid;dx_rule;dx_message\nC94.20;1;C94.20;true;;\n"
    assert leukcodes("validate", tmp_path / "in.txt", "-c", "dx;n", "--format", "csv").status == 1


def test_a_wrong_name_in_json_lines_is_wrong_usage(leukcodes, tmp_path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"dx": "C94.20", "n": 1}\n')
    done = leukcodes("validate", tmp_path / "in.jsonl", "-c", "DX")
    assert done.status == 2
    assert "did you mean 'dx'?" in " ".join(done.err.split())


def test_utf_16_without_its_mark_is_recognised_and_named(leukcodes, tmp_path) -> None:
    (tmp_path / "in.csv").write_bytes("dx,n\nC94.20,1\n".encode("utf-16-le"))
    done = leukcodes("validate", tmp_path / "in.csv", "-c", "dx")
    assert done.status == 2
    assert "--encoding utf-16-le" in " ".join(done.err.split())
    assert leukcodes("validate", tmp_path / "in.csv", "-c", "dx", "--encoding", "utf-16-le").status == 0


def test_parquet_has_no_encoding(leukcodes, tmp_path) -> None:
    pq.write_table(pa.table({"dx": ["C94.20"]}), tmp_path / "in.parquet")
    done = leukcodes("validate", tmp_path / "in.parquet", "-c", "dx", "--encoding", "latin-1")
    assert done.status == 2
    assert "Parquet has no --encoding" in " ".join(done.err.split())


@pytest.mark.parametrize("name", ["in.parquet.gz", "-"])
def test_parquet_that_cannot_stream(leukcodes, name) -> None:
    assert leukcodes("validate", name, "-c", "dx", "-o", "out.parquet").status == 2
