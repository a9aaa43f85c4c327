"""The command line of the files: ``python -m calculators fichiers --json FILE…``, with the same code as the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from calculators.files.model import Limites, Verdict
from calculators.files.rules import LibraryMissingError, examine, with_twins
from calculators.files.words import to_dict, weight
from calculators.law.plateformes import plateformes
from calculators.result import to_json
from calculators.terminal import reason, tell
from calculators.typography import french, harmless

if TYPE_CHECKING:
    import argparse

    from calculators.files.model import Examen
    from calculators.law.plateformes import Plateforme

__all__ = ["NAME", "TITLE", "add_arguments", "limits_of", "run"]

NAME, TITLE = "fichiers", "Vérifier mes fichiers"

_UNREAD, _REFUSED = 2, 1
_NO_LIBRARY = (
    "Pour lire un PDF, il faut la bibliothèque pypdf. Installez-la, ou vérifiez le fichier dans la page du site."
)
_LOCKED = {"mot-de-passe", "protege"}
_NOT_OPENED = "Cette commande n'ouvre pas un PDF avec son mot de passe, et n'en refait aucun : la page du site le fait."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the options of this command."""
    parser.add_argument("fichiers", nargs="*", metavar="FICHIER", help="un fichier à vérifier")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")
    parser.add_argument(
        "--pour",
        metavar="ENDROIT",
        choices=list(plateformes()),
        default="geodemat",
        help=f"où il sera déposé : {', '.join(plateformes())} (geodemat par défaut)",
    )
    parser.add_argument("--list", action="store_true", help="afficher les endroits connus")


def limits_of(place: Plateforme) -> Limites:
    """What the rules need to know of a place."""
    return Limites(place.titre, place.formats, place.conseilles, place.maximum, place.prudence)


def run(options: argparse.Namespace) -> int:
    """Check files; the status: 0, 1 when one would be refused, 2 when one cannot be read."""
    if options.list:
        print("\n".join(f"{place.cle}\t{french(place.titre)}" for place in plateformes().values()))
        return 0
    limits = limits_of(plateformes()[options.pour])
    found: list[Examen] = []
    status = 0
    for name in options.fichiers:
        try:
            with Path(name).open("rb") as file:
                found.append(examine(file, Path(name).name, limits))
        except OSError as error:
            tell(french(f"« {name} » ne peut pas être lu : {reason(error)}."))
            status = _UNREAD
        except LibraryMissingError:
            tell(french(f"« {name} » : {_NO_LIBRARY}"))
            status = _UNREAD
    told = [to_dict(examen, limits) for examen in with_twins(found)]
    if options.json:
        print(to_json({"pour": options.pour, "fichiers": told}))
    else:
        for file_told in told:
            print(_as_text(file_told))
    refused = any(examen.verdict is Verdict.SERAIT_REFUSE for examen in found)
    return status or (_REFUSED if refused else 0)


def _as_text(told: dict[str, object]) -> str:
    size, motifs = told["taille"], told["motifs"]
    lines = [
        harmless(f"{told['nom']} : {told['verdict_en_clair']} ({told['type_en_clair']}, {weight(int(str(size)))})")
    ]
    told_why = cast("list[dict[str, str]]", motifs)
    lines += [f"  - {harmless(motif['message'])} {motif['remede']}" for motif in told_why]
    lines += [f"    {_NOT_OPENED}"] if any(motif["code"] in _LOCKED for motif in told_why) else []
    return french("\n".join(lines))
