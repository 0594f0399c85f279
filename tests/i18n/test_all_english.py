"""Whatever English stands in the source reads in Chinese as well, or is named here with the reason why nobody reads it.

`test_sentences` looks at what is raised and said; this looks at every text, for parts of messages are made elsewhere: why
a value cannot be scored, what was passed over, what an audit finds.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from classifier.i18n.sentences import translated
from tests.i18n.test_sentences import ENGLISH, PACKAGE, is_chinese, read_in_chinese, template

MODULES = {  # all their texts
    "extract/words.py": "both languages side by side",
    "extract/correcting.py": "both languages side by side",
    "extract/labelled.py": "both languages side by side",
    "documents/notes.py": "both languages side by side",
    "labelling/exchange/correction_columns.py": "both languages side by side",
    "labelling/similar_paragraph.py": "both languages side by side",
    "cli/compare.py": "verdicts in both languages; the help is in help.zh.toml",
    "cli/labels_import.py": "both languages side by side; the help is in help.zh.toml",
    "text/pinyin.py": "syllables",
    "documents/number_formats.py": "names of Word",
    "extract/word/styles.py": "names of fonts",
    "training/model_card.py": "CARD.md is in English",
    "training/portable.py": "CARD.md is in English",
    "training/evaluation.py": "CARD.md is in English",
    "labelling/folder/init.py": "a comment in a file",
    "labelling/folder/appending.py": "a log",
    "labelling/folder/label_folder.py": "a log",
    "web/middleware/metrics.py": "for Prometheus",
    "web/app.py": "what OpenAPI says, and who starts the server",
    "web/server.py": "who starts the server",
    "__init__.py": "who imports what is not there",
    "bulk/score_spark.py": "Spark's own output",
    "cli/score_spark.py": "Spark's own output",
}
BEGINNINGS = {  # parts whose whole sentence another test holds, or that are for programs
    "web/labelstudio/": "for Label Studio, whose messages are English",
    "web/routes/": "descriptions of OpenAPI",
    "model/": "of files that programs wrote; a sentence stands round them",
    "documents/": "of damaged files; a sentence stands round them, with which they are left out",
    "extract/formats.py": "a name of a package",
    "bulk/compression.py": "a name of a package",
    "labelling/exchange/doccano.py": "a format's name",
    "labelling/exchange/labelstudio.py": "a format's name",
    "labelling/exchange/recognise.py": "a format's name",
    "labelling/exchange/json_formats.py": "a format's name",
    "labelling/labelled_paragraph.py": "a value in files",
    "own_outputs.py": "columns of files, in both languages",
    "text/cut.py": "a program's name",
}
PARTS = {  # texts of which a longer one is made, which reads in Chinese
    "numbers do not end", "a row a sentence", "in strict Open XML", "results of sentences have places",
    "the document cannot be read: ", "; what was scored is kept: mend it and go on with --resume", "; what is too much: {}",
    "thresholds and labels", "true or false", "holds the error ", "above the headings", "the headings stand there once more",
    "their words, sentence by sentence, would give the text away", "{} has no place for them; jsonl, csv and xlsx do",
    "not read again, being in a table already",
    "counted once in all, and once wherever they lie, holding the same text (--count-repeated counts each)",
    "that labelled these", "passed over, being empty", "passed over, being of another kind", "passed over, being an output of classify", "passed over, being labels and no document", "passed over, being a link to nothing",
    "passed over, being a link to a folder", "passed over, being a folder that cannot be opened",
    "passed over, being neither a file nor a folder", "; go on with --resume",
    "{} paragraphs of this package", "; the headings are: {}", "headings for text (文本) and label (标签)",
    "put paragraphs of your own into a table with the headings 文本 and 标签 (text and label)",
    "labels⇥text without headings", "text⇥labels without headings", "sheet {}, {}{} {}: hidden; passed over",
    "; restore the file from a copy",
    "{}: does not name the batch {}, whose decisions count all the same{}", "{}: not a journal's line: {}{}",
    "{}: not a journal's line: it has no {}{}", "somebody else has decided on this {} meanwhile; nothing was stored",
    "the decision on this {} was taken back meanwhile; nothing was stored", "({} words without text)", "a label stands twice",
    "holds the error {}; correct it and save the file again", "threads of comments",
    "is a formula without a stored result; open the file in Excel and save it", "is a picture (DISPIMG), not text",
    "is merged with row {}; unmerge and fill the cells", "typical of the rest ({}?)", "learning curve: with {} of the labels",
    "labelled {}; {} the same as {}: ", "not worse than", "a paragraph without words is like none",
    "it is {} {} on {} paragraphs not seen: macro-F1 {} against {}, difference {} [{}, {}]",
}  # fmt: skip
WHOLE = [  # sentences of parts that other modules give, as they come out
    "甲.xlsx: sheet 一月, row 1: above the headings; passed over",
    "甲.xlsx: sheet 一月, rows 3, 7: hidden; passed over",
    "甲.xlsx: sheet 一月, column C (备注): hidden; passed over",
    "甲.csv: line 3: the headings stand there once more; passed over",
    "甲.xlsx: a row a sentence: the output is a new workbook, without other sheets, formats and formulas",
    "the text holds the error #N/A; correct it and save the file again",
    "the text is a formula without a stored result; open the file in Excel and save it",
    "the text is merged with row 3; unmerge and fill the cells",
    "the text is true or false, not a text",
    "甲.jsonl:3: labelled 民生; 93% the same as 乙.jsonl:4: 营商环境",
    "甲.jsonl:3: labelled 民生; other documents speak for: 营商环境 (0.93)",
    "close call: 民生 livelihood (56%)",
    "representative of many: 营商环境 business environment (20%), a rare label (3)",
    "typical of 营商环境 business environment: 企业, 审批",
    "民生, sentences: no threshold reached precision 0.95 out of fold; none was measured",
    "(not said)",
    "labels of 2 sentences are left out: their words, sentence by sentence, would give the text away",
    "labels of 2 sentences are left out: doccano has no place for them; jsonl, csv and xlsx do",
]


COMPOSED = [  # sentences inside sentences: the inner one has to be read as well
    "V2 is in use: V1 knows other labels",
    "V2 is in use: it is the first model",
    "V2 is in use: it is better than V1 on 1,234 paragraphs not seen: macro-F1 0.812 against 0.800, difference +0.012 "
    "[+0.003, +0.022]",
    "V2 is in use: it is not worse than V1 on 86 paragraphs not seen: macro-F1 0.812 against 0.800, difference +0.012 "
    "[-0.003, +0.022]; but worse on 民生 livelihood; worse on 营商环境 business environment",
    "V2 is NOT in use: it is worse than V1 on 86 paragraphs not seen: macro-F1 0.812 against 0.800, difference -0.012 "
    "[-0.003, -0.022] (classify models promote V2 puts it to use)",
    "labels: 86 of 标注",
    "labels: 3,000 paragraphs of this package",
    "labels: 3,000 paragraphs of this package and 86 of 标注, each counting 3 times",
    "甲.jsonl:3: labelled 农业; other documents speak for: not 安全 (0.03), 生态 (0.93)",
    "甲.jsonl:3: characters 0 to 12 are labelled 农业; other documents speak for: 生态 (0.93), not 农业 (0.02)",
]
_TWO_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|: it |\bnot\b|\bof\b")


@pytest.mark.parametrize("text", COMPOSED)
def test_a_sentence_inside_another_reads_in_chinese(text: str) -> None:
    """Three English words in a row are too coarse a sieve for short parts, and a part that reads alone may not within."""
    read = re.sub("`.*?`", "", translated(text, "zh"))
    assert not _TWO_WORDS.search(read), read


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and template of each text of a module that is no docstring, no pattern and no help of an option."""
    tree = ast.parse(source)
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in {"compile", "Option", "Argument", "Query", "Field", "Typer", "spoken"}:
                passed |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) not in passed and isinstance(node, ast.Constant | ast.JoinedStr) and (text := template(node)):
            yield node.lineno, text


def unread() -> dict[str, str]:
    """Return the texts that nobody put into Chinese, by their places."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if module in MODULES or module.startswith(tuple(BEGINNINGS)):
            continue
        for line, text in texts(path.read_text(encoding="utf-8")):
            is_help = module.startswith("cli/") and ("\b" in text or text.startswith("Exit codes"))
            if ENGLISH.search(text.replace("{}", " ")) and not (is_help or text in PARTS or read_in_chinese(text)):
                found[f"{module}:{line}"] = text
    return found


def test_every_text_reads_in_chinese() -> None:
    assert not (found := unread()), "\n".join(f"{place}: {text!r}" for place, text in found.items())


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_made_of_parts_reads_in_chinese(text: str) -> None:
    assert is_chinese(translated(text, "zh")), translated(text, "zh")


def test_no_exception_is_left_that_nothing_needs() -> None:
    every = {text for path in PACKAGE.rglob("*.py") for _, text in texts(path.read_text(encoding="utf-8"))}
    assert sorted(PARTS - every) == []
    modules = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    assert [one for one in BEGINNINGS if not any(module.startswith(one) for module in modules)] == []
