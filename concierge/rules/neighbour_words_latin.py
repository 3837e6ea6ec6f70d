"""Words, endings and spellings that tell Nordic, Iberian and Dutch neighbours apart.

Written by hand for this project; no frequency data was copied. A list is (the languages that write
so, the gain as a natural logarithm, the words). ``word*`` is a beginning, ``*word`` an end, ``*x*``
letters anywhere, ``a_b`` two words in a row, ``a_*ti`` a word before any that ends so; a word with
``!`` is another word without its marks, and is not looked for in texts without marks.
"""

from __future__ import annotations

from typing import Final

from concierge.rules.neighbour_lists import CLEAR, STRONG, WEAK, Lists

SCANDINAVIAN: Final[Lists] = (
    (
        "sv",
        STRONG,
        "jag och inte är ett på_att för från också vad hur när vi_är något någon några "
        "ingenting inget bara mycket själv behöver vill_jag gör göra hjälp hjälpa tack över "
        "efter_att mellan måste skulle_jag kommer_att *ä* *ö* står sånt sådan varför där här "
        "det_är sedan år_sedan aldrig alltid flera fler annan andra_å nästa första människor "
        "människa mår ledsen kallas känner känna vänlig hälsningar",
    ),
    (
        "nb",
        STRONG,
        "eg ikkje kva kvifor kven korleis kor! hjå ein eit mykje nokon noko nokre berre vere "
        "vera vore skal_eg meir dei dykk frå! då! sjølv sjølve ho! òg heim kjem gjer seier "
        "veit_eg hjelp hjelpe hjelpa takk meg deg seg noen noe hva mye bare_å "
        "etter etterpå nå! uke uken uker ut_av dere fortelle spørsmål trenger "
        "trenge trengs venn! gutt gutter fikk gikk ble barnet_mitt "
        "greie greier vei veien opp oppe kjøpe beskjed måte måten *sjon *sjonen *sjoner kjøkken "
        "lege legen hovedsak fremdeles *leg! *lege! *skap! brukernavn passord bekreft* nettsted "
        "*heit *heita *ane! verda *ar_eg alle_saman eige følgje setje bruke bruker! tenke "
        "tenker utvikle ennå ikke_noe ikke_noen jenta boka lita kjære_dere vennlig",
    ),
    (
        "da",
        STRONG,
        "mig_selv af! hvad nogen noget meget nu_er efter sig_selv "
        "jeg_har_brug brug! bruge bruger_vi blev bliver_det kun ud_af jeres jer hjælp hjælpe "
        "hjælper tak! mange_tak uge ugen spørge spørger spørgsmål sprog sprogene ven venner_af "
        "dreng drenge pige piger pigen fik gik købe køber ansigt besked måde måden adgangskode "
        "brugernavn bekræft* bekræfte hjemmeside læge lægen lægge ikke_nogen "
        "ikke_noget været være_på tænke tænker udvikl* ud uden_for ude op_på endnu vej vejen "
        "æble mælk kærlig kærlighed lidt hvid syg sygt bagefter forældre fødselsdag *hed *heden "
        "*heder kære_alle venlig venlige tilbage gerne søge "
        "undskyld laver *agtig rigtig rigtigt måske",
    ),
    # Danes say there is where Norwegians and Swedes say it is.
    ("da", CLEAR, "der_er er_der der_var der_bliver"),
    (
        "nb da",
        CLEAR,
        "hvorfor hvem snakke snakker deres jeg ikke og et! er noget_å hun den_er at_jeg hvor "
        "hvis etter_en som_om *æ* *ø* fordi "
        "fra hilsen hjem venner skriver! hvordan selv være at",
    ),
    (
        "nb sv",
        CLEAR,
        "takk_för någon_av *sk_på språk jobb jobben bra ansikt enda",
    ),
    (
        "nb",
        CLEAR,
        "å nei hei vært tilbake uten gjøre hjemme",
    ),
    (
        "da",
        CLEAR,
        "dem_der da_jeg skulle_have have havde gøre ser_ud",
    ),
    (
        "sv da",
        CLEAR,
        "hej nu nej dig sig mig *tion *tionen",
    ),
)

