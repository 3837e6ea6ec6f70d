"""Which of a letter's alternatives is shown."""

from __future__ import annotations

import pytest

from concierge.mail import html
from concierge.mail.alternatives import preferred

LETTER = "Dear team, where can I find the guide for touring musicians? Thank you, Amina"
MORE = f"{LETTER}. I also want to tell you about something else that happened."


@pytest.mark.parametrize(
    ("plain", "others", "shown"),
    [
        (LETTER, [], LETTER),
        ("", [LETTER], LETTER),
        (LETTER, [LETTER.upper()], LETTER),
        # A stub for programs that show no HTML.
        ("Please use an HTML reader.", [MORE], MORE),
        # All that stands in the plain one and a sentence more.
        (LETTER * 3, [LETTER * 3 + " And I am so very tired of it."], "other"),
        # Each says something of its own: then nothing of either is left out.
        (LETTER, [f"{LETTER[:9]}\nI cannot go on like this\nThank you"],
         f"{LETTER}\n\nI cannot go on like this"),
        ("A footer\n", ["Your invoice came by mail"], "A footer\n\nYour invoice came by mail"),
        # A link that only HTML shows is no word of the letter.
        (LETTER, [f"{LETTER} [guide.example.org] https://guide.example.org/a/b/c/d"], LETTER),
        # A word or two, such as a button, is not worth the loss of line ends.
        (LETTER, [f"{LETTER} Read online"], LETTER),
    ],
)  # fmt: skip
def test_it_shows_the_one_that_holds_the_letter(plain, others, shown):
    assert preferred(plain, others) == (others[0] if shown == "other" else shown)


def test_it_adds_no_more_lines_than_anybody_reads():
    other = "\n".join(f"word{n}" for n in range(1_000)) + "\n" + LETTER[:9]
    shown = preferred(LETTER * 200, [other])
    assert len(shown.splitlines()) <= 202


def test_it_shows_a_title_where_a_page_says_nothing_else():
    assert html.to_text("<title>Your invoice</title><body><p> </p>") == "Your invoice"
    assert html.to_text("<title>Spam</title><body><p>Dear team</p>") == "Dear team"
