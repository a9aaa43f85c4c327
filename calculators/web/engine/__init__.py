"""What makes the engine of the reader's browser, when the site is built: Pyodide, our package, the scripts."""
