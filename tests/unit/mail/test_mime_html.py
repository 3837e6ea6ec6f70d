"""HTML as readers see it."""

from __future__ import annotations

import pytest

from concierge.mail import html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Hello</p><p>there</p>", "Hello\n\nthere"),
        ("bo<b>ld</b> and <i>it</i>", "bold and it"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("x<style>p{}</style><script>1<2</script>y", "xy"),
        ("a<!-- gone --> b", "a b"),
        ("1 < 2 &amp; 3 &gt; 2 &nbsp;ok", "1 < 2 & 3 > 2 ok"),
        ('<a title="x > y">link</a>', "link"),
        (
            "<p>mine</p><blockquote>theirs<br>more</blockquote>after",
            "mine\n\n> theirs\n> more\n\nafter",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<span style='display:none'>shown</span>", "shown"),
        ("<script>never closed, so shown", "never closed, so shown"),
        ("<p>cut off <b", "cut off"),
    ],
)
def test_it_reads_markup(markup, text):
    lines = [line.rstrip() for line in html.to_text(markup).split("\n")]
    assert [line for line in lines if line not in {"", ">", "> "}] == [
        line for line in text.split("\n") if line
    ]
