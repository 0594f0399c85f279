"""The source archive holds what the repository does: its tests and its pages' pictures are there, and nothing beside it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALWAYS = {".gitignore", "pyproject.toml", "PKG-INFO"}  # which hatchling adds itself


def test_the_source_archive_holds_what_the_repository_holds() -> None:
    builders = pytest.importorskip("hatchling.builders.sdist")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not in a checkout of git")
    kept = {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    packed = {one.distribution_path for one in builders.SdistBuilder(str(ROOT)).recurse_included_files()}
    assert kept - packed <= ALWAYS
    assert {name.split("/")[0] for name in packed} <= {name.split("/")[0] for name in kept}
