"""Kill the server again and again while three clients decide, undo and train: what was answered must count afterwards.

    python scripts/kill_server.py [KILLS]

Runs `classify serve` in a temporary folder and ends it with SIGKILL at a random moment. Each client keeps a book of
what it was answered. After each kill the labels folder is read, by this program and through the server that was started
anew: every decision that was answered 200 (and not taken back) is there, none that was taken back is, and of several on
one paragraph the last that was stored counts. A request without an answer may have been done or not.
"""

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from serving import CLASSIFY
from small_workspace import LABELS, small_workspace

from classifier.labelling.corpus import read_decisions

PARAGRAPHS = [f"第{number}项工作：压减会议，为企业减负，件件抓落实。" for number in range(8)]
CLIENTS = 3
RANDOM = random.Random()  # noqa: S311 - nothing is kept secret


class Server:
    """`classify serve` in a process of its own."""

    def __init__(self, work: Path) -> None:
        environment = os.environ | {"CLASSIFIER_HOME": str(work)}
        self.log = (work / "server.log").open("ab+")
        begun = self.log.seek(0, os.SEEK_END)
        self.process = subprocess.Popen([CLASSIFY, "serve", "--port", "0"], cwd=work, env=environment, stderr=self.log)
        while True:
            said = (work / "server.log").read_bytes()[begun:].decode(errors="replace")
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", said):
                self.port = int(found[1])
                return
            if self.process.poll() is not None:
                sys.exit(f"the server does not start:\n{said}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut would end it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.log.close()


@dataclass
class Client:
    """A window of somebody's browser. `book`: what became of each decision; None where no answer came."""

    name: str
    book: dict[str, bool | None] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    past: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def work(self, port: int, stop: threading.Event) -> None:
        """Decide, undo and train until the server is gone."""
        self.past.clear()
        try:
            self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            _, opened = self.ask(
                "POST", "/api/sheets", form=urlencode({"text": "\n".join(PARAGRAPHS), "name": "a.txt"})
            )
            self.path = f"/api/sheets/{opened['id']}/decisions"
            self.versions = [one["version"] for one in shown(self.link, opened["id"])]
            while not stop.is_set():
                self.step()
        except (OSError, http.client.HTTPException):
            pass  # killed

    def step(self) -> None:
        """Do something that people do."""
        what = RANDOM.random()
        if what < 0.7:
            self.decide(RANDOM.randrange(len(PARAGRAPHS)))
        elif what < 0.95:
            self.undo()
        else:
            path = RANDOM.choice(["/api/training", "/api/training/cancel"])
            self.answered(self.ask("POST", path)[0], {202, 200, 409}, path)

    def decide(self, index: int) -> None:
        """Decide under a name of its own, by which the decision is found again."""
        mark = f"{self.name}-{len(self.book)}"
        self.book[mark] = None
        labels = RANDOM.sample(LABELS, RANDOM.randrange(3))
        data = {"index": index, "labels": labels, "by": mark, "version": self.versions[index]}
        status, said = self.ask("POST", self.path, data)
        self.book[mark] = status == 200
        counts = said if status == 200 else said.get("counts")
        if self.answered(status, {200, 409}, "decide") and counts:
            self.versions[index] = counts["version"]
        if status == 200:
            self.past.append(mark)
            if said["by"] != mark:
                self.problems.append(f"{mark} was stored, but {said['by']} counts")

    def undo(self) -> None:
        """Take one's own last decision back."""
        last = self.past[-1] if self.past else None
        if last:
            self.book[last] = None
        status, said = self.ask("POST", "/api/undo")
        if last:
            self.book[last] = status != 200
        if self.answered(status, {200} if last else {409}, "undo") and last:
            self.past.pop()
            self.versions = [
                said["version"] if KEYS[said["key"]] == place else one for place, one in enumerate(self.versions)
            ]

    def answered(self, status: int, expected: set[int], what: str) -> bool:
        """Count an answer; note one that should not be."""
        self.counted[f"{what} {status}"] += 1
        if status not in expected:
            self.problems.append(f"{what}: answered {status}")
        return status in expected

    def ask(self, method: str, path: str, data: Any = None, form: str = "") -> tuple[int, dict[str, Any]]:
        """Send a request; return the status and what is said."""
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {"X-Client": f"window-of-{self.name}", "Content-Type": kind}
        self.link.request(method, path, form or (json.dumps(data) if data is not None else None), headers)
        answer = self.link.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")


KEYS: dict[str, int] = {}  # which paragraph a key is of


def shown(link: http.client.HTTPConnection, sheet: str) -> list[dict[str, Any]]:
    """Return what the page of a sheet shows of its paragraphs."""
    link.request("GET", f"/sheets/{sheet}")
    page = link.getresponse().read().decode()
    states = [json.loads(unescape(one)) for one in re.findall(r'data-state="([^"]*)"', page)]
    KEYS.update({one["key"]: place for place, one in enumerate(states)})
    return states


def check(work: Path, clients: list[Client], port: int) -> list[str]:
    """Return what is wrong after a restart; what was in doubt is known from now on."""
    rows: dict[str, dict[str, Any]] = {}
    for file in (work / "labels" / "paragraphs").glob("*review.jsonl"):
        found = (orjson.loads(line) for line in file.read_bytes().splitlines(keepends=True) if line.endswith(b"\n"))
        rows |= {row["by"]: row for row in found}
    corpus = read_decisions(work / "labels")
    wrong = list(corpus.damage)
    for client in clients:
        for mark, stored in client.book.items():
            if stored is not None and stored != (mark in rows):
                wrong.append(f"{mark} was {'answered as stored and is lost' if stored else 'not stored and is there'}")
            client.book[mark] = mark in rows
    last: dict[str, dict[str, Any]] = {}
    for row in sorted(rows.values(), key=lambda row: row["seq"]):
        last[row["text"]] = row
    counting = {str(one.text): str(one.facts.get("by")) for one in corpus.paragraphs}
    probe = Client("probe")
    probe.link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    _, opened = probe.ask("POST", "/api/sheets", form=urlencode({"text": "\n".join(PARAGRAPHS), "name": "a.txt"}))
    for text, state in zip(PARAGRAPHS, shown(probe.link, opened["id"]), strict=True):
        expected = last[text]["by"] if text in last else ""
        if {expected} != {counting.get(text, ""), state["by"]}:
            wrong.append(f"{text}: {expected} was stored last; {counting.get(text)} counts, {state['by']} is shown")
    return wrong


def main() -> int:
    """Kill, start anew, check; return 1 where something was lost."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    clients = [Client(name) for name in ("one", "two", "three")[:CLIENTS]]
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        work = Path(name)
        small_workspace(work)
        server = Server(work)
        for number in range(kills):
            stop = threading.Event()
            threads = [threading.Thread(target=one.work, args=(server.port, stop)) for one in clients]
            for thread in threads:
                thread.start()
            time.sleep(RANDOM.uniform(0.05, 2))
            server.kill()
            stop.set()
            for thread in threads:
                thread.join()
            doubtful = sum(stored is None for one in clients for stored in one.book.values())
            server = Server(work)
            found = check(work, clients, server.port)
            wrong += found
            print(
                f"kill {number + 1}: {doubtful} without an answer; {'; '.join(found) or 'all as answered'}", flush=True
            )
        server.kill()
        said = (work / "server.log").read_text(encoding="utf-8")
        wrong += [problem for one in clients for problem in one.problems]
        wrong += ["a traceback in the server's output"] if "Traceback" in said else []
        stored = sum(bool(one) for client in clients for one in client.book.values())
        aside = len(list((work / "labels").rglob("*.damaged")))
    print(f"answers: {dict(sum((one.counted for one in clients), Counter()))}")
    print(f"{kills} kills, {stored} decisions that count or were superseded, {aside} broken lines set aside")
    print("\n".join(wrong) or "nothing answered was lost, nothing taken back came again")
    return int(bool(wrong))


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    sys.exit(main())
