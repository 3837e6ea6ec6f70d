"""Words, endings and spellings that tell Croatian, Serbian and Bosnian, Czech and Slovak apart.

Written by hand for this project; no frequency data was copied. A list is (the languages that write
so, the gain as a natural logarithm, the words). ``word*`` is a beginning, ``*word`` an end, ``*x*``
letters anywhere, ``a_b`` two words in a row, ``a_*ti`` a word before any that ends so; a word with
``!`` is another word without its marks, and is not looked for in texts without marks.
"""

from __future__ import annotations

from typing import Final

from concierge.rules.neighbour_lists import CLEAR, LIKELY, STRONG, Lists

SOUTH_SLAVIC: Final[Lists] = (
    (
        "sr",
        STRONG,
        "gde negde nigde svagde ovde! ponegde mleko mleka vreme vremena vremenu vremenom lepo "
        "lepa lepe lepi lepu lepih lepog lepše dete deteta detetu detetom detinjstv* deca dece "
        "deci decu decom reč rečima rečnik* uvek pre posle! čovek čoveka čoveku čovekom mesto "
        "mesta mestu mesec meseca meseci mesecu hteo htela hteli htelo videti videla videli "
        "vidim_ga želeo želela želeli voleo volela voleli živeo živela živeli umreo umrela "
        "umreti živeti voleti želeti trpeti razumeti razumem razumeo razumeš umeo sedeti sedim "
        "sedeo seo sećam seća sećanj* osećam oseća osećaj* osećanj* potreb*_da nedelja nedelje "
        "nedelju svet sveta svetu svetsk* cveće cvet* sneg snega mleč* devojk* devojč* beo bela "
        "bele beli belog! telo tela verujem veruje verovat* smem sme! smeju smeš deluje "
        "delovat* primer primera primeru namera nameran namerno levo levu leve! lekov* lečenj* "
        "lečiti zameni* promen* promena promenu izmen* uspeh uspeo uspela uspeli uspešn* uspe "
        "pesma pesme pesmu pesama pesnik* peva pevam pevač* pevati pevao sused* bež* pobeć* "
        "pobegao bes besan besn* smeh smejati smešn* nasmej* strel* vetar vetr* zver zveri "
        "zvezd* dedu ded sveć* cenu ceo cela celo celu celi celog cenit* svedok* hleb hleba "
        "razmer* odelo odeć* zahtev* sled* usled sledeć* posled* nasled* dole! gore_dole vešt* "
        "savet savete savetov* ponedeljak ponedelj* sreda sredu terati potera* oterao sekira! "
        "medved* crev* vredi vredn* vrednost* nemačk* nemac nemc* rešenj* rešiti rešio rešila "
        "rešen* strest beleš* zabeleži* obeleži* rešav* predsedni* sednic* sedište obaveštenj* "
        "obavešt* izvešta* zauvek primet* razmena celokupn* procen* obezbe* bezbed* bezbedn* "
        "ozled* povred* smest* namest* premest* sprečen* sprečit* izbeć* izbeg* mešati umesto "
        "unapred napred napredak napreduj* pored_toga podel* odelj* odeljenj* razdel* utehu "
        "uteha presed* verovatn* verova* nevero* poverenj* pover* vern* pogledaj_gde",
    ),
    (
        "hr bs",
        STRONG,
        "*lijep* gdje negdje nigdje ovdje svugdje ponegdje mlijek* vrijem* lijep* dijete "
        "djeteta djetetu djetetom djetinj* djeca djece djeci djecu djecom riječ riječi riječima "
        "rječnik* uvijek prije poslije čovjek* mjesto mjesta mjestu mjesec* htio htjela htjeli "
        "htjelo vidjeti vidio vidjela vidjeli želio željela željeli volio voljela voljeli živio "
        "živjela živjeli živjeti voljeti željeti razumjeti razumijem razumije razumio umjeti "
        "sjediti sjedi sjedim sjećam sjeća sjećanj* osjećam osjeća* osjeć* osjet* svijet* "
        "svjets* cvijeć* cvijet* snijeg* djevoj* bijel* bijeg* tijel* vjer* nevjer* mjer* "
        "smije* smijem nasmij* smijeh* djel* dijel* primjer* namjer* ljeto ljeta lijev* liječ* "
        "lijek* zamijen* promijen* promjen* izmijen* uspjeh* uspje* uspio pjesm* pjesn* pjev* "
        "susjed* bjež* pobjeć* pobjeg* bijes* strijel* vjetar vjetr* zvijer* zvijezd* djed* "
        "svijeć* cijen* cijel* cjel* svjedo* razmjer* odijel* odjeć* zahtjev* slijed* sljede* "
        "slijedeć* posljed* naslijed* nasljed* dolje vješt* savjet* ponedjelj* nedjelj* srijed* "
        "tjer* medvjed* crijev* brijeg* vrijed* njemač* nijemac nijemc* rješ* griješ* pogriješ* "
        "bilješ* zabilje* obilje* predsjedni* sjednic* sjedište obavijest* obavješ* izvješ* "
        "izvijest* primijet* primjeć* spriječ* sprječ* izbjeć* izbjeg* miješ* umjesto naprijed "
        "naprijed* unaprijed opredijel* podijel* odjel* odjelj* utjeh* mjehur* vjerojat* "
        "vjerovat* povjer* vjern* ozlijed* ozljed* povrijed* smjest* namjest* premjest* "
        "premješ* smješ* donijeti donio odnio ponijeti prenijeti prijevoz* prijevod* trijezn* "
        "ždrijeb* rijetk* rjeđe plijesan lijen* nijem* slijep* sijed* procijen* mijenja* dvije "
        "objema obje rijek* rijec* grijeh* gdjegod htjeti sjeo sjela sjesti sjever* sjetiti "
        "sjeti* sjeć* vježb* utjec* utječ* dospje* zapovijed* uvjet*",
    ),
    (
        "hr",
        LIKELY,
        "tko netko nitko itko svatko tkogod kojekuda kruh kruha kruhu tjedan tjedna tjedni "
        "tjednu tjedana tjednik* vlak vlaka vlaku vlakom vlakovi kolodvor* glazb* skladb* "
        "skladatelj* tisuć* milijun* siječanj siječnj* veljač* ožujak ožujk* travanj travnj* "
        "svibanj svibnj* lipanj lipnj* srpanj srpnj* kolovoz* rujan rujn* listopad* studeni "
        "studenog* prosinac prosinc* zrakoplov* zračn*_luk* nogomet* rajčic* mrkv* žlic* "
        "kazališt* izvješć* točno točk* priopćen* sustav* tvrtk* tvrtka računalo* računal* "
        "tipkovnic* zaslon* poveznic* zaporka zapork* kazalo poduzeć* ravnatelj* ljekarn* "
        "veleposlan* nizozemsk* španjolsk* europ* kemij* kemijsk* sveučiliš* znanstven* "
        "znanost* povijest* zemljopis* tajništ* tajnik* knjižnic* časnik* novogodi* dojam dojm* "
        "dojmil* sudjel* natjec* natječ* stajališt* dopušten* unatoč glede napose osobit* "
        "poput_toga zacijelo molbu usustav* predožb* predodžb* rabiti rabim rabi odvjetni* "
        "obvez* mirovin* suradn* surađ* sukladno susret_s djelatni* prijam primjeric* nužd* "
        "nužn* vrtić* rublje žmigav* križ* križa krumpir* bilježnic* ručnik* pregledn* "
        "nakladni* promidžb* promicat* zamolb* gospodarst* gospodarsk* prosvjed* pučk* vojarn* "
        "domovnic* putovnic* glasovir* glasnović izložb* doći_će kuna kava kavu kave kavom "
        "kavan* dođite_k općen* svih_oko utakmic* odgaj* podrijet* ovisn* ovis* dvojb* "
        "zabilježb* proračun* izvor*_vod* rađe trebao_bih uputama ispričavam ispričava* isprik* "
        "nazočn* odjeljak kupit_ću radit_ću radit_će doć_ću moć_će preglednik* spremljen* "
        "zaporku tijekom općenit*",
    ),
    (
        "hr",
        CLEAR,
        "žao_mi zrak zraka zraku zrakom obitelj* hlač* čimbenik* ujutro navečer prigod* prigod "
        "ravnal* ne_ću organizir* *irala *irali *iram *iraju *irate kolega_mi želi_*ti "
        "morate_*ti želite_*ti moraš_*ti trebaš_*ti mogao_*ti mogla_*ti moći_*ti trebao_*ti "
        "trebala_*ti biti_će htjet imat znat uzet k_meni k_tebi tvornic* žarulj* vrtn* "
        "nogometaš* poslodav* opće opći općeg općih uporab* upotrijeb* dodijel* mišljenja_da",
    ),
    (
        "sr bs",
        STRONG,
        "niko neko iko svako ko hiljad* milion* januar* februar* septembar septembr* oktobar "
        "oktobr* novembar novembr* decembar decembr* kašik* pozorišt* tačk* tačn* opšt* "
        "saopšten* uopšte opštin* kompjuter* hemij* apotek* fabrik* biblioteka* bibliotek* "
        "sekretar* vazduh* voz voza vozu vozom vozovi evrop* evro* špansk* muzič* kompozitor* "
        "naučn* nauke nauku tokom učestv* učešć* utis* pantalon* pomorandž* sijalic* šargarep* "
        "paradajz* krompir* pasulj* peškir* makaz* hleb* pasoš* penzij* advokat* takmič* "
        "ambasad* stanovni* saradnj* sarađ* saradn* obaveza* zavisi zavis* hiljadu istorij* "
        "poreklo hirurg* haos* hor hora hristos hrišćan* hronič* posvać* samo_što_sam ugao ugla "
        "uglu preduzeć* štampa* štampar* sa_kim sa_mnom historij*",
    ),
    (
        "sr bs",
        CLEAR,
        "šta poslat_ću ćutati ćuti ćutim kafan* kafom gledaću moraš_da treba_da trebaš_da "
        "hteo_da htio_da mogao_da mogla_da moramo_da želite_da želela_da pokušav*_da "
        "pokušavam_da voli_da počeo_da počela_da ću_da ćeš_da će_da ne_mogu_da tašna odela "
        "vidjeću vidiću moraću moraće daću bićeš bićemo imaću imaće znaću uzeću vratiću doćiću "
        "otićiću odgovoriću javiću pitaću kupiću uradiću objasniću pokušaću nazvaću pozvaću "
        "*isati juni juli trebam_da sedmic* avgust* fudbal* tačno univerzitet* kancelarij* "
        "muzik* porodic* takođe da_li sa_njim sa_njom kafa kafu kafe radiću želim_da moram_da "
        "možeš_da želiš_da hoću_da hoćeš_da želi_da može_da hoće_da možemo_da možete_da "
        "volim_da biću biće uslov* sistem* avion* prisut* prisustv* saobraćaj* firm* nauka",
    ),
    (
        "sr",
        CLEAR,
        "mogu_da izvini izvinite srećan* srećn* ubeđen* veče bioskop* drugar* drugaric* pričam "
        "pričamo pričati komšin* hvala_lepo juče uveče devojka ličn* lekar* deda cena cene leta "
        "delo deo",
    ),
    (
        "bs",
        STRONG,
        "lahko lahk* mehk* polahko kahva kahvu kahve kahvom kahvan* historijsk* hefta heftu "
        "hefte sahat* hudov* bošnja* mahal* avlij* mejdan* merhaba selam inšallah inšalah "
        "inšaallah mašallah mašala amidž* daidž* ćuprij* sevdah* komšiluk* jarane jaran* sehar* "
        "sabur* belaj* hajr* rahmet* izetbegović* uslova bolan bolan*",
    ),
    (
        "bs",
        CLEAR,
        "također općinsk* januara februara avgusta oktobra umrijeću dvijehilj* finansij* "
        "čaršij* mezar* džamij* vaspit* odgojn* ljekar* hljeb* porijekl*",
    ),
    (
        "hr bs",
        CLEAR,
        "ondje općenito uopće *irati mogu_*ti moram_*ti želim_*ti trebam_*ti hoću_*ti možeš_*ti "
        "želiš_*ti može_*ti mora_*ti treba_*ti možemo_*ti moramo_*ti želimo_*ti možete_*ti "
        "trebate_*ti trebam trebaš trebamo trebate ću_*ti ćeš_*ti će_*ti ćemo_*ti ćete_*ti "
        "vidjet radit s_kim s_njim s_njom oprosti oprostite sretan* sretn* općin* stol stola "
        "stolu ured uredu točn* plaća plaću nadzor jesi_li jeste_li je_li kut kuta kutu",
    ),
)

