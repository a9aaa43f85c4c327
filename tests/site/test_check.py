"""The command that checks a deployed site: nothing to say of a good one, and each fault of a bad one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socketserver
import ssl
import subprocess
import sys
import threading
from email.message import Message
from typing import TYPE_CHECKING

import pytest

from calculators.web.check.__main__ import main
from calculators.web.check.checks import MANIFEST, Site, check_https_for_ever
from calculators.web.check.fetching import Answer, reason
from calculators.web.check.findings import Grade, Report
from calculators.web.engine import bundle
from calculators.web.publish import hosting
from calculators.web.publish.hosting.rules import ENCODINGS, HEADERS, HSTS
from calculators.web.publish.serve import ADDRESS
from tests.servers import SERVERS, free_port, program, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

PACKED = set(ENCODINGS.values())

#: Compresses quickly, where the build takes its time.
COMPRESS = """const fs = require("node:fs"), zlib = require("node:zlib");
for (const file of process.argv.slice(1)) {
    const data = fs.readFileSync(file);
    const brotli = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } };
    fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(data, brotli));
    fs.writeFileSync(`${file}.zst`, zlib.zstdCompressSync(data));
    fs.writeFileSync(`${file}.gz`, zlib.gzipSync(data, { level: 1 }));
}"""


def compress(files: Iterable[Path]) -> None:
    subprocess.run([bundle.NODE, "-e", COMPRESS, *map(str, files)], check=True)


@pytest.fixture(scope="module")
def ready(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the compressed versions of the files that are looked at."""
    copy = tmp_path_factory.mktemp("deployed") / "site"
    shutil.copytree(site, copy)
    shutil.copytree(hosting.beside(site), hosting.beside(copy))
    compress([copy / "index.html", *(path for path in copy.glob("assets/engine/*/*") if path.suffix not in PACKED)])
    return copy


