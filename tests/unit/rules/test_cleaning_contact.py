import pytest

from concierge.rules.cleaning import own_words

BLOCK = "Amina Diallo\nTour Manager\nSouth Bank Music\nTel: +44 20 7946 0018\nwww.example.org"


@pytest.mark.parametrize(
    "block",
    [
        BLOCK,
        "Jean Petit\nBatteur\n06 12 34 56 78",
        "Dee\nSound & Light Ltd\ndee@example.org",
        "Ana\nCalle Mayor 12, 28013 Madrid\n+34 612 345 678",
        "Olga Petrova\nЗвукорежиссёр\nexample.ru",
    ],
)
def test_it_cuts_a_block_of_contact_lines_without_a_mark(block):
    words = own_words(f"Hola, no puedo dormir desde la gira.\n\nUn saludo,\n\n{block}")
    assert words.text == "Hola, no puedo dormir desde la gira.\n\nUn saludo,"
    assert words.cut == (("signature", block),)
    assert not words.full_rules


@pytest.mark.parametrize(
    "ending",
    [
        "please call me\nmy number\n+44 20 7946 0018",
        "Amina\n+44 20 7946 0018",
        "Help me\nplease call me now\n+44 20 7946 0018",
        "Doctors I saw:\nDr Petit\nDr Grand\n06 12 34 56 78",
        "I have two numbers\n06 12 34 56 78\n06 12 34 56 79",
        "Bo\nCarla\nDee",
        "Can you ring?\nDee Doe\nwww.example.org",
    ],
)
def test_it_leaves_what_may_be_said_to_the_reader(ending):
    words = own_words(f"Hello, I do not know what to do.\n\n{ending}")
    assert ending in words.text


def test_it_never_cuts_the_whole_letter():
    assert own_words(BLOCK).text == BLOCK
    assert own_words(f"\n\n{BLOCK}").text == BLOCK


def test_it_still_cuts_what_firms_write_under_it():
    notice = (
        "This email is confidential and intended only for the addressee. If you are not the "
        "intended recipient please delete it and notify the sender at once."
    )
    words = own_words(f"I feel low.\n\n{BLOCK}\n\n{notice}")
    assert words.text == "I feel low."
    assert [label for label, _ in words.cut] == ["signature", "disclaimer"]
