"""What is encrypted or signed: recognised and cut out, never decrypted, no signature checked."""

from __future__ import annotations

from collections.abc import Iterator

_PGP_BEGIN, _PGP_END = "-----BEGIN PGP MESSAGE", "-----END PGP MESSAGE-----"
_SIGNED_BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE_BEGIN, _SIGNATURE_END = "-----BEGIN PGP SIGNATURE", "-----END PGP SIGNATURE-----"
_KEY_BEGIN, _KEY_END = "-----BEGIN PGP PUBLIC KEY", "-----END PGP PUBLIC KEY BLOCK-----"
# A letter with more armoured pieces than this was made to cost time.
_PIECES = 50

# Object identifiers of CMS (RFC 5652, RFC 5083), as they stand in the file.
_DATA = bytes.fromhex("2a864886f70d010701")
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117"))
# Tags (X.690) of what stands on the way to the content.
_SEQUENCE, _OID, _CONTENT, _OCTETS, _OCTETS_IN_PIECES = 0x30, 0x06, 0xA0, 0x04, 0x24
_INTEGER, _SET = 0x02, 0x31
# Values of the outer layers that are looked at; ten are honest.
_VALUES = 60
# Pieces a signed letter may be cut into: 4 MB in OpenSSL's pieces of 1 KB.
_OCTET_PIECES = 5_000


def without_armour(text: str) -> tuple[str, bool]:
    """Text without PGP ciphertext, keys and signatures, and whether ciphertext was there.

    What was signed in the clear stays, without the dashes its lines were escaped with.
    """
    if "-----BEGIN PGP" not in text:
        return text, False
    encrypted = False
    for _ in range(_PIECES):
        start = text.find(_PGP_BEGIN)
        if start < 0:
            break
        encrypted = True
        text = _cut(text, start, _PGP_END)
    else:
        text = text.partition(_PGP_BEGIN)[0]
    for _ in range(_PIECES):
        if (key := text.find(_KEY_BEGIN)) < 0:
            break
        text = _cut(text, key, _KEY_END)
    return _unsigned(text), encrypted


def _unsigned(text: str) -> str:
    signed = text.find(_SIGNED_BEGIN)
    if signed >= 0:
        blank = text.find("\n\n", signed)
        rest = text[blank + 2 :] if blank >= 0 else ""
        text = text[:signed] + rest.replace("\n- -", "\n-")
    signature = text.find(_SIGNATURE_BEGIN)
    return _cut(text, signature, _SIGNATURE_END) if signature >= 0 else text


def _cut(text: str, start: int, mark: str) -> str:
    end = text.find(mark, start)
    # Armour that never ends was cut on its way: all that follows is still ciphertext.
    return text[:start] + (text[end + len(mark) :] if end >= 0 else "")


def is_enveloped(data: bytes) -> bool | None:
    """Whether a CMS file (smime.p7m) is encrypted; None when it cannot be told."""
    for tag, start, end in _walk(data, _VALUES):
        if tag == _OID:
            kind = data[start:end]
            return True if kind in _ENVELOPED else False if kind == _SIGNED_DATA else None
    return None


def signed_content(data: bytes) -> bytes:
    """The letter inside an S/MIME file that is only signed; b"" when there is none to be had.

    The walk goes straight down to the content (SignedData, EncapsulatedContentInfo, id-data) and
    reads lengths only, definite or not; no signature is looked at.
    """
    if is_enveloped(data) is not False:
        return b""
    at_data = False
    pieces: list[bytes] = []
    for tag, start, end in _walk(data, _OCTET_PIECES):
        if tag == _OID:
            at_data = data[start:end] == _DATA
        elif at_data and tag == _OCTETS:
            pieces.append(data[start:end])
        elif pieces:
            break
    return b"".join(pieces)


def _walk(data: bytes, limit: int) -> Iterator[tuple[int, int, int]]:
    """Values in file order as (tag, start, end); inside sequences, contents and pieces.

    Integers and sets are stepped over; end-of-contents marks and anything odd are given as they
    come, and the walk ends where lengths make no sense.
    """
    at = 0
    for _ in range(limit):
        if at + 2 > len(data):
            return
        tag, start, size = data[at], at + 2, data[at + 1]
        inside = tag in {_SEQUENCE, _CONTENT, _OCTETS_IN_PIECES}
        if size > 0x80:
            width = size & 0x7F
            size = int.from_bytes(data[start : start + width], "big")
            start += width
        elif size == 0x80:
            if not inside:
                return
            size = 0
        if not inside and start + size > len(data):
            return
        yield tag, start, start + size
        at = start if inside else start + size
