"""Ask the public advisory database for known vulnerabilities of what is installed here.

Usage: python tools/audit_dependencies.py, with pip-audit installed. Fails on a known vulnerability; where the
database cannot be asked, it says that nothing was audited and does not fail.
"""

from __future__ import annotations

import json
import subprocess
import sys


def main() -> None:
    """Audit the environment that runs this."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--format",
        "json",
        "--progress-spinner",
        "off",
        "--skip-editable",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        entries = json.loads(done.stdout)["dependencies"]
    except ValueError:
        print(f"not audited: {done.stderr.strip().splitlines()[-1:] or 'no answer'}")
        return
    asked = [entry for entry in entries if "skip_reason" not in entry]
    bad = [
        f"{entry['name']} {entry['version']}: {found['id']}" for entry in asked for found in entry["vulns"]
    ]
    print(f"{len(asked)} of {len(entries)} packages audited, {len(bad)} known vulnerabilities")
    if bad:
        raise SystemExit("\n".join(bad))


if __name__ == "__main__":
    main()
