"""What a letter says it is *not* about: "no depression, only a broken wrist", "not for money"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from concierge.rules.folding import fold_word

#: Words that deny what follows, per language.
_NOT: Final[dict[str, str]] = {
    "en": "no not never without dont doesnt didnt isnt arent wasnt nor neither havent cant wont "
    "werent hasnt aint",
    "es": "no ni sin nunca tampoco ningún ninguna",
    "pt": "não nao nem sem nunca nenhum nenhuma tampouco",
    "fr": "pas sans ni aucun aucune jamais",
    "de": "nicht kein keine keinen keinem keiner keines ohne nie niemals weder",
    "it": "non né senza nessun nessuna mai neanche nemmeno",
    "nl": "niet geen zonder nooit noch",
    "pl": "nie bez ani nigdy żaden żadna żadnych żadnej",
    "sv": "inte ingen inget inga utan aldrig ej",
    "da": "ikke ingen intet uden aldrig hverken",
    "nb": "ikke ingen inget uten aldri hverken verken",
    "fi": "en et ei emme ette eivät ilman enkä eikä",
    "cs": "ne není nejsem nemám nejde bez nikdy žádný žádná žádné žádnou nehledám nepotřebuji "
    "nepotřebuju netrpím",
    "ro": "nu fără niciun nicio nici niciodată",
    "hu": "nem nincs nincsen sem nélkül soha",
    "el": "δεν μην όχι χωρίς ούτε ποτέ δε",
    "tr": "ne",
    "ru": "не нет без ни никогда",
    "uk": "не немає без ні ніколи нема",
    "he": "לא אין בלי אינני איני מעולם אף",
    "ar": "لا ليس ليست لست بدون مش مو لم ما دون غير موش ماشي",
    "fa": "نه بدون",
    "id": "tidak bukan tanpa tak nggak gak enggak tiada jangan",
    "vi": "không chẳng chả chưa",
    "hi": "बिना",
}
#: What denies behind the word denied, within so many words.
_NOT_AFTER: Final[dict[str, str]] = {
    "tr": "değil degil yok değildi değilim aramıyorum istemiyorum",
    "hi": "नहीं नही nahi nahin",
    "fa": "نیست ندارم نیستم نمیخواهم نبود نه",
    "hu": "nélkül",
    "de": "nicht",
}
#: Words that may stand between "not" and what is denied. With any other word between, something
#: else is denied: "I don't know how to deal with the panic" is about panic.
_BRIDGES: Final = """
a an the any about for of with from to it its is was am are be been being that this there have
had has having got feel feeling looking look need needing after seeking searching want wanting
question matter case talking suffer suffering suffered because due related my some really so
very un una uno el la los las de del por para con es era fue que estoy soy se trata tengo
tenía busco buscando necesito cuestión tema nada mi mis sobre me siento ninguna ningún hace
falta quiero uma um o os as do da dos das em é estou sou procuro procurando preciso tenho
questão sinto meu minha le les des du d une je j ai suis cherche besoin pas il agit parle à au
aux ce c est ma mon ein eine einen einem einer geht ging ich habe bin suche brauche der die
den dem zu mit wegen mein meine fühle mich lo gli di della dello degli per si tratta sono ho
cerco bisogno un' questione een het van voor om gaat ik heb ben zoek nodig last mijn over jest
są mam szukam potrzebuję chodzi cierpię na jestem en ett det är har jag söker behöver för av
att känner mig lider er jeg leder efter etter brug trenger handler af søker ole kyse minulla
kärsi etsi tarvitse enää jde nejsem nemám mám hledám potřebuji žádnou žádný este e vorba
despre caut nevoie sufăr sunt egy az vagyok keresek szükségem szenvedek róla είναι έχω για ένα
μια ψάχνω χρειάζομαι θέμα πρόκειται με την τον του της это у меня ищу нужен нужна нужно дело в
о про по из за мне я нет речь идёт це мене шукаю потрібен потрібна потрібно справа через мені
йдеться זה לי על של את אני מחפש מחפשת צריך צריכה עניין יש לא מדובר סובל סובלת هذا هو هي عندي
لدي أبحث عن أعاني من في موضوع مسألة يتعلق ب أحتاج إلى بحاجة بسبب انا أي اي بس عم دور bir bu
saya aku ini itu soal tentang masalah karena mencari butuh perlu punya menderita ada seorang
sedang lagi phải bị cần tìm là có vì về một tôi mình muốn chuyện vấn đề n'est c'est
"""
#: Of these only two words may stand between, or "not" belongs to something said before.
_REACH: Final = 4
_REACH_AFTER: Final = 2
#: "Not only for the money" is for the money.
_ONLY: Final = """
only just solo sólo solamente só apenas seulement juste nur bloß soltanto alleen enkel maar
tylko bara endast kun bare vain jen jenom pouze doar csak hanya cuma только лишь тільки лише
רק μόνο فقط sadece yalnızca chỉ
"""
#: In running text: what stands before, or after, what is denied.
_RUN_BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "zh": (
        "不是",
        "没有",
        "沒有",
        "并非",
        "並非",
        "不需要",
        "不用",
        "无关",
        "不找",
        "不想找",
        "不是在找",
        "不是因为",
        "不是因為",
        "唔係",
        "冇",
        "跟",
    ),
    "th": (
        "ไม่ได้เป็น",
        "ไม่ใช่",
        "ไม่ต้องการ",
        "ไม่มี",
        "ไม่ได้",
        "ไม่ได้หา",
        "ไม่เกี่ยวกับ",
    ),
}
_RUN_AFTER: Final[dict[str, tuple[str, ...]]] = {
    "ja": (
        "ではな",
        "じゃな",
        "ではあり",
        "じゃあり",
        "とは関係",
        "ではなく",
        "の話ではな",
        "の話じゃな",
        "の問題ではな",
        "の問題じゃな",
        "のことではな",
        "は必要",
        "はいりません",
        "はありません",
        "はない",
        "は探して",
        "を探しているわけではな",
        "のせいではな",
    ),
    "ko": (
        "은 아니",
        "는 아니",
        "이 아니",
        "가 아니",
        "은 아닙",
        "는 아닙",
        "이 아닙",
        "가 아닙",
        "은 아닌",
        "는 아닌",
        "때문이 아니",
        "때문은 아니",
        " 문제가 아니",
        " 문제는 아니",
        "는 필요 없",
        "은 필요 없",
        "는 없",
        "은 없",
        "와는 상관",
        "를 찾는 건 아",
        "을 찾는 건 아",
        "를 찾는 게 아",
        "을 찾는 게 아",
    ),
    "zh": (
        "无关",
        "無關",
        "没关系",
        "沒關係",
    ),
}
_NEAR_BEFORE: Final = 8
_NEAR_AFTER: Final = 12

_NEGATORS: Final = {lang: frozenset(map(fold_word, w.split())) for lang, w in _NOT.items()}
_NEGATORS_AFTER: Final = {
    lang: frozenset(map(fold_word, w.split())) for lang, w in _NOT_AFTER.items()
}
_BRIDGE: Final = frozenset(map(fold_word, _BRIDGES.split())) | {"not"}
_JUST: Final = frozenset(map(fold_word, _ONLY.split()))
#: Every word that denies in some language: none may stand in the gap of a phrase.
DENYING: Final = frozenset(chain.from_iterable(_NEGATORS.values())) - {
    "ne",
    "nem",
    "en",
    "et",
    "no",
    "ni",
}


def denied(lang: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether words found are denied; ``before`` and ``after`` are the rest of their clause."""
    negators = _NEGATORS.get(lang, frozenset())
    for distance, word in enumerate(reversed(before[-_REACH - 1 :])):
        if word in negators:
            next_word = before[len(before) - distance] if distance else ""
            return next_word not in _JUST
        if word not in _BRIDGE and len(word) > 1:
            break
    behind = _NEGATORS_AFTER.get(lang, frozenset())
    return any(word in behind for word in after[:_REACH_AFTER])


def denied_in_run(lang: str, before: str, after: str) -> bool:
    """The same for languages without blanks; ``before`` and ``after`` are characters."""
    head, tail = before[-_NEAR_BEFORE:], after[:_NEAR_AFTER]
    if any(sign in head for sign in _RUN_BEFORE.get(lang, ())) and "只" not in head:
        return True
    return any(tail.startswith(sign) for sign in _RUN_AFTER.get(lang, ())) and "だけ" not in tail