@pytest.fixture(scope="module")
def light(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, its engine replaced by something that is quickly fetched."""
    copy = tmp_path_factory.mktemp("light") / "site"
    shutil.copytree(ready, copy, copy_function=os.link)
    shutil.copytree(hosting.beside(ready), hosting.beside(copy))
    manifest = json.loads((copy / MANIFEST).read_text("utf-8"))
    content = b"light " * 1000
    files = [copy / "assets" / name for name in manifest["files"] if name.startswith("engine/")]
    for described in manifest["files"].values():
        described["sha256"] = hashlib.sha256(content).hexdigest()
    for file in (*files, copy / MANIFEST):
        file.unlink()
        file.write_bytes(content if file in files else json.dumps(manifest).encode())
    for packed in (path for path in copy.glob("assets/engine/*/*") if path.suffix in PACKED):
        packed.unlink()
    compress(files)
    return copy


@pytest.fixture
def deployed(light: Path, tmp_path: Path) -> Path:
    """A copy of it that may be spoilt: a file is replaced, never written into."""
    copy = tmp_path / "site"
    shutil.copytree(light, copy, copy_function=os.link)
    shutil.copytree(hosting.beside(light), hosting.beside(copy))
    return copy


@pytest.mark.parametrize("server", SERVERS)
def test_a_good_deployment_has_nothing_to_mend(
    server: str, ready: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(server, tmp_path, ready) as url:
        assert main([url, *(() if server == "nginx" else ("--sans-calcul",))]) == 0
    said = capsys.readouterr().out
    assert "✘" not in said
    assert "•" not in said
    assert "br, zstd, gzip" in said
    assert ("le moteur reçu répond, et comme ce dossier" in said) == (server == "nginx")


def replaced(name: str, *changes: tuple[str, str]) -> Callable[[Path, Path], None]:
    """Change the text of what the server includes."""

    def spoil(site: Path, beside: Path) -> None:
        del site
        text = (beside / name).read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (beside / name).write_text(text, "utf-8")

    return spoil


def rewritten(pattern: str, change: Callable[[bytes], bytes]) -> Callable[[Path, Path], None]:
    """Change the content of a file of the site, and drop its compressed versions."""

    def spoil(site: Path, beside: Path) -> None:
        del beside
        (file,) = (path for path in site.glob(pattern) if path.suffix not in PACKED)
        content = change(file.read_bytes())
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink()
        file.write_bytes(content)

    return spoil


def removed(pattern: str) -> Callable[[Path, Path], None]:
    """Forget some files."""

    def spoil(site: Path, beside: Path) -> None:
        del beside
        for path in site.glob(pattern):
            path.unlink()

    return spoil


SITE, HTTP = "nginx-site.conf", "nginx-http.conf"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (replaced(SITE, ("add_header Content-Security-Policy ", "# ")), "pas envoyée en en-tête"),
        (replaced(HTTP, ("'sha256-", "'sha256-A")), "celui d’une autre version du site"),
        (replaced(SITE, ("add_header Referrer-Policy ", "# ")), "Referrer-Policy (absent)"),
        (replaced(SITE, (HEADERS["Permissions-Policy"], "camera=*")), "Permissions-Policy (autre valeur)"),
        (replaced(HTTP, ("frame-ancestors 'none'", "frame-ancestors *")), "dans un cadre"),
        (
            replaced(HTTP, ("application/wasm", "application/octet-stream")),
            ".wasm annoncé « application/octet-stream »",
        ),
        (replaced(HTTP, ("text/javascript", "text/plain")), ".mjs annoncé « text/plain »"),
        (replaced(SITE, ("$uri$demarches_compresse ", "")), "arrive sans compression"),
        (replaced(SITE, ("add_header Vary", "# ")), "il manque l’en-tête Vary"),
        (replaced(HTTP, ('default "";', 'default ".gz";')), "compressé à qui n’en veut pas"),
        (replaced(HTTP, (" immutable", ""), ("31536000", "60")), "ne sont pas gardés par le navigateur"),
        (replaced(HTTP, ('default "no-cache"', 'default "max-age=86400"')), "gardés sans être redemandés : /,"),
        (replaced(SITE, ("=404;", "/index.html;")), "une adresse inventée répond 200 au lieu de 404"),
        (replaced(SITE, ("error_page", "# error_page")), "ce n’est pas celle du site"),
        (rewritten("404.html", lambda page: page.replace(b'"/assets', b'"/ailleurs')), "SITE_PATH=/"),
        (replaced(SITE, ("absolute_redirect off", "port_in_redirect off")), "ne mène pas à"),
        (
            rewritten("index.html", lambda page: page.replace(b"</body>", b"<script>suivre()</script></body>")),
            "un script de la page n’est pas du site : « suivre() »",
        ),
        (
            rewritten("assets/engine/pyodide-*/*.wasm", lambda wasm: wasm[:-1]),
            "fichiers absents ou abîmés : engine/pyodide-",
        ),
        (removed("assets/engine/memory-*/*"), "introuvables : assets/engine/memory-"),
        (removed(f"{MANIFEST}*"), "manifest.json est introuvable"),
        (rewritten("index.html", lambda _: b"<title>Bienvenue</title>"), "ne montre pas ce site"),
        (removed("index.html*"), "répond 404"),
        (
            replaced(SITE, ("index index.html;", "return 301 https://ailleurs.example/;")),
            "renvoie à https://ailleurs.example/",
        ),
    ],
)
def test_each_fault_of_a_deployment_is_found(
    deployed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path, Path], None],
    said: str,
) -> None:
    spoil(deployed, hosting.beside(deployed))
    with running("nginx", tmp_path, deployed) as url:
        assert main([url, "--sans-calcul"]) == 1
    assert said in capsys.readouterr().out.replace("\xa0", " ").replace("\u202f", " ")


def test_a_host_that_sends_no_headers_is_not_blamed_for_it_when_told(
    deployed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Content-Security-Policy", "Permissions-Policy", "Cache-Control"):
        replaced(SITE, (f"add_header {name} ", "# "))(deployed, hosting.beside(deployed))
    with running("nginx", tmp_path, deployed) as url:
        assert main([url, "--sans-calcul", "--sans-en-tetes"]) == 0
    assert "•" in capsys.readouterr().out


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority (autorite.pem) and the certificate that it gave to `localhost` (site.pem)."""
    openssl_path = program("openssl")
    folder = tmp_path_factory.mktemp("authority")

    def openssl(*words: str) -> None:
        subprocess.run([openssl_path, *words], cwd=folder, capture_output=True, check=True)

    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *new, "-subj", "/CN=Autorite", "-keyout", "autorite.key", "-out", "autorite.pem")
    openssl("req", *new, "-subj", "/CN=Site", "-keyout", "site.key", "-out", "site.csr")
    (folder / "names").write_text("subjectAltName=DNS:localhost", "ascii")
    signing = ("-CA", "autorite.pem", "-CAkey", "autorite.key", "-CAcreateserial", "-extfile", "names")
    openssl("x509", "-req", "-in", "site.csr", *signing, "-out", "site.pem")
    return folder


