"""What people decided in a table and no labels folder holds yet: it would be lost with the table."""

from classifier.labelling.exchange.recognise import read_labels
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.imports.importing import is_stored
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import Taxonomy


def unimported(path: str, taxonomy: Taxonomy, folder: LabelFolder | None, *, any_table: bool) -> int | None:
    """Return how many rows of a table hold what a person did there and an import into `folder` would still bring.

    None where nobody can say: it is a table to correct that has lost the columns which tell.

    Of a table to correct: rows corrected or ticked, and rows that cannot be taken (texts edited, labels misspelt), for
    these are in no folder. `folder`: None where none has been begun. `any_table`: count the labels of other tables,
    too. A file that cannot be read as a table of labels holds none.
    """
    read = read_labels(path, Names(taxonomy))
    if read.lost:
        return None
    if not read.touched and not (any_table and read.decisions):
        return 0
    decided = [one for one in read.decisions if one.confirmed and not one.suggestion]
    new = 0 if folder is not None and is_stored(folder, decided) else len(decided)
    return new + (read.touched.unsure or len(read.problems))
