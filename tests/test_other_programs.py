"""Tests that need a font are passed over where there is none, and nowhere else."""

from pathlib import Path

from tests.other_programs import holds_fonts


def test_a_folder_of_fonts_is_told_from_others(tmp_path: Path) -> None:
    assert not holds_fonts(str(tmp_path), str(tmp_path / "none"))
    (tmp_path / "truetype" / "a").mkdir(parents=True)
    (tmp_path / "fonts.conf").touch()
    assert not holds_fonts(str(tmp_path))
    (tmp_path / "truetype" / "a" / "song.ttc").touch()
    assert holds_fonts(str(tmp_path))
