"""Calculators of French procedure: rules as pure functions over dated law values.

Framework words are English; notions of French law keep their French name, unaccented
(``date_saisie``, ``solde``, ``creance``), in Python, forms, URLs, JSON and TOML alike.
"""

__version__ = "1.0.0"
