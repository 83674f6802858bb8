"""The text, and the person each figure is attributed to: the name as first given in full, None for the reporter."""

import pytest

BESIDE_THE_VERB = [
    (
        "Kepesertaan JKN Kabupaten Bima sudah 97,2 persen, kata Bupati Bima Fahrurrozi Hakim.",
        [("97,2 persen", "Fahrurrozi Hakim")],
    ),
    (
        "Menurut Kepala Dinas Kesehatan Kota Mataram dr. Emilia Savitri, 98,4 persen warganya ikut JKN.",
        [("98,4 persen", "Emilia Savitri")],
    ),
    (
        "Wali Kota Bima Rahmat Saputra mengatakan peserta JKN di kotanya 158.220 jiwa.",
        [("158.220 jiwa", "Rahmat Saputra")],
    ),
    (
        "Kepala BPJS Kesehatan Cabang Selong, Dewi Anggraini, menyebutkan keaktifan peserta 79,9 persen.",
        [("79,9 persen", "Dewi Anggraini")],
    ),
    (
        "“Cakupan kita sudah 99 persen,” ujar Penjabat Bupati Sumbawa Barat, H. Zulkarnain, S.Sos., M.Si.",
        [("99 persen", "Zulkarnain")],
    ),
    # the passive
    (
        "Disampaikan oleh Kepala Dinas Sosial Dompu, Nurhayati, peserta PBI JK di daerahnya 101.220 jiwa.",
        [("101.220 jiwa", "Nurhayati")],
    ),
    # a quotation before the name, in the same paragraph
    (
        "“Peserta JKN kita 230.114 jiwa. Yang aktif baru 171.002 jiwa,” tutur Kabid Pelayanan Kesehatan Ahmad Junaidi.",
        [("230.114 jiwa", "Ahmad Junaidi"), ("171.002 jiwa", "Ahmad Junaidi")],
    ),
    (
        "“Kami mencatat 212.004 peserta aktif di Kota Sukabumi,” "
        "terang Kepala BPJS Kesehatan Cabang Sukabumi Yudi Prasetyo.",
        [("212.004 peserta", "Yudi Prasetyo")],
    ),
    (
        "Kepesertaan JKN Kabupaten Sukabumi, seperti disampaikan Plt Kepala Dinas Kesehatan Agus Sanusi, 96 persen.",
        [("96 persen", "Agus Sanusi")],
    ),
    (
        "Hal senada diutarakan Ketua DPRD Subang, Narca Sukanda, yang menilai cakupan JKN 95 persen belum cukup.",
        [("95 persen", "Narca Sukanda")],
    ),
    (
        "Ungkap Asep Mulyana, Kadisdukcapil Cianjur, peserta JKN dari 2,6 juta jiwa penduduk baru 92 persen.",
        [("2,6 juta jiwa", "Asep Mulyana"), ("92 persen", "Asep Mulyana")],
    ),
    (
        "Dalam sambutannya, Bupati Majalengka Eman Sobari memaparkan capaian JKN sebesar 98,2 persen.",
        [("98,2 persen", "Eman Sobari")],
    ),
    (
        "Ia optimistis soal JKN. “Tahun ini 99 persen,” ujar Bupati Kuningan Dian Yusuf.",
        [("99 persen", "Dian Yusuf")],
    ),
    ("Cakupan JKN kini 98 persen, kata Gubernur Lalu Zainul Hakim.", [("98 persen", "Lalu Zainul Hakim")]),
    # before a quotation
    (
        "Kepala Dinas Kesehatan Kabupaten Bima, Fahrurrozi Hakim: “Cakupan JKN kami 97,2 persen.”",
        [("97,2 persen", "Fahrurrozi Hakim")],
    ),
]

