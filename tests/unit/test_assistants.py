"""`demarches mcp`, asked by a real client of the protocol's SDK, over the standard streams of a process of its own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import jsonschema
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import CallToolResult, Tool

from calculators import __version__, api
from calculators.assistants import INSTRUCTIONS, QUESTIONS
from calculators.result import to_json
from tests.helpers import PATIENCE, ROOT

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "calculators", "mcp"], cwd=ROOT)
DAY = {"aujourdhui": "2026-11-21"}
SEIZED = {**DAY, "date_saisie": "2026-11-20", "solde": "1000", "creance": "500"}


#: One process answers all these; each test reads its part.
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "answered": ("sbi", SEIZED),
    "numbers": ("sbi", {**SEIZED, "solde": 1000.10, "creance": 500}),
    "faulty": ("sbi", {**DAY, "date_saisie": "2026-02-30", "solde": "mille", "couleur": "bleu"}),
    "empty": ("quotite", {}),
    "uncovered": ("sbi", {**DAY, "date_saisie": "1999-01-04", "solde": "1000"}),
    "undated": ("courriers", {"courrier": "mairie-certificat"}),
    "hostile": ("courriers", {**DAY, "courrier": "mairie-certificat", "nom": "<script>\u0000\U0001f600"}),
    "questions": (QUESTIONS, {"calculateur": "delais", "reponses": {"situation": "satd"}}),
    "no-questions": (QUESTIONS, {"calculateur": "divination"}),
    "odd-questions": (QUESTIONS, {"calculateur": "sbi", "reponses": "toutes"}),
    "rows": ("sbi", {**DAY, "date_saisie": "2026-11-20", "comptes": [{"solde": 700.5, "type": "a_vue"}]}),
}


@dataclass(frozen=True)
class Said:
    """What one process said to one client."""

    version: str
    instructions: str | None
    tools: list[Tool]
    answers: dict[str, CallToolResult]
    unknown: str

    def words(self, name: str) -> str:
        (content,) = self.answers[name].content
        assert content.type == "text"
        return content.text


@pytest.fixture(scope="module", params=["auto", "legacy"])
def said(request: pytest.FixtureRequest) -> Said:
    """The protocol of today, and the handshake that older assistants begin with."""

    async def visit() -> Said:
        async with Client(SERVER, mode=request.param, read_timeout_seconds=PATIENCE) as client:
            assert client.server_info is not None
            answers = {name: await client.call_tool(tool, given) for name, (tool, given) in ASKED.items()}
            with pytest.raises(MCPError) as caught:
                await client.call_tool("divination", {})
            tools = (await client.list_tools()).tools
            return Said(client.server_info.version, client.instructions, tools, answers, caught.value.error.message)

    # In a thread of its own: the loop of a browser may be running in this one.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(visit())).result()


def test_the_tools_are_the_calculators_each_with_its_schema(said: Said) -> None:
    assert (said.instructions, said.version) == (INSTRUCTIONS, __version__)
    tools = {tool.name: tool for tool in said.tools}
    assert {name: tool.title for name, tool in tools.items() if name != QUESTIONS} == api.calculators()
    for name, tool in tools.items():
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert name == QUESTIONS or "Ce qu’il ne fait pas" in (tool.description or "")
    assert tools["sbi"].input_schema == api.schema("sbi")


def test_the_schemas_leave_room_for_the_conversation(said: Said) -> None:
    """That of the deadlines has 180 questions: those of a case are asked for."""
    assert sum(len(to_json(tool.input_schema)) for tool in said.tools) < 60_000
    (deadlines,) = [tool for tool in said.tools if tool.name == "delais"]
    assert set(deadlines.input_schema["properties"]) == {"aujourdhui", "situation", "territoire"}
    assert QUESTIONS in (deadlines.description or "")
    asked = said.answers["questions"].structured_content
    assert asked == api.schema("delais", {"situation": "satd"})
    whole = api.schema("delais")["properties"]
    assert {"situation", "date_notification"} <= asked["properties"].keys() < whole.keys()
    for name in whole.keys() - asked["properties"].keys():
        assert all("satd" not in case.get("situation", ["satd"]) for case in whole[name]["x-quand"]), name


def test_questions_about_nothing_are_refused_in_french(said: Said) -> None:
    assert said.answers["no-questions"].is_error
    assert "n’est pas un outil d’ici" in said.words("no-questions")
    assert said.answers["odd-questions"].is_error


def test_an_answer_is_that_of_the_library_in_words_and_as_data(said: Said) -> None:
    answer = said.answers["answered"]
    assert not answer.is_error
    assert answer.structured_content == api.ask("sbi", SEIZED)
    assert answer.structured_content["valeurs"]["laisse"] == "651.69"
    assert "651,69" in said.words("answered")
    assert "L162-2" in said.words("answered")


def test_a_number_is_the_one_that_was_written(said: Said) -> None:
    assert said.answers["numbers"].structured_content == api.ask("sbi", {**SEIZED, "solde": "1000.10"})
    assert said.answers["rows"].structured_content["valeurs"]["solde"] == "700.50"


def test_faults_are_data_in_french_and_all_there(said: Said) -> None:
    refused = said.answers["faulty"]
    assert refused.is_error
    assert refused.structured_content["type"] == "saisie"
    faults = {fault["champ"]: fault["message"] for fault in refused.structured_content["erreurs"]}
    assert faults.keys() == {"couleur", "date_saisie", "comptes.1.solde"}
    assert "n’est pas une question" in faults["couleur"]
    assert said.answers["empty"].is_error
    assert "Date de la paie" in said.words("empty")


def test_what_no_verified_law_covers_is_told_apart(said: Said) -> None:
    assert said.answers["uncovered"].is_error
    assert said.answers["uncovered"].structured_content["type"] == "couverture"
    assert said.words("uncovered").startswith("Nous ne pouvons pas répondre pour ce cas")


def test_the_day_is_that_of_the_machine_when_none_is_given(said: Said) -> None:
    assert not said.answers["undated"].is_error


def test_what_is_typed_is_never_taken_for_more_than_text(said: Said) -> None:
    assert said.answers["hostile"].structured_content == api.ask("courriers", ASKED["hostile"][1])


def test_an_unknown_tool_is_refused_with_the_names_of_those_there_are(said: Said) -> None:
    names = ", ".join([*api.calculators(), QUESTIONS])
    assert said.unknown == f"«\u00a0divination\u00a0» n’est pas un outil d’ici. Les outils\u00a0: {names}."


def test_nothing_but_the_protocol_is_written_and_the_end_of_the_input_is_the_end() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "calculators", "mcp"],
        input=b"ceci n'est pas du JSON\n",
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0
    assert all(line.startswith(b"{") for line in done.stdout.splitlines())
    assert b"Traceback" not in done.stderr


def test_without_the_sdk_the_command_says_what_to_install(tmp_path: Any) -> None:
    (tmp_path / "mcp.py").write_text("raise ImportError('absent')\n", "utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from calculators.__main__ import main; "
        "sys.exit(main(['mcp']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 2
    assert "mode-emploi-demarches[mcp]" in done.stderr
