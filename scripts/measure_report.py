"""Make a report of so many paragraphs from the labelled corpus and measure its size and how fast Chromium opens it.

    python scripts/measure_report.py [--paragraphs 5000] [--runs 5] [--keep FOLDER]

Needs the extra `web`, playwright, and a Chromium (CHROMIUM names it where it is not /usr/bin/chromium).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

import classifier
from classifier.labelling.corpus import read_corpus
from classifier.places import packaged

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
READY = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
# Until what a click did is on the screen: two frames after it
FILTER = """() => new Promise(done => {
  const start = performance.now();
  document.querySelector('input[name=label]').click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


def main() -> None:
    """Write the table, run the command, open the page again and again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        table, page = folder / "scored.jsonl", folder / "report.html"
        documents = write_table(table, options.paragraphs)
        start = time.perf_counter()
        command = [
            sys.executable,
            "-c",
            "from classifier.cli.main import main; main()",
            "report",
            str(table),
            "-o",
            str(page),
        ]
        subprocess.run(command, check=True)
        print(f"{options.paragraphs:,} paragraphs in {documents:,} documents")
        print(f"command: {time.perf_counter() - start:.1f} s; page: {page.stat().st_size / 1e6:.1f} MB")
        loads, processor, filters = opened(page, options.runs)
        print(f"opened (load event), ms: {summary(loads)}")
        print(f"processor time of the page's process until then, ms: {summary(processor)}")
        print(f"a filter until it is on the screen, ms: {summary(filters)}")


def write_table(path: Path, paragraphs: int) -> int:
    """Write the corpus's own texts, labelled, as often as it takes; return the number of documents."""
    model = classifier.load()
    own = [one for one in read_corpus(packaged("labels")).paragraphs if one.text]
    rows = [result for one in own for result in model.label(one.text or "")[:1]]
    documents = set()
    with path.open("w", encoding="utf-8") as stream:
        chosen = islice(cycle(list(zip(own, rows, strict=True))), paragraphs)
        for number, (one, row) in enumerate(chosen):
            name = f"{one.doc}-{number // len(own)}"
            documents.add(name)
            values: dict[str, Any] = {
                "file": name,
                "text": row.text,
                "kind": row.kind,
                "labels": row.labels,
                "primary": row.primary,
            }
            values |= {"uncertain": row.uncertain, "probabilities": dict(row.probabilities), "model": row.model}
            values |= {key: one.facts[key] for key in ("year", "place", "genre") if key in one.facts}
            stream.write(json.dumps(values, ensure_ascii=False) + "\n")
    return len(documents)


def opened(page: Path, runs: int) -> tuple[list[float], list[float], list[float]]:
    """Return milliseconds to the load event, of processor time until then, and for a filter; a fresh browser each time.

    Processor time does not grow when others use the machine, as the other two do.
    """
    loads, processor, filters = [], [], []
    with sync_playwright() as playwright:
        for _ in range(runs):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            tab: Page = browser.new_page(viewport={"width": 1280, "height": 900})
            session = tab.context.new_cdp_session(tab)
            session.send("Performance.enable")
            tab.goto(page.resolve().as_uri())
            metrics = session.send("Performance.getMetrics")["metrics"]
            processor.append(next(one["value"] for one in metrics if one["name"] == "ProcessTime") * 1000)
            loads.append(tab.evaluate(READY))
            filters.append(tab.evaluate(FILTER))
            browser.close()
    return loads, processor, filters


def summary(values: list[float]) -> str:
    """Return minimum, median and maximum."""
    return f"{min(values):.0f} / {statistics.median(values):.0f} / {max(values):.0f} (min / median / max)"


if __name__ == "__main__":
    main()
