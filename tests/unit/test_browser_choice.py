"""The tests' browser: the machine's own, else Debian's, else Playwright's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import browser

if TYPE_CHECKING:
    from collections.abc import Callable


def answering(log: list[str], name: str, *, answer: bool) -> Callable[..., bool]:
    def called(*_: object) -> bool:
        log.append(name)
        return answer

    return called


@pytest.mark.parametrize(
    ("machine", "own", "apt", "tried", "status"),
    [
        ("/usr/bin/browser", False, False, [], 0),
        (None, True, False, ["own"], 0),
        (None, False, True, ["own", "apt"], 0),
        (None, False, False, ["own", "apt", "download"], 1),
    ],
)
def test_each_way_is_tried_in_turn(
    monkeypatch: pytest.MonkeyPatch, machine: str | None, *, own: bool, apt: bool, tried: list[str], status: int
) -> None:
    log: list[str] = []
    monkeypatch.setattr(browser, "installed", lambda _kind: machine)
    monkeypatch.setattr(browser, "has_own", answering(log, "own", answer=own))
    monkeypatch.setattr(browser, "install_with_apt", answering(log, "apt", answer=apt))
    monkeypatch.setattr(browser, "install_own", answering(log, "download", answer=False))
    assert browser.main() == status
    assert log == tried * len(browser.KINDS)
