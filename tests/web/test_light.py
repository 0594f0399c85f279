"""A server that only labels and stores holds no library of training in memory."""

import subprocess
import sys

HEAVY = {"sklearn", "scipy", "pandas", "pyarrow"}


def test_the_server_and_its_labels_need_no_library_of_training() -> None:
    program = (
        "import sys, classifier.web.app, classifier\n"
        "classifier.load().label_paragraph('新建两所小学。', explain=True)\n"
        f"print(*sorted({HEAVY} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
