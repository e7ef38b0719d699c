"""The command: what goes in, what comes out, and the exit status."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import leukcodes as lc
from leukcodes import cli, codesystem, resources
from leukcodes.models import Release, Resolution, ValidationResult

RELAPSED = "C94.22 Acute megakaryoblastic leukemia, in relapse"


class Done(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str, stdin: bytes | None = None) -> Done:
        stream = Terminal(io.BytesIO()) if stdin is None else io.TextIOWrapper(io.BytesIO(stdin))
        monkeypatch.setattr(sys, "stdin", stream)
        monkeypatch.setattr(sys, "argv", ["leukcodes", *arguments])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        assert isinstance(stop.value.code, int)
        return Done(stop.value.code, *capsys.readouterr())

    return run


def command(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "leukcodes", *arguments]
    return subprocess.run(whole, capture_output=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return] - options vary


# resolve


def test_resolve_prints_code_title_and_why(run: Run) -> None:
    done = run("resolve", "relapsed acute megakaryoblastic leukemia")
    assert done.status == 0
    assert RELAPSED in done.out
    assert "'relapsed'" in done.out
    assert done.err == ""


def test_resolve_of_another_disease_is_no_error_and_no_leukemia(run: Run) -> None:
    for text in ("leukopenia", "broken leg", "family history of leukemia"):
        done = run("resolve", text)
        assert done.status == 0
        assert not re.search(r"\bC9[0-5]", done.out)
        assert "none: " in done.out or "not a leukemia" in done.out


def test_resolve_strict_status_asks(run: Run) -> None:
    assert run("resolve", "AML", "--format", "csv").rows[0]["code"] == "C92.00"
    strict = run("resolve", "AML", "--strict-status", "--format", "csv").rows[0]
    assert (strict["outcome"], strict["code"]) == ("review", "")
    assert set(strict["candidates"].split()) == {"C92.00", "C92.01", "C92.02"}


def test_resolve_setting_decides_on_uncertain_diagnoses(run: Run) -> None:
    def outcome(*options: str) -> str:
        return run("resolve", "possible AML", "--format", "csv", *options).rows[0]["outcome"]

    assert outcome() == "review"
    assert outcome("--setting", "outpatient") == "none"
    assert outcome("--setting", "inpatient") == "coded"


def test_resolve_json_reads_back(run: Run) -> None:
    done = run("resolve", "relapsed AMKL", "leukopenia", "--format", "json")
    read = [Resolution.model_validate_json(line) for line in done.out.splitlines()]
    assert read == [lc.resolve("relapsed AMKL"), lc.resolve("leukopenia")]


def test_an_argument_is_never_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("claims.csv").write_text("relapsed AMKL\n")
    done = run("resolve", "claims.csv", "--format", "csv")
    assert [(row["text"], row["outcome"]) for row in done.rows] == [("claims.csv", "none")]


# Standard input


def test_standard_input_gives_a_row_for_every_line(run: Run) -> None:
    done = run("resolve", stdin=b"relapsed AMKL\r\n\nCLL in remission")
    assert [(row["text"], row["code"]) for row in done.rows] == [
        ("relapsed AMKL", "C94.22"),
        ("", ""),
        ("CLL in remission", "C91.11"),
    ]


def test_dash_is_standard_input(run: Run) -> None:
    assert [row["code"] for row in run("validate", "-", stdin=b"c9420\n").rows] == ["C94.20"]


def test_dash_stands_alone(run: Run) -> None:
    done = run("validate", "C94.20", "-", stdin=b"C94.21\n")
    assert done.status == 2
    assert "must stand alone" in done.err


def test_empty_standard_input_gives_the_header_alone(run: Run) -> None:
    done = run("validate", stdin=b"")
    assert done.status == 0
    assert done.out == "input,code,result,title,rules,messages,suggestions,on,release\n"


def test_byte_order_mark_is_dropped(run: Run) -> None:
    done = run("validate", stdin=b"\xef\xbb\xbfC94.20\n")
    assert done.rows[0]["input"] == "C94.20"


def test_other_encodings_are_refused_with_the_line(run: Run) -> None:
    done = run("resolve", stdin=b"CLL in remission\nleuc\xe9mie\n")
    assert done.status == 3
    assert done.err == "leukcodes: line 2 of standard input is not UTF-8; convert it first\n"
    assert [row["code"] for row in done.rows] == ["C91.11"]


def test_nothing_given_at_a_terminal_is_wrong_usage(run: Run) -> None:
    for name in ("resolve", "validate", "lookup", "tree"):
        done = run(name)
        assert done.status == 2
        assert "give at least one" in done.err


def test_argument_in_another_encoding_is_replaced() -> None:
    done = command("resolve", os.fsdecode(b"leuc\xe9mie"), "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["text"] == "leuc\ufffdmie"


def test_reader_that_leaves_early() -> None:
    whole = [sys.executable, "-m", "leukcodes", "validate", "--format", "json"]
    with subprocess.Popen(whole, stdin=-1, stdout=-1, stderr=-1) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"C94.20\n" * 2000)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 3


# validate


def test_validate_good_code(run: Run) -> None:
    done = run("validate", "c9420")
    assert done.status == 0
    assert done.out.startswith("C94.20: valid in FY2027")


def test_validate_header(run: Run) -> None:
    done = run("validate", "C94.2")
    assert done.status == 1
    assert "error LK-S003: " in done.out
    for code in ("C94.20", "C94.21", "C94.22"):
        assert code in done.out


def test_one_bad_code_among_good_ones_fails_in_every_place(run: Run) -> None:
    for order in (["C94.2", "C94.20"], ["C94.20", "C94.2"]):
        assert run("validate", *order).status == 1


def test_out_of_scope_is_no_error(run: Run) -> None:
    done = run("validate", "E11.9", "--format", "csv")
    assert done.status == 0
    assert done.rows[0]["result"] == "not_checked"


def test_exit_zero(run: Run) -> None:
    assert run("validate", "C94.2", "--exit-zero").status == 0
    assert run("lookup", "C99.9", "--exit-zero").status == 0
    assert run("validate", "C94.2", "--on", "nonsense", "--exit-zero").status == 2


def test_validate_on_a_date(run: Run) -> None:
    assert run("validate", "C86.4", "--on", "2024-09-30").status == 0
    split = run("validate", "C86.4", "--on", "2024-10-01", "--format", "csv")
    assert split.status == 1
    assert split.rows[0]["suggestions"] == "C86.40 C86.41"
    assert split.rows[0]["on"] == "2024-10-01"


def test_validate_in_a_fiscal_year(run: Run) -> None:
    assert run("validate", "C86.4", "--on", "FY2024").status == 0
    assert run("validate", "C86.4", "--on", "fy2025").status == 1


def test_validate_before_icd10cm_is_an_issue(run: Run) -> None:
    done = run("validate", "C94.20", "--on", "2015-09-30", "--format", "csv")
    assert done.status == 1
    assert done.rows[0]["rules"] == "LK-D001"


def test_validate_json_reads_back(run: Run) -> None:
    done = run("validate", "C94.2", "--format", "json")
    assert ValidationResult.model_validate_json(done.out).code == "C94.2"


# lookup and tree


def test_lookup_shows_the_card(run: Run) -> None:
    done = run("lookup", "c9420")
    lines = done.out.splitlines()
    assert lines[0] == "C94.20  Acute megakaryoblastic leukemia not having achieved remission"
    assert "  family C94.2, status not_in_remission" in lines
    assert any(line.startswith("  inclusion term: ") for line in lines)


def test_lookup_of_unknown_codes_goes_on(run: Run) -> None:
    done = run("lookup", "C91.7", "C94.20")
    assert done.status == 1
    assert done.err.startswith("leukcodes: 'C91.7'")
    assert done.out.startswith("C94.20  ")


def test_lookup_keeps_a_row_for_what_it_does_not_know(run: Run) -> None:
    done = run("lookup", "C91.7", "C94.6", "not a code", "--format", "csv")
    assert done.status == 1
    assert [row["input"] for row in done.rows] == ["C91.7", "C94.6", "not a code"]
    assert [row["code"] for row in done.rows] == ["", "C94.6", ""]
    assert [bool(row["error"]) for row in done.rows] == [True, False, True]
    assert [len(row) for row in done.rows] == [13, 13, 13]


def test_lookup_of_a_category_shows_what_it_holds(run: Run) -> None:
    lines = run("lookup", "C95").out.splitlines()
    assert lines[0] == "C95  Leukemia of unspecified cell type"
    assert "  holds C95.9  Leukemia, unspecified" in lines
    assert not any(line.startswith(("  family", "  under")) for line in lines)


def test_lookup_json(run: Run) -> None:
    known, unknown = run("lookup", "C94.20", "C91.7", "--format", "json").objects
    assert (known["code"], known["billable"], known["family_code"]) == ("C94.20", True, "C94.2")
    assert unknown["input"] == "C91.7"
    assert "C91.7" in str(unknown["error"])


def test_lookup_outside_the_releases_is_wrong_usage(run: Run) -> None:
    done = run("lookup", "C94.20", "--on", "1999-01-01")
    assert done.status == 2
    assert "--on" in done.err


def test_tree_draws_each_code_once(run: Run) -> None:
    done = run("tree", "C94")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("C94  ")
    assert lines[-1].startswith("    └── C94.82  ")
    assert sum("C94.22  " in line for line in lines) == 1
    # C94, five families (C94.0 .2 .3 .4 .8) with three statuses each, and C94.6.
    assert len(lines) == 1 + 5 * (1 + 3) + 1


def test_tree_in_rows_is_in_tabular_order(run: Run) -> None:
    codes = [row["code"] for row in run("tree", "C91", "--format", "csv").rows]
    assert codes[0] == "C91"
    assert codes.index("C91.A") < codes.index("C91.Z") < codes.index("C91.9")


def test_tree_of_an_unknown_code(run: Run) -> None:
    done = run("tree", "C99")
    assert done.status == 1
    assert done.out == ""


# translate and search


def test_translate_there_and_back(run: Run) -> None:
    there = run("translate", "C91.41", "--to", "icd9cm")
    assert there.status == 0
    assert there.out.splitlines()[0].startswith("C91.41 -> icd9cm 202.40  Leukemic reticuloendotheliosis")
    assert there.out.splitlines()[1] == "  approximate; disease status is lost"
    back = run("translate", "20501", "--from", "icd9cm", "--format", "csv")
    assert [row["target_code"] for row in back.rows] == ["C92.01", "C92.41", "C92.51"]
    assert {(row["approximate"], row["status_kept"]) for row in back.rows} == {("true", "true")}


def test_translate_keeps_a_row_for_what_the_map_does_not_hold(run: Run) -> None:
    done = run("translate", "--to", "ccsr", stdin=b"C92.00\nC94\nC91.7\n")
    assert done.status == 1
    assert [(row["input"], row["target_code"], bool(row["error"])) for row in done.rows] == [
        ("C92.00", "NEO060", False),
        ("C94", "", True),
        ("C91.7", "", True),
    ]


def test_translate_tells_a_person_what_it_cannot_and_goes_on(run: Run) -> None:
    done = run("translate", "C94.2", "C92.00", "foo", "--to", "ccsr", "--format", "table")
    assert done.status == 1
    assert done.out.startswith("C92.00 -> ccsr NEO060  Leukemia - acute myeloid leukemia (AML)")
    assert "C94.2" not in done.out
    missing, malformed = done.err.splitlines()
    assert missing == "leukcodes: 'C94.2' is not in the map of ccsr"
    assert malformed.startswith("leukcodes: 'foo' does not have the form of an ICD-10-CM code; ")


def test_translate_json_reads_back(run: Run) -> None:
    done = run("translate", "C92.00", "--to", "mondo", "--format", "json")
    assert lc.Translation.model_validate_json(done.out) == lc.translate("C92.00", to="mondo")[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["C92.00"], "give one of --to and --from"),
        (["C92.00", "--to", "icd9cm", "--from", "ccsr"], "give one of --to and --from"),
        (["C92.00", "--to", "snomed"], "use one of"),
        (["9872/3", "--from", "icdo3"], "can only be translated to"),
        (["C92.00", "--to", "icd9cm", "--on", "2014-01-01"], "'--on'"),
    ],
)
def test_translate_wrong_usage(run: Run, arguments: list[str], said: str) -> None:
    done = run("translate", *arguments)
    assert done.status == 2
    assert said in " ".join(done.err.split())


def test_search(run: Run) -> None:
    done = run("search", "megakaryob", "--limit", "2")
    assert done.out.splitlines()[0] == "C94.2  Acute megakaryoblastic leukemia"
    billable = run("search", "CLL", "--billable", "--format", "csv", "--limit", "3")
    assert [(row["rank"], row["code"]) for row in billable.rows] == [
        ("1", "C91.10"),
        ("2", "C91.11"),
        ("3", "C91.12"),
    ]
    assert lc.SearchHit.model_validate_json(run("search", "apl", "--limit", "1", "--format", "json").out) == (
        lc.lookup("C92.4")
    )


def test_search_without_a_hit_is_no_error(run: Run) -> None:
    done = run("search", "xyzzyx", "hairy")
    assert (done.status, done.err) == (0, "leukcodes: nothing found for 'xyzzyx'\n")
    assert [row["code"] for row in run("search", "xyzzyx", "--format", "csv").rows] == [""]


# releases and doctor


def test_releases(run: Run) -> None:
    done = run("releases", "--format", "json")
    read = [Release.model_validate_json(line) for line in done.out.splitlines()]
    assert [release.name for release in read] == [f"FY{year}" for year in range(2016, 2028)]
    assert "FY2027  2026-10-01 to 2027-09-30" in run("releases").out


def test_doctor_on_whole_data(run: Run) -> None:
    done = run("doctor")
    assert done.status == 0
    assert f"leukcodes {lc.__version__}, releases FY2016 to FY2027" in done.out
    assert run("doctor", "--format", "json").objects[0]["damaged"] == []


def test_doctor_sees_one_flipped_bit(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = resources.read_bytes

    def flipped(name: str) -> bytes:
        data = bytearray(whole(name))
        if name == "codes.json":
            data[100] ^= 1
        return bytes(data)

    monkeypatch.setattr(resources, "read_bytes", flipped)
    done = run("doctor")
    assert done.status == 1
    assert "damaged or missing: codes.json" in done.out


def test_doctor_without_its_manifest(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> bytes:
        raise FileNotFoundError(name)

    monkeypatch.setattr(resources, "read_bytes", gone)
    done = run("doctor", "--format", "csv")
    assert done.status == 1
    assert done.rows[0]["damaged"] == "manifest.json"


def test_data_that_cannot_be_read_are_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codesystem.Tables, "read", lambda: json.loads("{"))
    monkeypatch.setattr(codesystem._Packaged, "_system", None)
    done = run("lookup", "C92.00")
    assert done.status == 3
    assert done.out == ""
    assert done.err.startswith("leukcodes: the packaged data are damaged (")
    assert done.err.endswith("; see leukcodes doctor\n")


# Usage, formats, terminals


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["validate", "C94.20", "--format", "xml"],
        ["validate", "C94.20", "--on", "yesterday"],
        ["validate", "C94.20", "--on", "FY20"],
        ["resolve", "AML", "--setting", "home"],
    ],
)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.status == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    assert done.err


def test_unreadable_on_names_both_forms(run: Run) -> None:
    done = run("validate", "C94.20", "--on", "11/21/2026")
    assert "'11/21/2026'" in done.err
    assert "FY2027" in done.err


def test_version_and_help(run: Run) -> None:
    assert run("--version").out == f"leukcodes {lc.__version__}\n"
    shown = run("--help").out
    for name in ("resolve", "lookup", "validate", "tree", "releases", "doctor"):
        assert name in shown
        assert run(name, "--help").status == 0


def test_missing_extra_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "find_spec", lambda _: None)
    done = run("doctor")
    assert done.status == 2
    assert done.out == ""
    assert done.err == (
        "leukcodes: the command needs typer and rich; "
        "install the extra with: python -m pip install 'leukcodes[cli]'\n"
    )


def test_text_is_plain_outside_a_terminal_and_never_wrapped(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    done = run("tree", "C94.2")
    assert "\x1b" not in done.out
    assert "├── C94.20  Acute megakaryoblastic leukemia not having achieved remission" in done.out


def test_csv_is_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    assert "leucémie" in command("resolve", "leucémie", "--format", "csv", env=environment).stdout


def test_terminal_escapes_in_the_input_are_not_passed_on(run: Run) -> None:
    for name in ("resolve", "validate", "lookup"):
        done = run(name, "\x1b[31mAML\x07")
        assert "\x1b" not in done.out + done.err
        assert "\x07" not in done.out + done.err


def in_terminal(*arguments: str, stdin: bytes = b"") -> str:
    reader, writer = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "30"}
    environment.pop("NO_COLOR", None)
    whole = [sys.executable, "-m", "leukcodes", *arguments]
    with subprocess.Popen(whole, stdin=-1, stdout=writer, env=environment) as process:
        os.close(writer)
        process.communicate(stdin)
        shown = b""
        # The end of a pseudo-terminal is an empty read on some systems and an error on others.
        while chunk := _read(reader):
            shown += chunk
    os.close(reader)
    return shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def test_a_terminal_shows_text_with_colour_even_from_standard_input() -> None:
    shown = in_terminal("resolve", stdin=b"relapsed acute megakaryoblastic leukemia\n")
    assert "\x1b[" in shown
    assert RELAPSED in re.sub(r"\x1b\[[\d;]*m", "", shown)


def test_standard_output_may_be_any_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook's is no file of text."""
    monkeypatch.setattr(sys, "argv", ["leukcodes", "lookup", "C94.20", "--format", "csv"])
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 0
    assert [row["code"] for row in csv.DictReader(sys.stdout.getvalue().splitlines())] == ["C94.20"]


def test_to_import_the_command_is_not_to_run_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["leukcodes", "--version"])
    importlib.import_module("leukcodes.__main__")
