"""Draw the pictures of the documents: `python tools/draw_pictures.py`; `--check` says which have drifted."""

from __future__ import annotations

import sys
from pathlib import Path

from leukcodes import code_map

IMAGES = Path(__file__).parents[1] / "docs" / "images"


def main() -> None:
    """Write the pictures, or compare them with what is committed."""
    pictures = {"code-map.svg": code_map().to_svg() + "\n"}
    if "--check" not in sys.argv[1:]:
        IMAGES.mkdir(exist_ok=True)
        for name, text in pictures.items():
            (IMAGES / name).write_text(text, "utf-8")
        return
    drifted = [
        name
        for name, text in pictures.items()
        if not (IMAGES / name).exists() or (IMAGES / name).read_text("utf-8") != text
    ]
    if drifted:
        raise SystemExit(f"run tools/draw_pictures.py; not as drawn today: {', '.join(drifted)}")


if __name__ == "__main__":
    main()
