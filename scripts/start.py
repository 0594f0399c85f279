"""Set all up and label a sample document, on any system, without make: python scripts/start.py

Makes .venv beside the code, installs the program into it with the versions of constraints.txt, and shows what it says
of a document written for this project. A second run installs nothing that is there already. `--setup` stops before the
sample.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXTRAS = ".[bulk,documents,excel,web]"
READY = VENV / "ready"
SAMPLE = "scripts/demo/speech.txt"
OLDEST = (3, 11)


def main() -> int:
    """Set up, show; return the exit code."""
    if sys.version_info < OLDEST:
        print(
            f"Python {'.'.join(map(str, OLDEST))} or later is needed, this is {sys.version.split()[0]}", file=sys.stderr
        )
        return 1
    os.chdir(ROOT)
    set_up()
    if "--setup" in sys.argv[1:]:
        return 0
    code = subprocess.run([str(BIN / "classify"), SAMPLE, "--format", "table"], check=False).returncode
    if code == 0:
        print(f"\nnext: label, correct and retrain in the browser:  {shown(BIN / 'classify')} serve --open")
    return code


def set_up() -> None:
    """Install the program into .venv where it is not there as pyproject.toml and constraints.txt now say."""
    wanted = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")))
    if READY.is_file() and READY.read_text(encoding="utf-8").strip() == wanted.hexdigest():
        return
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--constraint", "constraints.txt", "--editable", EXTRAS], check=True)
    READY.write_text(wanted.hexdigest() + "\n", encoding="utf-8")


def shown(path: Path) -> str:
    """Return a path as it is typed from the project's folder."""
    short = str(path.relative_to(ROOT))
    return f'"{short}"' if " " in short else short


if __name__ == "__main__":
    sys.exit(main())
