"""`classify review`, through a terminal of its own: keys in, decisions on disk, whatever ends it."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from classifier.labelling.corpus import read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.labelled_paragraph import LabelledSentence
from tests.cli.test_label import classify

_STYLE = re.compile(r"\x1b\[[0-9;]*m")
TEXTS = ["高标准农田再建一片。", "景区新添三条游线。", "会议由某某主持。", "民宿客房供不应求。"]


class Terminal:
    """A command in a pseudo-terminal."""

    def __init__(self, cwd: Path, *args: str) -> None:
        self.main, follower = pty.openpty()
        environment = os.environ | {
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TERM": "xterm",
            "PYTHONIOENCODING": "utf-8",
        }
        code = "from classifier.cli.main import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *args],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            cwd=cwd,
            env=environment,
        )
        os.close(follower)
        self.shown = ""
        self.seen = 0  # so far what was waited for has been found

    def wait_for(self, text: str, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while text not in self.shown[self.seen :]:
            assert time.monotonic() < end, f"never saw {text!r} in: {self.shown}"
            if select.select([self.main], [], [], 0.2)[0]:
                try:
                    self.shown += _STYLE.sub("", os.read(self.main, 65536).decode(errors="replace"))
                except OSError:  # the other end is closed
                    break
        assert text in self.shown[self.seen :]
        self.seen = self.shown.index(text, self.seen) + len(text)

    def press(self, key: str, then: str) -> None:
        self.seen = len(self.shown)
        os.write(self.main, key.encode())
        self.wait_for(then)

    def close(self) -> int:
        code = self.process.wait(timeout=120)
        os.close(self.main)
        return code


@pytest.fixture
def work(tmp_path: Path, labels_folder: Path) -> Path:
    (tmp_path / "new.txt").write_text("\n".join(TEXTS), encoding="utf-8")
    return tmp_path


@pytest.fixture
def terminal(work: Path) -> Iterator[Terminal]:
    one = Terminal(work, "review", "new.txt", "--by", "甲")
    try:
        one.wait_for("1 of 4", 120)
        one.wait_for("leave")
        yield one
    finally:
        if one.process.poll() is None:
            one.process.kill()
            one.close()


def decided(work: Path) -> dict[str | None, tuple[tuple[str, ...], str]]:
    return {one.text: (one.labels, one.aside) for one in read_decisions(work / "labels").paragraphs if one.at}


def test_keys_decide_undo_skip_and_leave(work: Path, terminal: Terminal) -> None:
    terminal.press("1", "Enter: 农业")
    terminal.press("\r", "2 of 4")
    terminal.press("1", "Enter: 农业")
    terminal.press("2", "Enter: 农业 + 文旅")
    terminal.press("1", "Enter: 文旅")
    terminal.press(" ", "3 of 4")
    terminal.press("d", "4 of 4")
    terminal.press("u", "3 of 4")
    terminal.press("x", "4 of 4")
    terminal.press("s", "3 decided, 1 skipped, 0 left")
    assert terminal.close() == 0
    assert decided(work) == {
        TEXTS[0]: (("farming",), ""), TEXTS[1]: (("tourism",), ""), TEXTS[2]: ((), "discarded")
    }  # fmt: skip
    row = json.loads(
        next((work / "labels" / "paragraphs").glob("*review.jsonl")).read_text(encoding="utf-8").splitlines()[0]
    )
    assert (row["by"], row["doc"], row["suggested"]) == ("甲", "new.txt", [])


def test_keys_typed_ahead_count_and_arrows_do_not(work: Path, terminal: Terminal) -> None:
    terminal.press("\x1b[A\x1b[15~1\r2\r0\rq", "3 decided, 0 skipped, 1 left")
    assert terminal.close() == 0
    assert [labels for labels, _ in decided(work).values()] == [("farming",), ("tourism",), ()]


def test_taken_back_from_outside_it_goes_on(work: Path, terminal: Terminal) -> None:
    terminal.press("1", "Enter: 农业")
    terminal.press("\r", "2 of 4")
    assert classify("labels", "undo", cwd=work).returncode == 0
    terminal.press("u", "1 of 4")
    terminal.press("2", "Enter: 文旅")
    terminal.press("\r", "2 of 4")
    terminal.press("q", "1 decided, 0 skipped, 3 left")
    assert terminal.close() == 0
    assert decided(work) == {TEXTS[0]: (("tourism",), "")}


def test_what_another_decided_meanwhile_is_shown_and_not_overwritten_by_a_key(work: Path, terminal: Terminal) -> None:
    other = LabelFolder(work / "labels").session({"kind": "review"})
    other.confirm(Decision(("tourism",), TEXTS[0], by="乙"))
    terminal.press("1\r\rd", "decided meanwhile: 文旅 (乙)")
    assert decided(work) == {TEXTS[0]: (("tourism",), "")}
    terminal.press("w", "2 of 4")
    assert decided(work) == {TEXTS[0]: (("farming",), "")}
    other.confirm(Decision((), TEXTS[1], by="乙"))
    terminal.press("d", "decided meanwhile: none 无主题 (乙)")
    terminal.press("s", "3 of 4")
    terminal.press("q", "1 decided, 1 skipped, 2 left")
    assert terminal.close() == 0
    assert decided(work) == {TEXTS[0]: (("farming",), ""), TEXTS[1]: ((), "")}


def test_what_is_decided_is_shown_again_with_its_labels(work: Path) -> None:
    LabelFolder(work / "labels").session({"kind": "review"}).confirm(Decision(("tourism",), TEXTS[0], by="乙"))
    again = Terminal(work, "review", "new.txt", "--again")
    again.wait_for("decided already: 文旅 (乙)", 120)
    again.wait_for("Enter: 文旅")
    again.press("q", "0 decided")
    assert again.close() == 0


def test_killed_in_the_middle_nothing_confirmed_is_lost(work: Path, terminal: Terminal) -> None:
    terminal.press("1", "Enter: 农业")
    terminal.press("\r", "2 of 4")
    terminal.press("0", "Enter: none")
    terminal.press("\r", "3 of 4")
    terminal.process.send_signal(signal.SIGKILL)
    terminal.close()
    assert decided(work) == {TEXTS[0]: (("farming",), ""), TEXTS[1]: ((), "")}
    again = Terminal(work, "review", "new.txt")
    again.wait_for("2 of 4 are labelled already")
    again.wait_for("1 of 2")
    again.press("q", "0 decided, 0 skipped, 2 left")
    assert again.close() == 0
    undone = classify("labels", "undo", cwd=work)
    assert b"review of new.txt" in undone.stderr
    assert decided(work) == {}


def test_without_a_terminal_it_says_what_to_do(work: Path) -> None:
    ran = classify("review", "new.txt", cwd=work)
    assert ran.returncode == 2
    assert b"classify FILE -o check.xlsx" in b" ".join(ran.stderr.replace(b"\xe2\x94\x82", b"").split())


LONG = "粮食播种面积稳住了。古镇游客比去年多。河道水位平稳无事。"


def of_sentences(work: Path) -> tuple[tuple[str, ...] | None, list[tuple[int, int, tuple[str, ...] | None]]]:
    found = [one for one in read_decisions(work / "labels").every if one.text == LONG]
    if not found:
        return None, []
    one = found[0]
    return one.labels if one.judged else None, [(part.start, part.end, part.labels) for part in one.sentences]


def test_sentences_are_decided_by_the_same_keys_and_taken_back(work: Path) -> None:
    (work / "new.txt").write_text(LONG + "\n另一段讲渔港和码头的事情。", encoding="utf-8")
    terminal = Terminal(work, "review", "new.txt", "--by", "甲")
    terminal.wait_for("1 of 2", 120)
    terminal.wait_for("leave")
    terminal.press("t", "sentence 1 of 3")
    terminal.press("1", "Enter: 农业")
    terminal.press("\r", "sentence 2 of 3")
    assert of_sentences(work) == (None, [(0, 10, ("farming",))])
    terminal.press("d", "sentence 2 of 3")  # a sentence is never set aside
    terminal.press("s", "sentence 3 of 3")
    terminal.press("0", "Enter: none")
    terminal.press("\r", "‹✓ ")
    terminal.wait_for("t 逐句")
    terminal.press("2", "Enter: 文旅")
    terminal.press("\r", "2 of 2")
    assert of_sentences(work) == (("tourism",), [(0, 10, ("farming",)), (19, 28, ())])
    terminal.press("u", "1 of 2")
    assert of_sentences(work)[0] is None
    terminal.press("u", "1 of 2")
    assert of_sentences(work) == (None, [(0, 10, ("farming",))])
    terminal.press("s", "2 of 2")
    terminal.press("q", "0 decided, 1 skipped, 1 left; 1 sentences decided")
    assert terminal.close() == 0
    again = Terminal(work, "review", "new.txt")
    again.wait_for("‹✓ 农业›", 120)  # it is not labelled as a whole, and is shown again
    again.press("t", "decided already: 农业 (甲)")
    again.press("q", "0 decided")
    assert again.close() == 0


def test_what_another_decided_on_a_sentence_is_shown_first(work: Path) -> None:
    (work / "new.txt").write_text(LONG, encoding="utf-8")
    terminal = Terminal(work, "review", "new.txt")
    terminal.wait_for("1 of 1", 120)
    terminal.press("t", "sentence 1 of 3")
    sentences = (LabelledSentence(0, 10, ("tourism",)),)
    other = LabelFolder(work / "labels").session({"kind": "review"})
    other.confirm(Decision((), LONG, by="乙", sentences=sentences, judged=False))
    terminal.press("1\r", "decided meanwhile: 文旅 (乙)")
    assert of_sentences(work) == (None, [(0, 10, ("tourism",))])
    terminal.press("w", "sentence 2 of 3")
    assert of_sentences(work) == (None, [(0, 10, ("farming",))])
    terminal.press("q", "1 sentences decided")
    assert terminal.close() == 0
