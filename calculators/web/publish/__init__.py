"""What is run once the pages are made: they are finished, then served here, hosted elsewhere, or carried away.

`python -m calculators.web.publish FOLDER` finishes them.
"""
