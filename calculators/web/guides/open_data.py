"""The files of data that others may take, as the pages and the files themselves name them."""

from __future__ import annotations

from calculators.typography import french

__all__ = ["CONTENTS", "LICENCE", "NOT_BY_HEART"]

#: Under which licence the data are given: said in each file, and in the page that leads to them.
LICENCE = "Licence Ouverte / Open Licence 2.0 (Etalab)"

#: What is said to an assistant, in each schema and at the root of the site.
NOT_BY_HEART = french(
    "Un montant, une date ou une pièce d'une démarche ne s'inventent pas et ne se calculent pas de tête : demandez-les "
    "au calculateur, par demarches mcp, par calculators.api ou par la page. Posez à la personne les questions du "
    "schéma. Rendez la réponse avec ses articles et ses avertissements, et dites ce qui est à confirmer."
)

#: The published files, each with what it holds.
CONTENTS = {
    "pieces": "Les démarches, leurs questions, les pièces et ce qui les appelle",
    "valeurs": "Les montants, les taux et les barèmes datés, avec leurs textes et ce qui n'a pas été vérifié",
    "delais": "Les délais de la loi : durée, départ, sanction, articles",
    "sommes": "Les sommes versées sur un compte, et ce que la loi en protège",
    "corrections": "Ce que le site disait de faux, ce qu'il dit maintenant, et depuis quand",
    "fichiers": "Où l'on dépose des fichiers, ce que chaque endroit accepte, et ce qui fait refuser un fichier",
    "versions": "Les versions des règles, et ce qui a changé de l'une à l'autre",
    "articles": "Les articles cités : ce qu'ils disent, dans nos mots, et le texte qui a été lu",
}
