"""Install from this folder alone, without a network: python install.py FOLDER. install.sh and install.cmd call it.

Without FOLDER it asks for one, and waits for a key at the end: so a double click on install.cmd will do, too.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"
SENTENCE = "全县新建两所小学，改造老旧小区。"
RECOGNITION = ("cv2", "onnxruntime", "rapidocr")  # what scans are read with; the rest does without
LIBRARIES = (
    "Linux：请安装 libstdc++6（有的系统叫 libstdc++）；Windows：请安装 Microsoft Visual C++ 2015-2022 运行库（x64）。 "
    "Linux: install libstdc++6 (or libstdc++); Windows: install the Microsoft Visual C++ 2015-2022 runtime (x64)."
)


def main() -> int:
    """Check, install, try; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    asks = len(sys.argv) == 1 and sys.stdin is not None and sys.stdin.isatty()
    if not asks and len(sys.argv) != 2:
        print("用法 usage: install FOLDER", file=sys.stderr)
        return 2
    try:
        code = set_up(asked() if asks else given(sys.argv[1]))
        if asks:
            input("按回车键结束 press Enter to end ")
    except (EOFError, KeyboardInterrupt):
        return 1
    return code


def on_windows() -> bool:
    """Tell whether this is Windows."""
    return os.name == "nt"


def given(argument: str) -> Path:
    r"""Return the folder that was typed; of a quoted one that ends in \ cmd hands the quotation mark on, too."""
    return Path(argument.rstrip('"') if on_windows() else argument).absolute()


def asked() -> Path:
    """Ask for the folder."""
    default = Path.home() / "classifier"
    typed = input(f"装到哪个文件夹？直接回车为 Which folder? Enter alone takes {default}\n> ").strip().strip('"')
    return Path(typed).absolute() if typed else default


def set_up(folder: Path) -> int:
    """Check, install into a folder, try; return the exit code."""
    about = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
    problem = other_machine(about) or occupied(folder) or changed()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    try:
        command = install(folder, about["install"])
        shutil.copyfile(HERE / "bundle.json", folder / "bundle.json")  # what is asked for and not in it is said by it
        problem = fails(command)
    except (OSError, subprocess.CalledProcessError) as error:
        problem = str(error)
    except KeyboardInterrupt:
        problem = "Ctrl-C"
    if problem:
        shutil.rmtree(folder, ignore_errors=True)
        print(f"没有装成，已清除 not installed, cleared away: {problem}", file=sys.stderr)
        return 1
    print(f"安装完成 installed: {command}")
    print(f"试一试 try it:  {quoted(command)} 文件.docx      {quoted(command)} serve --open")
    return 0


def other_machine(about: dict[str, object]) -> str:
    """Say why this is not the machine that the bundle is for; "" where it is."""
    python = "{}.{}".format(*sys.version_info)
    if python != about["python"]:
        return f"需要 Python {about['python']}，这里是 {python}。 Python {about['python']} is needed, this is {python}."
    if sys.maxsize < 2**32:
        return "这里的 Python 是 32 位的，需要 64 位的。 This Python is of 32 bits; one of 64 bits is needed."
    machine, wanted = machine_of_python(), about["machine"]
    if sys.platform != about["system"] or machine.lower() not in [one.lower() for one in wanted]:  # type: ignore[attr-defined]
        where = f"{about['system']} {'/'.join(wanted)}"  # type: ignore[arg-type]
        return f"这个安装包用于 {where}，这里是 {sys.platform} {machine}。 This bundle is for another kind of machine."
    return ""


def machine_of_python() -> str:
    """Return the kind of machine that this Python was made for: Windows on Arm runs those of other machines, too."""
    built = sysconfig.get_platform()
    return built.removeprefix("win-") if built.startswith("win-") else platform.machine()


def occupied(folder: Path) -> str:
    """Say that a folder is not free; "" where it is: nothing that is there is written over."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        return f"{folder}: 已经存在且不是空文件夹，请另选一个。 is there already; choose another folder."
    return ""


def changed() -> str:
    """Say which file is not what was packed; "" where all are."""
    lines = (HERE / SUMS).read_text(encoding="utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}  # as sha256sum writes them
    here = {path.relative_to(HERE).as_posix() for path in (HERE / "wheels").iterdir()}
    for name in sorted(here - sums.keys()):
        return f"{name}: 不属于这个安装包。 is no part of this bundle; nothing is installed."
    for name, expected in sums.items():
        path = HERE / name
        if not path.is_file():
            return f"{name}: 缺失。 is missing; unpack the bundle again."
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            return f"{name}: 与打包时不同。 was changed or damaged; unpack or copy the bundle again."
    return ""


def install(folder: Path, wanted: str) -> Path:
    """Make an environment and install into it; return the command."""
    subprocess.run([sys.executable, "-I", "-m", "venv", "--without-pip", str(folder)], check=True)
    scripts = folder / ("Scripts" if on_windows() else "bin")
    python = scripts / ("python.exe" if on_windows() else "python")
    pip = next((HERE / "wheels").glob("pip-*.whl")) / "pip"  # pip runs out of its wheel: some systems' venv lacks it
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PYTHONUTF8": "1"}
    subprocess.run(
        [
            str(python), str(pip), "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-cache-dir",
            "--only-binary", ":all:", "--find-links", str(HERE / "wheels"), wanted,
        ],
        check=True, env=environment,
    )  # fmt: skip
    return scripts / ("classify.exe" if on_windows() else "classify")


def fails(command: Path) -> str:
    """Label a sentence; say why that fails, "" where it does not. Scans that cannot be read are told of, no more."""
    with tempfile.TemporaryDirectory() as work:
        text = Path(work) / "one.txt"
        text.write_text(SENTENCE, encoding="utf-8")
        environment = os.environ | {"CLASSIFIER_HOME": str(Path(work) / "home"), "PYTHONUTF8": "1"}
        reason = complaint([str(command), str(text)], work, environment)
        if not reason and any((HERE / "wheels").glob("onnxruntime-*")):
            python = command.with_name("python.exe" if on_windows() else "python")
            unread = complaint([str(python), "-I", "-c", f"import {', '.join(RECOGNITION)}"], work, environment)
            if unread:
                print(f"注意：扫描件还不能识别 note: scans cannot be read yet: {unread}\n{LIBRARIES}", file=sys.stderr)
    return f"{reason}\n{LIBRARIES}" if reason else ""


def complaint(command: list[str], folder: str, environment: dict[str, str]) -> str:
    """Run a command; return the line that says why it fails, "" where it does not."""
    done = subprocess.run(command, capture_output=True, check=False, cwd=folder, env=environment)
    if not done.returncode:
        return ""
    lines = [line for line in done.stderr.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
    telling = [line for line in lines if "Error: " in line and line.partition("Error: ")[2].strip()]
    return (telling or lines or [f"{command[0]}: {done.returncode}"])[-1].strip()


def quoted(path: Path) -> str:
    """Return a path as it is typed."""
    return f'"{path}"' if " " in str(path) else str(path)


if __name__ == "__main__":
    sys.exit(main())
