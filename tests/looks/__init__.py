"""Ways to look at a page as it stands in a browser: scripts put in it, that answer in lines to read."""
