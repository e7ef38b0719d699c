"""Which disease a status speaks of: the one before it, the one after it, or what cannot be read."""

from __future__ import annotations

from leukcodes.text.items import OTHER_NAMES, REACH, Item, item_at
from leukcodes.text.lexicon import words_of

__all__ = ["subject_of"]


def subject_of(
    items: list[Item], index: int, position: str, diseases: dict[int, int]
) -> tuple[int | None, bool]:
    """The mention a status word speaks of; None and True where it may speak of something unread."""
    forward = position == "a" or _is_of_thing(items, index)
    if forward and not _looks_back(items, index, diseases):
        found, other = _rightward(items, index, diseases, through_commas=False)
        if not other:
            found = _ahead(items, index, diseases) if found is None else found
        if found is not None or other == "disease" or _is_of_another(items, index):
            return found, False
        if other == "unknown":
            return None, True
        left, left_other = _leftward(items, index, diseases)
        if left is not None or left_other == "disease":
            return left, False
        if left_other == "unknown":
            return None, True
        right = _rightward(items, index, diseases, through_commas=True)[0]
        return (right if right is not None else _only_disease(items, diseases)), False
    own = _ahead(items, index, diseases)
    if own is not None:
        return own, False
    found, other = _leftward(items, index, diseases)
    if found is not None or other == "disease":
        return found, False
    if other == "unknown":
        right = None if item_at(items, index + 1).is_cut_off else diseases.get(index + 1)
        return right, right is None
    right = _rightward(items, index, diseases, through_commas=True)[0]
    return (right if right is not None else _only_disease(items, diseases)), False


def _ahead(items: list[Item], index: int, diseases: dict[int, int]) -> int | None:
    """The mention that a sentence goes on to which a status opens: `diabetes. S/p transplant for AML`."""
    if not _opens(items, index, diseases):
        return None
    for place in range(index + 1, min(len(items), index + REACH)):
        item = items[place]
        if item.hard or "," in item.gap or ")" in item.gap:
            return None
        if place in diseases:
            return diseases[place]
        stops = _stops(item) and item.phrase not in words_of("dangling")
        if stops or item.kind in OTHER_NAMES or item.kind == "cue":
            return None
    return None


def _opens(items: list[Item], index: int, diseases: dict[int, int]) -> bool:
    """Whether a status opens a sentence or a field: `diabetes. In remission: AML`, `Board: R/R CLL`."""
    for place in range(index, max(-1, index - REACH), -1):
        if items[place].hard or not place or ":" in items[place].gap:
            return True
        if place - 1 in diseases or items[place - 1].kind in ("disease", "entity", "unknown"):
            return False
    return False


def _only_disease(items: list[Item], diseases: dict[int, int]) -> int | None:
    """The one disease of a text that names no other and holds no unread word."""
    found = set(diseases.values())
    plain = all(index in diseases or item.kind not in OTHER_NAMES for index, item in enumerate(items[:REACH]))
    return found.pop() if len(found) == 1 and plain and len(items) <= REACH else None


def _is_of_another(items: list[Item], index: int) -> bool:
    """Whether a status is said of another disease by name: `recurrence of colon polyps`."""
    return _is_of_thing(items, index) and _noun_after(items, index + 1) == "disease"


def _is_of_thing(items: list[Item], index: int) -> bool:
    """Whether it is told what a status is of: `recurrence of`, `remission from alcohol`."""
    return index + 1 < len(items) and items[index + 1].phrase.split()[0] in ("of", "from")


def _looks_back(items: list[Item], index: int, diseases: dict[int, int]) -> bool:
    """Whether an adjective after the disease is cut off from what follows: `AML, relapsed and sepsis`."""
    before = index - 1
    while before >= max(0, index - REACH) and items[before].kind == "status":
        before -= 1
    if before < 0 or before not in diseases or items[before + 1].hard or index + 1 >= len(items):
        return False
    after = items[index + 1]
    return after.phrase in words_of("cutting") or "/" in after.gap or "(" in after.gap


