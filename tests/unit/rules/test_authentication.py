"""Only our own mail server's word counts, and only where nobody else can have put it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.message import Address, ParsedMessage
from concierge.rules.authentication import Authentication, authentication_of

IDS = frozenset({"mx.desk.example.org"})
AR = "Authentication-Results"
BORDER = ("Received", "from out.example.com (out.example.com [192.0.2.1]) by mx.desk.example.org")
INSIDE = ("Received", "by store3.desk.example.org with LMTP id 1; Mon, 2 Nov 2026 10:00:00 +0000")
THEIRS = ("Received", "from [10.0.0.7] by out.example.com with ESMTPSA")
PASS, FAIL, NONE = Authentication.PASS, Authentication.FAIL, Authentication.NONE


def found(*headers, sender="amina@example.com", ids=IDS):
    message = ParsedMessage(sender=Address(sender) if sender else None, headers=headers)
    return authentication_of(message, ids)


def said(text: str, name: str = "mx.desk.example.org"):
    return (AR, f"{name}; {text}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dmarc=pass header.from=example.com", PASS),
        ("dmarc=pass (p=none dis=none) header.from=example.com", PASS),
        ("DMARC=Pass Header.From=Example.COM", PASS),
        ("spf=fail smtp.mailfrom=x.example; dmarc=pass header.from=example.com", PASS),
        ("dmarc=fail (p=reject) header.from=example.com", FAIL),
        ("spf=pass smtp.mailfrom=a@example.com; dmarc=fail header.from=example.com", FAIL),
        ("dmarc=pass header.from=evil.example; dmarc=fail header.from=example.com", FAIL),
        ("dmarc=pass header.from=evil.example", NONE),
        ("dmarc=none; dkim=pass header.d=example.com", PASS),
        ("dkim=pass header.i=@mail.example.com header.s=s1", PASS),
        ("dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example", NONE),
        ("dkim=pass header.d=com", NONE),
        ("dkim=pass header.d=notexample.com", NONE),
        ("spf=pass smtp.mailfrom=bounce@example.com", PASS),
        ("spf=pass smtp.mailfrom=list.example.net", NONE),
        ("spf=fail smtp.mailfrom=example.com", NONE),
        ("dkim=fail header.d=example.com", NONE),
        ("dmarc=temperror header.from=example.com", NONE),
        ("none", NONE),
        ("", NONE),
        ('spf=fail reason="; dmarc=pass header.from=example.com"', NONE),
        ("spf=fail (; dmarc=pass header.from=example.com)", NONE),
        ("spf=fail (a (nested; dmarc=pass) comment) smtp.mailfrom=x", NONE),
        ("x-dmarc=pass header.from=example.com", NONE),
    ],
)
def test_it_reads_what_our_server_says(text, expected):
    finding = found(said(text), BORDER, THEIRS)
    assert finding.value is expected
    assert all(e.note for e in finding.evidence)


@pytest.mark.parametrize(
    "name", ["mx.evil.example", "x.mx.desk.example.org", "mx.desk.example.org.evil.example", ""]
)
def test_it_takes_nobody_elses_word(name):
    for value in ("pass", "fail"):
        assert found(said(f"dmarc={value} header.from=example.com", name)).value is NONE


def test_it_trusts_nothing_without_a_name_of_ours():
    assert found(said("dmarc=pass"), ids=frozenset()).value is NONE
    assert found(said("dmarc=fail"), ids=frozenset()).value is NONE


@pytest.mark.parametrize(
    "name", ["MX.Desk.Example.ORG", "mx.desk.example.org 1", "mx.desk.example.org (x)"]
)
def test_it_knows_our_servers_name_however_it_is_written(name):
    assert found(said("dmarc=pass header.from=example.com", name)).value is PASS


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        # Added under or above our border's own line, with hops of our own above.
        ((BORDER, said("dmarc=pass header.from=example.com"), THEIRS), PASS),
        ((INSIDE, said("dmarc=pass header.from=example.com"), BORDER), PASS),
        ((INSIDE, BORDER, said("dmarc=pass header.from=example.com"), THEIRS), PASS),
        # Forged by the writer, under their own server's line.
        ((BORDER, THEIRS, said("dmarc=pass header.from=example.com")), NONE),
        ((INSIDE, BORDER, THEIRS, said("dkim=pass header.d=example.com")), NONE),
        # The real one stands above the forged one and rules.
        (
            (said("dmarc=fail"), BORDER, said("dmarc=pass header.from=example.com")),
            FAIL,
        ),
        ((said("spf=none"), BORDER, said("dmarc=pass header.from=example.com")), NONE),
        # In one run, the failure counts.
        ((said("dmarc=pass header.from=example.com"), said("dmarc=fail")), FAIL),
        # Nobody forges their own failure.
        ((BORDER, THEIRS, said("dmarc=fail")), FAIL),
        # A lone mark in the sender's own address hides no failure and vouches for nobody.
        ((said("spf=pass smtp.mailfrom=a(b@x.example; dmarc=fail"),), FAIL),
        (
            (said('spf=pass smtp.mailfrom=a"b@x.example; dmarc=fail header.from="example.com"'),),
            FAIL,
        ),
        ((said("spf=none smtp.mailfrom=a(; dmarc=pass header.from=example.com"),), NONE),
    ],
)
def test_it_believes_only_the_topmost_run(headers, expected):
    assert found(*headers).value is expected


def test_it_says_nothing_of_a_mail_without_a_sender():
    assert found(said("spf=pass smtp.mailfrom=example.com"), sender="").value is NONE


@given(st.text(max_size=300), st.text(max_size=50))
def test_it_reads_anything(text, name):
    assert found(said(text), ("Received", text), said(name, name)).value in set(Authentication)
