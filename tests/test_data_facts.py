"""The packaged data against facts carried over from official publications, and against itself."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import compile_data
import import_release
import pytest
from note_refs import touches
from official import DEFAULT_CACHE, fetch, load_sources
from tsv import read_table

from leukcodes.resources import read_bytes, read_json, read_notes, read_rows
from leukcodes.tables import raw_rows

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
EVIDENCE = Path(__file__).parent / "data"

CODES: dict[str, Any] = read_json("codes.json")
ROWS: dict[str, tuple[str, Any, str, list[Any]]] = {
    code: tuple(row[1:]) for code, row in raw_rows(CODES["codes"], CODES["versions"]).items()
}
NOTES = read_notes()
NEWEST_DAY = "2026-10-01"


def _title(code: str, day: str) -> str:
    return next(v[2] for v in ROWS[code][3] if v[0] <= day and (v[1] is None or day <= v[1]))


def _scope(scope: str) -> list[str]:
    return [code for code, row in ROWS.items() if row[0] == scope]


def _billable_spans() -> dict[str, list[tuple[str, str]]]:
    """Billable spans by code, versions that follow one another joined."""
    spans: dict[str, list[tuple[str, str]]] = {}
    for code, (_, _, _, versions) in ROWS.items():
        billable = [(first, last or "") for first, last, _, flag, _ in versions if flag]
        if billable:
            spans[code] = [(billable[0][0], billable[-1][1])]
            flags = [version[3] for version in versions]
            assert flags == sorted(flags, reverse=True), f"{code} is billable again after being a header"
    return spans


def test_billable_validity_is_the_published_one() -> None:
    published: dict[str, list[tuple[str, str]]] = {}
    for row in read_table(EVIDENCE / "billable_validity.tsv"):
        published.setdefault(row["code"], []).append((row["valid_from"], row["valid_to"]))
    assert _billable_spans() == published


def test_leukemia_scope_is_the_published_size() -> None:
    leukemia = _scope("leukemia")
    billable = [code for code in leukemia if ROWS[code][3][-1][3]]
    families = {code: f for code, f in CODES["families"].items() if code in leukemia}
    assert (len(leukemia), len(billable)) == (138, 100)
    assert Counter(family["scheme"] for family in families.values()) == {"012": 33, "none": 1}
    assert [code for code, family in families.items() if family["scheme"] == "none"] == ["C94.6"]
    members = {code for family in families.values() for code in family["codes"] if code} | {"C94.6"}
    assert members == set(billable)


def test_headers_and_billable_codes_follow_the_tree() -> None:
    parents = {row[1] for row in ROWS.values()}
    for code, (_, parent, _, versions) in ROWS.items():
        assert parent is None or (parent in ROWS and code.startswith(parent)), code
        assert (code in parents) == (not versions[-1][3]), code


# What an official title says of the status, for each column of a family's scheme.
STATUS_WORDS = {
    "012": ("not having achieved remission", "in remission", "in relapse"),
    "01": ("not having achieved remission", "in remission"),
    "site": ("unspecified site", "in remission"),
}


@pytest.mark.parametrize("family", CODES["families"])
def test_families_agree_with_the_official_titles(family: str) -> None:
    entry = CODES["families"][family]
    if entry["scheme"] == "none":
        assert entry["codes"] == [None, None, None]
        assert not any(word in _title(family, ROWS[family][3][-1][0]) for word in ("remission", "relapse"))
        return
    stem = _title(family, NEWEST_DAY).split(" [ALL]")[0]
    codes = [code for code in entry["codes"] if code]
    for code, words in zip(codes, STATUS_WORDS[entry["scheme"]], strict=True):
        title = _title(code, NEWEST_DAY)
        assert title in {f"{stem}, {words}", f"{stem} {words}"}, code


def test_every_code_that_names_a_status_is_in_its_family() -> None:
    """Both ways: no lymphoid or hematopoietic code with a status in its title is left out of the families."""
    titled = {
        code
        for code, (scope, _, _, versions) in ROWS.items()
        if scope != "context" and code[0] != "Z" and versions[-1][3]
        if any(word in versions[-1][2] for word in ("remission", "relapse"))
    }
    # In a site family the first code is the unspecified site: it says nothing of remission.
    families = CODES["families"].values()
    listed = {code for family in families for code in family["codes"][family["scheme"] == "site" :]}
    assert titled == listed - {None}


def test_every_related_neoplasm_belongs_to_a_family() -> None:
    families = tuple(CODES["families"])
    billable = [
        code for code in _scope("leukemia") + _scope("related") if code[0] != "Z" and ROWS[code][3][-1][3]
    ]
    assert [code for code in billable if not code.startswith(families)] == []


def test_references_equal_the_published_edges() -> None:
    """Every note between leukemia and another code, with the codes it names, both ways."""
    kinds = {"codeAlso": "code_also", "codeFirst": "code_first", "notes": "note"}
    edges = {}
    for row in read_table(EVIDENCE / "edges_fy2026.tsv"):
        key = (row["owner_code"], kinds.get(row["note_type"], row["note_type"]), row["note_text"])
        edges[key] = row["referenced_codes"].split("|") if row["referenced_codes"] else []
    leukemia = _scope("leukemia")
    # The one range in words, written out by hand from the code list: fifth character 1 within C91-C95.
    edges["Z85.6", "excludes1", "leukemia in remission C91.0-C95.9 with 5th character 1"] = [
        code for code in leukemia if code[:3] != "C90" and len(code) == 6 and code[-1] == "1"
    ]
    packaged = {
        (owner, kind, text): refs
        for owner, notes in NOTES.items()
        for kind, text, refs, releases in notes
        if "FY2026" in releases and kind != "inclusion_term" and not owner.startswith("chapter:")
        if owner in (*leukemia, "C90") or any(touches(ref, leukemia) for ref in refs)
    }
    assert packaged == edges


def test_core_of_fy2027_is_the_published_one() -> None:
    """Titles, flags and notes of the core, as read in the FY2027 tabular list."""
    kinds = {
        "inclusionTerm": "inclusion_term",
        "codeFirst": "code_first",
        "useAdditionalCode": "use_additional",
        "codeAlso": "code_also",
        "notes": "note",
    }
    core: dict[str, Any] = json.loads((EVIDENCE / "core_fy2027.json").read_text("utf-8"))
    assert len(core) == 194
    for code, entry in core.items():
        version = next(v for v in ROWS[code][3] if v[1] is None)
        assert (version[2], bool(version[3])) == (entry["title"], entry["billable"]), code
        notes = Counter(
            (kinds.get(kind, kind), text) for kind, texts in entry["notes"].items() for text in texts
        )
        packaged = Counter(
            (kind, text) for kind, text, _, releases in NOTES.get(code, []) if "FY2026" in releases
        )
        assert packaged == notes, code


def test_codes_added_in_fy2027_have_their_titles() -> None:
    added = {code: row[3][0][2:] for code, row in ROWS.items() if row[3][0][0] == NEWEST_DAY}
    assert added == {
        "C79.83": ("Secondary malignant neoplasm of oral cavity", 1, "FY2027"),
        "D69.11": ("Glanzmann thrombasthenia", 1, "FY2027"),
        "D69.19": ("Other qualitative platelet defects", 1, "FY2027"),
    }


def test_history_holds_every_published_change_of_the_core() -> None:
    changes = {(row["effective"], row["change"], row["code"], row["new_title"]) for row in _history()}
    for row in read_table(EVIDENCE / "change_history_core.tsv"):
        change = {"add": "added", "revise": "revised"}[row["change"]]
        assert (
            row["effective"],
            change,
            row["code"],
            row["new_title"] or row["old_title_or_title"],
        ) in changes
        if "became header" in row["note"]:
            assert (row["effective"], "became_header", row["code"], row["new_title"]) in changes


def test_history_has_no_other_change_of_the_core() -> None:
    core = set(json.loads((EVIDENCE / "core_fy2027.json").read_text("utf-8")))
    published = {(row["effective"], row["code"]) for row in read_table(EVIDENCE / "change_history_core.tsv")}
    assert {(row["effective"], row["code"]) for row in _history() if row["code"] in core} == published


def _history() -> list[dict[str, str]]:
    return read_table(DATA / "history.tsv")


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        (
            "C96.2",
            ("2017-09-30", "Malignant mast cell tumor", 1),
            ("2017-10-01", "Malignant mast cell neoplasm", 0),
        ),
        (
            "C86.4",
            ("2024-09-30", "Blastic NK-cell lymphoma", 1),
            ("2024-10-01", "Blastic NK-cell lymphoma", 0),
        ),
        ("D72.1", ("2020-09-30", "Eosinophilia", 1), ("2020-10-01", "Eosinophilia", 0)),
        (
            "C94.6",
            ("2022-09-30", "Myelodysplastic disease, not classified", 1),
            ("2022-10-01", "Myelodysplastic disease, not elsewhere classified", 1),
        ),
        (
            "D47.0",
            ("2017-09-30", "Histiocytic and mast cell tumors of uncertain behavior", 1),
            ("2017-10-01", "Mast cell neoplasms of uncertain behavior", 0),
        ),
    ],
)
def test_changes_give_the_right_answer_on_both_sides(
    code: str, before: tuple[str, str, int], after: tuple[str, str, int]
) -> None:
    for day, title, billable in (before, after):
        version = next(v for v in ROWS[code][3] if v[0] <= day and (v[1] is None or day <= v[1]))
        assert (version[2], version[3]) == (title, billable)


def test_outside_the_complete_roots_codes_are_only_headers() -> None:
    roots = tuple(CODES["complete"])
    partial = [code for code in ROWS if not code.startswith(roots)]
    assert all(not ROWS[code][3][-1][3] for code in partial)
    assert {code[:3] for code in partial} == {
        *("E88", "G92", "I27", "M36", "O9A", "R50", "T45", "T80", "T86"),
        *("Z12", "Z48", "Z79", "Z80", "Z85", "Z86", "Z92", "Z94"),
    }


def test_oddities_stand_in_the_data() -> None:
    titles = {v[2] for row in ROWS.values() for v in row[3]} | {"Sezary disease"}
    index = {(row["path"], row["code"]) for row in read_table(DATA / "index.tsv")}
    for row in read_table(DATA / "oddities.tsv"):
        if row["file"] == "title":
            assert row["text"] in titles, row
        elif row["file"] == "index":
            assert (row["owner"], row["text"]) in index, row
        else:
            found = [note for note in NOTES[row["owner"]] if note[1] == row["text"]]
            assert found, row
            assert set(row["releases"].split()) <= {release for note in found for release in note[3]}, row


def test_index_leads_to_packaged_codes() -> None:
    for path, code, see, see_also, releases in read_rows("index.json"):
        assert (code.rstrip("-").rstrip(".") in ROWS) if code else (see or see_also), path
        assert set(releases) <= {"FY2024", "FY2025", "FY2027"}


def test_sources_are_the_bytes_they_say() -> None:
    sources = load_sources(DATA)
    fetch(sources, DEFAULT_CACHE)
    carried = {entry["carried"]: entry["sha256"] for entry in sources.values() if "carried" in entry}
    actual = {name: hashlib.sha256((DATA / name).read_bytes()).hexdigest() for name in carried}
    assert actual == carried
    assert {f"crosswalks/{path.name}" for path in (DATA / "crosswalks").glob("*.tsv")} <= carried.keys()


def test_every_source_named_in_a_row_is_listed() -> None:
    sources = load_sources(DATA)
    for name in ("codes.tsv", "history.tsv", "families.tsv", "index.tsv"):
        assert {row["source"] for row in read_table(DATA / name)} <= sources.keys(), name


def test_official_tables_are_what_the_packages_give() -> None:
    assert import_release.drift(DATA, DEFAULT_CACHE) == []


def test_compiled_files_are_what_data_compiles_to() -> None:
    assert list(compile_data.check_data(DATA)) == []
    assert compile_data.drift(compile_data.compile_all(DATA), compile_data.PACKAGED) == []


def test_drift_is_found(tmp_path: Path) -> None:
    for name, raw in compile_data.compile_all(DATA).items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "codes.json").write_bytes((tmp_path / "codes.json").read_bytes() + b" ")
    (tmp_path / "left_over.json").write_bytes(b"{}")
    assert compile_data.main(["--check", "--target", str(tmp_path)]) == 1
    assert compile_data.drift(compile_data.compile_all(DATA), tmp_path) == ["codes.json", "left_over.json"]


def test_manifest_describes_the_packaged_files() -> None:
    for name, entry in read_json("manifest.json")["files"].items():
        raw = read_bytes(name)
        assert (hashlib.sha256(raw).hexdigest(), len(raw)) == (entry["sha256"], entry["bytes"]), name
