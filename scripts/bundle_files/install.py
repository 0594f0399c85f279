"""Install from this folder alone, without a network: python install.py FOLDER. install.sh and install.cmd call it."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"


def main() -> int:
    """Check, install, try; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if len(sys.argv) != 2:
        print("用法 usage: install FOLDER", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1]).absolute()
    about = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
    problem = other_machine(about) or occupied(folder) or changed()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    try:
        command = install(folder, about["install"])
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        print(f"没有装成，已清除 not installed, cleared away: {error}", file=sys.stderr)
        return 1
    print(f"安装完成 installed: {command}")
    print(f"试一试 try it:  {quoted(command)} 文件.docx      {quoted(command)} serve --open")
    return 0


def other_machine(about: dict[str, object]) -> str:
    """Say why this is not the machine that the bundle is for; "" where it is."""
    python = "{}.{}".format(*sys.version_info)
    if python != about["python"]:
        return f"需要 Python {about['python']}，这里是 {python}。 Python {about['python']} is needed, this is {python}."
    machine, wanted = platform.machine(), about["machine"]
    if sys.platform != about["system"] or machine.lower() not in [one.lower() for one in wanted]:  # type: ignore[attr-defined]
        where = f"{about['system']} {'/'.join(wanted)}"  # type: ignore[arg-type]
        return f"这个安装包用于 {where}，这里是 {sys.platform} {machine}。 This bundle is for another kind of machine."
    return ""


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
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
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
    command = scripts / ("classify.exe" if os.name == "nt" else "classify")
    subprocess.run([str(command), "--version"], check=True, stdout=subprocess.DEVNULL)
    return command


def quoted(path: Path) -> str:
    """Return a path as it is typed."""
    return f'"{path}"' if " " in str(path) else str(path)


if __name__ == "__main__":
    sys.exit(main())
