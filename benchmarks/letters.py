"""Synthetic mail: letters nobody wrote, of the sizes, shapes and languages a support address sees.

Everything is made from sentences below and a seed, so that two runs measure the same mails. Sizes
are those of ordinary mail with its headers: 1.8 to 33 KB, median 4.3 KB; small ones 0.8 KB.
"""

from __future__ import annotations

import base64
import quopri
import random
from collections.abc import Iterator
from html import escape

DESK = "help@desk.example.org"

#: Per language: a greeting, sentences, a closing, how a quotation is introduced.
LETTERS: dict[str, tuple[str, tuple[str, ...], str, str]] = {
    "en": (
        "Hello,",
        (
            "I play bass in a touring band and we have been on the road since the spring.",
            "Sleep has been bad for weeks and my hands shake before every show.",
            "Our label stopped paying the advance and I do not know how to make the rent.",
            "I have written songs for eleven years and last month it simply stopped.",
            "Is there somebody near {city} who knows what touring does to a family?",
            "My drummer told me that you helped him find a therapist two years ago.",
            "The ringing in my ears gets worse after each rehearsal and I am worried.",
            "I would rather write than call, if that is possible with your team.",
            "We cancelled {n} dates this autumn and the crew has had no work since then.",
            "Could you tell me whether the fund is open to people who are not members?",
        ),
        "Kind regards,",
        "On Monday {name} wrote:",
    ),
    "de": (
        "Guten Tag,",
        (
            "ich spiele seit vielen Jahren Bratsche und unterrichte nebenbei an einer Musikschule.",
            "Seit dem Sommer kann ich vor Konzerten kaum noch schlafen und esse wenig.",
            "Nach der Absage der Tournee fehlen mir {n} Auftritte und das Geld für die Miete.",
            "Gibt es in {city} eine Beratung, die sich mit Lampenfieber auskennt?",
            "Meine Kollegin hat mir erzählt, dass Sie ihr sehr schnell geantwortet haben.",
            "Ich würde lieber schreiben als telefonieren, wenn das möglich ist.",
            "Der Arzt meinte, das Pfeifen im Ohr sei eine Folge der Lautstärke auf der Bühne.",
            "Können auch freie Technikerinnen einen Antrag auf Unterstützung stellen?",
        ),
        "Mit freundlichen Grüßen",
        "Am Montag schrieb {name}:",
    ),
    "es": (
        "Buenos días:",
        (
            "Soy cantante y llevo más de diez años viajando con una orquesta pequeña.",
            "Desde el verano duermo muy poco y me cuesta subir al escenario sin miedo.",
            "Nos cancelaron {n} conciertos y todavía no hemos cobrado los anteriores.",
            "Me gustaría hablar con alguien en {city} que conozca la vida de los músicos.",
            "Una amiga me contó que ustedes la ayudaron a encontrar una psicóloga.",
            "Prefiero escribir antes que llamar por teléfono, si eso es posible.",
            "¿El fondo está abierto también para los técnicos de sonido autónomos?",
            "Mi familia está preocupada porque casi no salgo de casa desde septiembre.",
        ),
        "Un saludo cordial,",
        "El lunes {name} escribió:",
    ),
    "fr": (
        "Bonjour,",
        (
            "Je suis pianiste et j'accompagne des chanteurs depuis une quinzaine d'années.",
            "Depuis cet été je dors très mal et j'ai peur avant chaque concert.",
            "La tournée a été annulée et j'ai perdu {n} dates, je ne sais plus comment payer.",
            "Y a-t-il quelqu'un à {city} qui connaît bien la vie des musiciens ?",
            "Un ami m'a dit que vous lui aviez répondu très vite l'année dernière.",
            "Je préférerais écrire plutôt que téléphoner, si c'est possible.",
            "Les techniciens du spectacle peuvent-ils aussi demander une aide ?",
            "Mon médecin pense que les sifflements viennent du volume sur scène.",
        ),
        "Bien cordialement,",
        "Lundi, {name} a écrit :",
    ),
    "pt": (
        "Bom dia,",
        (
            "Sou percussionista e toco com vários grupos há mais de doze anos.",
            "Desde o verão durmo muito mal e tenho medo antes de cada apresentação.",
            "Perdemos {n} espetáculos neste outono e não sei como pagar a renda.",
            "Há alguém em {city} que conheça bem a vida de quem faz música?",
            "Uma colega contou que vocês a ajudaram a encontrar uma terapeuta.",
            "Prefiro escrever a telefonar, se isso for possível para a vossa equipa.",
            "Os técnicos de luz também podem pedir apoio ao fundo?",
        ),
        "Com os melhores cumprimentos,",
        "Na segunda-feira {name} escreveu:",
    ),
    "it": (
        "Buongiorno,",
        (
            "Suono il violino in un'orchestra e insegno in una scuola di musica.",
            "Dall'estate dormo pochissimo e prima dei concerti mi tremano le mani.",
            "Ci hanno cancellato {n} date e non so come pagare l'affitto di casa.",
            "C'è qualcuno a {city} che conosce la vita di chi va in tournée?",
            "Un collega mi ha detto che lo avete aiutato a trovare uno psicologo.",
            "Preferirei scrivere invece di telefonare, se per voi è possibile.",
            "Anche i tecnici del suono possono chiedere un contributo al fondo?",
        ),
        "Cordiali saluti,",
        "Lunedì {name} ha scritto:",
    ),
    "ru": (
        "Здравствуйте,",
        (
            "Я играю на виолончели и много лет езжу на гастроли с небольшим ансамблем.",
            "С лета я почти не сплю и боюсь выходить на сцену перед публикой.",
            "У нас отменили {n} концертов, и я не знаю, как платить за квартиру.",
            "Есть ли в городе {city} кто-нибудь, кто понимает жизнь музыкантов?",
            "Подруга рассказала, что вы помогли ей найти хорошего психолога.",
            "Мне легче писать, чем звонить, если у вас это возможно.",
            "Могут ли звукорежиссёры тоже подать заявку на помощь?",
        ),
        "С уважением,",
        "В понедельник {name} написала:",
    ),
    "ja": (
        "こんにちは。",
        (
            "私は十年以上、小さなバンドでギターを弾いて各地を回っています。",
            "夏からよく眠れず、ステージに立つ前に手が震えるようになりました。",
            "秋の公演が{n}本中止になり、家賃をどう払えばよいか分かりません。",
            "{city}の近くで、音楽家の生活をよく知っている相談先はありますか。",
            "友人から、こちらでカウンセラーを紹介してもらったと聞きました。",
            "電話よりもメールで相談できるとありがたいです。",
        ),
        "よろしくお願いいたします。",
        "月曜日に{name}さんが書きました:",
    ),
    "pl": (
        "Dzień dobry,",
        (
            "Gram na klarnecie i od wielu lat jeżdżę w trasy z małym zespołem.",
            "Od lata bardzo źle śpię i przed każdym koncertem drżą mi ręce.",
            "Odwołano nam {n} koncertów i nie wiem, jak zapłacić za mieszkanie.",
            "Czy w mieście {city} jest ktoś, kto zna życie muzyków w trasie?",
            "Koleżanka mówiła, że pomogliście jej znaleźć dobrą terapeutkę.",
            "Wolę pisać niż dzwonić, jeśli to u państwa możliwe.",
        ),
        "Z poważaniem,",
        "W poniedziałek {name} napisała:",
    ),
}
#: How often each language writes, in twentieths.
_SHARES = "en " * 9 + "de es es fr fr pt it ru ja pl de"
_CITIES = ("Leipzig", "Porto", "Sevilla", "Lyon", "Leeds", "Torino", "Osaka", "Gdynia", "Austin")
_FIRST = ("Amina", "Luca", "Ines", "Jonas", "Mara", "Theo", "Yuki", "Olga", "Sam", "Noor")
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ke",
    "li",
    "mo",
    "nu",
    "pa",
    "re",
    "si",
    "to",
    "vu",
    "we",
    "ya",
    "zo",
    "bran",
    "dell",
    "mont",
    "rick",
    "stein",
]
_CHARSETS = {"ru": "koi8-r", "de": "iso-8859-1", "fr": "iso-8859-1", "ja": "iso-2022-jp"}
_SIGNATURES = ("DKIM-Signature", "X-Provider-DKIM-Signature", "ARC-Message-Signature")
#: Trace and authentication headers as large providers add them, in one shape.
_TRACE = (
    "Received: from mail-{k}.example.net (mail-{k}.example.net [192.0.2.{n}])\r\n"
    " by mx.desk.example.org (Postfix) with ESMTPS id {key}\r\n"
    " for <" + DESK + ">; Mon, 2 Nov 2026 09:{m:02d}:11 +0000 (UTC)\r\n"
)


