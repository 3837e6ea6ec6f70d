"""Addresses out of lines as people and programs write them."""

from __future__ import annotations

import pytest

from concierge.mail import addresses


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (b"<@a,@b:amina@x.org>", ["amina@x.org"]),
        (b"<<amina@x.org>>", ["amina@x.org"]),
        (b'"a b"@x.org', ['"a b"@x.org']),
        (b'Amina <"a b"@x.org>', ['Amina <"a b"@x.org>']),
        (b"amina@[192.0.2.1]", ["amina@[192.0.2.1]"]),
        (b'"amina@x.org" <>', ["amina@x.org"]),
        (b"'amina@x.org'", ["amina@x.org"]),
        (b'"A" "B" <a@x.org>', ["A B <a@x.org>"]),
        (b"undisclosed-recipients:;", []),
        (b"A (one) <a@x.org> (two), b@x.org (B)", ["A <a@x.org>", "B <b@x.org>"]),
        (b"Doe, Amina (Band) <a@x.org>", ["Doe, Amina <a@x.org>"]),
        (b"team: a@x.org, B <b@x.org>; c@x.org", ["a@x.org", "B <b@x.org>", "c@x.org"]),
        (b",,;:", []),
        (b"", []),
    ],
)
def test_it_reads_address_lists(value, found):
    assert [str(one) for one in addresses.addresses(value)] == found


def test_it_reads_no_more_than_its_bound():
    many = b", ".join(b"u%d@x.org" % n for n in range(2_000))
    assert len(addresses.addresses(many)) == addresses.ADDRESSES
