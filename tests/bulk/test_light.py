"""What an executor of a cluster needs, and what it does not."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_scoring_needs_few_packages() -> None:
    """Not a timing: a batch is scored though scikit-learn, scipy, pandas and more cannot be imported."""
    code = (
        "import sys\n"
        "for name in 'sklearn scipy joblib jieba typer rich platformdirs charset_normalizer pyspark'.split():\n"
        "    sys.modules[name] = None\n"
        "import pyarrow\nfrom pathlib import Path\n"
        "from classifier import places\nfrom classifier.api import Model\nfrom classifier.model.store import current, open_model\n"
        "from classifier.bulk.batches import Batch, with_results\nfrom classifier.bulk.scoring_model import ScoringModel\n"
        "from classifier.bulk.settings import Settings\n"
        "folder = places.packaged('models')\n"
        "scoring = ScoringModel(Model.of(open_model(folder / current(folder))))\n"
        "batch = pyarrow.record_batch({'text': ['新建两所小学。', None]})\n"
        "values = Batch(batch, 'text', []).values\n"
        "print(with_results(batch, values, scoring.score(values), Settings())['primary'].to_pylist())\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert result.stdout == "['livelihood', 'none']\n", result.stderr