def _rightward(
    items: list[Item], index: int, diseases: dict[int, int], *, through_commas: bool
) -> tuple[int | None, str]:
    """The mention after a status word, or what stands in the way: another disease, or an unread word."""
    for place in range(index + 1, min(len(items), index + REACH)):
        item = items[place]
        if not through_commas and (item.hard or ")" in item.gap or "," in item.gap):
            return None, ""
        if place in diseases:
            return diseases[place], ""
        if item.kind in ("disease", "entity") or (item.kind == "trap" and place == index + 1):
            return None, "disease"
        if (_is_unread(item) or item.phrase in words_of("organ")) and not through_commas:
            return None, _noun_after(items, place)
        if item.kind in ("trap", "cue", "relation") or (not through_commas and _stops(item)):
            return None, ""
    return None, ""


def _stops(item: Item) -> bool:
    """Whether a small word ends the noun phrase that an adjective belongs to."""
    if item.kind != "filler" or item.entry.meaning == "np" or len(item.phrase) == 1:
        return False
    return item.phrase not in words_of("passing")


def _noun_after(items: list[Item], place: int) -> str:
    """Whether unread words lead to the word of another disease: `recurrent sinus infections`."""
    for item in items[place + 1 : place + 4]:
        if item.is_apart:
            break
        if item.kind in ("disease", "entity", "trap"):
            return "disease"
    return "unknown"


def _leftward(items: list[Item], index: int, diseases: dict[int, int]) -> tuple[int | None, str]:
    unread = half_read = False
    remission = items[index].gap == " " and items[index].entry.meaning.startswith("1")
    named = index > 0 and remission and _is_unread(items[index - 1])
    own = bool(set(items[index].phrase.split()) & words_of("own_status")) and not named
    place = index - 1
    while place >= max(0, index - REACH):
        item, after = items[place], items[place + 1]
        if place not in diseases and (")" in after.gap or "]" in after.gap):
            place = _opening(items, place) - 1
            continue
        if unread and _boundary(after, item) and not own:
            return None, "unknown"
        if place in diseases:
            return diseases[place], ""
        if item.kind in ("disease", "entity", "trap"):
            return None, "unknown" if _is_attribute(items, place, index, diseases) else "disease"
        unread = unread or _is_unread(item)
        half_read = half_read or item.kind == "feature"
        place -= 1
    return None, "unknown" if unread or half_read else ""


def _is_unread(item: Item) -> bool:
    """Whether a word may be another disease: unread, or short for one and for other things, as HCC is."""
    return item.kind == "unknown" or item.phrase in words_of("perhaps_disease")


def _is_attribute(items: list[Item], place: int, index: int, diseases: dict[int, int]) -> bool:
    """Whether a disease only goes with ours in one clause: `AML with DVT in relapse`.

    One that has remissions of its own keeps what stands right after it: `AML with depression in remission`.
    So does one in a list what is no remission: `AML, pneumonia recurrent`.
    """
    apart = items[index].hard or "," in items[index].gap
    if not apart and items[place].phrase in words_of("remitting"):
        return items[place - 1].phrase == "and" and place - 2 in diseases
    listed = not apart and not items[index].entry.meaning.startswith("1")
    for before in range(place, max(-1, place - REACH), -1):
        if before in diseases:
            return True
        if items[before].hard or (listed and "," in items[before].gap):
            return False
    return False


def _opening(items: list[Item], place: int) -> int:
    """The first item of the parenthesis that ends with `place`; `place` itself where none is open."""
    for index in range(place, max(-1, place - REACH), -1):
        if "(" in items[index].gap or "[" in items[index].gap:
            return index
    return place


def _boundary(after: Item, item: Item) -> bool:
    return after.hard or "," in after.gap or item.phrase in ("and", "with")
