"""The faces of the calculators: HTML, Markdown blocks, the browser, and what builds and serves the site."""
