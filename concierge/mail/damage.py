"""What staff are told when letters could not be read, or were read by a guess."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from concierge.domain.message import Defect
from concierge.mail import charset
from concierge.mail.parts import Part

# Text parts looked at: those of any letter, while a hostile mail has 500.
_PARTS = 30
# A text that long shows its charset; the rest of it would only take time.
_BYTES = 100_000


def declared_charset(root: Part) -> str:
    """The first charset any part names, which is the one its raw 8-bit headers are in too."""
    return next((p.params["charset"] for p in _walk(root) if p.params.get("charset")), "")


def defects(root: Part, headers: charset.Decoded | None, damaged: int) -> tuple[Defect, ...]:
    """Unreadable letters of the text (``damaged``), and the codecs that nobody had named.

    ``headers`` is what the raw 8-bit headers were read as, None when there are none.
    """
    found = []
    guesses = sorted(
        set(_guesses(root)) | ({headers.codec} if headers and headers.guessed else set())
    )
    if damaged:
        said = f"{damaged} unreadable letter{'s' * (damaged != 1)}."
        found.append(Defect("text_damaged", f"The text may be damaged: {said}"))
    if guesses:
        said = f"it names no usable charset; {' and '.join(guesses)} was guessed."
        found.append(Defect("charset_guessed", f"The text may be damaged: {said}"))
    return tuple(found)


def _guesses(root: Part) -> Iterator[str]:
    leaves = (part for part in _walk(root) if part.main == "text" and not part.children)
    for part in islice(leaves, _PARTS):
        # Plain ASCII needs no guess; in base64 and quoted-printable that shows only when decoded.
        if part.payload.isascii() and part.encoding not in {"base64", "quoted-printable"}:
            continue
        data = part.data()[:_BYTES]
        if not data.isascii():
            done = charset.decode(data, part.params.get("charset", ""))
            if done.guessed:
                yield done.codec


def _walk(part: Part) -> Iterator[Part]:
    yield part
    for child in part.children:
        yield from _walk(child)
