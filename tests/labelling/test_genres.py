"""Every kind of text that the labels of this package name has a name in Chinese."""

from classifier.labelling.corpus import read_corpus
from classifier.labelling.genres import genre_in
from classifier.labelling.similar_paragraph import SimilarParagraph
from classifier.places import packaged


def test_genres_of_the_package_are_chinese_in_chinese() -> None:
    genres = {one.genre for one in read_corpus(packaged("labels")).paragraphs if one.genre}
    assert len(genres) > 10
    names = [genre_in(one, "zh") for one in genres]
    assert not [one for one in names if one.isascii()]
    assert len(set(names)) == len(names)
    assert {genre_in(one, "en") for one in genres} == genres
    assert genre_in("县志", "zh") == "县志"


def test_a_similar_paragraph_says_its_genre_in_the_reader_s_language() -> None:
    one = SimilarParagraph((), 0.3, False, None, ("好事",), "f:1", genre="county_report", year="2020")
    assert "2020 县区工作报告" in one.in_words(str, "zh", 30)
    assert "2020 county_report" in one.in_words(str, "en", 30)
