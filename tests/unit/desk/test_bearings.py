import base64
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concierge.bootstrap import shipped_rulebook_files
from concierge.desk.bearings import Hints, bearings_of
from concierge.mail.mime import read
from concierge.rules.cleaning import own_words
from concierge.rules.mentions import mentions_of
from concierge.store.rulebook import read_rulebook

RANDOM = random.Random(7)


@pytest.fixture(scope="module")
def atlas():
    return read_rulebook(shipped_rulebook_files()).atlas


@pytest.fixture
def told(atlas):
    def tell(body, *, subject="", sender="amina@gmail.com", clock="+0100", hints=None):
        head = f"From: {sender}\r\nDate: Tue, 4 Nov 2025 21:14:05 {clock}\r\n"
        typed = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        raw = f"{head}Subject: {subject}\r\n{typed}{body}".encode("utf-8", "surrogatepass")
        message = read(raw, complete=True, size=len(raw))
        return bearings_of(message, own_words(message.body), atlas, hints)

    return tell


def test_it_tells_where_somebody_is_from_where_they_belong(told):
    found = told("I'm a flautist from Leeds, right now I am in Prague with the orchestra.")
    assert (found.language.value, found.country.value, found.home.value) == ("en", "CZ", "GB")
    assert "CZ: now in Prague" in [item.note for item in found.country.evidence]


def test_it_lets_a_telephone_help_to_tell_neighbours(told):
    text = "Tolong, saya perlu bantuan untuk band saya."
    there = told(f"{text}\n\n+60 3-2093 0100", clock="+0800").language
    here = told(f"{text}\n\n+62 21 5790 1100", clock="+0700").language
    assert there.value == "ms"
    assert "id" in (here.value, *here.candidates[:1])


def test_it_reads_no_country_from_our_own_letter_below(told):
    quoted = (
        "Thanks, I will think about it.\n\nOn Mon, 3 Nov 2025 at 10:12, Desk "
        "<desk@example.org> wrote:\n> If you are in the UK call 116 123.\n> London office: "
        "+44 20 7946 0123"
    )
    found = told(quoted)
    assert found.country.value == ""
    assert "GB" not in found.country.candidates


def test_it_listens_to_the_case_when_the_message_is_thin(told):
    alone = told("Hun ringte meg", clock="+0000")
    joined = told("Hun ringte meg", clock="+0000", hints=Hints(language="nb", country="NO"))
    assert (joined.language.value, joined.country.value) == ("nb", "NO")
    assert alone.country.undetermined


def test_it_believes_a_clear_text_more_than_the_case(told):
    found = told(
        "Je ne dors plus depuis la fin de la tournée et je ne sais pas à qui parler.",
        hints=Hints(language="da", country="DK"),
    )
    assert found.language.value == "fr"


LONG = 2_000_000
BAD = {
    "nothing": "",
    "one emoji": "😢",
    "one word for ever": "help " * (LONG // 5),
    "one letter for ever": "a" * LONG,
    "digits for ever": "4" * LONG,
    "base64": base64.b64encode(RANDOM.randbytes(60_000)).decode(),
    "right to left marks": "\u202emoc\u202c \u200f\u200f" * 5_000,
    "joiners": "a\u200db\u200dc " * 5_000,
    "scripts mixed": "привет hello مرحبا 你好 " * 1_000,
    "no spaces": "ช่วยด้วยครับฉันนอนไม่หลับเลยตั้งแต่ทัวร์จบ" * 500,
    "vowels that combine": "मुझे नींद नहीं आती " * 500,
    "accents that combine": "a" + "\u0301" * 100_000,
    "a number of forty digits": "+" + "4" * 40,
    "towns": "Berlin Paris London " * 10_000,
    "prepositions": "in " * 100_000,
    "denials": "not in not " * 50_000,
    "brackets": "(" * 200_000,
    "addresses": "@" * 200_000,
    "katakana": "ア" * 100_000,
    "numbers": "+44 20 7946 0001\n" * 10_000,
    "line ends": "\n" * 300_000,
}


@pytest.mark.parametrize("name", BAD)
def test_it_answers_whatever_stands_there(told, name):
    told("Bonjour, je cherche de l'aide à Lyon.")  # the tables are read once, by the first message
    body = BAD[name]
    began = time.process_time()
    found = told(body, subject=" ".join(body[:300].split()))
    # 50 ms for each kilobyte, and as much for the first; mostly it takes a hundredth of that.
    assert time.process_time() - began < 0.05 * (1 + len(body.encode()) / 1_000)
    for finding in (found.language, found.country, found.home):
        assert bool(finding.value) != finding.undetermined


@pytest.mark.parametrize("name", ["nothing", "one emoji", "base64", "digits for ever"])
def test_it_says_that_it_does_not_know(told, name):
    found = told(BAD[name])
    assert found.language.undetermined
    assert found.country.undetermined


def test_it_reads_both_ways_of_writing_accents_alike(told):
    import unicodedata

    text = "Ich wohne in Köln und möchte mit jemandem über die Tournee sprechen."
    apart = unicodedata.normalize("NFD", text)
    assert told(text).country.value == told(apart).country.value == "DE"
    assert told(apart).language.value == "de"


def test_it_reads_capitals(told):
    found = told("I CANT SLEEP, I LIVE IN DUBLIN, PLEASE HELP ME", clock="+0000")
    assert (found.language.value, found.country.value) == ("en", "IE")


PIECES = [
    *("I live in ", "ich wohne in ", "vivo en ", "живу в ", "μένω στην ", "אני גר ב", "في "),
    *("現在在", "Leeds", "Köln", "București", "Łódź", "Москве", "Αθήνα", "חיפה", "القاهرة"),
    *("दिल्ली में", "ঢাকায়", "東京出身です", "在墨爾本巡演", "서울에서", "กรุงเทพ", "Kolozsváron"),
    *("Paris, Texas", "U.S.A.", "+44 20 7946", ", ", ". ", "\n", " but ", " 'x' ", "\u200f"),
    *("😢", "12-345", "£20", "NHS", "not ", "my son ", "\u0301"),
]  # fmt: skip


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map("".join),
    st.sampled_from(["+0000", "+0100", "-0530", "+1400", "-1200", "+9900", ""]),
    st.sampled_from(["", "en", "zh-Hant", "ja", "xx", "nb-NO"]),
    st.sampled_from(["", "GB", "TW", "ZZ"]),
)
def test_it_always_concludes_and_always_the_same(atlas, text, clock, language, country):
    head = f"From: a@b.co.uk\r\nDate: Tue, 4 Nov 2025 21:14:05 {clock}\r\n"
    raw = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode("utf-8", "replace")
    message = read(raw, complete=True, size=len(raw))
    hints = Hints(language=language, country=country)
    own = own_words(message.body)
    found = bearings_of(message, own, atlas, hints)
    assert found == bearings_of(message, own, atlas, hints)
    for finding in (found.language, found.country, found.home):
        assert bool(finding.value) != finding.undetermined
        assert all(reason.note for reason in finding.evidence)
    assert bearings_of(message, own, atlas).language is not None
    for spoken in ("en", "zh-Hans", "ja", "th", ""):
        mentions_of(text, spoken, atlas.places, cues=atlas.cues)
