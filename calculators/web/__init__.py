"""The faces of the calculators on the web: a folder a room, by who runs it and when.

Which room may import which is in docs/architecture.md, and nowhere else: a test reads it there.
"""
