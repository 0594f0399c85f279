"""Numbers of OFD's attributes: boxes, matrices, lists of steps."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Matrix:
    """x' = a·x + c·y + e, y' = b·x + d·y + f, as CTM is written."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def of(self, inner: "Matrix") -> "Matrix":
        """Return the matrix that applies `inner` first."""
        e, f = self(inner.e, inner.f)
        a, b = self(inner.a, inner.b)
        c, d = self(inner.c, inner.d)
        return Matrix(a - self.e, b - self.f, c - self.e, d - self.f, e, f)

    @property
    def scale(self) -> float:
        """How much larger things get."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c)) or 1.0


def numbers(text: str | None) -> list[float]:
    """Return the finite numbers of a list divided by blanks or commas; what is none is passed over."""
    found = []
    for one in (text or "").replace(",", " ").split():
        try:
            number = float(one)
        except ValueError:
            continue
        if math.isfinite(number):
            found.append(number)
    return found


def number(text: str | None, default: float) -> float:
    """Return a number, `default` where it is none."""
    return next(iter(numbers(text)), default)


def box(text: str | None) -> tuple[float, float, float, float] | None:
    """Return x, y, width and height; None where there are no four numbers."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None


def placement(boundary: str | None, ctm: str | None) -> Matrix:
    """Return the way from an object's space to the space around it: its matrix, then its boundary's corner."""
    x, y = [*numbers(boundary), 0.0, 0.0][:2]
    own = numbers(ctm)
    a, b, c, d, e, f = own[:6] if len(own) >= 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return Matrix(a, b, c, d, e + x, f + y)


def steps(text: str | None, most: int) -> list[float] | None:
    """Return DeltaX or DeltaY, at most `most` numbers; `g 3 5.6` is 5.6 three times. None where there is no list."""
    if not text or not text.strip():
        return None
    words = iter(text.split())
    found: list[float] = []
    for word in words:
        if len(found) >= most:
            break
        if word == "g":
            times, step = number(next(words, ""), 0), number(next(words, ""), 0)
            found += [step] * max(0, min(int(times), most - len(found)))
        else:
            found += numbers(word)
    return found[:most]
