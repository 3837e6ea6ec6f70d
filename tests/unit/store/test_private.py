from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.errors import StoreUnavailable
from concierge.store import instants, private

#: Lone surrogates are what broken mail decodes to.
ANY_TEXT = st.text(st.characters(exclude_categories=()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(ANY_TEXT)
def test_it_gives_back_any_text(text):
    assert private.unseal(private.seal(text)) == text


@given(st.binary())
def test_it_gives_back_any_bytes(value):
    assert private.unseal_bytes(private.seal_bytes(value)) == value


@given(JSON)
def test_it_gives_back_any_json(value):
    assert private.unseal_json(private.seal_json(value)) == value


@given(INSTANTS)
def test_it_gives_back_any_instant_to_the_microsecond(at):
    assert instants.instant_from_int(instants.instant_to_int(at)) == at


@given(st.timedeltas(timedelta(-9999), timedelta(9999)))
def test_it_gives_back_any_span(span):
    assert instants.span_from_int(instants.span_to_int(span)) == span


def test_it_refuses_a_naive_instant():
    with pytest.raises(ValueError, match="time zone"):
        instants.instant_to_int(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("value", [b"", b"\x02Amina", b"Amina"])
@pytest.mark.parametrize("read", [private.unseal, private.unseal_bytes, private.unseal_json])
def test_it_refuses_what_it_did_not_seal_without_repeating_it(read, value):
    with pytest.raises(StoreUnavailable) as raised:
        read(value)
    assert "Amina" not in str(raised.value)


def test_it_looks_up_equal_values_by_equal_indices():
    key = b"k" * 16
    index = private.blind_index(key, "amina@example.org")
    assert index == private.blind_index(key, "amina@example.org")
    assert index != private.blind_index(key, "dee@example.net")
    assert index != private.blind_index(b"l" * 16, "amina@example.org")
    assert len(index) == 32
    assert private.blind_index(key, "\ud83d")


def test_it_refuses_a_key_that_could_be_guessed():
    with pytest.raises(ValueError, match="16 bytes"):
        private.blind_index(b"short", "amina@example.org")


def test_it_is_read_without_the_machinery_of_writing():
    code = (
        "import sys, concierge.store, concierge.store.private, concierge.store.views\n"
        "print([m for m in ('sqlmodel', 'sqlalchemy', 'alembic', 'pydantic') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
