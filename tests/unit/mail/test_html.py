"""What a reader of a page sees comes out, what nobody sees comes apart, whatever the markup."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.mail import html, html_scan
from concierge.mail.html_marks import link_note


@pytest.mark.parametrize(
    "trick",
    [
        "<div style='display:none'>secret</div>",
        "<div style='DISPLAY : none !important'>secret</div>",
        "<p hidden>secret</p>",
        "<span style='visibility: hidden'>secret</span>",
        "<span style='font-size:0px;color:red'>secret</span>",
        "<div style='max-height:0;overflow:hidden'>secret</div>",
        "<div style='height: 0px; overflow: hidden'><p>secret</p></div>",
        "<div style='opacity:0'>secret</div>",
        "<div hidden><p hidden>secret</p></div>",
    ],
)
def test_it_sets_hidden_words_apart(trick):
    page = html.read(f"<p>I need help</p>{trick}<p>with rent</p>")
    assert page.text.split() == ["I", "need", "help", "with", "rent"]
    assert page.hidden.split() == ["secret"]


@pytest.mark.parametrize(
    "plain",
    [
        "<td style='font-size:0'><div style='font-size:13px'>shown</div></td>",
        "<div style='visibility:hidden'>x<b style='visibility:visible'>shown</b></div>",
        "<div style='max-height:0'>shown</div>",
        "<div style='line-height:0'>shown</div>",
        "<div style='opacity:0.8'>shown</div>",
        "<div style='font-size:0.8em'>shown</div>",
        "<p style='color:#fff;background:#ffffff'>shown</p>",
        "<p title='hidden'>shown</p>",
    ],
)
def test_it_shows_what_may_be_seen(plain):
    assert "shown" in html.read(f"<p>a</p>{plain}").text


def test_it_shows_a_page_that_hides_all_it_says():
    assert html.read("<div style='display:none'>help me</div>").text == "help me"


@pytest.mark.parametrize(
    ("href", "shown", "note"),
    [
        ("http://evil.example/x?y", "click here", "evil.example"),
        ("https://evil.example", "https://bank.example/login", "really: evil.example"),
        ("https://bank.example.evil.example", "bank.example", "really: bank.example.evil.example"),
        ("https://bank.example@evil.example/", "bank.example", "really: evil.example"),
        ("https://www.bank.example/x", "Bank.example", ""),
        ("https://shop.bank.example/x", "www.bank.example", ""),
        ("http://x.example/f", "see cv.pdf", "x.example"),
        ("mailto:amina@example.org?subject=x", "write to me", "amina@example.org"),
        ("mailto:amina@example.org", "amina@example.org", ""),
        ("javascript:alert(1)", "click", ""),
        ("#top", "up", ""),
        ("http://[broken", "x", ""),
        ("https://track.example/p", "", ""),
        (
            "https://eu1.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbank.example%2F&d=1",
            "bank.example",
            "",
        ),
    ],
)
def test_it_tells_where_a_link_leads(href, shown, note):
    assert link_note(href, shown) == note


def test_it_writes_the_host_behind_the_words():
    page = html.read("<p>Please <a href='http://evil.example/x'>click here</a> now</p>")
    assert page.text == "Please click here [evil.example] now"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<p>mine</p><blockquote type=cite>a<blockquote>b</blockquote>c</blockquote><p>end",
            "mine\n> a\n> > b\n> c\nend",
        ),
        ("<blockquote style='margin:0 0 0 40px;border:none'>indented</blockquote>", "indented"),
        ("x<hr>From: Bo", "x\n" + "_" * 32 + "\nFrom: Bo"),
        ("<ol><li>one<li>two</ol>", "1. one\n2. two"),
        ("<p>hi <img alt='😀' src=x> <img alt=logo.png></p>", "hi 😀"),
        ("<img alt='Come to the show on Friday'>", "Come to the show on Friday"),
        ("no tags at all\nsecond line &amp; more", "no tags at all\nsecond line & more"),
        ("<p>pre\u200b\u2060view</p>", "preview"),
        ("<p>نمی\u200cدانم</p>", "نمی\u200cدانم"),
        ("<noscript>please</noscript> help", "please help"),
        ("<a name=x>kept</a>", "kept"),
    ],
)
def test_it_keeps_the_lines_of_a_letter(markup, text):
    lines = [line for line in html.to_text(markup).split("\n") if line.strip("> ")]
    assert "\n".join(lines) == text


def test_it_reads_around_a_picture_written_into_the_page():
    page = "<p>before<img src='data:image/png;base64," + "A" * 2_000_000 + "'>after</p>"
    assert html.to_text(page) == "beforeafter"


def test_it_says_when_a_page_was_too_long_to_be_read_whole():
    assert html.read("<p>help</p>" * 120_000).cut
    assert not html.read("<p>help</p>").cut


@given(st.text() | st.text(alphabet="<>/=&;'\"! -abhidenpr\n\ufdd0\ufdd1"))
def test_it_reads_any_text(markup):
    page = html.read(markup)
    assert "\ufdd0" not in page.text
    assert isinstance(page.hidden, str)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b", ">", "<table>", "<td>", "<a href=", "'"])))
def test_it_is_never_empty_where_our_scanner_finds_words(pieces):
    markup = "help " + "".join(pieces)
    assert "help" in html.to_text(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "help",
        "<table><tr><td>" * 2_000 + "help",
        "<div hidden>x" * 50_000 + "help",
        "<a href=http://x.example>help" * 40_000,
        "<blockquote>" * 50_000 + "help",
        "<p>help</p>" * 450_000,
        "<p>help" + "<" * 1_000_000,
        "<p>help<!--" + "<!--" * 300_000,
        "<p>help<i " + "x=1 " * 300_000,
    ],
)
def test_it_stays_within_its_time(markup):
    start = time.process_time()
    text = html.to_text(markup)
    # A second on a quiet machine; CI is slower, and quadratic reading would take minutes.
    assert time.process_time() - start < 4
    assert "help" in text


def test_it_falls_back_to_the_scanner_when_the_parser_fails(monkeypatch):
    def fail(*_):
        raise RuntimeError("parser")

    monkeypatch.setattr(html, "_parsed", fail)
    assert html.to_text("<p>help</p>") == html_scan.to_text("<p>help</p>") == "help"