def test_https_is_checked_with_its_certificate(deployed: Path, tmp_path: Path, authority: Path) -> None:
    """The command itself: one that is trusted, one for another name, and one that nobody here vouches for."""
    first = "add_header Vary"
    asked = replaced(SITE, (first, f'add_header {HSTS} "max-age=31536000" always; {first}'))
    asked(deployed, hosting.beside(deployed))
    trusted = {"SSL_CERT_FILE": str(authority / "autorite.pem")}

    def check(url: str, **environment: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "calculators.web.check", url, "--sans-calcul"]
        usual = {name: value for name, value in os.environ.items() if name not in {"SSL_CERT_FILE", "SSL_CERT_DIR"}}
        done = subprocess.run(
            command, cwd=bundle.ROOT, env={**usual, **environment}, capture_output=True, text=True, check=False
        )
        return done.returncode, (done.stdout + done.stderr).replace("\xa0", " ").replace("\u202f", " ")

    with running("nginx", tmp_path, deployed, certificate=authority / "site.pem") as by_number:
        by_name = by_number.replace(ADDRESS, "localhost")
        status, said = check(by_name, **trusted)
        assert status == 0, said
        assert "certificat accepté" in said
        assert "ne reviendront qu’en HTTPS pendant 365 jours" in said
        for url, environment, why in (
            (by_number, trusted, f"le certificat est refusé : il n’est pas fait pour {ADDRESS}"),
            (by_name, {}, "le certificat est refusé : rien de connu ici ne le garantit"),
        ):
            status, said = check(url, **environment)
            assert status == 2
            assert why in said
            assert "Traceback" not in said


@pytest.mark.parametrize(
    ("sent", "grade"),
    [
        ("max-age=31536000", Grade.GOOD),
        ('includeSubDomains; MAX-AGE="31536000" ; preload', Grade.GOOD),
        ("max-age=0", Grade.ADVICE),
        ("", Grade.ADVICE),
        ("31536000", Grade.FAULT),
        ("max-age=un an", Grade.FAULT),
    ],
)
def test_the_header_that_asks_for_https_only_is_read(sent: str, grade: Grade) -> None:
    headers = Message()
    headers[HSTS] = sent
    for base, seen in (("https://demarches.example/", [grade]), ("http://demarches.example/", [])):
        report = Report()
        check_https_for_ever(Site(base, lambda path: Answer(path, 200, headers, b"")), report)
        assert [finding.grade for finding in report.findings] == seen


@pytest.fixture
def stranger() -> Iterator[int]:
    """A port where something answers that is no web server."""

    class Stranger(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(4096)
            self.request.sendall(b"bonjour\r\n")

    with socketserver.ThreadingTCPServer((ADDRESS, 0), Stranger) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_an_address_that_does_not_answer_is_said_plainly(stranger: int, capsys: pytest.CaptureFixture[str]) -> None:
    for address, said in (
        (f"http://{ADDRESS}:{free_port()}/", "rien n’écoute sur le port"),
        ("https://nulle-part.invalid/", "le nom nulle-part.invalid est inconnu"),
        (f"http://{ADDRESS}:{stranger}/", "la réponse n’est pas celle d’un serveur web"),
        (f"https://{ADDRESS}:{stranger}/", "ne parle pas HTTPS"),
        ("ftp://demarches.example.fr/", "l’adresse doit commencer par https://"),
    ):
        assert main([address]) == 2
        assert said in capsys.readouterr().err.replace("\xa0", " ")
    refused = ssl.SSLCertVerificationError("certificate has expired")
    refused.verify_code = 10
    assert "il est périmé" in reason(refused, "https://demarches.example.fr/")
