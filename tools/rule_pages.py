"""Write docs/rules/: a page for each rule and the table of all, from the registry and docs/rules/rules.toml.

python tools/rule_pages.py            write the pages
python tools/rule_pages.py --check    write nothing; exit 1 and name each page that differs
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from leukcodes.rules import RULES, AppliesTo, Rule

__all__ = ["pages", "spelt"]

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"
GENERATED = "<!-- Written by tools/rule_pages.py from the registry and rules.toml; edit those. -->"

_GROUPS: dict[str, str] = {
    "S": "Form and code set",
    "D": "Dates",
    "A": "Plausibility",
    "R": "Remission, relapse and history",
    "C": "Context of a diagnosis",
    "U": "Unspecified",
    "T": "Text against code",
    "E": "Excludes notes",
    "Q": "Sequence and companions",
    "M": "Matching of words",
}
_REPORTED: dict[AppliesTo, str] = {
    "code": "`validate_code`, `validate_claim`",
    "date": "`validate_code`, `validate_claim`",
    "claim": "`validate_claim`",
    "text": "`resolve`",
    "row": "`audit.check_row`",
}
_IMPORTS = {"x": "from leukcodes.audit import check_row"}
_CALLS = {"v(": "lc.validate_code(", "c(": "lc.validate_claim(", "r(": "lc.resolve(", "x(": "check_row("}


def pages() -> dict[str, str]:
    """Every page by its file name."""
    told = tomllib.loads((FOLDER / "rules.toml").read_text("utf-8"))
    found = {f"{rule.id}.md": _page(rule, told[rule.id]) for rule in RULES.values()}
    return found | {"README.md": _table()}


def spelt(expression: str) -> str:
    """An example of rules.toml as a call of the library."""
    start = expression[:2]
    return _CALLS[start] + expression.removeprefix(start)


def _page(rule: Rule, told: dict[str, str]) -> str:
    return f"""{GENERATED}
# {rule.id}

{rule.summary}

| severity | reported by | source |
|---|---|---|
| {rule.severity} | {_reported(rule)} | {rule.source} |

{told["why"]}

**What to do.** {told["do"]}

Reported:

```python
>>> {_IMPORTS.get(told["fails"][0], "import leukcodes as lc")}
>>> result = {spelt(told["fails"])}
>>> "{rule.id}" in {{issue.rule for issue in result.issues}}
True
```

Not reported:

```python
>>> result = {spelt(told["passes"])}
>>> "{rule.id}" in {{issue.rule for issue in result.issues}}
False
```

**To silence it.** {_silence(rule)}
"""


def _reported(rule: Rule) -> str:
    return "`validate_claim`" if rule.id.startswith("LK-A") else _REPORTED[rule.applies_to]


def _silence(rule: Rule) -> str:
    leave_out = f'`[issue for issue in result.issues if issue.rule != "{rule.id}"]`'
    if rule.applies_to in ("text", "row"):
        return f"Leave it out of what you show: {leave_out}. The outcome stays what it is."
    on_claims = (
        f'`validate_claim(..., ignore=["{rule.id}"])`, '
        f'or `severity={{"{rule.id}": "info"}}` to report it as something else'
    )
    if rule.applies_to == "claim" or rule.id.startswith("LK-A"):
        return f"{on_claims}."
    return f"On claims {on_claims}; the code's own result stays what it is. Elsewhere {leave_out}."


def _table() -> str:
    lines = [
        GENERATED,
        "# Rules",
        "",
        "Every issue has the id of a rule. Ids are stable and never used again for something else.",
        "Severities are the defaults: `error` is wrong or will be rejected, `warning` probably wrong or less",
        "than it could say, `query` is for the provider to answer, `info` is worth knowing. `validate_claim`",
        "takes other severities and silences rules by id.",
    ]
    for letter, title in _GROUPS.items():
        rules = [rule for rule in RULES.values() if rule.id[3] == letter]
        lines += [
            "",
            f"## {title}",
            "",
            "| rule | severity | reported by | finds | source |",
            "|---|---|---|---|---|",
        ]
        for rule in rules:
            cells = (f"[{rule.id}]({rule.id}.md)", rule.severity, _reported(rule), rule.summary, rule.source)
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them; the exit status."""
    written = pages()
    stale = sorted(set(written) ^ {path.name for path in FOLDER.glob("*.md")})
    stale += [
        name
        for name, text in written.items()
        if (FOLDER / name).exists() and (FOLDER / name).read_text("utf-8") != text
    ]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/rules/{name} is not what tools/rule_pages.py writes", file=sys.stderr)
        return 1 if stale else 0
    for name, text in written.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
