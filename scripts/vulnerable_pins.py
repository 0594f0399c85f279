"""Say what pip-audit found of the pinned packages: python scripts/vulnerable_pins.py FOUND.json (`.ci/audit` calls it).

Exit code 1 where one of them has a known vulnerability, or where the database knew some of them and not all the others;
0 where it knew all and found nothing, and where no database was reached at all, which is said.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def verdict(found: dict[str, Any]) -> tuple[int, str]:
    """Return the exit code and what is said of an answer of `pip-audit --format json`; {} stands for none."""
    packages = found.get("dependencies", [])
    known = [one for one in packages if "skip_reason" not in one]
    if not known:
        return 0, "no database of vulnerabilities can be reached: nothing is known of them"
    lines = [
        f"{one['name']} {one['version']}: {bad['id']}, mended in {', '.join(bad['fix_versions']) or 'no version'}"
        for one in known
        for bad in one["vulns"]
    ]
    lines += [f"{one['name']}: {one['skip_reason']}" for one in packages if "skip_reason" in one]
    return (1, "\n".join(lines)) if lines else (0, f"none is known of {len(known)} packages")


def main() -> int:
    """Read the answer, say the verdict, return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("found", type=Path, metavar="FOUND.json", help="one that is not there is an answer of nothing")
    path = parser.parse_args().found
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    code, said = verdict(json.loads(text or "{}"))
    print(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
