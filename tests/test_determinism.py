"""The same question has the same answer: in every process, thread, locale, time zone, order of the data."""

from __future__ import annotations

import json
import locale
import os
import pickle
import random
import subprocess
import sys
from pathlib import Path

import digest
import pytest

import leukcodes as lc
from leukcodes.codesystem import CodeSystem, system
from leukcodes.resources import read_json
from leukcodes.tables import Tables

ROOT = Path(__file__).parents[1]
STABLE = Path(__file__).parent / "stable"
SAMPLE = "60"
TOOL = ROOT / "tools" / "digest.py"


@pytest.fixture(scope="module")
def here() -> str:
    return digest.digest(int(SAMPLE))


def run(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "99", "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "7", "PYTHONUTF8": "0", "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONOPTIMIZE": "2"},
    ],
    ids=lambda environment: " ".join(environment.values()),
)
def test_processes_agree_whatever_their_surroundings(environment: dict[str, str], here: str) -> None:
    assert run(str(TOOL), "--sample", SAMPLE, **environment) == here


def test_a_locale_set_in_the_process_changes_nothing(here: str) -> None:
    before = locale.setlocale(locale.LC_ALL)
    names = [name for name in ("tr_TR.UTF-8", "de_DE.UTF-8", "C.UTF-8", "C") if _is_there(name)]
    try:
        for name in names:
            locale.setlocale(locale.LC_ALL, name)
            assert digest.digest(int(SAMPLE)) == here
    finally:
        locale.setlocale(locale.LC_ALL, before)


def _is_there(name: str) -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_ALL, before)
    return True


THREADS = """
import sys, threading
import leukcodes as lc
texts = ["relapsed AMKL", "CLL in CR", "no evidence of leukemia", "PLL", "mother had AML", "acut leukemia"]
codes = ["C92.00", "c9201", "C83.0", "Z85.6", "E11.9", "what"]
wait, found = threading.Barrier(32), [None] * 32
def ask(place):
    wait.wait()
    found[place] = (
        [lc.resolve(text) for text in texts], lc.validate_codes(codes), lc.validate_claim(codes),
        lc.scan(". ".join(texts)), lc.search("hairy cel"), lc.translate("C92.01", to="icd9cm"),
        lc.value_set("aml"),
    )
threads = [threading.Thread(target=ask, args=(place,)) for place in range(32)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert None not in found
assert all(each == found[0] for each in found)
print(found[0][0][0].code)
"""


@pytest.mark.parametrize("seed", range(3))
def test_thirty_two_threads_at_first_use_agree(seed: int) -> None:
    assert run("-c", THREADS, PYTHONHASHSEED=str(seed)) == "C94.22"


def test_the_order_of_families_and_blocks_in_the_data_does_not_matter() -> None:
    data = read_json("codes.json")
    chance = random.Random(8)
    for name in ("families", "blocks"):
        entries = list(data[name].items())
        chance.shuffle(entries)
        data[name] = dict(entries)
    other, known = CodeSystem(Tables(data)), system()
    for code in known.codes:
        for release in known.releases:
            assert other.concept(code, release.effective_from) == known.concept(code, release.effective_from)
    assert dict(other.families) == dict(known.families)


def test_asking_in_another_order_changes_no_answer() -> None:
    texts = [
        "AML",
        "AML in remission",
        "acute leukmia",
        "ALL",
        "all",
        "lymphocitic leukemia",
        "CLL/SLL",
        "AML",
    ]
    first = [lc.resolve(text) for text in texts]
    assert [lc.resolve(text) for text in reversed(texts)] == first[::-1]
    assert lc.resolve_many(texts) == first


# Results kept by the version that a folder is named after. Answers may become better; their form stays.


def kept() -> dict[str, object]:
    """A result of every kind."""
    claim = lc.validate_claim(
        ["C92.01", "Z85.6", "C91.1", "E11.9", None], on="2026-11-21", setting="outpatient"
    )
    return {
        "resolution": lc.resolve("relapsed AMKL", on="FY2026"),
        "resolution_review": lc.resolve("PLL", on="FY2026"),
        "mentions": lc.scan("CLL in remission. Mother had AML.", on="FY2026"),
        "validation": lc.validate_code("C94.2", on="2026-11-21"),
        "claim": claim,
        "concept": lc.lookup("C92.01", on="FY2026"),
        "release": lc.releases()[0],
        "notes": lc.lookup("C92.0", on="FY2026").notes(),
        "translations": lc.translate("C92.01", to="icd9cm", on="FY2026"),
        "comparison": lc.compare("FY2024", "FY2025"),
        "hits": lc.search("hairy cel", limit=2, on="FY2026"),
        "value_set": lc.value_set("aml", status="in_relapse", on="FY2026"),
        "codes": (
            lc.IcdCode("C92.01"),
            lc.BillableCode("C92.01"),
            lc.BillableCode.in_release("FY2024")("C86.4"),
        ),
    }


VERSIONS = sorted(path.name for path in STABLE.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
def test_pickles_and_json_of_every_version_are_read_as_the_same(version: str) -> None:
    pickled = pickle.loads((STABLE / version / "results.pickle").read_bytes())
    written = json.loads((STABLE / version / "results.json").read_text("utf-8"))
    assert pickled.keys() == written.keys()
    for name, value in pickled.items():
        for record, text in zip(_records(value), written[name], strict=True):
            again = type(record).model_validate_json(text)
            assert again == record, name
            # A later version may say more; what was said keeps its name, its form and its order.
            said, says = json.loads(text), json.loads(record.model_dump_json())
            assert {key: says[key] for key in said} == said, name
            assert [key for key in says if key in said] == list(said), name


@pytest.mark.parametrize("version", VERSIONS)
def test_the_kinds_of_results_are_those_of_every_version(version: str) -> None:
    pickled = pickle.loads((STABLE / version / "results.pickle").read_bytes())
    now = kept()
    # A later version may give a subclass: what could take the old kind takes the new one.
    assert [name for name, value in pickled.items() if not isinstance(now[name], type(value))] == []
    assert pickled["codes"] == now["codes"]
    assert [type(code).__name__ for code in pickled["codes"]] == [
        type(code).__name__ for code in now["codes"]
    ]


@pytest.mark.parametrize("name", kept())
def test_results_of_today_survive_pickle_and_json(name: str) -> None:
    value = kept()[name]
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    for record in _records(value):
        assert type(record).model_validate_json(record.model_dump_json()) == record


def test_this_version_is_kept() -> None:
    """For a new version run this file as a script, once; the files of older versions stay as they are."""
    assert lc.__version__ in VERSIONS


def _records(value: object) -> list[lc.Resolution]:
    values = value if isinstance(value, list | tuple) else [value]
    return [each for each in values if hasattr(each, "model_dump_json")]


def _keep() -> None:
    folder = STABLE / lc.__version__
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.pickle").write_bytes(pickle.dumps(kept(), protocol=4))
    texts = {name: [each.model_dump_json() for each in _records(value)] for name, value in kept().items()}
    (folder / "results.json").write_text(json.dumps(texts, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    _keep()
