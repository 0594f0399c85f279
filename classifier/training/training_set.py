"""What a model was trained on, so that any two can be compared later: kept beside it, or the package's labels."""

from dataclasses import fields

from classifier.errors import ModelError
from classifier.labelling.corpus import Corpus, read_corpus
from classifier.labelling.digest import fingerprint
from classifier.model.kept_labels import unpack
from classifier.model.settings import Settings
from classifier.model.store import StoredModel
from classifier.places import packaged


def training_set(stored: StoredModel) -> Corpus:
    """Return what a model was trained on: kept in its folder, or the labels of this package where it is made of them.

    Raises ModelError where it was not kept.
    """
    if (data := stored.labels()) is not None:
        every = unpack(data, str(stored.folder), stored.taxonomy.ids)
        beside = tuple(one for one in every if not one.judged)
        judged = tuple(one for one in every if one.judged)
        return Corpus(stored.taxonomy, stored.tokeniser, judged, sentences_only=beside)
    corpus = read_corpus(packaged("labels"))
    if fingerprint(corpus.every) == stored.manifest.get("training", {}).get("fingerprint"):
        return corpus
    raise ModelError(
        f"{stored.version}: the labels it was trained on were not kept, so it cannot be trained on parts of them"
    )


def settings_of(stored: StoredModel) -> Settings:
    """Return the settings a model was trained with; what this program does not know is passed over."""
    known = {field.name for field in fields(Settings)}
    before = {"written_weight": 1.0}  # what an older program did where its manifest does not say
    given = {key: value for key, value in stored.manifest.get("settings", {}).items() if key in known}
    return Settings(**{**before, **given})
