"""Files that a place would refuse, told before they are deposited: checked from their bytes, never rewritten.

`kinds` knows a file by its bytes, `names` by its name; `images` and `pdf` look inside, `readability` at the pixels.
`rules` gives the verdict, without a word of French, and `words` says it. Nothing of the calculators imports this
package: the page of the files alone loads it, and `pdf` needs pypdf, which comes with the first PDF.
"""

from calculators.files.model import Examen, Gravite, Limites, Motif, Type, Verdict
from calculators.files.rules import examine, with_twins
from calculators.files.words import to_dict

__all__ = ["Examen", "Gravite", "Limites", "Motif", "Type", "Verdict", "examine", "to_dict", "with_twins"]
