"""The files of deploy/ say what is there, and nothing that another may change under them."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from calculators.web.project.settings import Settings
from tests import soak
from tests.helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DEPLOY = ROOT / "deploy"
#: Made by `make publish`.
MADE = {"site", "site-serveur"}


def instructions(name: str) -> list[list[str]]:
    """The instructions of a container file, in words."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    return [shlex.split(line)[1:] for line in text.splitlines() if line.startswith(f"{name} ")]


@pytest.mark.parametrize("name", sorted(path.name for path in DEPLOY.glob("github-*.yml")))
def test_actions_are_pinned_and_have_no_more_rights_than_they_need(name: str) -> None:
    workflow = yaml.safe_load((DEPLOY / name).read_text("utf-8"))
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


@pytest.mark.parametrize("name", ["github-soak.yml", "gitlab-pages.yml"])
def test_the_soak_has_its_night_and_the_time_it_may_take(name: str) -> None:
    """Each run has an hour at most; the builds come before them."""
    workflow = yaml.safe_load((DEPLOY / name).read_text("utf-8"))
    if name.startswith("gitlab"):
        job = workflow["usure"]
        assert job["script"] == ["make soak"]
        # Asked by its own schedule, which does not publish.
        assert job["rules"] == [{"if": '$USURE == "1"'}]
        assert workflow["pages"]["rules"][0] == {"if": '$USURE == "1"', "when": "never"}
        hours = int(job["timeout"].removesuffix(" hours"))
    else:
        # YAML 1.1 reads the key « on » as true.
        assert [cron for cron in workflow[True]["schedule"] if re.fullmatch(r"\d+ [0-6] \* \* \*", cron["cron"])]
        (job,) = workflow["jobs"].values()
        assert job["steps"][-1]["run"] == "make soak"
        hours = job["timeout-minutes"] / 60
    assert hours > sum(run.minutes for _, run in soak.runs()) / 60


def workflow_commands(name: str) -> list[tuple[str, dict[str, str]]]:
    """The commands of a workflow, each with its variables and where they come from."""
    workflow = yaml.safe_load((DEPLOY / name).read_text("utf-8"))
    if "pages" in workflow:
        return [(line, {"CI_PAGES_URL": "CI_PAGES_URL"}) for line in workflow["pages"]["script"]]
    steps = [step for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    return [(step["run"], step.get("env", {})) for step in steps]


@pytest.mark.parametrize(
    ("name", "source"),
    [("gitlab-pages.yml", "CI_PAGES_URL"), ("github-pages.yml", "${{ steps.pages.outputs.base_url }}")],
)
@pytest.mark.parametrize("given", ["https://a.example", "https://a.example/", "https://a.example/b/c"])
def test_a_workflow_builds_the_site_for_the_address_that_its_host_gives_it(
    tmp_path: Path, name: str, source: str, given: str
) -> None:
    """The build then knows it as any other: canonical addresses, sitemap.xml, place on its host."""
    made = tmp_path / "make"
    made.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/asked\n', "utf-8")
    made.chmod(0o755)
    ((command, variables),) = [found for found in workflow_commands(name) if found[0].startswith("make ")]
    environment = {variable: given for variable, value in variables.items() if value == source}
    subprocess.run(["sh", "-ec", command], env={"PATH": f"{tmp_path}:/usr/bin:/bin", **environment}, check=True)
    asked = (tmp_path / "asked").read_text("utf-8").split()[1:]
    settings = Settings.read(dict(word.split("=", 1) for word in asked))
    assert settings.url == given.rstrip("/") + "/"
    assert settings.path == settings.url.removeprefix("https://a.example")


@pytest.mark.parametrize(
    ("image", "built"),
    [
        (f"docker.io/nginxinc/nginx-unprivileged@sha256:{'0a' * 32}", True),
        (f"docker.io/nginxinc/nginx-unprivileged:1.29-alpine@sha256:{'0a' * 32}", True),
        ("docker.io/nginxinc/nginx-unprivileged:1.29-alpine", False),
        (f"docker.io/nginxinc/nginx-unprivileged@sha256:{'0a' * 31}", False),
        ("", False),
    ],
)
def test_the_container_is_built_on_an_image_named_by_its_digest_only(image: str, built: bool) -> None:  # noqa: FBT001
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    assert re.findall("^FROM (.*)$", text, re.MULTILINE) == ["${NGINX}"]
    assert not re.search("^ARG NGINX=", text, re.MULTILINE), "no image by default: a tag would be taken"
    check = re.findall("^RUN (.*)$", text, re.MULTILINE)[0]
    done = subprocess.run(
        ["sh", "-c", check], env={"PATH": "/usr/bin:/bin", "NGINX": image}, capture_output=True, check=False
    )
    assert (done.returncode == 0) == built
    assert built or "empreinte" in done.stderr.decode()


def test_the_container_runs_without_rights_on_the_port_it_says() -> None:
    """No registry is reached here: the file is read, and its change of the configuration is tried."""
    assert instructions("USER")[-1] == ["101"]
    for readable, source, _ in instructions("COPY"):
        assert readable == "--chmod=755", (
            "a folder made under a strict umask would be closed to the account that serves"
        )
        assert source in MADE or (ROOT / source).is_file(), source
    _, command = instructions("RUN")
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
        "SITE_PATH",
        "SITE_URL",
        "FRAME_ANCESTORS",
        "HSTS",
        "HTTPS",
        "SECURITY_CONTACT",
        "SERVICE_WORKER",
        "SSL_CERT_FILE",
    } | {
        "MONOLITH",
        "NGINX",
    }
    made = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"\bmake ([a-z]+)", guide):
        assert re.search(rf"^{target}:", made, re.MULTILINE), target
    assert "-m calculators.web.check" in guide
    assert (ROOT / "calculators/web/check/__main__.py").is_file()
