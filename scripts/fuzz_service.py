"""Send the server what its description allows and what it does not, and look for answers it should not give.

    python scripts/fuzz_service.py [SECONDS]

Starts `classify serve` with labels and models of its own in a temporary folder and runs schemathesis on /openapi.json,
with scripts/fuzz_hooks.py: no answer of 500 and above, every answer as described, errors as problem+json. The labels
are few, so that the trainings that are started and stopped in between take seconds.
"""

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
from serving import served

from classifier import places
from classifier.labelling.corpus import read_corpus, read_decisions
from classifier.labelling.folder.init import begin
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.model.settings import Settings
from classifier.model.store import make_current
from classifier.training.train import fit, store

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
LABELS = ("work_style", "business_environment")
PARAGRAPHS = 40  # of each label, and of none


def main() -> int:
    """Fuzz; return the exit code of schemathesis."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        small_workspace(work)
        with served(work) as address:
            code = fuzzed(address, seconds, work)
            runs = running(address)
            print(f"the server still runs: {runs}")
            return code or int(not runs)


def fuzzed(address: str, seconds: str, work: Path) -> int:
    """Run schemathesis; return its exit code."""
    schemathesis = str(Path(sys.executable).with_name("schemathesis"))
    command = [schemathesis, "run", f"{address}openapi.json", "--checks", CHECKS, "--max-time", seconds]
    command += ["--phases", "examples,coverage,fuzzing", "--request-timeout", "60"]
    command += ["--suppress-health-check", "all", "--continue-on-failure", "--no-color"]
    hooks = {"SCHEMATHESIS_HOOKS": "fuzz_hooks", "FUZZED": address.rstrip("/")}
    found = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    return subprocess.run(command, check=False, cwd=work, env={**os.environ, **hooks, "PYTHONPATH": found}).returncode


def running(address: str) -> bool:
    """Tell whether a server answers."""
    try:
        with urllib.request.urlopen(f"{address}health", timeout=60) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except OSError:
        return False


def small_workspace(work: Path) -> None:
    """Make a labels folder with two labels and few paragraphs, and two versions of a model trained on them."""
    source, folder = places.packaged("labels"), work / "labels"
    taxonomy = read_taxonomy(source)
    few = replace(taxonomy, labels=tuple(one for one in taxonomy.labels if one.id in LABELS))
    begin(folder, few, read_terms(source))
    rows = b"".join(orjson.dumps(row) + b"\n" for row in _few_rows(source, few))
    (folder / "paragraphs" / "few.jsonl").write_bytes(rows)
    trained = fit(read_corpus(folder), None, Settings(topics=8), lambda _: None)
    versions = [store(trained, work / "models", keep_labels=True, progress=lambda _: None) for _ in range(2)]
    make_current(work / "models", versions[0].version)


def _few_rows(source: Path, taxonomy: Taxonomy) -> Iterator[dict[str, object]]:
    """Yield the first paragraphs of each label alone, and of none."""
    known = {(), *((one,) for one in taxonomy.ids)}
    counts: Counter[tuple[str, ...]] = Counter()
    for one in read_decisions(source).paragraphs:
        counts[one.labels] += 1
        if one.text and one.labels in known and counts[one.labels] <= PARAGRAPHS:
            yield {"text": one.text, "labels": list(one.labels), "doc": one.doc}


if __name__ == "__main__":
    sys.exit(main())
