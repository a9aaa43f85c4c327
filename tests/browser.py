"""Find the browser that the tests use, or install one: `python -m tests.browser`.

Debian's chromium where there is one or where it can be installed, Playwright's own elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

#: Nothing of the browser's own goes to the network, and it runs in containers.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> str | None:
    """Give the path of the machine's own browser, if it has one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Start the browser, without a window."""
    return playwright.chromium.launch(executable_path=installed(), args=list(FLAGS))


def has_own() -> bool:
    """Tell whether Playwright's own browser is there."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_with_apt() -> bool:
    if not (is_root() and shutil.which("apt-get")):
        return False
    print("Installation de chromium (apt-get)…", flush=True)
    commands = (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"],
    )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = all(subprocess.run(command, env=environment, check=False).returncode == 0 for command in commands)
    return done and installed() is not None


def install_own() -> bool:
    print("Installation du navigateur de Playwright…", flush=True)
    command = [sys.executable, "-m", "playwright", "install", *(["--with-deps"] if is_root() else []), "chromium"]
    return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    if installed() or has_own() or install_with_apt() or install_own():
        return 0
    print(
        "Les tests demandent un navigateur : installez chromium (Debian : apt-get install chromium).", file=sys.stderr
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
