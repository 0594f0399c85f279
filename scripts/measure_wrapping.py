"""How many paragraphs of hard-wrapped text are put together again, and whether text that is not wrapped stays as it is.

python scripts/measure_wrapping.py LABELS_FOLDER: the documents of its paragraphs/*.jsonl, and the reports and the
speech of scripts/demo, are wrapped at 30 to 90 columns; a line each, the share of paragraphs that come out whole.
"""

import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from classifier.documents.document import Document
from classifier.text.split import split

_DEMO = Path(__file__).parent / "demo"
_WIDTHS = (30, 36, 40, 50, 56, 60, 64, 70, 72, 76, 80, 90)
_NOT_AT_HEAD = "，。、；：？！”’》）"
_LONG = 300  # characters of a paragraph at most: longer ones are cut, wrapped or not


def main(folder: Path) -> None:
    """Print the table."""
    groups = {"demo": list(_demo()), "labelled": list(_labelled(folder))}
    groups["all in one"] = [[line for text in groups["demo"] for line in text]]
    print("documents", "marks at head", "indent", "blank line", *_WIDTHS, sep="\t")
    for (name, texts), kinsoku, indent, gap in product(groups.items(), (True, False), ("　　", ""), ("\n", "\n\n")):
        shares = (_share(texts, width, indent, kinsoku, gap) for width in _WIDTHS)
        signs = ["no" if kinsoku else "yes", "yes" if indent else "no", "yes" if gap == "\n\n" else "no"]
        print(name, *signs, *(f"{share:.1%}" for share in shares), sep="\t", flush=True)
    for name, texts in _unwrapped(groups).items():
        same = sum(_split("\n".join(text)) == _alone(text) for text in texts)
        print(f"not wrapped, {name}: {same} of {len(texts)} documents as they were")


def wrapped(text: str, width: int, kinsoku: bool = True) -> str:
    """Return a text cut at so many columns; with `kinsoku` no mark stands at a line's head and no number is cut."""
    lines: list[str] = []
    rest = text
    while (end := _fitting(rest, width)) < len(rest):
        while kinsoku and end > 1 and (rest[end] in _NOT_AT_HEAD or (rest[end].isdigit() and rest[end - 1].isdigit())):
            end -= 1
        lines.append(rest[:end])
        rest = rest[end:]
    return "\n".join([*lines, rest])


def _fitting(text: str, width: int) -> int:
    taken = 0
    for at, character in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if taken > width:
            return at
    return len(text)


def _demo() -> Iterator[list[str]]:
    for path in [*sorted(_DEMO.glob("材料/*/*.txt")), _DEMO / "speech.txt"]:
        yield [_bare(paragraph) for paragraph in _split(path.read_text(encoding="utf-8"))]


def _labelled(folder: Path) -> Iterator[list[str]]:
    for path in sorted(folder.glob("paragraphs/*.jsonl")):
        documents = defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            documents[row["doc"]].append(_bare(row["text"]))
        yield from ([text for text in texts if len(text) <= _LONG] for texts in documents.values())


def _unwrapped(groups: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    """Return texts of lines as they were meant: documents, and many lines of one width without an end of sentence."""
    texts = [text for name in ("demo", "labelled") for text in groups[name]]
    clauses = [part for text in texts for line in text for part in re.split("[，。；：！？、]", line) if part]
    sentences = [one for text in texts for line in text for one in re.findall("[^。]+。", line)]
    headings = [line for text in texts for line in text if not re.search("[。，；]", line)]
    return {
        "paragraphs": texts,
        "headings": _even(headings, 1),
        "clauses of one length": _even(clauses, 1),
        "clauses of like length": _even(clauses, 3),
        "sentences of like length": _even(sentences, 3),
        "a clause and a sentence by turns": [
            [line for pair in zip(a, b, strict=False) for line in pair]
            for a, b in zip(_even(clauses, 3), _even(sentences, 3), strict=False)
        ],
    }


def _even(lines: Sequence[str], spread: int) -> list[list[str]]:
    """Return texts of 4 and of 12 lines with lengths from one to `spread` characters apart, 12 to 40 characters."""
    texts = []
    for least in range(12, 40):
        fitting = sorted({line for line in lines if least <= len(line) < least + spread})
        texts += [fitting[at : at + n] for n in (4, 12) for at in range(0, len(fitting) - n + 1, n)]
    return texts


def _share(texts: Sequence[Sequence[str]], width: int, indent: str, kinsoku: bool, gap: str) -> float:
    whole = total = 0
    for text in texts:
        lines = [wrapped((indent if len(line) > 20 else "") + line, width, kinsoku) for line in text]
        found = {_bare(one) for one in _split(gap.join(lines))}
        whole += sum(line in found for line in text)
        total += len(text)
    return whole / total


def _alone(text: Sequence[str]) -> list[str]:
    """Return the paragraphs that the lines give with a blank line between them: what is not wrapped stays so."""
    return [re.sub(r"\n+", "\n", one) for one in _split("\n\n".join(text))]


def _split(text: str) -> list[str]:
    return [paragraph.text for paragraph in split(Document("", text))]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
