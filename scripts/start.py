"""Set all up and label a sample document, on any system, without make: python scripts/start.py

Makes .venv beside the code, installs the program into it with the versions of constraints.txt, and shows what it says
of a document written for this project. A second run installs nothing that is there already. `--setup` stops before the
sample.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # what is imported of the program needs no package
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXTRAS = ".[bulk,documents,excel,web]"
READY = VENV / "ready"
SAMPLE = "scripts/demo/speech.txt"
OLDEST = (3, 11)
_SAID = {
    "en": {
        "setting up": "loading the packages into .venv; that takes some minutes, once",
        "failed": "stopped: what is said above went wrong in: {}\n"
        "Mend it (a network? on Debian the package python3-venv?) and say the same again: it goes on from there.",
        "next": "next: label, correct and retrain in the browser:  ",
        "what": "Set the program up in .venv and label a sample document. A second run installs nothing that is there.",
        "help": "show this and leave",
        "setup": "set up only, label nothing",
    },
    "zh": {
        "setting up": "正在下载各软件包，装入 .venv，只有第一次需要几分钟",
        "failed": "已停止：下面这条命令出错，原因见上：{}\n"
        "请排除后（网络是否通？Debian 上是否装了 python3-venv？）再运行一次，会接着做。",
        "next": "下一步，在浏览器里标注、改正、再训练：  ",
        "what": "把程序装入 .venv，并判定一份示例文档。再次运行时，已装好的不会重装。",
        "help": "显示本说明后退出",
        "setup": "只安装，不判定示例",
    },
}


def main() -> int:
    """Set up, show; return the exit code."""
    if sys.version_info < OLDEST:
        wanted, here = ".".join(map(str, OLDEST)), sys.version.split()[0]
        print(
            f"需要 Python {wanted} 以上，这里是 {here}", file=sys.stderr
        )  # which language the system speaks is not told yet
        print(f"Python {wanted} or later is needed, this is {here}", file=sys.stderr)
        return 1
    from classifier.platforms import speaks_chinese  # noqa: PLC0415 - only from the oldest Python on

    said = _SAID["zh" if speaks_chinese() else "en"]
    setup_only = asked(said)
    os.chdir(ROOT)
    try:
        set_up(said["setting up"])
    except subprocess.CalledProcessError as error:
        print(said["failed"].format(" ".join(error.cmd)), file=sys.stderr)
        return 1
    if setup_only:
        return 0
    code = subprocess.run([str(BIN / "classify"), SAMPLE, "--format", "table"], check=False).returncode
    if code == 0:
        print(f"\n{said['next']}{shown(BIN / 'classify')} serve --open")
    return code


def asked(said: dict[str, str]) -> bool:
    """Return whether only to set up; show the help, or refuse an unknown option, and leave where that is asked for."""
    parser = argparse.ArgumentParser(description=said["what"], add_help=False)
    parser.add_argument("-h", "--help", action="help", help=said["help"])
    parser.add_argument("--setup", action="store_true", help=said["setup"])
    return bool(parser.parse_args().setup)


def set_up(say: str) -> None:
    """Install the program into .venv where it is not there as pyproject.toml and constraints.txt now say.

    `say`: printed before that, for it takes a while. Raises subprocess.CalledProcessError where a step fails.
    """
    wanted = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")))
    if READY.is_file() and READY.read_text(encoding="utf-8").strip() == wanted.hexdigest():
        return
    print(say, file=sys.stderr, flush=True)
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    pip = [str(python), "-m", "pip"]
    # without Debian's python3-venv a first try leaves an environment that has no pip
    if not python.exists() or subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    install = [*pip, "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--constraint", "constraints.txt", "--editable", EXTRAS], check=True)
    READY.write_text(wanted.hexdigest() + "\n", encoding="utf-8")


def shown(path: Path) -> str:
    """Return a path as it is typed from the project's folder."""
    short = str(path.relative_to(ROOT))
    return f'"{short}"' if " " in short else short


if __name__ == "__main__":
    sys.exit(main())
