"""How a person's words and addresses are kept: one way in, one way out, and blind look-ups.

Every column that holds somebody's words or address goes through these four functions and no
other, so that encrypting at rest is one change in one place. Today a sealed value is a version
byte and the plain bytes; what protects the data is the file's mode and the disk's encryption.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from concierge.errors import StoreUnavailable

#: The first byte of every sealed value, so that a later way of sealing can tell its values from
#: these and read both while a database is being converted.
_PLAIN = b"\x01"
#: 32 hex characters are 128 bits: two of ten million values meet by chance once in 10^24 times.
_INDEX_LENGTH = 32
#: A key shorter than this could be guessed, and then addresses could be tried one by one.
_SHORTEST_KEY = 16


def seal_bytes(value: bytes) -> bytes:
    """The stored form of private bytes."""
    return _PLAIN + value


def unseal_bytes(value: bytes) -> bytes:
    """The bytes that were sealed.

    Raises:
        StoreUnavailable: it was sealed in a way this version does not know.
    """
    if value[:1] != _PLAIN:
        raise StoreUnavailable(
            "The database holds values sealed in a way this version of the program does not know. "
            "Run the newer version that wrote them, or restore a backup."
        )
    return value[1:]


def seal(value: str) -> bytes:
    """The stored form of a private text. Lone surrogates of broken mail are kept as they are."""
    return seal_bytes(value.encode("utf-8", "surrogatepass"))


def unseal(value: bytes) -> str:
    """The text that was sealed; raises as :func:`unseal_bytes` does."""
    plain = value[1:] if value[:1] == _PLAIN else unseal_bytes(value)
    return plain.decode("utf-8", "surrogatepass")


def seal_json(value: Any) -> bytes:
    """The stored form of a private JSON value."""
    return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def unseal_json(value: bytes) -> Any:
    """The JSON value that was sealed; raises as :func:`unseal_bytes` does."""
    return json.loads(unseal(value))


# The same few are asked for again and again while one mail is placed.
@lru_cache(maxsize=64)
def blind_index(key: bytes, value: str) -> str:
    """What a private value is looked up by: equal values give equal indices, none can be undone.

    HMAC-SHA256, 32 hex characters. The caller folds the value (``Address.key``, a stripped
    Message-ID) first. Raises ValueError for a key under 16 bytes.
    """
    if len(key) < _SHORTEST_KEY:
        raise ValueError(f"the key for look-ups needs at least {_SHORTEST_KEY} bytes")
    digest = hmac.digest(key, value.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return digest.hex()[:_INDEX_LENGTH]
