"""Workbooks of questions, ``.xlsx`` and ``.ods``: the same answers as those of a CSV, in a workbook of the same kind.

Nothing else imports this package: it needs two libraries, which are loaded when such a file comes and only then.
`xlsx` and `ods` read a sheet line by line and write another; `workbook` answers.
"""

from calculators.sheets.workbook import Workbook

__all__ = ["Workbook"]