def mail(number: int, *, small: bool = False) -> bytes:
    """The mail of this number; ``small`` ones are under 2 KB and plain text."""
    chance = random.Random(number)
    language = chance.choice(_SHARES.split())
    name, surname = chance.choice(_FIRST), _surname(chance)
    text = _text(chance, language, f"{name} {surname}", small=small)
    head = _head(chance, number, name, surname, small=small)
    if small:
        return head + _plain(text, "utf-8", "8bit")
    shape = chance.random()
    if shape < 0.35:
        return head + _alternative(chance, text)
    if shape < 0.5:
        charset = _CHARSETS.get(language, "utf-8")
        return head + _plain(text, charset, "8bit" if charset == "iso-2022-jp" else "qp")
    if shape < 0.65:
        return head + _plain(text, "utf-8", "base64")
    if shape < 0.75:
        return head + _part(_html(text), "text/html", "utf-8", "qp")
    return head + _plain(text, "utf-8", "qp" if shape < 0.9 else "8bit")


def mails(count: int) -> Iterator[bytes]:
    """The first ``count`` mails."""
    return (mail(number) for number in range(count))


def _text(chance: random.Random, language: str, name: str, *, small: bool) -> str:
    greeting, sentences, closing, quotation = LETTERS[language]
    length = 3 if small else min(45, max(3, int(chance.lognormvariate(2.5, 0.7))))
    said = [greeting, ""]
    for start in range(0, length, 4):
        said += [_paragraph(chance, sentences, min(4, length - start)), ""]
    said += [closing, name]
    if not small and chance.random() < 0.25:
        said += ["", "-- ", name, f"Booking: +44 20 7946 {chance.randrange(10_000):04d}"]
    if not small and chance.random() < 0.3:
        quoted = [_paragraph(chance, sentences, 3) for _ in range(3)]
        said += ["", quotation.format(name="Bo"), *(f"> {line}" for line in quoted)]
    return "\r\n".join(said) + "\r\n"