CZECHOSLOVAK: Final[Lists] = (
    (
        "cs",
        STRONG,
        "*ě* *ř* *ů* jsem jsi jsme jsou nejsem není nejsou ve jako jak který která které kteří "
        "kterou kterého kterém protože děkuji děkuju díky mě mně něco někdo dobrý_den když kdy "
        "kdo se můj moji svůj jejich jestli jestliže nebo ještě více jen jenom pouze potřebuji "
        "potřebuju můžu mohu můžete můžeš chci chce chtěl chtěla jít dnes včera zítra dneska "
        "teď vždy vždycky přes před při pro přítel přítelkyně smrt také taky takže pomozte "
        "pomoct nevím víš hudba hudbu hudebník peníze lidé lidí lidi člověk dítě děti dům jméno "
        "jmenuji říct říkat řekl uživatel* účet *ovat_se *uji *uju *ující *ou_se *ím_se být "
        "bych bys byste bychom čtvrtek června července srpna září října ledna února března "
        "dubna května",
    ),
    (
        "sk",
        STRONG,
        "*ľ* *ĺ* *ŕ* *ô* *ä* som sme nie nie_som ako ktorý ktorá ktoré ktorí ktorú ktorého "
        "ktorom pretože lebo ďakujem dakujem vďaka niečo niekto nič čo keď kedy kto sa so vo zo "
        "môj svoj či! alebo ešte viac viacej len iba potrebujem potrebuje môžem môžeš môže "
        "môžete chcem chcel chcela ísť zajtra teraz cez pri priateľ* práca prácu smrť tiež "
        "pomôžte pomôcť pomôž neviem vieš peniaze ľudia ľudí ľudom človek dieťa meno volám "
        "povedať hovoriť povedal používateľ* *ovať *ujem *ujeme *ujú *ať *iť *eť *ím_sa byť bol "
        "bola boli bolo by_som by_ste by_sme štvrtok piatok júna júla augusta septembra októbra "
        "januára februára marca apríla mája mňa mne teba tebe neho nej odo predo podľa medzi "
        "okolo všetko všetci všetky niekedy *iek* *ia_sa *cia *ciu *cie najlepš* naj* dcéra "
        "dievča chlapec",
    ),
    (
        "cs sk",
        STRONG,
        "chceš",
    ),
)
