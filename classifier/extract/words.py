"""What extracts say around their passages, in Chinese and English."""

from collections.abc import Callable
from typing import Literal

from classifier.documents.notes import Note
from classifier.extract.passage import Extract, Passage, UnreadDocument, Where
from classifier.labelling.taxonomy import Label
from classifier.model.decide import percent

Language = Literal["zh", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("{topics}摘编", "Extract: {topics}"),
    "contents": ("目录", "Contents"),
    "documents": ("文件清单", "Documents"),
    "unread": ("未能读取的文件", "Documents that could not be read"),
    "unread_rows": ("未能判定的表格行", "Rows of tables that could not be labelled"),
    "unread_both": (
        "未能读取的文件、未能判定的表格行",
        "Documents that could not be read, rows of tables that could not be labelled",
    ),
    "over": ("未作文件读取的其他文件", "Files of other kinds, passed over"),
    "none": ("无主题", "none"),
    "paragraph": ("第{n}段", "paragraph {n}"),
    "page": ("第{n}页", "page {n}"),
    "uncertain": ("存疑", "uncertain"),
    "recognised": ("识别所得", "recognised from a picture"),
    "decided": ("人工标注", "labelled by hand"),
    "again": ("又见", "also in"),
    "before": ("前句", "sentence before"),
    "after": ("后句", "sentence after"),
    "no": ("序号", "no."),
    "text": ("正文", "text"),
    "topics": ("主题", "topics"),
    "document": ("文件", "document"),
    "path": ("路径", "path"),
    "place": ("地方", "place"),
    "date": ("日期", "date"),
    "heading": ("所在标题", "under the heading"),
    "paragraph_no": ("段号", "paragraph"),
    "page_no": ("页码", "page"),
    "notes": ("说明", "notes"),
    "paragraphs": ("段数", "paragraphs"),
    "taken": ("摘录", "taken"),
    "repeated": ("重复", "repeated"),
    "state": ("读取情况", "read"),
    "read": ("已读", "yes"),
    "row_not_read": ("此行未判定：{reason}", "row not labelled: {reason}"),
    "not_read": ("未读：{reason}", "no: {reason}"),
    "yes": ("是", "yes"),
    "extract": ("摘编", "extract"),
    "no_passages": ("没有摘到内容。", "Nothing was found."),
    "summary": (
        "{documents}份文件，{passages}{unit}，其中存疑{uncertain}{unit}；又见于他处而不重列的{repeated}{unit}。",
        "{documents} documents, {passages} {unit}, {uncertain} of them uncertain; {repeated} more with the same text "
        "are not listed again.",
    ),
    "paragraph_unit": ("段", "paragraphs"),
    "sentence_unit": ("处", "passages"),
    "near": (
        "另有{n}段接近判定线，未收入。",
        "{n} more paragraphs came near a topic and are left out.",
    ),
    "made": ("由模型{model}标注{precision}，供人核对。", "Labelled by model {model}{precision}, for people to check."),
    "made_by_people": (
        "只收人工标注的内容：当前模型的标签与标注库不同。",
        "Labelled by people alone: the model in use knows other labels than the labels folder.",
    ),
    "precision": ("（查准率不低于{p}）", " (precision {p} or more)"),
    "unread_rows_count": (
        "表格中有{n}行未能判定，列在文末。",
        "{n} rows of tables could not be labelled; they are listed at the end.",
    ),
    "unread_count": ("未能读取的文件{n}份，列在文末。", "{n} documents could not be read; they are listed at the end."),
}


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """Return a word or a sentence with its values filled in."""
        said = _WORDS[key][self.language != "zh"]
        return said.format(**values) if values else said

    def topic(self, label: Label) -> str:
        """Return a topic's name."""
        return label.named(self.language)

    def topics(self, extract: Extract) -> str:
        """Return the names of what an extract holds."""
        names = [self.topic(topic) for topic in extract.topics] + ([self("none")] if extract.none else [])
        return ("、" if self.language == "zh" else ", ").join(names)

    def labels(self, extract: Extract, labels: tuple[str, ...]) -> str:
        """Return the names of a passage's topics."""
        names = {topic.id: self.topic(topic) for topic in extract.topics}
        return ("、" if self.language == "zh" else ", ").join(names[label] for label in labels) or self("none")

    def title(self, extract: Extract) -> str:
        """Return an extract's title."""
        return self("title", topics=self.topics(extract))

    def place(self, where: Where) -> str:
        """Return where in its document a passage stands: 第3页，第12段."""
        said = [self("page", n=where.page)] if where.page is not None else []
        comma = "，" if self.language == "zh" else ", "
        return comma.join([*said, self("paragraph", n=where.paragraph)])

    def heading(self, where: Where) -> str:
        """Return the headings a passage stands under on one line."""
        return " › ".join(" ".join(heading.split()) for heading in where.headings)

    def marks(self, extract: Extract, passage: Passage, *, topics: bool) -> list[str]:
        """Return what else is to be said of a passage: topics where there are several, doubt, OCR, whose decision."""
        said = [self.labels(extract, passage.labels)] if topics else []
        said += [self("uncertain") + f" {self.probability(passage)}"] if passage.uncertain else []
        said += [self("recognised")] if passage.recognised else []
        return said + ([f"{self('decided')} {passage.decided}"] if passage.decided else [])

    def probability(self, passage: Passage) -> str:
        """Return the probability of a passage's first topic, "" of one without."""
        return percent(passage.probabilities[passage.labels[0]]) if passage.labels else ""

    def source(self, extract: Extract, passage: Passage) -> str:
        """Return a passage's whole source on one line."""
        document = extract.documents[passage.where.document]
        parts = [document.name, *extract.told(passage.where), self.heading(passage.where), self.place(passage.where)]
        return " · ".join(part for part in parts if part)

    def again(self, extract: Extract, passage: Passage) -> list[str]:
        """Return where else the same text stands, a line each."""
        found = ((extract.documents[where.document], where) for where in passage.again)
        return [
            " · ".join(
                part for part in (one.name, *extract.told(where), self.heading(where), self.place(where)) if part
            )
            for one, where in found
        ]

    def unread(self, extract: Extract) -> str:
        """Return the heading of what could not be read: documents, rows of tables."""
        rows = sum(one.row for one in extract.unread)
        return self("unread_rows" if rows == len(extract.unread) else "unread_both" if rows else "unread")

    def not_read(self, unread: UnreadDocument) -> str:
        """Return why a document, or a row of a table, is not in the extract."""
        return self("row_not_read" if unread.row else "not_read", reason=unread.reason)

    def notes(self, notes: tuple[Note, ...]) -> str:
        """Return what was left out of a document as one sentence."""
        return ("；" if self.language == "zh" else "; ").join(note.say(self.language) for note in notes)

    def about(self, extract: Extract) -> list[str]:
        """Return what an extract says of itself in front, a line each."""
        unit = self(f"{extract.unit}_unit")
        repeated = sum(len(passage.again) for passage in extract.passages)
        near = sum(document.near for document in extract.documents)
        precision = self("precision", p=f"{extract.precision:.0%}") if extract.precision is not None else ""
        number: Callable[[int], str] = "{:,}".format
        summary = self(
            "summary", documents=number(len(extract.documents)), passages=number(len(extract.passages)), unit=unit,
            uncertain=number(sum(passage.uncertain for passage in extract.passages)), repeated=number(repeated),
        )  # fmt: skip
        lines = [summary, *([self("near", n=number(near))] if near else [])]
        rows = sum(one.row for one in extract.unread)
        lines += [self("unread_count", n=number(len(extract.unread) - rows))] if rows < len(extract.unread) else []
        lines += [self("unread_rows_count", n=number(rows))] if rows else []
        made = self("made", model=extract.model, precision=precision) if extract.model else self("made_by_people")
        tables = [
            f"{one.path}{'：' if self.language == 'zh' else ': '}{self.notes(one.notes)}" for one in extract.tables
        ]
        return [*lines, made, *extract.notes, *tables]
