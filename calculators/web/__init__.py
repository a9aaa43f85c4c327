"""The faces of the calculators: HTML, Markdown, the browser, and the publishing of the site."""
