"""The files of deploy/ say what is there, and nothing that another may change under them."""

from __future__ import annotations

import re
import shlex
import subprocess

import yaml

from tests.helpers import ROOT

DEPLOY = ROOT / "deploy"
#: Made by `make publish`.
MADE = {"site", "site-serveur"}


def instructions(name: str) -> list[list[str]]:
    """The instructions of a container file, in words."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    return [shlex.split(line)[1:] for line in text.splitlines() if line.startswith(f"{name} ")]


def test_actions_are_pinned_and_have_no_more_rights_than_they_need() -> None:
    workflow = yaml.safe_load((DEPLOY / "github-pages.yml").read_text("utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        for step in job["steps"]:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", f"a/b@{'0' * 40}")), step


def test_workflows_run_commands_that_exist() -> None:
    made = (ROOT / "Makefile").read_text("utf-8")
    for file in DEPLOY.glob("*.yml"):
        for target in re.findall(r"\bmake (\w+)", file.read_text("utf-8")):
            assert re.search(rf"^{target}:", made, re.MULTILINE), target


def test_the_place_of_a_gitlab_site_is_read_from_its_address() -> None:
    """What the workflow runs gives SITE_PATH its two slashes, at the root of a name and under a path."""
    script = yaml.safe_load((DEPLOY / "gitlab-pages.yml").read_text("utf-8"))["pages"]["script"][0]
    for url, path in (("https://a.example", "/"), ("https://a.example/b/c", "/b/c/")):
        command = ["sh", "-c", f"{script}; echo $SITE_PATH"]
        said = subprocess.run(
            command, env={"CI_PAGES_URL": url, "PATH": "/usr/bin:/bin"}, capture_output=True, check=True
        )
        assert said.stdout.decode().strip() == path


def test_the_container_runs_without_rights_on_the_port_it_says() -> None:
    """No registry is reached here: the file is read, and its change of the configuration is tried."""
    assert instructions("USER")[-1] == ["101"]
    for readable, source, _ in instructions("COPY"):
        assert readable == "--chmod=755", (
            "a folder made under a strict umask would be closed to the account that serves"
        )
        assert source in MADE or (ROOT / source).is_file(), source
    (command,) = instructions("RUN")
    (port,) = instructions("EXPOSE")[0]
    configuration = (DEPLOY / "nginx.conf").read_text("utf-8")
    edits = [word for word in command if word.startswith("s/")]
    changed = subprocess.run(
        ["sed", *(part for edit in edits for part in ("-e", edit))],
        input=configuration,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert re.findall(r"listen (.*);", changed) == [port, f"[::]:{port}"]


def test_the_guide_of_the_administrator_names_what_is_there() -> None:
    guide = (ROOT / "docs/heberger.md").read_text("utf-8")
    for name in re.findall(r"deploy/([\w.-]+)", guide):
        assert (DEPLOY / name).is_file(), name
    settings = set(re.findall(r"\b([A-Z_]{4,})=", guide))
    assert settings == {
        *("SITE_PATH", "SITE_URL", "FRAME_ANCESTORS", "HSTS", "SERVICE_WORKER", "SSL_CERT_FILE", "PRUNE"),
        "SECURITY_CONTACT",
    }
    made = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"\bmake ([a-z]+)", guide):
        assert re.search(rf"^{target}:", made, re.MULTILINE), target
    assert "-m calculators.web.check" in guide
    assert (ROOT / "calculators/web/check/__main__.py").is_file()
