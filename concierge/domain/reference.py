"""A reference is a signed name of a case that survives being quoted, shouted and rewrapped."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

#: Part of what is signed, so that a later format can never be mistaken for this one.
_CONTEXT = b"concierge case reference v1"
#: 10 characters of 5 bits: 50 bits, so a guesser needs some 10^15 mails to hit one case.
_SIGNATURE_LENGTH = 10
#: Crockford's base32: no I, L, O, U, so that it survives being read out over the phone.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: What people type for the letters Crockford left out.
_LOOKALIKES = str.maketrans("ILO", "110")
#: A key shorter than this could be guessed instead of the token.
_SHORTEST_KEY = 16
#: Ids are SQLite integers: 18 digits always fit 63 bits.
_LARGEST_ID = 10**18 - 1

_ID = r"(0|[1-9][0-9]{0,17})"
_TOKEN = re.compile(
    rf"(?<![0-9A-Z])C-{_ID}-{_ID}-([0-9A-TV-Z]{{{_SIGNATURE_LENGTH}}})(?![0-9A-Z])",
    # ASCII keeps the long s and the Kelvin sign from counting as S and K.
    re.IGNORECASE | re.ASCII,
)
_NONCE = re.compile(r"[0-9A-Za-z]{1,64}")
_DOMAIN = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]{0,251}[0-9A-Za-z])?")

#: Characters read from each end of a text: our token stands in the subject, in a header, or near
#: where the quoted mail begins or ends, and a mail of many megabytes must not cost seconds.
TEXT_END = 100_000
#: Tokens checked in one message. A thread has a handful; more is an attack or a digest.
MOST_TOKENS = 1_000


@dataclass(frozen=True, slots=True)
class Reference:
    """Names a case and the draft that was sent, both by their ids (0 when there is no draft)."""

    case_id: int
    draft_id: int


def sign(key: bytes, reference: Reference) -> str:
    """The token for a reference, such as ``C-12-34-7ZK0M3Q9XD``.

    Raises ValueError for a key under 16 bytes or an id outside 0 to 10^18 - 1.
    """
    for number in (reference.case_id, reference.draft_id):
        if not 0 <= number <= _LARGEST_ID:
            raise ValueError(f"an id must be between 0 and {_LARGEST_ID}, not {number}")
    return f"C-{reference.case_id}-{reference.draft_id}-{_signature(key, reference)}"


def verify(key: bytes, token: str) -> Reference | None:
    """The reference a token stands for, or None when we did not sign it.

    Upper and lower case are one, and I, L, O read as 1, 1, 0. The comparison takes the same time
    wherever the first difference is. Raises ValueError for a key under 16 bytes.
    """
    found = _TOKEN.fullmatch(token.strip())
    return _verified(key, found) if found else None


def message_id(key: bytes, reference: Reference, nonce: str, domain: str) -> str:
    """A Message-ID that carries the token: ``<token.nonce@domain>``, angle brackets included.

    ``nonce`` tells two mails of one draft apart: 1 to 64 ASCII letters and digits. Raises
    ValueError when it, the domain, the key or an id is out of bounds.
    """
    if not _NONCE.fullmatch(nonce):
        raise ValueError("a nonce is 1 to 64 ASCII letters and digits")
    if not _DOMAIN.fullmatch(domain):
        raise ValueError(f"not a domain for a Message-ID: {domain!r}")
    return f"<{sign(key, reference)}.{nonce}@{domain}>"


def find_references(key: bytes, texts: Iterable[str]) -> tuple[Reference, ...]:
    """Every reference of ours in these texts, each once, in the order they were found.

    Give it In-Reply-To, References, To, the subject and the body; put what is hardest to come by
    first. A found reference proves that the writer saw a mail of ours, not who the writer is.
    Time is linear in the text; of each text the first and last 100,000 characters are read.
    """
    found = (_verified(key, match) for match in islice(_candidates(texts), MOST_TOKENS))
    return tuple(dict.fromkeys(reference for reference in found if reference is not None))


def _candidates(texts: Iterable[str]) -> Iterator[re.Match[str]]:
    for text in texts:
        for part in _ends(text):
            yield from _TOKEN.finditer(part)


def _ends(text: str) -> tuple[str, ...]:
    if len(text) <= 2 * TEXT_END:
        return (text,)
    return (text[:TEXT_END], text[-TEXT_END:])


def _verified(key: bytes, match: re.Match[str]) -> Reference | None:
    reference = Reference(int(match[1]), int(match[2]))
    given = match[3].upper().translate(_LOOKALIKES)
    return reference if hmac.compare_digest(given, _signature(key, reference)) else None


def _signature(key: bytes, reference: Reference) -> str:
    if len(key) < _SHORTEST_KEY:
        raise ValueError(f"the key for references needs at least {_SHORTEST_KEY} bytes")
    signed = b"%s\0%d\0%d" % (_CONTEXT, reference.case_id, reference.draft_id)
    number = int.from_bytes(hmac.digest(key, signed, hashlib.sha256)[:8], "big")
    # The lowest 50 of 64 bits; any fixed choice of HMAC bits is as good as another.
    return "".join(_ALPHABET[number >> (5 * i) & 31] for i in reversed(range(_SIGNATURE_LENGTH)))
