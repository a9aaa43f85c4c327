"""Measure nginx serving the site under load, with the configuration of deploy/: a part of `make bench`.

wrk and nginx share this machine: on one of its own, the server would do better. Prints a table in Markdown.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from calculators.web.engine import bundle
from calculators.web.publish import hosting
from calculators.web.publish.compress import compress, compressible
from tests.servers import environment, program, running

SECONDS = int(os.environ.get("LOAD_SECONDS", "10"))
CONNECTIONS = 64
SITE = bundle.ROOT / "site"

#: What wrk prints, and how many of each unit make the first one.
FIGURES = {
    "requests": r"Requests/sec:\s+([\d.]+)",
    "bytes": r"Transfer/sec:\s+([\d.]+[KMG]?B)",
    "p99": r"99%\s+([\d.]+(?:us|ms|s))",
    "failed": r"Non-2xx or 3xx responses: (\d+)",
}
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "B": 1e-6, "KB": 1.024e-3, "MB": 1.048576, "GB": 1073.741824}


def number(text: str) -> float:
    """Read a figure of wrk, in milliseconds or megabytes.

    >>> number("1.50s"), number("2.00KB")
    (1500.0, 0.002048)
    """
    found = re.fullmatch(r"([\d.]+)([A-Za-z]+)", text)
    assert found
    return float(found[1]) * UNITS[found[2]]


def measure(url: str) -> dict[str, float]:
    """Ask one address again and again, as a browser does."""
    command = [
        *(program("wrk"), "--latency", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s"),
        *("-H", "Accept-Encoding: gzip, deflate, br, zstd", url),
    ]
    said = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True).stdout
    found = {name: re.search(pattern, said) for name, pattern in FIGURES.items()}
    assert found["requests"], said
    assert found["bytes"], said
    assert found["p99"], said
    assert not found["failed"], said
    return {
        "requests": float(found["requests"][1]),
        "megabytes": number(found["bytes"][1]),
        "p99": number(found["p99"][1]),
    }


def addresses(site: Path) -> dict[str, str]:
    """Name what a visit asks for, the lightest and the heaviest."""
    # Of two parts, the one that comes before the first answer.
    runtime = min(site.glob("assets/engine/*/*.wasm"))
    (script,) = site.glob("assets/app-*.js")
    return {
        "page d’accueil": "",
        "calculateur SBI": "calculateurs/sbi/",
        "script des pages": script.relative_to(site).as_posix(),
        "moteur (WebAssembly)": runtime.relative_to(site).as_posix(),
    }


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir=bundle.BUILD) as name:
        site = Path(name) / "site"
        shutil.copytree(SITE, site)
        shutil.copytree(hosting.beside(SITE), hosting.beside(site))
        compress(compressible(site))
        rows = ["| nginx, sous charge | requêtes par seconde | Mo par seconde | 99 % des réponses en moins de |"]
        rows.append("| --- | --- | --- | --- |")
        try:
            with running("nginx", Path(name), site) as url:
                for what, path in addresses(site).items():
                    seen = measure(url + path)
                    rate = f"{seen['requests']:,.0f}".replace(",", " ")
                    rows.append(f"| {what} | {rate} | {seen['megabytes']:.0f} | {seen['p99']:.1f} ms |")
        except pytest.skip.Exception as absent:
            print(f"Charge : pas mesurée ({absent}).")
            return 0
    print(f"{time.strftime('%Y-%m-%d')}, {CONNECTIONS} connexions pendant {SECONDS} s, {os.cpu_count()} cœurs")
    print("partagés entre nginx et wrk, fichiers compressés d’avance (brotli).\n")
    print("\n".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
