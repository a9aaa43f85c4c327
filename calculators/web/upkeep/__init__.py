"""Keep the site true: what grows old, and the pages elsewhere that it rests on.

Run by whoever maintains the site and by its scheduled jobs; the readers never receive it.
"""
