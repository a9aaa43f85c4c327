"""Many questions at once: a file of answers in, the same file with the results out.

The columns are those of the declaration: a question's name, a short name, or ``comptes.2.solde`` for a column of a
row. Any other is carried along and not read. A faulty line never stops the others: it comes out with its errors in the
last column. The command line and the page both feed a :class:`Stream`, so that the same file gives them the same bytes;
a workbook goes to `calculators.sheets`, which is loaded only then.
"""

from calculators.lot.columns import columns, model
from calculators.lot.stream import Batch, Stream, one_case

__all__ = ["Batch", "Stream", "columns", "model", "one_case"]
