"""Words and short cries for help that tell a language before any statistics can."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

#: Frequent little words per language, chosen because the neighbours write them otherwise.
#: Own lists; no frequency data was copied. A word of several languages speaks for each of them.
_COMMON: Final[dict[str, str]] = {
    "en": "the and is are was my you i'm i've don't can't with have not this that what need help "
    "please who how about of been would there it's am me your for from anyone someone could",
    "es": "el los las una muy pero estoy soy mi mis usted ustedes puedo gracias ayuda necesito "
    "qué cómo con por para del hay hola tengo yo y es más también está fue ese esta son quiero",
    "pt": "não uma você estou sou meu minha muito mas obrigado obrigada ajuda preciso olá com por "
    "tenho eu os as do da dos das em é são isso ele ela está também já foi quero à ao um ou mais",
    "gl": "unha moi pero estou non grazas axuda teño eu xa é son isto ti el ela dunha meu miña "
    "tamén os as do da co na polo hai onde quen ningún foi moito nós vós lles ten",
    "ca": "amb és però sóc estic els les una molt gràcies ajuda necessito què això meu meva hi ha "
    "tinc jo i del dels aquest aquesta està són tot més on ell ella no té vaig va ens us som",
    "fr": "le les des une est suis je pas vous avec pour mais merci aide j'ai besoin c'est que qui "
    "mon ma dans du ne et à bonjour il elle nous très être sont cette ça aux au on sur tu l'ai",
    "de": "der die das und ist ich nicht ein eine mit für auf mir mich bin habe hilfe bitte danke "
    "sie wir zu aber kann wie es den dem sehr von noch auch er was wo im wird sind du hat",
    "it": "il gli una sono non che di ho mi per con aiuto grazie ma bisogno è della questo anche "
    "come ciao vorrei più del nel lo al era io ha tu cosa perché molto mio mia si dei alla",
    "nl": "de het een ik niet is van en met voor maar mijn hulp heb bent ben kan dat wat jullie "
    "graag ook naar hij zij we u je zijn deze geen wel te om was er nog nu op zou haar",
    "af": "die het nie ek 'n is van en met vir maar my hulp kan dat wat julle ook na hy sy ons jy "
    "hierdie geen wel te om was daar nog nou op sal haar aan",
    "sv": "och är jag inte en ett det som med för men hjälp har kan vill mig min på av till också "
    "tack hej behöver vad hur från vi du han hon den att om så var ni mycket någon eller",
    "nb": "og er jeg ikke en et det som med for men hjelp har kan vil meg min på av til også takk "
    "hei trenger hva hvordan fra vi du han hun den å om så var dere mye noen eller hvor nå etter "
    "bare etter seg",
    "da": "og er jeg ikke en et det som med for men hjælp har kan vil mig min på af til også tak "
    "hej brug hvad hvordan fra vi du han hun den at om så var jer meget nogen eller hvor nu efter "
    "kun blev sig",
    "fi": "ja on en olen ei se että mutta minun apua kiitos hei voi voin mitä miten minä hän ovat "
    "tämä oli kun jos niin sinä tarvitsen me he ole minulla kanssa mikä",
    "et": "ja on ei ma see et aga minu abi tere tänan mida kuidas mina ta oli kui olen sa oma ka "
    "me nad pole",
    "pl": "i nie jest się w na z że to mam jestem pomoc proszę dziękuję co jak ale mnie mój czy "
    "od dla do po jak był są ten tego już jeszcze on ona tylko potrzebuję bardzo cześć",
    "cs": "a je se na že to jsem není pomoc prosím děkuji co jak ale mě můj jsou byl nebo do pro "
    "ten tak už on ona jen potřebuji dobrý ve když která který jste máte které být při své",
    "sk": "a je sa na že to som nie pomoc prosím ďakujem čo ako ale mňa môj sú bol alebo do pre "
    "ten tak už on ona len potrebujem dobrý vo keď ktorá ktorý ste máte ktoré byť pri svoje",
    "sl": "in je se na da to sem ni pomoč prosim hvala kaj kako ampak moj so bil ali do za ta tako "
    "že on ona samo potrebujem lahko ko kateri ste imate biti pri smo bo pa",
    "hr": "i je se na da to sam nije pomoć molim hvala što kako ali moj su bio ili do za taj tako "
    "već on ona samo trebam tko gdje lijepo ste imate biti pri smo li bi htio uvijek prije",
    "sr": "i je se na da to sam nije pomoć molim hvala šta kako ali moj su bio ili do za taj tako "
    "već on ona samo treba ko gde lepo ste imate biti pri smo li bi hteo uvek pre",
    "hu": "a az és nem egy hogy van vagyok is segítség kérem köszönöm mit de meg ez azt én nekem "
    "volt vagy csak már még aki szia szükségem ki itt ha minden te ő kell",
    "ro": "și si nu este sunt un o în cu pentru dar ajutor mulțumesc vă rog am ce cum mai la de pe "
    "să eu că din care acest fost bună ziua nevoie el ea foarte sau ești fi lui",
    "sq": "dhe nuk është një për me jam të në unë ndihmë faleminderit por çfarë si po ju më",
    "tr": "ve bir bu için değil ben çok ama yardım lütfen teşekkürler ne nasıl merhaba var yok mı "
    "mi da de benim ile daha gibi o sen bana sana ihtiyacım olarak",
    "id": "dan yang di saya tidak ini itu dengan untuk dari ada bantuan tolong terima kasih apa "
    "bagaimana bisa anda kamu aku adalah ke karena akan sudah juga kami mau dia kita uang",
    "ms": "dan yang di saya tidak ini itu dengan untuk dari ada bantuan tolong terima kasih apa "
    "bagaimana boleh anda awak aku adalah ke kerana akan sudah juga kami mahu dia kita wang tak "
    "ialah sahaja nak kat hendak telah mereka",
    "tl": "ang ng mga sa ako ko hindi ito po kailangan tulong salamat ay na at si kung ano paano "
    "mo ka siya may wala ba namin",
    "vi": "và là của tôi không có được cho với này giúp cảm ơn xin bạn anh một những các đã trong "
    "người rất ở cần đi làm gì ấy cô em",
    "sw": "na ya wa ni kwa mimi si hii msaada asante habari nina katika lakini nini yangu",
    "cy": "yn y yr a mae i ar dw help diolch fi ddim wedi ei oes gyda",
    "lt": "ir yra ne aš tai kad su bet man pagalba ačiū prašau kaip į iš ar jis buvo",
    "lv": "un ir nav es tas ka ar bet man palīdzība paldies lūdzu kā uz no vai viņš bija",
    "ru": "и не я в на что мне это с как но помощь помогите пожалуйста спасибо у меня есть он вы "
    "очень нужна был было быть его она все они",
    "uk": "і не я в на що мені це з як але допомога допоможіть будь ласка дякую у мене є він ви "
    "дуже потрібна був було бути його вона всі та від",
    "bg": "и не аз в на че ми това с как но помощ моля благодаря имам е той вие много нужда беше "
    "да се съм са за от тя те ще си по",
    "mk": "и не јас во на дека ми ова со како но помош ве молам благодарам имам е тој вие многу "
    "беше да се сум се за од таа",
    "sr-cyrl": "и не ја у на да ми ово са како али помоћ молим хвала имам је он ви много био сам "
    "се су за од она шта што",
    "ar": "في من على أنا لا إلى هذا مع أن ما هو مساعدة شكرا أحتاج لكن عن لي كان هل التي",
    "fa": "در از به من که را این با است نیست کمک ممنون نیاز دارم هستم اما می آن او بود چه برای",
    "ur": "میں ہے کے کی کا اور نہیں سے کو مدد شکریہ ہوں یہ ہیں کہ پر تھا نے کیا آپ",
    "hi": "है में मैं के की का और नहीं से को मदद धन्यवाद हूँ यह हैं कि पर था ने क्या मुझे चाहिए",
    "mr": "आहे मी आणि नाही मला मदत धन्यवाद या ते हे पण तो ती होते काय आहेत",
    "ne": "छ म र छैन मलाई सहयोग धन्यवाद यो हो भने को मा छन् थियो के गर्न",
}

#: Whole texts too short for statistics: (language, phrases). langdetect reads "I need help" as
#: Dutch, "call me" as Italian, "ajuda" as Croatian (issue Mimino666/langdetect#105 and others).
_SHORT: Final[dict[str, str]] = {
    "en": "help|help me|please help|please help me|help me please|i need help|need help|call me|"
    "please call me|call me please|hello|hi|hi there|thanks|thank you|yes please|i want to die|"
    "are you there|anyone there|crisis|urgent|sos help|question|can you help|can you help me|"
    "i can't do this anymore|i cant do this anymore|therapy|need to talk|i need to talk",
    "es": "ayuda|ayúdame|ayudame|ayúdenme|ayudenme|necesito ayuda|ayuda por favor|por favor ayuda|"
    "hola|gracias|llámame|llámenme|quiero morir|urgente por favor|no puedo más|auxilio",
    "pt": "ajuda|preciso de ajuda|me ajuda|me ajudem|me ajude|ajudem-me|ajuda por favor|olá|ola|oi|"
    "olá preciso de ajuda|ola preciso de ajuda|oi preciso de ajuda|socorro|quero morrer|obrigado|"
    "obrigada|me liga|me liguem",
    "fr": "aide|aidez-moi|aidez moi|aide-moi|au secours|à l'aide|besoin d'aide|j'ai besoin d'aide|"
    "bonjour|merci|je veux mourir|appelez-moi|s'il vous plaît|salut",
    "de": "hilfe|bitte hilfe|ich brauche hilfe|brauche hilfe|bitte helfen sie mir|helft mir|"
    "hilfe bitte|hallo ich brauche hilfe|danke|ich will sterben|rufen sie mich an|frage|guten tag",
    "it": "aiuto|aiutatemi|ho bisogno di aiuto|aiuto per favore|ciao|grazie|voglio morire|"
    "chiamatemi|mi serve aiuto|buongiorno",
    "nl": "ik heb hulp nodig|hulp nodig|help mij|hulp|bel me|bedankt|dank u|ik wil dood|vraag|"
    "hallo ik heb hulp nodig|hoi",
    "pl": "pomocy|pomoc|potrzebuję pomocy|proszę o pomoc|cześć|dziękuję|chcę umrzeć|dzień dobry",
    "sv": "hjälp|hjälp mig|jag behöver hjälp|behöver hjälp|tack|jag vill dö|ring mig",
    "da": "hjælp|hjælp mig|jeg har brug for hjælp|tak|jeg vil dø",
    "nb": "hjelp|hjelp meg|jeg trenger hjelp|trenger hjelp|takk|jeg vil dø",
    "fi": "apua|tarvitsen apua|auttakaa|auta minua|kiitos|moi|haluan kuolla",
    "hu": "segítség|segítsetek|segítségre van szükségem|köszönöm|szia",
    "ro": "ajutor|ajutați-mă|am nevoie de ajutor|mulțumesc|bună|vreau să mor",
    "cs": "potřebuji pomoc|pomozte mi|děkuji|ahoj potřebuji pomoc|chci umřít",
    "sk": "potrebujem pomoc|pomôžte mi|ďakujem|chcem zomrieť",
    "hr": "trebam pomoć|pomozite mi|upomoć|želim umrijeti",
    "ca": "necessito ajuda|ajudeu-me|gràcies|hola necessito ajuda|vull morir",
    "tr": "yardım|yardım edin|yardıma ihtiyacım var|imdat|teşekkürler|merhaba|ölmek istiyorum",
    "id": "tolong|tolong saya|saya butuh bantuan|butuh bantuan|minta tolong|halo|terima kasih|"
    "saya ingin mati",
    "ms": "saya perlukan bantuan|perlukan bantuan",
    "vi": "giúp tôi|cứu tôi|tôi cần giúp đỡ|cảm ơn|xin chào|tôi muốn chết",
    "tl": "tulong|tulungan ninyo ako|tulungan mo ako|kailangan ko ng tulong|salamat",
    "sw": "nisaidie|naomba msaada|nahitaji msaada|asante",
    "ru": "помогите|помощь|нужна помощь|мне нужна помощь|привет|спасибо|здравствуйте|"
    "хочу умереть|не хочу жить",
    "uk": "допоможіть|допомога|потрібна допомога|мені потрібна допомога|привіт|дякую|хочу померти",
    "bg": "помощ|помогнете ми|имам нужда от помощ|благодаря|здравейте|искам да умра",
    "ar": "مساعدة|ساعدوني|أحتاج مساعدة|أحتاج إلى مساعدة|مرحبا|شكرا|أريد أن أموت|النجدة",
    "fa": "کمک|کمکم کنید|کمک می‌خواهم|به کمک نیاز دارم|سلام|می‌خواهم بمیرم",
    "ur": "مدد|مدد کریں|مجھے مدد چاہیے|شکریہ",
    "hi": "मदद|मदद करो|मुझे मदद चाहिए|मेरी मदद करो|नमस्ते|धन्यवाद",
    "ja": "至急|相談|相談希望|緊急|自殺|希死念慮",
}


@lru_cache(maxsize=1)
def common_words() -> dict[str, tuple[str, ...]]:
    """Each frequent little word in lower case with the languages that write it."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _COMMON.items():
        name = language.partition("-")[0]
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), name)
    return found


@lru_cache(maxsize=1)
def short_phrases() -> dict[str, str]:
    """Whole short texts in lower case without punctuation, with their one language."""
    return {phrase: language for language, line in _SHORT.items() for phrase in line.split("|")}
