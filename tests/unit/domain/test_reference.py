"""A signed reference: survives people and relays, yields to nobody without the key."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.reference import (
    MOST_TOKENS,
    TEXT_END,
    Reference,
    find_references,
    message_id,
    sign,
    verify,
)

KEY = b"k" * 32
OTHER_KEY = b"o" * 32
REFERENCE = Reference(12, 34)
TOKEN = sign(KEY, REFERENCE)

ids = st.integers(0, 10**18 - 1)
references = st.builds(Reference, ids, ids)


def test_it_keeps_the_tokens_already_out_in_the_world_valid() -> None:
    # Changing how tokens are made would orphan every thread in progress: a new format needs a
    # new context string next to the old one, not in its place.
    assert TOKEN == "C-12-34-1B4H8W5AVN"


@given(references)
def test_it_reads_back_what_it_signed(reference: Reference) -> None:
    token = sign(KEY, reference)
    assert verify(KEY, token) == reference
    assert verify(KEY, token.lower()) == reference
    assert verify(OTHER_KEY, token) is None
    assert find_references(KEY, [f"Re: [{token}] help"]) == (reference,)


def test_it_reads_what_people_type_for_ones_and_noughts() -> None:
    reference = next(
        r for r in (Reference(n, 1) for n in range(500)) if {"0", "1"} <= set(sign(KEY, r)[-10:])
    )
    head, signature = sign(KEY, reference)[:-10], sign(KEY, reference)[-10:]
    for one, nought in (("I", "O"), ("l", "o")):
        typed = head + signature.replace("1", one).replace("0", nought)
        assert verify(KEY, typed) == reference


@pytest.mark.parametrize(
    "token",
    [
        "",
        "C-12-34",
        "C-12-34-",
        TOKEN[:-1],
        TOKEN + "0",
        TOKEN.replace("C-12", "C-13"),
        TOKEN.replace("-34-", "-35-"),
        TOKEN.replace("C-12", "C-012"),
        TOKEN.replace("C-12", "C-１２"),
        "C-" + "9" * 40 + "-1-" + TOKEN[-10:],
        TOKEN[:-1] + ("0" if TOKEN[-1] != "0" else "1"),
        TOKEN[:-1] + "\u212a",
        TOKEN[:-1] + "U",
        "\0" * 30,
    ],
)
def test_it_takes_nothing_it_did_not_sign(token: str) -> None:
    assert verify(KEY, token) is None
    assert find_references(KEY, [token]) == ()


@given(st.text(alphabet="Cc-0123456789ABCXYZabcxyz \n<>@.", max_size=80))
def test_it_reads_any_text(text: str) -> None:
    verify(KEY, text)
    assert REFERENCE in find_references(KEY, [f"{text} {TOKEN} {text}"])


def test_it_carries_the_token_in_a_message_id() -> None:
    made = message_id(KEY, REFERENCE, "n0nce", "desk.example.org")
    assert made == f"<{TOKEN}.n0nce@desk.example.org>"
    assert find_references(KEY, [made]) == (REFERENCE,)


@pytest.mark.parametrize("nonce", ["", "a b", "a>", "é", "x" * 65, "a\r\nBcc: dee"])
def test_it_refuses_a_nonce_that_breaks_a_message_id(nonce: str) -> None:
    with pytest.raises(ValueError, match="nonce"):
        message_id(KEY, REFERENCE, nonce, "example.org")


@pytest.mark.parametrize("domain", ["", ".", "a b", "ex>mple", "bücher.example", "x\r\ny"])
def test_it_refuses_a_domain_that_breaks_a_message_id(domain: str) -> None:
    with pytest.raises(ValueError, match="domain"):
        message_id(KEY, REFERENCE, "n", domain)


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 15])
def test_it_refuses_a_guessable_key(key: bytes) -> None:
    with pytest.raises(ValueError, match="key"):
        sign(key, REFERENCE)
    with pytest.raises(ValueError, match="key"):
        verify(key, TOKEN)


@pytest.mark.parametrize("reference", [Reference(-1, 0), Reference(0, -1), Reference(10**18, 0)])
def test_it_refuses_an_id_no_row_has(reference: Reference) -> None:
    with pytest.raises(ValueError, match="id"):
        sign(KEY, reference)


PLACES = [
    f"<{TOKEN}.abc@example.org>",
    f"<a@b> <{TOKEN.lower()}.abc@example.org> <c@d>",
    f"support+{TOKEN.lower()}@example.org",
    f"Re: [{TOKEN}] Réponse",
    f"> > Ref: {TOKEN}.",
    f"({TOKEN})",
    f"参照{TOKEN}、",
    f"X-Concierge-Ref:{TOKEN}\r\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_it_finds_the_token_where_mail_carries_it(text: str) -> None:
    assert find_references(KEY, [text]) == (REFERENCE,)


def test_it_gives_each_reference_once_in_the_order_found() -> None:
    second = sign(KEY, Reference(5, 6))
    forged = sign(OTHER_KEY, Reference(7, 8))
    texts = [f"{second} {TOKEN}", f"{forged} {TOKEN}", sign(KEY, Reference(1, 0))]
    assert find_references(KEY, texts) == (Reference(5, 6), REFERENCE, Reference(1, 0))


def test_it_reads_both_ends_of_a_long_text() -> None:
    filler = "x " * TEXT_END
    assert find_references(KEY, [f"{TOKEN} {filler}"]) == (REFERENCE,)
    assert find_references(KEY, [f"{filler} {TOKEN}"]) == (REFERENCE,)
    assert find_references(KEY, [f"{filler} {TOKEN} {filler}"]) == ()


@pytest.mark.parametrize(
    "hostile",
    ["C-" * 2_000_000, "C-1-1-" * 700_000, "C-" + "1" * 4_000_000, "C-1-1-ABCDEFGHJK " * 250_000],
)
def test_it_is_quick_with_hostile_text(hostile: str) -> None:
    started = time.process_time()
    assert find_references(KEY, [hostile]) == ()
    assert time.process_time() - started < 0.5


def test_it_stops_checking_after_a_thousand_tokens() -> None:
    forged = sign(OTHER_KEY, REFERENCE)
    assert find_references(KEY, [forged] * (MOST_TOKENS - 1) + [TOKEN]) == (REFERENCE,)
    assert find_references(KEY, [forged] * MOST_TOKENS + [TOKEN]) == ()
