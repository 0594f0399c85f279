"""Load the server while it goes on learning: decisions and labels mixed, then the same with a training and a promotion.

    python scripts/measure_load.py [SECONDS] [CONNECTIONS]

Runs `classify serve` on labels and models of its own; prints, for the load alone and for the load with a training and a
promotion in its middle, how many requests there were, how many failed, how long they took and how large the server is.
The last line has the ratios of the 99th percentiles: only they compare from machine to machine. The load alone is
measured before and after, for the folder of labels grows all the while.
"""

import http.client
import json
import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from serving import served
from small_workspace import small_workspace

PARAGRAPHS = [f"第{number}项工作：压减会议，为企业减负，件件抓落实。" for number in range(40)]
TEXT = "\n".join(PARAGRAPHS)


@dataclass
class Connection:
    """Somebody's connection. `took`: seconds of each request."""

    number: int
    address: str
    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def work(self, end: float) -> None:
        """Decide and label in turn until it is time to end."""
        self.link = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        form = urlencode({"text": TEXT.replace("项", f"项{self.number}"), "name": "a.txt"})
        opened = self.ask("/api/sheets", form, "application/x-www-form-urlencoded", 201)
        versions = dict.fromkeys(range(len(PARAGRAPHS)), "")
        self.took.clear()
        count = 0
        while time.monotonic() < end:
            count += 1
            if count % 2:
                self.ask("/api/label", json.dumps({"text": TEXT}), "application/json", 200)
                continue
            index = count // 2 % len(PARAGRAPHS)
            choice = {"index": index, "labels": ["work_style"] if count % 4 else [], "by": f"{self.number}-{count}"}
            body = json.dumps(choice | ({"version": versions[index]} if versions[index] else {}))
            said = self.ask(f"/api/sheets/{opened['id']}/decisions", body, "application/json", 200)
            versions[index] = (said.get("counts") or said).get("version", "")
        self.link.close()

    def ask(self, path: str, body: str, kind: str, expected: int) -> dict[str, Any]:
        """Send a request; note how long it took and whether it was answered as it should be."""
        began = time.perf_counter()
        headers = {"X-Client": f"window-of-load-{self.number}", "Content-Type": kind}
        self.link.request("POST", path, body.encode(), headers)
        answer = self.link.getresponse()
        said: dict[str, Any] = json.loads(answer.read())
        self.took.append(time.perf_counter() - began)
        if answer.status != expected:
            self.failed.append(f"{path}: {answer.status} {said.get('detail', '')}")
        return said


def loaded(address: str, seconds: int, connections: int, learning: bool) -> float:
    """Load a server and print what came of it; return the 99th percentile in milliseconds."""
    end = time.monotonic() + seconds
    every = [Connection(number, address) for number in range(connections)]
    threads = [threading.Thread(target=one.work, args=(end,)) for one in every]
    for thread in threads:
        thread.start()
    if learning:
        time.sleep(seconds / 4)
        print(f"  training: {learn(address, end)}")
    for thread in threads:
        thread.join()
    took = sorted(1000 * one for each in every for one in each.took)
    failed = [one for each in every for one in each.failed]
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    name = "with a training" if learning else "alone"
    print(
        f"{name}: {len(took):,} requests, {len(failed)} failed, p50 {p50:.0f} ms, "
        f"p99 {p99:.0f} ms, max {took[-1]:.0f} ms; memory {memory(address):.0f} MB; load {os.getloadavg()[0]:.1f}"
    )
    for one in failed[:5]:
        print(f"  {one}")
    return p99


def learn(address: str, end: float) -> str:
    """Train, and put the other version to use; tell how it went."""
    said = call(address, "POST", "/api/training")
    versions = call(address, "GET", "/api/models")
    other = next(one["version"] for one in versions if not one["in_use"])
    promoted = call(address, "POST", f"/api/models/{other}/promote")["version"] == other
    while time.monotonic() < end and (said := call(address, "GET", "/api/training"))["running"]:
        time.sleep(1)
    told = [one["event"] for one in said["events"]]
    return f"{'ended' if not said['running'] else 'still runs'}, {told[-2:]}; promoted meanwhile: {promoted}"


def call(address: str, method: str, path: str) -> Any:
    """Ask a server on a connection of its own."""
    link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    link.request(method, path)
    said = json.loads(link.getresponse().read())
    link.close()
    return said


def memory(address: str) -> float:
    """Return a server's memory in MB."""
    with urlopen(f"{address}metrics", timeout=30) as answer:  # noqa: S310 - our own server
        lines = answer.read().decode().splitlines()
    return float(next(one.split()[1] for one in lines if one.startswith("process_resident_memory_bytes "))) / 1e6


def main() -> None:
    """Measure and print."""
    seconds, connections = (int(one) for one in [*sys.argv[1:], *["60", "32"][len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        small_workspace(Path(name))
        with served(Path(name)) as address:
            loaded(address, max(5, seconds // 6), connections, learning=False)  # what is made once is made
            before = loaded(address, seconds, connections, learning=False)
            learning = loaded(address, seconds, connections, learning=True)
            after = loaded(address, seconds, connections, learning=False)
    print(f"p99 with a training / alone before: {learning / before:.2f}, after: {learning / after:.2f}")


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    main()
