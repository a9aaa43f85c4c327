"""What makes the pages, when the site is built: the checks of what writers wrote, then the Markdown extension."""
