"""What « Accessibilité » says that the site has not, it has not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_no_page_has_a_frame_a_sound_a_video_or_what_moves(site: Path) -> None:
    found = re.compile(
        r"<(?:iframe|frame|audio|video|track|object|embed|canvas|marquee|blink|animate|meta http-equiv=.refresh)\b"
    )
    assert [path.name for path in site.rglob("*.html") if found.search(path.read_text("utf-8"))] == []