# Whatever verb stands behind a quotation is one of speaking, listed or not; of those elsewhere the class is known.
ANY_VERB_OF_SPEAKING = [
    ("“Cakupan JKN Bima sudah 97,2 persen,” tutup Bupati Bima Fahrurrozi Hakim.", "Fahrurrozi Hakim"),
    ("“Cakupan JKN Bima sudah 97,2 persen!” kelakar Fahrurrozi Hakim.", "Fahrurrozi Hakim"),
    ("“Cakupan JKN Bima sudah 97,2 persen”, celoteh Fahrurrozi Hakim di pendopo.", "Fahrurrozi Hakim"),
    ("Sekda Bima, Ahmad Sidik, ikut rapat. “Kapan JKN kita 97,2 persen?” tanyanya.", "Ahmad Sidik"),
    ("Sekda Bima, Ahmad Sidik, ikut rapat. “Cakupan JKN kita 97,2 persen,” klaimnya bangga.", "Ahmad Sidik"),
    ("Sekda Bima, Ahmad Sidik, ikut rapat. “Cakupan JKN kita 97,2 persen”, kisahnya.", "Ahmad Sidik"),
    ("Sekda Bima, Ahmad Sidik, ikut rapat. “Cakupan JKN kita 97,2 persen,” keluh dia.", "Ahmad Sidik"),
    ("Ketua DPRD Bima, Ahmad Sidik, mengkritik cakupan JKN yang baru 87,2 persen.", "Ahmad Sidik"),
    ("Bupati Bima Ahmad Sidik tidak menampik cakupan JKN daerahnya baru 87,2 persen.", "Ahmad Sidik"),
    ("Bupati Bima Ahmad Sidik sampaikan cakupan JKN daerahnya 97,2 persen.", "Ahmad Sidik"),
    ("Bupati Bima, Ahmad Sidik, ikut rapat. Ia pun tak menyangkal cakupan JKN baru 87,2 persen.", "Ahmad Sidik"),
    # the sentence before the quotation names who speaks, however many sentences the quotation has
    (
        "Di sebelahnya duduk Sekda Bima, Ahmad Sidik. “Belum. Data itu lama. Cakupan JKN kita 97,2 persen,” katanya.",
        "Ahmad Sidik",
    ),
    # what an active verb has behind it is whom it asks, praises or names, not who speaks
    ("Sekda Kota Bima Ahmad Sidik meminta Camat Woha Rahmat Saputra mengejar cakupan JKN 97,2 persen.", "Ahmad Sidik"),
    ("Ia memuji Bupati Bima Ahmad Sidik yang membawa cakupan JKN ke 97,2 persen.", None),
    # no quotation ends here, and a noun with -nya is no verb
    ("Sekda Bima, Ahmad Sidik, ikut rapat. Rumah sakit, klaimnya tertunda, mencatat cakupan JKN 97,2 persen.", None),
    ("Sekda Bima, Ahmad Sidik, ikut rapat. Slogan “JKN untuk semua”-nya tercapai 97,2 persen.", None),
]

