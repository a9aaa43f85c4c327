"""The server for assistants, `demarches mcp`: they compute with the calculators instead of inventing.

It speaks the Model Context Protocol on standard input and output, with the protocol's own SDK (`pip install
'mode-emploi-demarches[mcp]'`). Each calculator is a tool, whose schema is its own. What it refuses comes back as data,
in French, so that the assistant can ask the person again. The law is in the package: nothing goes out, nothing is kept.
"""

from __future__ import annotations

import asyncio
import json
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, CallToolResult, ListToolsResult, TextContent, Tool, ToolAnnotations

from calculators import __version__, api
from calculators.outcome import Answered, ask_calculator
from calculators.registry import CALCULATORS
from calculators.text import REFUSED, answer_as_text, errors_as_text
from calculators.typed import shown
from calculators.typography import french

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mcp.server import ServerRequestContext
    from mcp.types import CallToolRequestParams, PaginatedRequestParams

    from calculators.result import Calculator

    #: Adds the day of the question to what was given, for those who did not say it.
    Dated = Callable[[Calculator[Any], Mapping[str, object]], Mapping[str, object]]

__all__ = ["INSTRUCTIONS", "QUESTIONS", "serve", "server"]

_HARMLESS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
#: What an assistant is told before anything.
INSTRUCTIONS = french(
    "Calculateurs de droit français : saisies, délais, pièces, courriers. N'inventez ni un montant, ni une date, ni un "
    "article : demandez-les à l'outil. Posez à la personne les questions du schéma qui la concernent ; ne répondez pas "
    "à sa place. Rendez la réponse avec ses étapes, ses articles et ses avertissements. « À confirmer » se dit. Un "
    "refus « couverture » veut dire que la loi vérifiée ne répond pas : dites-le, sans deviner. Ces réponses "
    "informent ; elles ne remplacent ni un avocat, ni le juge."
)


#: The tool that says what a calculator asks in a case, for those that ask much.
QUESTIONS = "questions"
#: A schema longer than this, as JSON, would take the room of the conversation: it has then what is always asked.
_LONGEST_SCHEMA = 12_000


def server(dated: Dated) -> Server[Any]:
    """Make the server; ``dated`` gives the day of a question, which only a face of the program may read."""

    async def tools(
        _context: ServerRequestContext[Any, Any], _params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[*map(_tool, CALCULATORS.values()), _questions_tool()])

    async def call(_context: ServerRequestContext[Any, Any], params: CallToolRequestParams) -> CallToolResult:
        given = {name: _exact(answer) for name, answer in (params.arguments or {}).items()}
        if params.name == QUESTIONS:
            return _questions(given)
        if params.name not in CALCULATORS:
            raise MCPError(INVALID_PARAMS, _unknown(params.name))
        calculator = CALCULATORS[params.name]
        return _answer(calculator, dated(calculator, given))

    return Server(
        "mode-emploi-demarches",
        version=__version__,
        title=french("Mode d'emploi des démarches"),
        instructions=INSTRUCTIONS,
        on_list_tools=tools,
        on_call_tool=call,
    )


def _unknown(name: object) -> str:
    known = ", ".join([*CALCULATORS, QUESTIONS])
    return french(f"« {shown(str(name))} » n'est pas un outil d'ici. Les outils : {known}.")


def _tool(calculator: Calculator[Any]) -> Tool:
    limits = "\n".join(f"- {limit}" for limit in calculator.limites)
    schema, more = api.schema(calculator.nom), ""
    if len(_compact(schema)) > _LONGEST_SCHEMA:
        always = {name: asked for name, asked in schema["properties"].items() if "x-quand" not in asked}
        schema |= {"properties": always, "additionalProperties": True}
        more = f"\nLes autres questions dépendent du cas : demandez-les d'abord à l'outil « {QUESTIONS} »."
    return Tool(
        name=calculator.nom,
        title=french(calculator.titre),
        description=french(f"{calculator.titre} {calculator.description}{more}\nCe qu'il ne fait pas :\n{limits}"),
        input_schema=schema,
        annotations=_HARMLESS,
    )


def _questions_tool() -> Tool:
    properties = {
        "calculateur": {"enum": list(CALCULATORS), "description": "Le nom de son outil"},
        "reponses": {"type": "object", "description": "Ce que l'on sait déjà, par le nom des questions"},
    }
    return Tool(
        name=QUESTIONS,
        title=french("Que demander à la personne ?"),
        description=french(
            "Les questions d'un calculateur qui se posent encore, en JSON Schema, d'après ce que l'on sait."
        ),
        input_schema={"type": "object", "properties": properties, "required": ["calculateur"]},
        annotations=_HARMLESS,
    )


def _questions(given: Mapping[str, object]) -> CallToolResult:
    name, known = given.get("calculateur"), given.get("reponses", {})
    if name not in CALCULATORS or not isinstance(known, dict):
        why = _unknown(name) if name not in CALCULATORS else french("« reponses » doit être un objet.")
        return CallToolResult(content=[TextContent(type="text", text=why)], is_error=True)
    schema = api.schema(str(name), known)
    return CallToolResult(content=[TextContent(type="text", text=_compact(schema))], structured_content=schema)


def _answer(calculator: Calculator[Any], given: Mapping[str, object]) -> CallToolResult:
    outcome = ask_calculator(calculator, given)
    if isinstance(outcome, Answered):
        words = answer_as_text(calculator, outcome.inputs, outcome.result)
    else:
        words = errors_as_text(outcome.erreurs, *([f"{REFUSED} :"] if outcome.hors_couverture else []))
    return CallToolResult(
        content=[TextContent(type="text", text=words)],
        structured_content=outcome.to_dict(),
        is_error=not isinstance(outcome, Answered),
    )


def _compact(schema: Mapping[str, object]) -> str:
    """JSON without the spaces that only a person needs."""
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


def _exact(answer: object) -> object:
    """A number as it was written: the protocol's reader makes a binary one of 651.69, whose shortest writing it is."""
    if isinstance(answer, float) and math.isfinite(answer):
        return Decimal(repr(answer))
    if isinstance(answer, list):
        return [_exact(row) for row in answer]
    if isinstance(answer, dict):
        return {str(name): _exact(value) for name, value in answer.items()}
    return answer


async def _run(dated: Dated) -> None:
    made = server(dated)
    async with stdio_server() as (received, sent):
        await made.run(received, sent, made.create_initialization_options())


def serve(dated: Dated) -> int:
    """Serve the one who started the program, until its input ends; the status."""
    asyncio.run(_run(dated))
    return 0
