"""Real web servers for the tests: nginx, Caddy and Apache, configured by the files of deploy/, and wrk.

The machine's own programs, else Debian's packages, unpacked into .build/ without being installed.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from calculators.web.engine import bundle
from calculators.web.publish import hosting
from calculators.web.publish.serve import ADDRESS
from tests.browser import is_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEPLOY = bundle.ROOT / "deploy"
UNPACKED = bundle.BUILD / "servers"
FOLDERS = ("usr/sbin", "usr/bin")

#: The packages that a program comes from, with the libraries that a small machine does not have.
PACKAGES = {
    "nginx": ("nginx",),
    "caddy": ("caddy",),
    "apache2": ("apache2-bin", "libapr1", "libaprutil1"),
    "wrk": ("wrk", "libluajit-5.1-2"),
    "openssl": ("openssl",),
}

#: Where deploy/ says the site is, and on which port.
PLACE = "/srv/demarches/actuel"

NGINX = """{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    {temporary}
{configuration}
}}
"""
APACHE = """ServerRoot {folder}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
Listen {address}:{port}
ServerName {address}
{modules}
# As Debian sets it up: it must not spoil what deploy/ and the site say.
<IfModule mod_mime.c>
TypesConfig /dev/null
AddType application/x-gzip .gz .tgz
</IfModule>
<IfModule mod_deflate.c>
AddOutputFilterByType DEFLATE text/html text/css text/javascript application/json
</IfModule>
{configuration}
"""
APACHE_MODULES = (
    *("mpm_event", "authz_core", "alias", "mime", "dir", "headers", "rewrite", "env", "deflate", "filter"),
)
#: What Debian's Apache cannot go without, to serve what deploy/ says.
APACHE_NEEDS = ("mpm_event", "authz_core")
CADDY = """{{
    admin off
    auto_https off
}}
{configuration}
"""


def environment() -> dict[str, str]:
    """Let the unpacked programs find the libraries that came with them, after those of the machine."""
    libraries = [str(path) for path in UNPACKED.glob("usr/lib/*-linux-gnu*")]
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(libraries), "HOME": str(UNPACKED)}


def unpack(name: str) -> None:
    """Fetch the Debian packages of a program, if this machine has Debian's tools."""
    UNPACKED.mkdir(parents=True, exist_ok=True)
    with (UNPACKED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if find(name) is None:
            command = ["apt-get", "-qq", "download", *PACKAGES[name]]
            if subprocess.run(command, cwd=UNPACKED, capture_output=True, check=False).returncode == 0:
                for package in PACKAGES[name]:
                    for archive in UNPACKED.glob(f"{package}_*.deb"):
                        subprocess.run(["dpkg-deb", "-x", archive, UNPACKED], check=True)
                        archive.unlink()


def find(name: str) -> str | None:
    """Give the path of a program, the machine's own first."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", *(str(UNPACKED / folder) for folder in FOLDERS)])
    return shutil.which(name, path=path)


def program(name: str) -> str:
    """Give the path of a program; without it, the test is skipped and says why."""
    if find(name) is None and shutil.which("apt-get") and shutil.which("dpkg-deb"):
        unpack(name)
    found = find(name)
    if found is None:
        pytest.skip(f"{name} is neither installed here nor to be had from Debian's packages")
    return found


def free_port() -> int:
    with socket.create_server((ADDRESS, 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def configured(name: str, site: Path, port: int, root: Path | None = None) -> str:
    """Give a configuration of deploy/, for this site, this port of the local machine, and this root of the host."""
    text = (DEPLOY / name).read_text("utf-8")
    for found, put in (
        (f"{PLACE}/site-serveur", str(hosting.beside(site))),
        (f"{PLACE}/site", str(root or site)),
        ("listen 80;", f"listen {ADDRESS}:{port};"),
        ("listen [::]:80;", ""),
        ("*:80", f"{ADDRESS}:{port}"),
        ("demarches.example.fr {", f"http://{ADDRESS}:{port} {{"),
    ):
        text = text.replace(found, put)
    assert PLACE not in text
    return text


def nginx(folder: Path, configuration: str, port: int) -> list[str]:
    del port
    ways = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{way}_temp_path {folder}/{way};" for way in ways)
    file = folder / "nginx.conf"
    # Root's temporary folders are closed to the account that nginx would take.
    user = "user root;" if is_root() else ""
    file.write_text(NGINX.format(user=user, folder=folder, temporary=temporary, configuration=configuration), "utf-8")
    return [program("nginx"), "-e", str(folder / "error.log"), "-c", str(file)]


def apache(folder: Path, configuration: str, port: int) -> list[str]:
    found = program("apache2")
    places = (Path(found).parents[1] / "lib/apache2/modules", Path("/usr/lib/apache2/modules"))
    modules = next(path for path in places if path.is_dir())
    lines = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in APACHE_MODULES)
    file = folder / "apache.conf"
    text = APACHE.format(folder=folder, address=ADDRESS, port=port, modules=lines, configuration=configuration)
    file.write_text(text, "utf-8")
    return [found, "-X", "-f", str(file)]


def caddy(folder: Path, configuration: str, port: int) -> list[str]:
    del port
    file = folder / "Caddyfile"
    file.write_text(CADDY.format(configuration=configuration), "utf-8")
    return [program("caddy"), "run", "--config", str(file), "--adapter", "caddyfile"]


#: How each server starts, and the file of deploy/ that configures it.
SERVERS: dict[str, tuple[Callable[[Path, str, int], list[str]], str]] = {
    "nginx": (nginx, "nginx.conf"),
    "caddy": (caddy, "Caddyfile"),
    "apache": (apache, "apache.conf"),
}


def with_certificate(configuration: str, certificate: Path) -> str:
    """Have nginx speak HTTPS, with the certificate of this file and the key that is beside it."""
    files = f"ssl_certificate {certificate}; ssl_certificate_key {certificate.with_suffix('.key')};"
    return re.sub(r"(listen [^;]+);", rf"\1 ssl; {files}", configuration)


@contextmanager
def running(
    name: str, folder: Path, site: Path, root: Path | None = None, *, certificate: Path | None = None
) -> Iterator[str]:
    """Serve `site` by a real server, with its files in `folder`; give the host's address, which ends with a slash."""
    port = free_port()
    start, file = SERVERS[name]
    configuration = configured(file, site, port, root)
    if certificate:
        configuration = with_certificate(configuration, certificate)
    command = start(folder, configuration, port)
    log = folder / "output.log"
    with log.open("w") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, env=environment())
    try:
        wait(server, port, lambda: log.read_text("utf-8"))
        yield f"{'https' if certificate else 'http'}://{ADDRESS}:{port}/"
    finally:
        server.terminate()
        server.wait()


def wait(server: subprocess.Popen[bytes], port: int, said: Callable[[], str]) -> None:
    """Wait until the server listens."""
    for _ in range(500):
        assert server.poll() is None, said()
        with socket.socket() as tried:
            if tried.connect_ex((ADDRESS, port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail(f"the server does not listen: {said()}")
