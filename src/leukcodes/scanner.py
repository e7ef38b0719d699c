"""Every leukemia in a page of prose: diagnoses by their words, and codes written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from leukcodes.codes import writable
from leukcodes.codesystem import When, system
from leukcodes.models import Mention, Setting, Span
from leukcodes.outcome import describe_each
from leukcodes.slots import Asker
from leukcodes.text.diagnosis import Diagnosis, TextReading, read_text
from leukcodes.text.lexicon import lexicon
from leukcodes.text.tokens import fold
from leukcodes.written import describe_code, is_leukemia, written_codes

__all__ = ["scan"]

_SENTENCE: Final = re.compile(r"[^\n]+?(?:[.!?](?=\s+[A-Z0-9(\"'])|\n|\Z)", re.ASCII)
# Letters that a name of leukemia keeps even where it is misspelt.
_FRAGMENTS: Final = (
    r"le[uiao]?[kc]|l[uo][ek]|luc|euk[aeo]|kemi|cemi|aemi|myel|chlorom|erythr|gug?li|richt"
    r"|reticuloend|tric[oh]|haarz|blast"
)
_LONGEST_SENTENCE: Final = 2000


def scan(note: str | None, *, on: When = None, setting: Setting | str | None = None) -> list[Mention]:
    """Find every leukemia diagnosis and every leukemia code written out in a longer text.

    Each mention has its span in `note`, and its resolution as `resolve` would give it from the words of its
    own sentence; spans inside the resolution count from `resolution.text`. Negated mentions and relatives'
    are listed too: their resolution says so. Time is linear in the length of the note.

    Raises:
        ReleaseNotFoundError: no packaged release covers `on`.

    Example:
        >>> from leukcodes import scan
        >>> for mention in scan("AML in first remission. Mother had CLL. Billed as C92.01."):
        ...     print(mention.text, mention.resolution.outcome, mention.resolution.code)
        AML coded C92.01
        CLL coded Z80.6
        C92.01 coded C92.01
    """
    moment = system().moment(on)
    where = None if setting is None else Setting(setting)
    found: list[Mention] = []
    for start, sentence in _sentences(writable(note) if isinstance(note, str) else ""):
        asker = Asker(sentence, moment.day, moment.release.name, where)
        if _trace().search(fold(sentence)[0]):
            found.extend(_diagnoses(asker, start))
        found.extend(_codes(asker, start))
    return sorted(found, key=lambda mention: mention.span)


@cache
def _trace() -> re.Pattern[str]:
    """What a sentence must hold to be read in full: a fragment of a name, or an abbreviation of one."""
    names = "|".join(sorted(map(re.escape, lexicon().abbreviations), key=len, reverse=True))
    return re.compile(rf"(?i:{_FRAGMENTS})|(?<![A-Za-z])(?:{names})(?![A-Za-z])")


def _sentences(note: str) -> Iterator[tuple[int, str]]:
    """Sentences with their place in the note; one without an end is cut where it grows too long."""
    for match in _SENTENCE.finditer(note):
        whole = match.group()
        for cut in range(0, len(whole), _LONGEST_SENTENCE):
            yield match.start() + cut, whole[cut : cut + _LONGEST_SENTENCE]


def _diagnoses(asker: Asker, start: int) -> Iterator[Mention]:
    reading = read_text(asker.text)
    for diagnosis, resolution in describe_each(asker, reading):
        if not any(is_leukemia(code) for code in diagnosis.mention.codes):
            continue
        first, last = _extent(reading, diagnosis)
        yield Mention(Span(start + first, start + last), asker.text[first:last], resolution)


def _extent(reading: TextReading, diagnosis: Diagnosis) -> tuple[int, int]:
    """Where the first naming of a disease begins and ends: up to the next disease, if that comes between."""
    own = diagnosis.mention.items
    others = {place for other in reading.diagnoses if other is not diagnosis for place in other.mention.items}
    end = own[0]
    for place in own:
        if any(between in others for between in range(end, place)):
            break
        end = place
    return reading.items[own[0]].start, reading.items[end].end


def _codes(asker: Asker, start: int) -> Iterator[Mention]:
    for code, span in written_codes(asker.text):
        place = Span(start + span.start, start + span.end)
        yield Mention(place, asker.text[span.start : span.end], describe_code(asker, code, span))
