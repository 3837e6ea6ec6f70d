"""Addresses compare as people mean them, and a reply goes to whom the writer names."""

from __future__ import annotations

import pytest

from concierge.domain.message import Address, ParsedMessage

AMINA, DEE = Address("amina@example.org", "Amina"), Address("dee@example.net")
OURS = frozenset({"help@desk.example.org"})


@pytest.mark.parametrize(
    ("address", "key", "domain"),
    [
        ("Amina@Example.ORG", "amina@example.org", "example.org"),
        (" amina@example.org ", "amina@example.org", "example.org"),
        ('"a@b"@example.org', '"a@b"@example.org', "example.org"),
        ("amina", "amina", ""),
        ("", "", ""),
    ],
)
def test_it_compares_addresses_without_case_and_space(address, key, domain):
    assert (Address(address).key, Address(address).domain) == (key, domain)


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("help@desk.example.org", True),
        ("HELP@Desk.example.org", True),
        ("help+C-1-2-ABC@desk.example.org", True),
        ("help+a+b@desk.example.org", True),
        ("helper@desk.example.org", False),
        ("help@desk.example.org.evil.example", False),
        ("+help@desk.example.org", False),
        ("help", False),
        ("", False),
    ],
)
def test_it_knows_our_addresses_with_a_tag(address, ours):
    assert Address(address).is_one_of(OURS) is ours


def test_it_shows_name_and_address():
    assert str(AMINA) == "Amina <amina@example.org>"
    assert str(DEE) == "dee@example.net"


@pytest.mark.parametrize(
    ("sender", "reply_to", "answer_to"),
    [
        (AMINA, (), AMINA),
        (AMINA, (DEE,), DEE),
        (AMINA, (DEE, AMINA), AMINA),
        (None, (DEE,), DEE),
        (None, (), None),
    ],
)
def test_it_answers_whom_the_writer_names(sender, reply_to, answer_to):
    assert ParsedMessage(sender=sender, reply_to=reply_to).answer_to == answer_to


def test_it_finds_headers_whatever_their_case():
    message = ParsedMessage(headers=(("Received", "a"), ("RECEIVED", "b"), ("To", "c")))
    assert (message.header("received"), message.header("Cc")) == ("a", "")
    assert message.header_all("Received") == ("a", "b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stra\u00dfe@example.org", "strasse@example.org"),
        ("a@stra\u00dfe.example", "a@strasse.example"),
        ("\u212aim@example.org", "kim@example.org"),
        ("\u017fam@example.org", "sam@example.org"),
    ],
)
def test_it_takes_two_addresses_that_only_look_alike_for_two(one, other):
    assert Address(one).key != Address(other).key


def test_it_folds_letters_of_any_script():
    assert Address("\u00c9va@example.org").key == Address("\u00e9VA@EXAMPLE.org").key