REFERRED_BACK = [
    # no sentence ends behind the short form of an acting holder
    ("Pj. Bupati Alor, Yohanes Maubara, menyebut kepesertaan JKN 95,8 persen.", [("95,8 persen", "Yohanes Maubara")]),
    # a part of the name, later
    (
        "Bupati Alor, Yohanes Maubara, membuka rakor JKN.\nYohanes menyebut kepesertaan sudah 95,8 persen.",
        [("95,8 persen", "Yohanes Maubara")],
    ),
    (
        "Bupati Alor, Yohanes Maubara, membuka rakor JKN.\n“Kepesertaan kita 95,8 persen,” kata Maubara.",
        [("95,8 persen", "Yohanes Maubara")],
    ),
    # the office alone
    (
        "Kepala BPJS Kesehatan Cabang Ende, Maria Goreti Bulu, hadir dalam forum JKN.\n"
        "Kepala BPJS Kesehatan mengatakan peserta aktif di Ngada 120.440 jiwa.",
        [("120.440 jiwa", "Maria Goreti Bulu")],
    ),
    # pronouns and suffixes
    (
        "Bupati Sikka, Robertus Lado, mengapresiasi BPJS Kesehatan. Ia mengatakan kepesertaan JKN sudah 98,1 persen.",
        [("98,1 persen", "Robertus Lado")],
    ),
    (
        "Wakil Bupati Lembata, Agnes Tokan, menutup kegiatan itu. “Peserta JKN kita 138.200 jiwa,” katanya.",
        [("138.200 jiwa", "Agnes Tokan")],
    ),
    (
        "Sekda Belu, Frans Manek, memimpin rapat. Menurutnya, cakupan JKN di Belu 99,2 persen.",
        [("99,2 persen", "Frans Manek")],
    ),
    (
        "Direktur RSUD Kefamenanu, dr. Theresia Naibaho, menyambut baik program JKN. "
        "Dia menuturkan 90 persen pasiennya peserta JKN.",
        [("90 persen", "Theresia Naibaho")],
    ),
    # the list that an official opens
    (
        "Kepala BPJS Kesehatan Cabang Atambua, Yosef Klau, merinci kepesertaan JKN Kabupaten Malaka.\n"
        "PBI APBN 140.220 jiwa.\n"
        "PBI APBD 30.117 jiwa.",
        [("140.220 jiwa", "Yosef Klau"), ("30.117 jiwa", "Yosef Klau")],
    ),
    # what was said before is handed to the person named now
    (
        "Kepesertaan JKN Kota Kupang mencapai 98,8 persen. "
        "Hal itu disampaikan Kepala Dinas Kesehatan Kota Kupang, Ronald Manafe, Senin (3/3/2025).",
        [("98,8 persen", "Ronald Manafe")],
    ),
    # words go on through the paragraph
    (
        "Bupati Rote Ndao, Paulus Henuk, mengatakan cakupan JKN 97 persen. Tingkat keaktifannya 81 persen.",
        [("97 persen", "Paulus Henuk"), ("81 persen", "Paulus Henuk")],
    ),
    (
        "Sekda Belu, Frans Manek, memimpin rapat. Lebih lanjut dijelaskan, cakupan JKN di Belu 99,2 persen.",
        [("99,2 persen", "Frans Manek")],
    ),
    # what is confirmed is still of who said it first
    (
        "Bupati Belu, Frans Manek, mengaku lega. Peserta JKN di Belu 201.220 jiwa.\n"
        "Hal itu dibenarkan Kadinkes Kabupaten Belu, Maria Seran.",
        [("201.220 jiwa", "Frans Manek")],
    ),
    # data that the person holds
    (
        "Sekda Belu, Frans Manek, memimpin rapat. Menurut data yang ia pegang, cakupan JKN di Belu 99,2 persen.",
        [("99,2 persen", "Frans Manek")],
    ),
    (
        "Sekda Belu, Frans Manek, memimpin rapat. Menurut catatannya, cakupan JKN di Belu 99,2 persen.",
        [("99,2 persen", "Frans Manek")],
    ),
    # somebody speaks for another
    (
        "Bupati Belu Frans Manek melalui Kadinkes Maria Seran mengatakan cakupan JKN di Belu 99,2 persen.",
        [("99,2 persen", "Maria Seran")],
    ),
    # where paragraphs are single sentences, one attribution serves several of them
    (
        "Kadinkes Kabupaten Belu Maria Seran mengatakan cakupan JKN di Belu 99,2 persen.\n"
        "Adapun peserta aktifnya 180.220 jiwa.\n"
        "Maria berharap angka itu bertahan.",
        [("99,2 persen", "Maria Seran"), ("180.220 jiwa", "Maria Seran")],
    ),
    # two people, each their own
    (
        "Bupati Sabu Raijua, Thomas Riwu, mengatakan cakupan JKN 96 persen.\n"
        "Kepala BPJS Kesehatan Cabang Kupang, Indah Permata, menambahkan peserta aktif 70.118 jiwa.",
        [("96 persen", "Thomas Riwu"), ("70.118 jiwa", "Indah Permata")],
    ),
    (
        "Bupati Sumedang, Dony Kurniawan, mencontohkan kepesertaan JKN di daerahnya yang sudah 98,9 persen.",
        [("98,9 persen", "Dony Kurniawan")],
    ),
    (
        "Kepala Dinas Kesehatan Karawang, Endang Suryadi, hadir mewakili bupati. "
        "Pihaknya mencatat 97,4 persen warga ikut JKN, tutur Endang.",
        [("97,4 persen", "Endang Suryadi")],
    ),
    (
        "Kepala BPJS Kesehatan Cabang Cirebon, Lia Marlina, memuji warga.\n"
        "“Kesadaran mereka tinggi,” kata Lia.\n"
        "Ditambahkannya, peserta aktif di Indramayu 1.102.004 jiwa.",
        [("1.102.004 jiwa", "Lia Marlina")],
    ),
]

