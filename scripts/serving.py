"""A server for a script: the real command, in a process and a folder of its own, away from anybody's labels."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLASSIFY = str(Path(sys.executable).with_name("classify"))


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Yield the address of a server that knows no labels but those of the package; what is decided goes to `home`."""
    command = [CLASSIFY, "serve", "--port", "0"]
    environment = os.environ | {"CLASSIFIER_HOME": str(home)}
    with subprocess.Popen(command, cwd=home, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield next(line.split()[1] for line in server.stderr or () if "http://" in line)
        finally:
            server.terminate()
