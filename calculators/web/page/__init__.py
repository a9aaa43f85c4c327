"""What the reader's browser runs, each time it answers: forms, answers and lists as HTML, and the door of the worker.

The build runs the same code for the forms and the worked examples of the pages. All of it goes into the package of the
browser, and nothing else of `calculators.web` does.
"""
