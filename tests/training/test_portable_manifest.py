"""A model file whose manifest says nonsense is not taken in, though labelling would never look at what is wrong."""

import re
import zipfile
from pathlib import Path

import orjson
import pytest

from classifier.errors import ClassifierError
from classifier.model.store import StoredModel, versions
from classifier.training.portable import portable, unpack
from classifier.training.pseudonyms import Pseudonyms


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("evaluation", "x", "evaluation is not a table"),
        ("evaluation", {"method": "m"}, "evaluation.by_text is missing"),
        ("training", None, "training is not a table"),
        ("decision", {"farming": {"threshold": "0.5"}}, "decision.farming.threshold is not a number"),
        ("learning_curve", [], "learning_curve is not a table"),
        ("settings", 5, "settings is not a table"),
        ("taxonomy", {"name": "n", "label": []}, "needs at least one"),
        ("terms", 5, "terms is not a list"),
    ],
)
def test_a_model_whose_manifest_says_nonsense_is_not_taken_in(
    small_model: StoredModel, tmp_path: Path, key: str, value: object, message: str
) -> None:
    """What only pages and training read is looked at here, too: they would stop in the middle."""
    whole, broken = tmp_path / "model.zip", tmp_path / "broken.zip"
    portable(small_model, Pseudonyms(b"key", ()), with_labels=False).write(whole)
    with zipfile.ZipFile(whole) as archive, zipfile.ZipFile(broken, "w") as other:
        for name in archive.namelist():
            data = archive.read(name)
            changed = orjson.dumps(orjson.loads(data) | {key: value}) if name.endswith("manifest.json") else data
            other.writestr(name, changed)
    with pytest.raises(ClassifierError, match=re.escape(message)) as raised:
        unpack(broken, tmp_path / "models")
    assert str(raised.value).startswith(str(broken))
    assert versions(tmp_path / "models") == []
