"""Measure the server: POST /api/label of a 10,000-character document, at one connection and at 32, and its memory.

    python scripts/measure_service.py [SECONDS]

Starts `classify serve` (one worker) on a free port and drives it with wrk (Debian's package), which must be installed.
"""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

SPEECH = Path(__file__).parent / "demo" / "speech.txt"
LENGTH = 10_000  # characters
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
    command = [str(Path(sys.executable).with_name("classify")), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server, tempfile.TemporaryDirectory() as work:
        try:
            address = next(line.split()[1] for line in iter(server.stderr.readline, "") if "http://" in line)  # type: ignore[union-attr]
            print(f"memory at the start: {_memory(address):.0f} MB")
            for name, text in texts.items():
                script = Path(work) / "post.lua"
                script.write_text(LUA.replace("{body}", json.dumps({"text": text})), encoding="utf-8")
                for connections in (1, 32):
                    took = 15 if connections == 1 else seconds
                    before = _metric(address, "process_cpu_seconds_total")
                    line = _wrk(script, address, connections, took)
                    spent = (
                        1000 * (_metric(address, "process_cpu_seconds_total") - before) / max(1, int(line.split()[1]))
                    )
                    print(f"{name}; {connections} connections, {took} s: {line}")
                    print(f"  processor: {spent:.1f} ms a request; memory: {_memory(address):.0f} MB")
                    time.sleep(1)
        finally:
            server.terminate()


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
    main()
