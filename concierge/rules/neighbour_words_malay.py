"""Words, endings and spellings that tell Indonesian and Malay apart.

Written by hand for this project; no frequency data was copied. A list is (the languages that write
so, the gain as a natural logarithm, the words). ``word*`` is a beginning, ``*word`` an end, ``*x*``
letters anywhere, ``a_b`` two words in a row, ``a_*ti`` a word before any that ends so; a word with
``!`` is another word without its marks, and is not looked for in texts without marks.
"""

from __future__ import annotations

from typing import Final

from concierge.rules.neighbour_lists import CLEAR, LIKELY, WEAK, Lists

MALAY: Final[Lists] = (
    (
        "id",
        LIKELY,
        "karena bisa bisakah tidak_bisa bahwa uang uangnya kantor mobil mobilnya kamu kalian "
        "gue gua lu loe lo nggak ngga enggak gak ga gimana kenapa gitu gini banget aja nih dong "
        "deh kok sih kayak kayaknya udah sudah_bisa butuh membutuhkan dibutuhkan kebutuhan coba "
        "mencoba cobalah sepeda polisi telepon menelepon ponsel rumah_sakit handphone kulkas "
        "sepatu koran kamar_mandi celana dokter apoteker apotek resep gratis pengen pingin "
        "berbicara bicara membicarakan pembicaraan bicarakan sampai_jumpa selamat_siang "
        "selamat_sore sore kakak_ipar liburan libur kuliah mahasiswa universitas sekolah_dasar "
        "bahasa_indonesia rupiah dosen pacar pacarku pacarnya cewek cowok ibunya ayahku nyokap "
        "bokap bapak seharusnya sebaiknya mestinya harusnya adalah_seorang merasa kesal "
        "anda_bisa mungkin_saja senin selasa! rabu agustus maret februari januari desember "
        "oktober kata_sandi sandi masuk_ke akun alamat_email surel unduh mengunduh unggah "
        "mengunggah tautan laman peramban kelola pengaturan setelan perangkat aplikasi *isasi "
        "otentikasi verifikasi konfirmasi konfigurasi notifikasi aktivasi kadaluarsa "
        "kedaluwarsa kadaluwarsa diterjemahkan berhasil silakan silahkan pemerintah_daerah "
        "provinsi kabupaten kecamatan gubernur walikota anggota_dpr dpr kepolisian korupsi "
        "produksi jumat minggu_depan minggu_lalu kemarin besok kapan kapankah gimana_sih "
        "berapa_banyak sendirian kesepian khawatir mengkhawatirkan kuatir capek cape ngobrol "
        "obrolan curhat nonton bioskop filmnya musik musisi lagunya gitaris pertunjukan_musik "
        "penyanyi terompet es_krim jeruk kentang wortel semangka mangkuk ketimbang ketemu "
        "bertemu_dengan mengobrol tadinya barusan asyik keren jelek bego goblok tolol brengsek "
        "berbohong pembohong tertawa menertawakan repot cantik_sekali tampan ganteng kaget "
        "kompor kursi lemari_es! lemari! kaus saus permen es_batu minum_kopi knalpot bensin "
        "setir mengemudi menyetir kereta_api stasiun bandara pesawat bandar_udara halte "
        "terminal_bus busnya paspor uji pak_guru berbelanja adik_laki kakak_laki laki_laki",
    ),
    (
        "ms",
        LIKELY,
        "kerana bahawa wang wangnya pejabat awak kau_orang korang kitorang diorang dorang awok "
        "tak takkan takde takda takdelah xnak nak hendak mahu mahukan kemahuan boleh bolehkah "
        "bolehlah tidak_boleh macam macamana macam_mana kenapa_tak camne dah dahlah je jer "
        "jelah lah_tu tu_ke ni_ke kat dekat_mana camtu camni mcm sgt kot sangatlah sahaja "
        "sekiranya semasa kereta keretanya keretapi basikal polis telefon menelefon hospital "
        "doktor ubat ubatan ubatnya farmasi ahad isnin khamis jumaat ogos julai disember katil "
        "seluar kasut stokin stesen lapangan_terbang kapal_terbang pasport lesen memandu pandu "
        "pemandu stereng minyak_petrol petrol tayar cikgu universiti pelajar pensyarah "
        "bahasa_melayu melayu ringgit ialah daripada berkenaan mengenainya sila silalah "
        "terus_terang kata_laluan laluan e-mel emel mel akaun akaunnya log_masuk pautan pelayar "
        "muat_turun muat_naik turun_naik tetapan sepadan peranti pengesahan disahkan "
        "mengesahkan sahkan pilihan_anda syarikat menteri_besar perdana datuk dato tan_sri "
        "encik pertubuhan persatuan jawatankuasa mesyuarat berjaya kejayaan gembira! seronok "
        "syok bestnya risau merisaukan kerisauan letih penat gaduh bergaduh bercakap cakap "
        "cakapnya perbualan berbual borak berborak sembang berjumpa jumpanya tengok tengoklah "
        "pawagam filem muzik pemuzik konsert rakaman tiketnya oren lobak ubi_kentang tembikai "
        "pinggan epal aiskrim gula_gula teh_tarik sejuknya petang tengah_hari tengahari esok "
        "semalam kelmarin bilakah bila_bila pukul pukul_berapa minit jam_tangan beza perbezaan "
        "cubalah mencuba percubaan perlukan diperlukan duitnya bil_bil ibu_bapa ibubapa bapa "
        "bapanya emak mak pakcik makcik teman_lelaki teman_wanita lelaki budak budak_budak "
        "kanak kanak_kanak orang_lelaki bohong! penipu gelak hensem kacak terperanjat hairan "
        "menghairankan kerusi bilik biliknya bilik_mandi bilik_tidur jiran jirannya bandar "
        "bandaraya jalan_raya jambatan baliknya beritahu diberitahu memberitahunya tunjuk "
        "tunjukkan peperiksaan kelulusan markah sekolah_rendah sekolah_menengah tahun_lepas "
        "minggu_lepas bulan_lepas lepastu selepas manakala walaubagaimanapun walau_bagaimanapun "
        "justeru sebiji sesetengah sesiapa sesebuah betullah betulkah teruja basnya lori teksi "
        "motosikal berlakon pelakon pusat_beli televisyen komputer_riba kipas sains matematik "
        "fizik kesnya sifar lapan kelapan lapan_belas separuh ahlinya tentera askar pencuri "
        "perompak dadah ketagihan kaunseling kaunselor sokongan pertolongan",
    ),
    (
        "id",
        CLEAR,
        "adalah dimiliki mau ingin sekarang maupun punya mempunyainya pasti_akan tentang "
        "mengatakan dikatakan tampak tampaknya temanku kerja pakai memakai sebuah saat nomor "
        "laporan gereja tewas pemain melakukan dilakukan beri_tahu memberi_tahu merubah *asi "
        "seksi tapi sekali beberapa jam saja pria perusahaan",
    ),
    (
        "ms",
        CLEAR,
        "itulah sudahkah lagipun pada_masa kawannya masanya kawan_kawan menghantar dihantar "
        "dapatkan dapati mendapati iaitu yakni beliau buat berasa menyebabkan tindakan menerusi "
        "kawasan khidmat perkhidmatan maklumat memaklumkan dimaklumkan tarikh bahagian nombor "
        "arahan kawan ramai kau_tak *kanlah bila jumpa bas tempoh pegawai mangsa masa lepas",
    ),
    (
        "id ms",
        CLEAR,
        "gunakan",
    ),
    (
        "id",
        WEAK,
        "aku anda kopi teman",
    ),
    (
        "ms",
        WEAK,
        "memberitahu mesti sejuk selepas_itu duit balik betul cuba best",
    ),
)
