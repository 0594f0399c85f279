"""Which columns tell that scoring wrote a table."""

from classifier.bulk.labelled_tables import prefixes_in


def test_the_columns_of_scoring_stand_under_one_prefix() -> None:
    assert prefixes_in(["text", "labels", "primary", "uncertain"]) == {""}
    assert prefixes_in(["m_labels", "m_primary", "m_uncertain", "labels", "primary", "uncertain"]) == {"m_", ""}
    assert prefixes_in(["my_labels", "primary", "uncertain"]) == set(), "a table of somebody's own"
    assert prefixes_in(["text", "labels"]) == set()
