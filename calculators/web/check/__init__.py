"""Check a deployed site from outside: `python -m calculators.web.check https://demarches.example.fr/`.

What the administrator reads is in French: what was found at the address, and how to mend what is wrong.
"""
