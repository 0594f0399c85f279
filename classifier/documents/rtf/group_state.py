"""What a group of an RTF file may change, and what its end gives back."""

from dataclasses import dataclass


@dataclass(slots=True)
class GroupState:
    """Character and paragraph properties in force, and what the group is for."""

    font: int | None = None
    substitutes: int = 1  # \uc
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    depth: int = 0  # \itap
    outline: int | None = None
    style: int = -1
    list: int = 0
    list_level: int = 0
    flow: bool = False  # the group is a flow of its own
    alternatives: bool = False  # \upr: its first group is the same text again, for old readers
    known: bool = False  # a field whose instruction says what it shows: the stored result is left
    in_object: bool = False

    def reset_paragraph(self) -> None:
        """Take the paragraph's properties back, as the control word pard does."""
        self.in_table, self.depth, self.outline, self.style = False, 0, None, -1
        self.list = self.list_level = 0

    @property
    def table_depth(self) -> int:
        """In how many tables the paragraph stands, one inside the other; 0 outside."""
        return max(1, self.depth) if self.in_table else (self.depth > 1) * self.depth