def _paragraph(chance: random.Random, sentences: tuple[str, ...], count: int) -> str:
    # Filled-in names and numbers keep the vocabulary growing, as real mail does.
    return " ".join(
        chance.choice(sentences).format(
            city=chance.choice((*_CITIES, _surname(chance))), n=chance.randrange(2, 40)
        )
        for _ in range(count)
    )


def _surname(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()


def _head(chance: random.Random, number: int, name: str, surname: str, *, small: bool) -> bytes:
    key = f"{chance.getrandbits(64):016x}"
    traces = 1 if small else chance.randrange(2, 5)
    trace = "".join(
        _TRACE.format(k=chance.randrange(99), n=chance.randrange(254), key=key, m=number % 60)
        for _ in range(traces)
    )
    signature = "" if small else _signature(chance)
    return (
        f"{trace}{signature}"
        f"From: {name} {surname} <{surname.lower()}{number}@mail.example.net>\r\n"
        f"To: Help <{DESK}>\r\n"
        f"Subject: {chance.choice(('A question', 'Support', 'Tour', 'Re: Support', 'Ayuda'))}"
        f" {number}\r\n"
        f"Date: Mon, 2 Nov 2026 {number % 24:02d}:{number % 60:02d}:00 +0100\r\n"
        f"Message-ID: <{key}.{number}@mail.example.net>\r\n"
        "MIME-Version: 1.0\r\n"
    ).encode()


def _signature(chance: random.Random) -> str:
    """What providers sign and note: one to three signatures, as with forwarding and mailing."""
    signed = "".join(
        f"{name}: v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail.example.net; s=s1;\r\n b="
        + "\r\n ".join(base64.b64encode(chance.randbytes(48)).decode() for _ in range(5))
        + "\r\n"
        for name in _SIGNATURES[: chance.randrange(1, 4)]
    )
    return (
        f"{signed}X-State: {base64.b64encode(chance.randbytes(150)).decode()}\r\n"
        "Authentication-Results: mx.desk.example.org; dkim=pass header.d=mail.example.net;\r\n"
        " spf=pass smtp.mailfrom=mail.example.net\r\n"
    )


def _plain(text: str, charset: str, encoding: str) -> bytes:
    return _part(text, "text/plain", charset, encoding)


def _part(text: str, kind: str, charset: str, encoding: str) -> bytes:
    raw = text.encode(charset, "replace")
    label = {"qp": "quoted-printable"}.get(encoding, encoding)
    head = f"Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {label}\r\n\r\n"
    if encoding == "qp":
        raw = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    elif encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    return head.encode() + raw


def _html(text: str) -> str:
    lines = (f'<div dir="ltr" style="font-family:Arial">{escape(line)}</div>' for line in
             text.split("\r\n"))  # fmt: skip
    return (
        "<html><head><style>p {margin: 0}</style></head><body>" + "".join(lines) + "</body></html>"
    )


def _alternative(chance: random.Random, text: str) -> bytes:
    mark = f"{chance.getrandbits(80):020x}"
    parts = (
        _part(text, "text/plain", "utf-8", "qp"),
        _part(_html(text), "text/html", "utf-8", "qp"),
    )
    body = b"".join(f"--{mark}\r\n".encode() + part + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/alternative; boundary="{mark}"\r\n\r\n'.encode()
    return head + body + f"--{mark}--\r\n".encode()
