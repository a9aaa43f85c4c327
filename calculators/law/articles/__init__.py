"""The articles that pages, law data and calculators may cite: one TOML file per code.

Each says in our own words what it provides, from which state of the text, and when that text was read: an article
that is not there cannot be cited. :mod:`calculators.law.loader` reads them with the rest of the law.
"""
