"""Check a source distribution: exactly the files it should hold, and the wheel built from it.

Usage: python tools/check_sdist.py dist/leukcodes-*.tar.gz
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def check_files(sdist: Path) -> None:
    """The distribution holds what git tracks, without what pyproject.toml leaves out, and its metadata."""
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    left_out = tuple(f"{name}/" for name in project["tool"]["hatch"]["build"]["targets"]["sdist"]["exclude"])
    expected = {name for name in listing.stdout.splitlines() if not name.startswith(left_out)} | {"PKG-INFO"}
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    if held != expected:
        raise SystemExit(f"missing: {sorted(expected - held)}\nnot expected: {sorted(held - expected)}")
    print(f"{sdist.name}: {len(held)} files, as expected")


def check_rebuild(sdist: Path, place: Path) -> None:
    """The wheel built from the distribution is the one built from the checkout."""
    with tarfile.open(sdist) as archive:
        archive.extractall(place, filter="data")
    (unpacked,) = (each for each in place.iterdir() if each.is_dir())
    wheels = [_wheel(source, place / name) for source, name in ((ROOT, "checkout"), (unpacked, "sdist"))]
    if wheels[0].read_bytes() != wheels[1].read_bytes():
        raise SystemExit("the wheel built from the source distribution differs from the checkout's")
    print(
        f"{wheels[0].name}: the same {wheels[0].stat().st_size:,} bytes from checkout and source distribution"
    )


def _wheel(source: Path, place: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(place), str(source)]
    subprocess.run(command, capture_output=True, text=True, check=True)
    (wheel,) = place.glob("*.whl")
    return wheel


def main() -> None:
    """Run every check on the source distribution named on the command line."""
    sdist = Path(sys.argv[1]).resolve()
    check_files(sdist)
    with tempfile.TemporaryDirectory() as place:
        check_rebuild(sdist, Path(place))


if __name__ == "__main__":
    main()
