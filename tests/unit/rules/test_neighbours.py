"""Neighbour languages are told apart by words, endings and spellings; else all stay equal."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.rules.neighbour_words import FAMILIES
from concierge.rules.neighbours import leaning

SERBO_CROATIAN = "hr sr bs"
TOLD = (
    (SERBO_CROATIAN, "hr", "Tko mi može pomoći s glazbom idući tjedan?"),
    (SERBO_CROATIAN, "hr", "U prosincu nismo imali vlak za Zagreb, stoji u uputama."),
    (SERBO_CROATIAN, "sr", "Ne znam gde da nađem lekara, uvek mi je loše posle koncerta."),
    (SERBO_CROATIAN, "sr", "Hteo sam da pričam sa nekim o tome."),
    (SERBO_CROATIAN, "bs", "Gdje mogu naći ljekara iduće sedmice? Niko mi ne odgovara."),
    (SERBO_CROATIAN, "bs", "Ne mogu spavati već hiljadu noći, lahko se umorim uvijek."),
    ("id ms", "id", "Saya tidak bisa tidur karena kantor menelepon terus."),
    ("id ms", "ms", "Saya tak boleh tidur kerana pejabat asyik menelefon."),
    ("id ms", "ms", "Awak nak datang esok dengan kereta?"),
    ("da nb sv", "sv", "Jag mår inte bra och behöver någon att prata med"),
    ("da nb sv", "nb", "Jeg trenger noen å snakke med etter turneen"),
    ("da nb sv", "nb", "Eg veit ikkje kva eg skal gjera"),
    ("da nb sv", "da", "Jeg ved ikke hvad jeg skal gøre, jeg har brug for hjælp"),
    ("pt gl", "pt", "Não consigo dormir e preciso de ajuda com o meu trabalho"),
    ("pt gl", "gl", "Non podo durmir e necesito axuda coa miña banda"),
    ("es gl ca pt", "es", "No puedo dormir y necesito ayuda con mi grupo"),
    ("es gl ca pt", "ca", "No puc dormir i necessito ajuda amb el meu grup"),
    ("cs sk", "cs", "Potřebuji pomoc, protože už nemůžu hrát"),
    ("cs sk", "sk", "Potrebujem pomoc, pretože už nemôžem hrať"),
    ("nl af", "nl", "Ik heb hulp nodig want ik kan niet meer slapen"),
    ("nl af", "af", "Ek het hulp nodig want ek kan nie meer slaap nie"),
    ("ru uk be bg mk sr", "ru", "Мне нужна помощь, я не знаю что делать"),
    ("ru uk be bg mk sr", "uk", "Мені потрібна допомога, я не знаю що робити"),
    ("ru uk be bg mk sr", "be", "Мне патрэбна дапамога, я не ведаю што рабіць, дзякуй"),
    ("ru uk be bg mk sr", "bg", "Имам нужда от помощ, не знам какво да правя"),
    ("ru uk be bg mk sr", "mk", "Ми треба помош, не знам што да правам, ќе чекам"),
    ("ru uk be bg mk sr", "sr", "Треба ми помоћ, не знам шта да радим"),
    ("ar fa ur", "ar", "أحتاج إلى مساعدة ولا أعرف ماذا أفعل"),
    ("ar fa ur", "fa", "من به کمک نیاز دارم و نمی‌دانم چه کنم"),
    ("ar fa ur", "ur", "مجھے مدد چاہیے اور سمجھ نہیں آتا کیا کروں"),
    ("hi mr ne", "hi", "मुझे मदद चाहिए और मैं सो नहीं सकता"),
    ("hi mr ne", "mr", "मला मदत हवी आहे आणि मी झोपू शकत नाही"),
    ("hi mr ne", "ne", "मलाई सहयोग चाहियो, म सुत्न सक्दिन र छैन कोही"),
)
#: Without its marks a text still tells.
UNMARKED = (
    (SERBO_CROATIAN, "sr", "Hocu da znam gde je covek koji je uvek tu"),
    ("cs sk", "cs", "Potrebuji pomoc, protoze uz nemuzu dal"),
    ("cs sk", "sk", "Potrebujem pomoc, pretoze uz nemozem dalej"),
    ("pt gl es", "pt", "nao consigo mais, voce pode ajudar? obrigado"),
    ("da nb sv", "sv", "jag ar ledsen och mar inte bra"),
)


def best(group: str, text: str, countries: dict[str, float] | None = None) -> str:
    gains = leaning(frozenset(group.split()), text, countries or {}).gains
    top = max(gains.values())
    winners = [code for code, gain in gains.items() if gain == top]
    return winners[0] if len(winners) == 1 else ""


@pytest.mark.parametrize(("group", "language", "text"), TOLD)
def test_it_tells_neighbours_by_their_words(group: str, language: str, text: str) -> None:
    assert best(group, text) == language


@pytest.mark.parametrize(("group", "language", "text"), TOLD)
def test_it_tells_neighbours_in_capitals(group: str, language: str, text: str) -> None:
    assert best(group, text.upper()) == language


@pytest.mark.parametrize(("group", "language", "text"), UNMARKED)
def test_it_tells_neighbours_typed_without_marks(group: str, language: str, text: str) -> None:
    assert best(group, text) == language


def test_it_shows_the_words_that_told() -> None:
    told = leaning(frozenset({"hr", "sr", "bs"}), "Gde si? Uvek kasniš.", {})
    assert set(told.words) == {"gde", "uvek"}
    assert told.gains["sr"] > told.gains["hr"] == told.gains["bs"] == 0.0


@pytest.mark.parametrize("text", ["Nisam dobro i bojim se.", "Dobar dan", "", "😀", "12345"])
def test_it_leaves_all_equal_when_nothing_tells(text: str) -> None:
    gains = leaning(frozenset({"hr", "sr", "bs"}), text, {}).gains
    assert set(gains.values()) == {0.0}


def test_ijekavian_speaks_for_croatian_and_bosnian_alike() -> None:
    gains = leaning(frozenset({"hr", "sr", "bs"}), "Lijepo vrijeme, djeca su vani.", {}).gains
    assert gains["hr"] == gains["bs"] > gains["sr"]


def test_the_country_makes_a_language_four_times_as_likely_and_no_more() -> None:
    gains = leaning(frozenset({"id", "ms"}), "Terima kasih", {"MY": 1.0}).gains
    assert gains == {"id": 0.0, "ms": pytest.approx(math.log(4))}


def test_the_country_never_beats_clear_words() -> None:
    assert best("id ms", "Saya tidak bisa datang karena sakit", {"MY": 1.0}) == "id"
    assert best("hr sr bs", "Gde je? Uvek kasni.", {"HR": 1.0}) == "sr"


def test_a_word_counts_once_however_often_it_stands() -> None:
    group = frozenset({"id", "ms"})
    assert leaning(group, "karena " * 50, {}).gains == leaning(group, "karena", {}).gains


def test_languages_of_other_families_gain_nothing() -> None:
    gains = leaning(frozenset({"hr", "pt"}), "Tko je gdje? Não sei, você sabe.", {}).gains
    assert gains == {"hr": 0.0, "pt": 0.0}


def test_decomposed_letters_tell_as_composed_ones_do() -> None:
    import unicodedata

    text = "Potřebuji pomoc, protože už nemůžu"
    group = frozenset({"cs", "sk"})
    decomposed = unicodedata.normalize("NFD", text)
    assert leaning(group, decomposed, {}) == leaning(group, text, {})


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_no_entry_stands_in_two_lists_of_a_family(family: str) -> None:
    seen: dict[str, str] = {}
    for codes, gain, words in FAMILIES[family]:
        assert gain > 0
        for word in words.split():
            assert word.rstrip("!") not in seen, word
            seen[word.rstrip("!")] = codes


ALL = frozenset(
    code for lists in FAMILIES.values() for codes, _, _ in lists for code in codes.split()
)


@given(st.text(max_size=300))
def test_it_never_raises_and_answers_for_every_language_asked(text: str) -> None:
    gains = leaning(ALL, text, {"RS": 0.4, "ZZ": 9.0}).gains
    assert set(gains) == ALL
    assert all(0.0 <= gain < 20.0 for gain in gains.values())


@pytest.mark.parametrize("text", ["a" * 2_000_000, "gde " * 500_000, "'" * 100_000, "a'" * 100_000])
def test_a_huge_text_is_read_only_at_its_beginning(text: str) -> None:
    assert set(leaning(ALL, text, {}).gains) == ALL
