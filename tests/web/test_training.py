"""A training in a process of its own: stopped, it ends at once, with all that it began."""

import asyncio
import sys
from pathlib import Path

import pytest

from classifier.web.jobs.training_job import TrainingJob
from classifier.web.live_model import LiveModel
from tests.web.running_server import run_apart

# Stands for a training: begins a process that keeps its output open, as those that fit folds do.
BEGINS_ANOTHER = """
import json, subprocess, sys, time
from classifier.web.jobs import train_worker as worker
worker._keep_output()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
worker._tell({"event": "step", "step": str(child.pid)})
time.sleep(600 if "wait" in sys.argv else 0)
sys.exit(3)
"""


class Standing(TrainingJob):
    """A training whose worker is another."""

    how = "wait"

    def command(self) -> list[str]:
        return [sys.executable, "-c", BEGINS_ANOTHER, self.how]


@pytest.fixture
def training(workspace: Path) -> Standing:
    return Standing(workspace / "labels", LiveModel())


def gone(pid: int) -> bool:
    """A process that nobody waited for yet has no command line either."""
    path = Path(f"/proc/{pid}/cmdline")
    return not path.exists() or not path.read_bytes()


async def child_of(training: TrainingJob) -> int:
    while True:
        for event in training.events:
            if event["event"] == "step":
                return int(event["step"])
        await asyncio.sleep(0.01)


async def ended(training: TrainingJob, child: int) -> list[str]:
    while training.running or not gone(child):
        await asyncio.sleep(0.01)
    return [event["event"] for event in training.events]


def test_stopped_it_ends_with_what_it_began(training: Standing) -> None:
    async def scenario() -> None:
        assert await training.start()
        child = await child_of(training)
        assert await training.cancel()
        assert await ended(training, child) == ["started", "step", "cancelled", "ended"]
        assert not await training.cancel()

    run_apart(scenario())


def test_what_it_began_does_not_outlive_it(training: Standing) -> None:
    async def scenario() -> None:
        training.how = "fail"
        assert await training.start()
        child = await child_of(training)
        assert await ended(training, child) == ["started", "step", "failed", "ended"]

    run_apart(scenario())


def test_stopped_before_its_process_is_there(training: Standing) -> None:
    async def scenario() -> None:
        assert await training.start()
        assert await training.cancel()
        while training.running:
            await asyncio.sleep(0.01)
        assert [event["event"] for event in training.events][-2:] == ["cancelled", "ended"]

    run_apart(scenario())


def test_who_comes_later_is_told_how_long_it_has_run(training: Standing) -> None:
    async def scenario() -> None:
        assert await training.start()
        child = await child_of(training)
        await asyncio.sleep(0.3)
        follow = training.follow()
        told = [event for event in (await anext(follow), await anext(follow)) if event]
        assert [event["event"] for event in told] == ["clock", "started"]
        assert told[0]["seconds"] > told[1]["seconds"] == 0
        await training.close()
        assert gone(child)

    run_apart(scenario())