NOBODY = [
    ("Kepesertaan JKN di Kabupaten Nagekeo 98,2 persen.", [("98,2 persen", None)]),
    # an institution is no person
    ("Dinas Kesehatan Manggarai Timur mencatat 96,1 persen warga ikut JKN.", [("96,1 persen", None)]),
    ("BPJS Kesehatan menyebut peserta JKN di Ende 271.009 jiwa.", [("271.009 jiwa", None)]),
    # the reporter takes over
    (
        "Bupati Manggarai Barat, Edi Santosa, mengatakan cakupan JKN 97 persen.\n"
        "Sebagai informasi, UHC mensyaratkan minimal 95 persen penduduk terdaftar.",
        [("97 persen", "Edi Santosa"), ("95 persen", None)],
    ),
    (
        "Bupati Sumba Barat, Yohanis Lede, mengatakan cakupan JKN 94 persen.\n"
        "Untuk diketahui, peserta JKN nasional sudah 279 juta jiwa.",
        [("94 persen", "Yohanis Lede"), ("279 juta jiwa", None)],
    ),
    # longer paragraphs each tell their own source
    (
        "Kadinkes Kabupaten Belu Maria Seran mengatakan cakupan JKN di Belu 99,2 persen. Ia lega.\n"
        "Peserta aktif di kabupaten itu 180.220 jiwa. Jumlahnya naik.\n"
        "Maria berharap angka itu bertahan. Data dirapikan lagi.",
        [("99,2 persen", "Maria Seran"), ("180.220 jiwa", None)],
    ),
    # a list that the sentence gives itself is at its end with it
    (
        "Kadinkes Kabupaten Belu Maria Seran merinci, PBI JK 90.220 jiwa. Ia lega.\n"
        "Peserta JKN aktif di kabupaten itu 180.220 jiwa. Jumlahnya naik.\n",
        [("90.220 jiwa", "Maria Seran"), ("180.220 jiwa", None)],
    ),
    # what follows an institution's statement in its paragraph is that institution's
    (
        "Kadinkes Kabupaten Belu Maria Seran mengatakan cakupan JKN di Belu 99,2 persen.\n"
        "Dinas Sosial mencatat 12.220 peserta JKN dinonaktifkan. Baru 2.115 orang yang diaktifkan kembali.\n"
        "Maria berharap semua aktif.",
        [("99,2 persen", "Maria Seran"), ("12.220 peserta", None), ("2.115 orang", None)],
    ),
    # `sementara` opens something else in a new paragraph, and only joins within one
    (
        "Kadinkes Kabupaten Belu Maria Seran mengatakan cakupan JKN 99,2 persen. Sementara yang aktif 82 persen.",
        [("99,2 persen", "Maria Seran"), ("82 persen", "Maria Seran")],
    ),
    (
        "Kadinkes Kabupaten Belu Maria Seran mengatakan cakupan JKN 99,2 persen.\n"
        "Sementara cakupan JKN Malaka 98,1 persen.\n"
        "Maria berharap semua aktif.",
        [("99,2 persen", "Maria Seran"), ("98,1 persen", None)],
    ),
    # a patient with a name is not the official without one
    (
        "Rina (34), warga Belu, mengaku lega. Kepala Dinas Kesehatan mengatakan cakupan JKN di Belu 99,2 persen.",
        [("99,2 persen", None)],
    ),
    (
        "Kadinkes Kabupaten Belu Maria Seran mengatakan cakupan JKN 99,2 persen. "
        "Menurut Dukcapil, 180.220 jiwa peserta JKN aktif.",
        [("99,2 persen", "Maria Seran"), ("180.220 jiwa", None)],
    ),
    # somebody is only present
    (
        "Kepesertaan JKN Kabupaten Ngada 98,3 persen. Acara dihadiri Bupati Ngada, Andreas Paru.",
        [("98,3 persen", None)],
    ),
    (
        "Bupati Ende, Lukas Djafar, menerima piagam UHC atas cakupan 98,5 persen.",
        [("98,5 persen", None)],
    ),
    (
        "Kepala BPJS Kesehatan Cabang Bogor, Tari Wulandari, mengajak warga memakai aplikasi.\n"
        "Berdasarkan data BPJS Kesehatan, 97,3 persen warga Kota Bogor terdaftar JKN.\n"
        "Tari berharap warga rutin membayar iuran.",
        [("97,3 persen", None)],
    ),
    (
        "“Terima kasih atas dukungan pemda,” kata Kepala BPJS Kesehatan Cabang Bekasi, Rudi Hartono.\n"
        "Cakupan kepesertaan JKN di Kabupaten Bekasi mencapai 98,6 persen.",
        [("98,6 persen", None)],
    ),
    (
        "Bupati Bandung Barat, Jaka Permana, mengatakan program JKN penting bagi warga.\n"
        "Kabupaten itu memiliki 1,8 juta penduduk dan 96 persen di antaranya peserta JKN.\n"
        "Acara ditutup dengan penyerahan kartu.",
        [("1,8 juta penduduk", None), ("96 persen", None)],
    ),
    (
        "Seperti diberitakan sebelumnya, cakupan JKN Kota Cimahi 99,1 persen.",
        [("99,1 persen", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE_THE_VERB)
def test_person_beside_a_verb_of_speaking(claims_of, text, expected):
    got = [(claim.raw, claim.speaker and claim.speaker.name) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "speaker"), ANY_VERB_OF_SPEAKING)
def test_every_verb_of_speaking(claims_of, text, speaker):
    (claim,) = claims_of(text)
    assert (claim.speaker and claim.speaker.name) == speaker


@pytest.mark.parametrize(("text", "expected"), REFERRED_BACK)
def test_person_named_elsewhere(claims_of, text, expected):
    got = [(claim.raw, claim.speaker and claim.speaker.name) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), NOBODY)
def test_the_reporter_speaks(claims_of, text, expected):
    got = [(claim.raw, claim.speaker and claim.speaker.name) for claim in claims_of(text)]
    assert got == expected


def test_figures_between_quotation_marks_are_quoted(claims_of):
    text = "“Cakupan kita 98 persen,” kata Bupati Ende, Lukas Djafar. Menurut dia, keaktifan 80 persen."
    assert [(claim.raw, claim.quoted) for claim in claims_of(text)] == [("98 persen", True), ("80 persen", False)]
