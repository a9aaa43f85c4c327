"""What `make bundle` runs, before the pages are made: Pyodide, our package and the scripts, for the reader's browser.

`shipped` runs what was made, as the browser would: the checker and the tests ask it.
"""
