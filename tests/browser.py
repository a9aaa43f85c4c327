"""Find the browsers that the tests use, or install them: `python -m tests.browser`.

Debian's chromium and firefox-esr where they are or can be installed, Playwright's own elsewhere. Playwright drives
Debian's Firefox by WebDriver BiDi, as any Firefox that it has not built itself.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Playwright


@dataclass(frozen=True)
class Kind:
    """A browser: Playwright's name for it, the programs it may be on this machine, its package in Debian."""

    name: str
    programs: tuple[str, ...]
    package: str


CHROMIUM = Kind("chromium", ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"), "chromium")
FIREFOX = Kind("firefox", ("firefox-esr",), "firefox-esr")
KINDS = (CHROMIUM, FIREFOX)

#: Nothing of the browser's own goes to the network, and it runs in containers.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


#: A page opened as a file is no nearer to its neighbours than in a reader's own Firefox.
PREFERENCES: dict[str, str | float | bool] = {"security.fileuri.strict_origin_policy": True}

#: Answers, in place of Debian's Firefox, the one command of Playwright's that it does not know yet.
_PATCH = Path(__file__).with_name("firefox_esr.cjs")


def installed(kind: Kind = CHROMIUM) -> str | None:
    """Give the path of the machine's own browser, if it has one."""
    return next((path for name in kind.programs if (path := shutil.which(name))), None)


@contextmanager
def driver() -> Iterator[Playwright]:
    """Start Playwright."""
    before = os.environ.get("NODE_OPTIONS")
    os.environ["NODE_OPTIONS"] = f'{before or ""} --require "{_PATCH}"'.strip()
    manager = sync_playwright()
    with manager as playwright:
        if before is None:
            del os.environ["NODE_OPTIONS"]
        else:
            os.environ["NODE_OPTIONS"] = before
        yield playwright


def launch(playwright: Playwright, kind: Kind = CHROMIUM) -> Browser:
    """Start a browser, without a window."""
    path = installed(kind)
    if kind is CHROMIUM:
        return playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    channel = "moz-firefox" if path else None
    return playwright.firefox.launch(executable_path=path, channel=channel, firefox_user_prefs=PREFERENCES)


def launch_in(playwright: Playwright, profile: str, kind: Kind = CHROMIUM, **options: Any) -> BrowserContext:
    """Start a browser, without a window, in a profile that outlives it."""
    path = installed(kind)
    if kind is CHROMIUM:
        return playwright.chromium.launch_persistent_context(
            profile, executable_path=path, args=list(FLAGS), headless=True, **options
        )
    channel = "moz-firefox" if path else None
    return playwright.firefox.launch_persistent_context(
        profile, executable_path=path, channel=channel, firefox_user_prefs=PREFERENCES, **options
    )


def has_own(kind: Kind) -> bool:
    """Tell whether Playwright's own browser is there."""
    with sync_playwright() as playwright:
        browser = playwright.chromium if kind is CHROMIUM else playwright.firefox
        return Path(browser.executable_path).exists()


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_with_apt(kind: Kind) -> bool:
    if not (is_root() and shutil.which("apt-get")):
        return False
    print(f"Installation de {kind.package} (apt-get)…", flush=True)
    commands = (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", kind.package],
    )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = all(subprocess.run(command, env=environment, check=False).returncode == 0 for command in commands)
    return done and installed(kind) is not None


def install_own(kind: Kind) -> bool:
    print(f"Installation du {kind.name} de Playwright…", flush=True)
    command = [sys.executable, "-m", "playwright", "install", *(["--with-deps"] if is_root() else []), kind.name]
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    missing = [
        kind for kind in KINDS if not (installed(kind) or has_own(kind) or install_with_apt(kind) or install_own(kind))
    ]
    for kind in missing:
        print(
            f"Les tests demandent {kind.name} : installez-le (Debian : apt-get install {kind.package}).",
            file=sys.stderr,
        )
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
