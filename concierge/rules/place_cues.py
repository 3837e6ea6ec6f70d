"""Words before a country's name that tell what the country is to the writer."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final

from concierge.rules.places import fold


class Cue(Enum):
    """What the words before a name say, with the weight of a country named after them.

    Weights are the measured ones of the scoring model; ``IN`` and ``AM`` are its bare country and
    nationality word, ``NONE`` a name that merely stands somewhere.
    """

    NOW = 5.0
    LIVE = 4.5
    IN = 2.60
    AM = 2.61
    FROM = 1.6
    NONE = 0.8
    PAST = 0.25
    #: A person's name: "my name is Jordan".
    NAME = 0.0
    NOT = -2.0


#: The cues, folded and cut like any text when loaded ("don't" is two words), at most four words.
_CUES: Final[dict[Cue, str]] = {
    Cue.NOW: "on tour in|writing from|write from|writing you from|write to you from|de gira en|"
    "de gira por|escribo desde|escribimos desde|escrevo de|escrevo do|escrevo da|em turne no|"
    "em turne na|em turne em|vous ecris de|vous ecris du|vous ecris depuis|t ecris de|"
    "en tournee en|en tournee au|en tournee aux|auf tour in|auf tournee in|schreibe aus|"
    "schreibe euch aus|schreibe dir aus|schreibe ihnen aus|in tournee in|in tour in|scrivo da|"
    "scrivo dall|scrivo dalla|scrivo dal|op tour in|op tournee in|schrijf vanuit|schrijf uit|"
    "w trasie po|pisze z|pa turne i|skriver fran|skriver fra|на гастролях в|пишу из|пишу з|"
    "пишу із|"
    "currently in|right now in|now in|at the moment in|i m now in|we are in|"
    "i am in|i m in|here in|actually in|stuck in|staying in|stranded in|"
    "ahora estoy en|ahora en|estoy en|actualmente en|"
    "aqui en|agora estou em|estou em|estou no|estou na|atualmente em|aqui no|aqui na|aqui em|"
    "actuellement en|actuellement au|actuellement aux|je suis en|je suis au|ici en|ici au|"
    "derzeit in|gerade in|zurzeit in|momentan in|jetzt in|bin in|hier in|adesso in|ora in|"
    "attualmente in|sono in|qui in|nu in|momenteel in|ik ben in|hier in|teraz w|obecnie w|jestem w|"
    "just nu i|ar i|befinner mig i|na i|er i|befinner meg i|lige nu i|сейчас в|я в|нахожусь в|"
    "зараз в|зараз у|τωρα στην|su anda|الآن في|أنا في",
    Cue.LIVE: "hemma i|hjemme i|hjemme i|rentre a|vivo a|"
    "abito a|habite a|j habite a|vis a|locuiesc la|"
    "live in|lives in|living in|based in|reside in|resident in|residing in|located in|"
    "home in|moved to|moved back to|relocated to|back in|live and work in|working in|work in|"
    "vivo en|vivimos en|viviendo en|resido en|me mude a|radico en|radicado en|radicada en|"
    "moro em|moro no|moro na|moro nos|vivo em|vivo no|vivo na|vivo nos|resido em|mudei para o|"
    "j habite en|j habite au|j habite aux|habite en|habite au|habite aux|vis en|vis au|vis aux|"
    "vivant en|installe en|installee en|basee en|base en|base au|base aux|wohne in|lebe in|"
    "leben in|wohnhaft in|zu hause in|wohne in der|lebe in der|komme nach|vivo in|abito in|"
    "vivo negli|vivo nei|risiedo in|woon in|wonen in|woonachtig in|mieszkam w|mieszkam we|zyje w|"
    "bor i|bosatt i|bor jeg i|bor jag i|jobber i|bydlim v|ziju v|byvam v|zijem v|zivim u|"
    "stanujem u|asun|elan|elek|lakom|locuiesc in|traiesc in|stau in|живу в|живу во|проживаю в|"
    "живем в|мешкаю в|мешкаю у|живу у|проживаю у|живея в|живим у|ζω στην|ζω στη|ζω στο|μενω στην|"
    "tinggal di|menetap di|song o|sinh song tai|أعيش في|أسكن في|مقيم في|ساكن في|اعيش في|عايش في|"
    "גר ב|גרה ב|visc a|viuen a",
    Cue.IN: "in|a|in the|across|throughout|en|em|no|na|nos|nas|au|aux|nel|nella|negli|nei|in der|"
    "in den|im|i|w|we|v|ve|в|во|у|в на|στην|στη|στο|στις|di|tai|o|في|در|at|around|within|nello",
    Cue.FROM: "from|from the|born in|grew up in|raised in|originally from|native of|soy de|"
    "somos de|vengo de|naci en|sou de|sou do|sou da|venho do|nasci em|viens de|"
    "je viens du|originaire de|"
    "originaire du|aus|komme aus|aus der|stamme aus|geboren in|vengo da|dalla|dal|"
    "dall|uit|kom uit|z|ze|"
    "pochodze z|fran|kommer fran|fra|kommer fra|z|ze|из|родом из|з|із|απο την|من|dari|از",
    Cue.PAST: "show in|shows in|gig in|concert in|concerts in|festival in|festivals in|dates in|"
    "music from|songs from|label from|promoter from|friend from|friends from|someone from|"
    "call from|mail from|email from|concierto en|conciertos en|show no|shows no|show em|"
    "concert en|concert au|konzert in|konzerte in|auftritt in|auftritte in|concerto in|"
    "concerti in|optreden in|koncert w|koncerty w|spelning i|konsert i|концерт в|концерты в|"
    "toured|touring|tour of|tour in|tour through|played in|played|gigs in|shows in|via|"
    "back from|returned from|moved from|moved here from|flew from|been to|went to|travelled to|"
    "visited|used to live in|lived in|was in|were in|tournee in|tournee en|tournee au|gira por|"
    "gira en|was on tour in|were on tour in|been on tour in|went on tour in|"
    "estuve de gira por|estuve de gira en|estuvimos de gira por|estuvimos de gira en|"
    "fui de gira por|fuimos de gira por|"
    "turne em|turne pela|turne pelo|toque en|toquei em|war in|waren in|"
    "waren gerade in|war gerade in|"
    "gespielt in|joue en|joue au|suonato in|gespeeld in|spelade i|spilte i|gastroles|grali w|"
    "vivia en|vivi en|morei em|morava em|habitais en|wohnte in|lebte in|гастроли в|гастролей в",
    Cue.NAME: "my name is|name is|i m called|me llamo|mi nombre es|je m appelle|ich heisse|"
    "mein name ist|meu nome e|me chamo|mi chiamo|jag heter|jeg heter|ik heet|nazywam sie|"
    "hi from|regards|love|cheers|thanks|best|меня зовут|dear|hi|hello|hey",
    Cue.AM: "i am a|i m a|i am an|i m an|we are a|we re a|i am|we re|soy un|soy una|soy|somos|"
    "sou um|sou uma|sou|somos|je suis un|je suis une|je suis|nous sommes|ich bin|ich bin ein|"
    "ich bin eine|wir sind|sono un|sono una|sono|siamo|ik ben een|ik ben|jag ar|jag ar en|jeg er|"
    "jeg er en|as a|as an|jestem",
    Cue.NOT: "not in|not from|no longer in|no longer live in|t live in|don t live in|not live in|"
    "not living in|not based in|isn t in|outside|outside of|left|ya no vivo en|no vivo en|"
    "no estoy en|nao moro em|nao moro no|nao moro mais no|nao estou no|plus en|"
    "plus au|plus a|habite plus a|pas en|"
    "pas au|nicht in|nicht mehr in|nicht aus|non vivo in|non sono in|niet in|nie mieszkam w|"
    "inte i|bor inte i|ikke i|bor ikke i|не живу в|не в|ليس في",
}

#: Words that may stand between the cue and the name: articles, compass points, adjectives.
_FILLERS: Final = (
    "the a an la el le les los las der die das den dem de lo il gli het o os as beautiful sunny "
    "north south east west northern southern eastern western rural central northeast southwest "
    "norte sur sul nord sud ouest est suden norden osten westen"
)
FILLERS: Final = frozenset(_FILLERS.split())


@lru_cache(maxsize=1)
def cue_ends() -> frozenset[str]:
    """The last word of every cue."""
    return frozenset(words.rpartition(" ")[2] for words in cues())


@lru_cache(maxsize=1)
def cues() -> dict[str, Cue]:
    """Cue by folded words; a longer cue is looked up before a shorter one."""
    found: dict[str, Cue] = {}
    for cue, line in _CUES.items():
        for words in line.split("|"):
            found.setdefault(fold(words), cue)
    return found