IBERIAN: Final[Lists] = (
    (
        "pt",
        STRONG,
        "não nao você voce vocês voces uma tenho muito muita muitos muitas obrigado obrigada "
        "também então mãe irmão irmã minha minhas meu_deus pelo pela! pelos do_que no_dia nas! "
        "isso isto_é agora_é ajuda boa_noite ele eles ela_é elas um uns *ção *ções *lh* são! "
        "já_não quem_é ontem_à fazer dizer ficar gostaria gosto_de fala depois_de ainda sem "
        "tem! têm coisa coisas filho filha mulher olho velho senha usuário e-mail_de dinheiro "
        "janeiro janela já jovem jogo jeito viagem mensagem homem ontem quem bem além alguém "
        "ninguém nenhum algum",
    ),
    (
        "gl",
        STRONG,
        "unha unhas algunha algunhas ningunha nunha dunha nun coa coas moi moito moita moitos "
        "moitas vós ata tamén xa xente xuntos xaneiro xogo xogar xogos xefe xornal xove axuda "
        "axudar axúd* axudas hoxe onte grazas graza non eu_non teño ten_que teñ* miña miñas lle "
        "lles polo pola polos polas dende deica mentres fixo fixen dixo dixen dixeron puido "
        "puiden quixo quixen souben soubo viñ* estiven estivo fose *ción_do *cións *xe! *xeir* "
        "*xic* *xía dúas dous catro sete oito nove xamais quen! ninguén alguén tampouco entón "
        "despois_de daquela dereito dereita lingua galego galega galicia galiza irmán irmá nai! "
        "nais país_do fillo fillos homes muller mulleres ollo ollos vello vella traballo "
        "traballar consello escoller coller fóra dentro_do ademais aínda arredor anque "
        "aínda_que eiquí aquí_é velaquí ese_é iso esa_é estea sexa sexan facer fago fas dicir "
        "vir imos ides teren seren xunto xunta xusto xusta xulgado xullo xuño outubro deseño "
        "deseñar contrasinal usuario_do engadir ligazón páxina enderezo correo_electrónico_do",
    ),
    (
        "es",
        STRONG,
        "muy muchos muchas mucha yo tú usted ustedes estoy soy gracias ayudar ayúd* los las "
        "unas unos y están hoy ayer cómo así ahora nosotros nosotras vosotros ellos ellas "
        "tienen tengo puedo puede pueden quiero quiere quieren bueno buena buenos buenas noche "
        "noches dicho hecho hacer hace hizo hicieron dijo dije decir hijo hija hijos mujer ojo "
        "ojos viejo trabajo trabajar consejo hermano hermana niño niña niños mañana año años "
        "español *ción_de *ciones llegar llama llamo llamar lleva ella_es llegó jueves viernes "
        "sus tus junto_a jefe ciudad verdad libertad universidad nuevo nueva fuera fue fueron "
        "fui muerte puerta cuerpo tiempo cuenta cuento encuentr* *miento contraseña",
    ),
    (
        "ca",
        STRONG,
        "amb és! però sóc estic els! gràcies ajuda_m necessito què! això meu_pare meva meves "
        "seva seves teva hi_ha hi! tinc aquest aquesta aquests aquestes són! tots totes on! ell "
        "ells no_puc té! vaig ens molt molts molta moltes també així_que allà sense fins "
        "després llavors aleshores avui demà ahir any anys dona dones noi noia nen nena nens "
        "fill germà germana pare mare coses gens ningú algú quan quin quina quins perquè només "
        "gairebé mai! fer fet faig fan dir dic diu vull volem voldria puc pots pot podem poden "
        "nosaltres vosaltres vostè vostès l'* d'* n'* s'* m'* t'* *'ls *'n *ció *cions *tat "
        "*tge *l·l* bé! bon_dia si_us sisplau contrasenya usuari",
    ),
    (
        "gl es",
        CLEAR,
        "*ción *ñ*",
    ),
    (
        "pt gl",
        CLEAR,
        "ao ou! é! as das na! da! do! *eiro *eira eu meu seu ela os_seus as_*as vou vai estou "
        "preciso falar boa isto sei sei_que foi",
    ),
    (
        "es ca",
        CLEAR,
        "que_no una",
    ),
    (
        "pt gl",
        STRONG,
        "onde_está",
    ),
    (
        "gl ca",
        STRONG,
        "filla",
    ),
    (
        "gl ca",
        CLEAR,
        "*ixo",
    ),
    (
        "pt",
        CLEAR,
        "em até às bom hoje olá *ão *ões com_a com_o",
    ),
    (
        "es ca",
        WEAK,
        "del al el hola",
    ),
    (
        "gl",
        CLEAR,
        "nós bos co_meu *uxe *nxe bo home fai",
    ),
    (
        "es gl",
        WEAK,
        "pero *cía",
    ),
    (
        "es",
        CLEAR,
        "mis tu *dad *dades hay siento",
    ),
)

NETHERLANDIC: Final[Lists] = (
    (
        "nl",
        STRONG,
        "ik ben bent hij zij_zijn jij jullie jouw mijn heb hebt heeft hebben hadden een en_ik "
        "voor er! bedankt alsjeblieft alstublieft willen wilt kan_ik kunnen kunt moeten moet_ik "
        "zal_ik zullen worden wordt werd werden gaan gaat ging gingen doen doet deed deden "
        "komen komt kwam zien zeggen zegt zei weten weet_ik wist vandaag gisteren kinderen "
        "mensen vrienden muziek *ij* *lijk *lijke *tie *ties *isch *sch* *zen *ven *gen! in_het "
        "op_het",
    ),
    (
        "af",
        STRONG,
        "ek is_ek jy hy sy_is julle hulle 'n het_ek het_hy het_sy sal wil_ek kan_ek moet_ek sê "
        "hoekom niks altyd vandag gister môre kinders mense vriende musiek baie asseblief "
        "dankie nou vir maar_ek van_die in_die op_die hierdie daardie hy_het *lik *like *sie "
        "*sies *iese *ê* *êr* nie_nie skool geskryf goeie nie oor_die aan_die by_die lewe sodat "
        "omdat_ek praat verstaan tyd besig",
    ),
    (
        "nl af",
        STRONG,
        "dit_is",
    ),
)
