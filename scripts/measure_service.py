"""Measure the server: labelling 10,000 characters at one connection and at 32, memory, a key on a large page.

    python scripts/measure_service.py [SECONDS]

Starts `classify serve` (one worker) on a free port and drives it with wrk (Debian's package), which must be installed;
the page needs playwright and a Chromium (CHROMIUM names it where it is not /usr/bin/chromium).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright
from serving import served

from classifier.labelling.corpus import read_corpus
from classifier.places import packaged

SPEECH = Path(__file__).parent / "demo" / "speech.txt"
LENGTH = 10_000  # characters
PARAGRAPHS = 300
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Until what a key did is on the screen: two frames after it
PAINTED = """() => {
  window.took = [];
  window.addEventListener("keydown", () => {
    const start = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => window.took.push(performance.now() - start)));
  }, { capture: true });
}"""
LUA = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [==[{body}]==]
function done(summary, latency)
  local errors = summary.errors
  local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("requests %d failed %d p50 %.1f ms p90 %.1f ms p99 %.1f ms max %.1f ms", summary.requests, bad,
    latency:percentile(50) / 1000, latency:percentile(90) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
"""


def main() -> None:
    """Measure and print."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    paragraphs = [one for one in SPEECH.read_text(encoding="utf-8").splitlines() if len(one) > 80]
    texts = {"paragraphs as long as a report's (100-600 characters)": _text(["".join(paragraphs)[:400]])}
    texts["a speech with many headings and short paragraphs"] = _text(SPEECH.read_text(encoding="utf-8").split("\n"))
    with tempfile.TemporaryDirectory() as work, served(Path(work)) as address:
        print(f"memory at the start: {_memory(address):.0f} MB")
        for name, text in texts.items():
            script = Path(work) / "post.lua"
            script.write_text(LUA.replace("{body}", json.dumps({"text": text})), encoding="utf-8")
            for connections, took in ((1, 15), (32, seconds)):
                print(f"{name}; {connections} connections, {took} s: {_load(script, address, connections, took)}")
                time.sleep(1)
        print(f"a key on a page of {PARAGRAPHS} paragraphs, ms: {_keys(address)}")


def _load(script: Path, address: str, connections: int, seconds: int) -> str:
    """Ask again and again; return what wrk says, and what it cost."""
    before = _metric(address, "process_cpu_seconds_total")
    line = _wrk(script, address, connections, seconds)
    spent = 1000 * (_metric(address, "process_cpu_seconds_total") - before) / max(1, int(line.split()[1]))
    return f"{line}\n  processor: {spent:.1f} ms a request; memory: {_memory(address):.0f} MB"


def _keys(address: str) -> str:
    """Decide on paragraphs by keys; return the milliseconds from a key to its being painted."""
    own = [one.text for one in read_corpus(packaged("labels")).paragraphs if one.text and 80 < len(one.text) < 400]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.fill("textarea", "\n".join(" ".join(one.split()) for one in own[:PARAGRAPHS]))
        page.click(".paste .primary")
        page.wait_for_selector(".p.current")
        page.evaluate(PAINTED)
        for key in ("1", "j", "2", "j", "0", "j") * 17:
            page.keyboard.press(key)
            page.wait_for_timeout(50)
        took: list[float] = sorted(page.evaluate("window.took"))
        browser.close()
    middle, high = took[len(took) // 2], took[int(0.95 * len(took))]
    return f"{len(took)} keys, p50 {middle:.0f} p95 {high:.0f} max {took[-1]:.0f}"


def _text(lines: list[str]) -> str:
    text = "\n".join(lines) + "\n"
    return (text * (LENGTH // len(text) + 1))[:LENGTH]


def _wrk(script: Path, address: str, connections: int, seconds: int) -> str:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script)]
    done = subprocess.run([*command, f"{address}api/label"], check=True, capture_output=True, text=True)
    return next(line for line in done.stdout.splitlines() if line.startswith("requests"))


def _memory(address: str) -> float:
    return _metric(address, "process_resident_memory_bytes") / 1e6


def _metric(address: str, name: str) -> float:
    with urllib.request.urlopen(f"{address}metrics", timeout=30) as answer:  # noqa: S310 - our own server
        lines = answer.read().decode().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(name + " ")))


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    main()
