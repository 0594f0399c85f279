"""No two documents are called the same."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.display_names import display_names


def test_the_folder_stands_there_where_names_repeat() -> None:
    assert display_names(["材料/甲/报告.txt", "材料/乙/报告.txt", "材料/讲话.txt"]) == [
        "甲/报告.txt",
        "乙/报告.txt",
        "讲话.txt",
    ]


def test_the_folder_stands_there_where_only_the_endings_tell_names_apart() -> None:
    """One county sends Word, the other a PDF; in one folder they are the same report twice."""
    assert display_names(["甲/报告.docx", "乙/报告.pdf"]) == ["甲/报告.docx", "乙/报告.pdf"]
    assert display_names(["甲/报告.docx", "甲/报告.pdf", "甲/讲话.txt"]) == ["报告.docx", "报告.pdf", "讲话.txt"]


def test_as_many_folders_as_it_takes() -> None:
    assert display_names(["a/x/报告.txt", "b/x/报告.txt"]) == ["a/x/报告.txt", "b/x/报告.txt"]


def test_one_that_was_read_twice_is_numbered() -> None:
    assert display_names(["报告.txt", "报告.txt"]) == ["报告.txt", "报告.txt (2)"]


PATHS = st.lists(
    st.lists(st.sampled_from(["a", "b", "c.txt", "c.txt (2)"]), min_size=1, max_size=4).map("/".join), max_size=8
)


@given(PATHS)
def test_names_differ(paths: list[str]) -> None:
    found = display_names(paths)
    assert len(set(found)) == len(paths)
    assert all(name.split("/")[-1].startswith(path.split("/")[-1]) for name, path in zip(found, paths, strict=True))
