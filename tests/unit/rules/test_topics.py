"""What a message is about, in every language at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.errors import FaultyInput
from concierge.rules.topics import parse_topics, topics_of

TABLE = (Path(__file__).parents[3] / "data" / "topics.csv").read_text(encoding="utf-8")
PHRASES = parse_topics(TABLE)


def names(text, subject=""):
    return [finding.value for finding in topics_of(PHRASES, text, subject)]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Since the spring I have had panic attacks before every show", "anxiety"),
        ("Tengo ansiedad desde la gira", "anxiety"),
        ("Não tenho como pagar o aluguel, estou com ansiedade", "anxiety"),
        ("Je fais un burn-out, je suis épuisé", "burnout"),
        ("Ich bin völlig ausgebrannt, das ist ein Burnout", "burnout"),
        ("Soffro di depressione da mesi", "depression"),
        ("Ik heb een burn-out en slaap niet", "burnout"),
        ("Mam depresję od roku", "depression"),
        ("Jag har ångest inför varje spelning", "anxiety"),
        ("うつがひどくて仕事に行けません", "depression"),
        ("죽고 싶어요", "suicide"),
        ("أعاني من الاكتئاب منذ شهور", "depression"),
        ("मुझे अवसाद है", "depression"),
        ("Depresyondayım, çok yorgunum, depresyon geçmiyor", "depression"),
        ("i cant pay rent this month", "financial_hardship"),
        ("DEPRESSED AND ALONE", "depression"),
        ("My anxeity is worse than ever", "anxiety"),
    ],
)
def test_it_finds_the_topic_in_the_words_of_the_writer(text, topic):
    assert topic in names(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Could your charity help paying for therapy?", "therapy_fund"),
        ("Busco ayuda para pagar la terapia", "therapy_fund"),
        ("Gibt es einen Zuschuss zur Therapie?", "therapy_fund"),
        ("When is the next songwriter session?", "songwriters"),
        ("Existe um grupo de compositores?", "songwriters"),
        ("We would love a quiet space at our festival", "events"),
        ("Mogen jullie op ons festival een stand op het terrein?", "events"),
        ("Where can I download the guide?", "guide"),
        ("Vorrei scaricare la guida", "guide"),
        ("Nous aimerions une interview pour le journal", "partnerships"),
        ("Chciałbym przekazać darowiznę", "partnerships"),
        ("Vi vill bli partner till er", "partnerships"),
        ("取材をお願いしたいのですが", "partnerships"),
    ],
)
def test_it_finds_the_door_a_message_knocks_at(text, topic):
    assert topic in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "My dog Tom likes to leer and the vide is fine with him",  # sv died and empty, fr empty
        "Quiero leer un libro de oro con mi madre",
        "We had a good day and a nice rehearsal with the choir",
        "Good morning, we could process your form, please contact the office",
        "The grapefruit was tasty",  # holds "rape"
        "",
        "1234 !!! 😭",
    ],
)
def test_words_of_another_language_or_inside_a_word_are_no_topic(text):
    assert names(text) == []


def test_each_topic_carries_what_was_found_and_where():
    first = topics_of(PHRASES, "I have panic attacks and panic attacks", "Anxiety")[0]
    assert first.value == "anxiety"
    assert {(e.found, e.where) for e in first.evidence} == {
        ("anxiety", "subject"),
        ("panic attacks", "body"),
    }
    assert any(e.rule.startswith("topics.en.") for e in first.evidence)


def test_the_topic_with_more_evidence_comes_first():
    assert names("I am depressed, hopeless, feeling low, and I need a visa")[0] == "depression"


def test_a_typo_in_a_long_word_is_forgiven_and_said():
    (finding,) = topics_of(PHRASES, "My anxeity is back again and I cannot play")
    assert finding.value == "anxiety"
    (evidence,) = finding.evidence
    assert "read as" in evidence.note
    assert evidence.weight < 1


def test_typos_are_not_sought_in_a_long_list_of_unknown_words():
    unknown = " ".join(f"qwertzuio{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(80))
    assert names(f"{unknown} anxeity") == []


def test_a_faulty_table_names_its_lines():
    with pytest.raises(FaultyInput) as caught:
        parse_topics("topic,lang,phrase\ngrief,en,bereaved\ngrief,,lost\ngrief,en,!!\n")
    assert [fault.split(":")[1] for fault in caught.value.faults] == ["3", "4"]


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(st.text(max_size=400), st.text(max_size=80))
def test_it_answers_whatever_the_text(text, subject):
    for finding in topics_of(PHRASES, text, subject):
        assert finding.value in PHRASES.topics
        assert finding.evidence


def test_a_megabyte_is_no_trouble():
    assert names("panic attacks " * 70_000) == ["anxiety"]


@pytest.mark.parametrize(
    ("text", "not_topic"),
    [
        ("It's not about money, I just cannot play any more", "financial_hardship"),
        ("I'm not looking for a therapist, I have one", "find_therapist"),
        ("Es ist keine Depression, nur ein gebrochenes Handgelenk", "depression"),
        ("Ce n'est pas une dépression, juste la tendinite", "depression"),
        ("No es depresión, es la muñeca", "depression"),
        ("Это не депрессия, а рука", "depression"),
        ("うつではありません、手首です", "depression"),
        ("우울증은 아니고 손목이 아파요", "depression"),
        ("这不是抑郁，是手腕", "depression"),
        ("Depresyon değil, bileğim ağrıyor", "depression"),
        ('Our new single "Anxiety" is out on Friday', "anxiety"),
        ("We open for the band Depression in May", "depression"),
    ],
)
def test_it_takes_no_topic_from_what_is_denied_or_a_name(text, not_topic):
    assert not_topic not in names(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I'm not well, depression came back", "depression"),
        ("Not a great year, but my anxiety is the worst of it", "anxiety"),
        ("I don't know how to deal with the panic attacks", "anxiety"),
        ("It is not only about the rent arrears", "financial_hardship"),
        ("I feel so very alone here", "loneliness_relationships"),
        ("je me sens vraiment seul depuis la tournée", "loneliness_relationships"),
    ],
)
def test_denial_ends_with_its_clause_and_little_words_may_stand_between(text, topic):
    assert topic in names(text)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("У меня депрессия уже год", "depression"),
        ("Мене виселяють з квартири", "housing"),
        ("我付不起房租，房租已经欠了两个月", "financial_hardship"),
        ("我有耳鳴，聽力越來越差", "injury_hearing"),
        ("Nemám peníze na nájem", "financial_hardship"),
        ("Jeg har tinnitus efter koncerten", "injury_hearing"),
        ("Jeg sover ikke og er helt utbrent", "burnout"),
        ("Olen masentunut ja yksin", "depression"),
        ("Am pierdut-o pe mama și sunt în doliu", "grief"),
        ("Όλο το χρόνο έχω κρίσεις πανικού", "anxiety"),
        ("Nem tudom kifizetni a lakbért", "financial_hardship"),
        ("אני סובלת מדיכאון כבר שנה", "depression"),
        ("Saya dipecat dan tidak bisa bayar kos", "financial_hardship"),
        ("Tôi bị trầm cảm đã lâu", "depression"),
        ("ฉันเป็นโรคซึมเศร้า", "depression"),
        ("من افسردگی دارم", "depression"),
    ],
)
def test_it_reads_topics_in_more_languages(text, topic):
    assert topic in names(text)


def test_one_weak_word_is_no_topic_and_two_are():
    assert names("Our contract is attached") == []
    assert "legal" in names("The contract with the label is a dispute now")
