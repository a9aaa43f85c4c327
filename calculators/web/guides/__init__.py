"""What MkDocs and Zensical run when they make the pages: blocks, law values, words of the glossary, drawings.

`python -m calculators.web.guides docs` checks before them what the writers wrote, and the data it rests on.
"""
