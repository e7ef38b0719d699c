"""Check a built wheel: exactly the files it should hold, its size, and that it works where it is installed.

Usage: python tools/check_wheel.py dist/leukcodes-*.whl
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What a program loads that codes and validates, and all of the wheel.
CORE_LIMIT = 300_000
SIZE_LIMIT = 450_000
ON_DEMAND = ("leukcodes/audit/", "leukcodes/cli/", "leukcodes/frames/", "leukcodes/render/")
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE"}

# Of each file in a ZIP archive: before its data, and in the directory at the end.
_HEADERS = 30 + 46

SMOKE = """
import sys
import leukcodes as lc
assert lc.is_valid("C94.20") and not lc.is_valid("C94.2")
assert lc.lookup("c9422").title == "Acute megakaryoblastic leukemia, in relapse"
assert lc.resolve("relapsed acute megakaryoblastic leukemia").code == "C94.22"
assert lc.validate_claim(["C92.01", "Z85.6"]).codes
assert lc.scan("CLL in remission")[0].resolution.code == "C91.11"
assert lc.search("hairy cel")[0].code == "C91.4" and lc.translate("C92.01", to="icd9cm")
assert lc.resolve("AML").model_dump_json() and lc.value_set("leukemia").to_fhir()
from importlib.metadata import distributions
extras = {"narwhals", "typer", "rich", "pyarrow", "jinja2", "pandas"}
assert not extras & {name.partition(".")[0] for name in sys.modules}
assert not extras & {each.metadata["Name"].lower() for each in distributions()}
"""

# What needs an extra that is not there: one line that says how to install it.
HINTS = {
    "frames": "from leukcodes import frames",
    "report": "from leukcodes.audit.page import need_report; need_report()",
    "cli": "import leukcodes as lc; lc.resolve_many(['AML'], progress=True)",
}
HINTED = """
import leukcodes as lc
try:
    {statement}
except lc.MissingExtraError as error:
    message = str(error)
    assert error.extra == {extra!r} and "\\n" not in message, message
    assert message.endswith("'") and {extra!r} in message.split("leukcodes[")[1], message
    print(message)
else:
    raise SystemExit("no error without the extra {extra}")
"""


def check_files(wheel: Path) -> None:
    """The wheel holds what git tracks below src/, its metadata, and nothing else."""
    listing = subprocess.run(
        ["git", "ls-files", "src/leukcodes"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    info = "-".join(wheel.name.split("-")[:2]) + ".dist-info"
    expected = {name.removeprefix("src/") for name in listing.stdout.splitlines()}
    expected |= {f"{info}/{name}" for name in METADATA}
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    if held != expected:
        raise SystemExit(f"missing: {sorted(expected - held)}\nnot expected: {sorted(held - expected)}")
    print(f"{len(held)} files, as expected")


def _bytes_of(entry: zipfile.ZipInfo) -> int:
    """What a file takes in the archive: its data, and its two headers, which both hold its name."""
    return entry.compress_size + _HEADERS + 2 * len(entry.filename.encode()) + len(entry.extra)


def check_size(wheel: Path) -> None:
    """The wheel stays small, and the part that every program loads smaller still."""
    with zipfile.ZipFile(wheel) as archive:
        on_demand = sum(
            _bytes_of(entry) for entry in archive.infolist() if entry.filename.startswith(ON_DEMAND)
        )
    size = wheel.stat().st_size
    for name, bytes_, limit in (("core", size - on_demand, CORE_LIMIT), ("wheel", size, SIZE_LIMIT)):
        if bytes_ >= limit:
            raise SystemExit(f"{wheel.name}: {name} has {bytes_:,} bytes; the limit is {limit:,}")
        print(f"{name}: {bytes_:,} bytes, limit {limit:,}")


def check_install(wheel: Path, place: Path) -> None:
    """It works outside the checkout, first with its runtime dependencies alone, then with `cli`."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place / "venv")], check=True)
    programs = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python, command = str(programs / "python"), str(programs / "leukcodes")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    resolve = [command, "resolve", "relapsed acute megakaryoblastic leukemia"]

    subprocess.run([*install, str(wheel)], cwd=place, check=True)
    subprocess.run([python, "-I", "-c", SMOKE], cwd=place, check=True)
    bare = subprocess.run(resolve, cwd=place, capture_output=True, text=True, check=False)
    hint = bare.stderr.splitlines()
    if bare.returncode != 2 or len(hint) != 1 or "leukcodes[cli]" not in hint[0]:
        raise SystemExit(f"without the extra, the command should give a one-line hint, not: {bare}")
    print(hint[0])
    for extra, statement in HINTS.items():
        check_hint(python, extra, statement)

    subprocess.run([*install, f"{wheel}[cli]"], cwd=place, check=True)
    full = subprocess.run(resolve, cwd=place, capture_output=True, text=True, check=True)
    if "C94.22 Acute megakaryoblastic leukemia, in relapse" not in full.stdout:
        raise SystemExit(f"the installed command gave an unexpected answer: {full.stdout}")
    print(full.stdout)
    subprocess.run([command, "doctor"], cwd=place, check=True)
    check_hint(python, "files", "from leukcodes.cli.files.opening import need; need('pyarrow')")


def check_hint(python: str, extra: str, statement: str) -> None:
    """What needs a missing extra says so in one line."""
    code = HINTED.format(statement=statement, extra=extra)
    subprocess.run([python, "-I", "-c", code], check=True)


def main() -> None:
    """Run every check on the wheel named on the command line."""
    wheel = Path(sys.argv[1]).resolve()
    check_files(wheel)
    check_size(wheel)
    with tempfile.TemporaryDirectory() as place:
        check_install(wheel, Path(place))


if __name__ == "__main__":
    main()
