"""Feed the mail reader with what atheris finds, until it raises or leaves its bounds.

`pip install atheris`, then `python tools/fuzz_mime.py CORPUS_DIR [SEED_DIR] -max_total_time=600`.
What it finds goes, made small, into tests/fuzz_corpus, which tests/unit/mail replays.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

with atheris.instrument_imports(include=["concierge.mail", "concierge.domain"]):
    from support.mail_bounds import assert_in_bounds

    from concierge.mail import mime


def one(raw: bytes) -> None:
    """Read one mail and hold it to what every message promises."""
    assert_in_bounds(mime.read(raw))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
