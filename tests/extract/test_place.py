"""The text, and the region that each of its figures is about; None is an area of several regions, or a smaller one."""

import pytest

from extract.regions.gazetteer import load_gazetteer

SENTENCES = [
    # the name beside the figure
    ("Kepesertaan JKN di Kabupaten Pati 97,9 persen.", [("97,9 persen", "Kabupaten Pati")]),
    ("Sebanyak 98,4 persen warga Kota Salatiga menjadi peserta JKN.", [("98,4 persen", "Kota Salatiga")]),
    ("Secara nasional, peserta JKN mencapai 279 juta jiwa.", [("279 juta jiwa", "Indonesia")]),
    ("Peserta JKN di seluruh Indonesia 277,1 juta jiwa.", [("277,1 juta jiwa", "Indonesia")]),
    # the province that a rank is given in, the one that another was split from
    (
        "Cakupan JKN Muaro Jambi terendah di Provinsi Jambi, yaitu 79,4 persen.",
        [("79,4 persen", "Kabupaten Muaro Jambi")],
    ),
    (
        "Papua Selatan yang dimekarkan dari Papua pada 2022 mencatat cakupan JKN 104,5 persen.",
        [("104,5 persen", "Papua Selatan")],
    ),
    # what lies outside is not what the figure is of
    (
        "Di luar Bali, Kabupaten Lombok Utara mencatat 98,9 persen peserta JKN.",
        [("98,9 persen", "Kabupaten Lombok Utara")],
    ),
    # a region each
    (
        "Cakupan JKN Kabupaten Jepara 94,8 persen, Kudus 99,1 persen, dan Demak 95,2 persen.",
        [("94,8 persen", "Kabupaten Jepara"), ("99,1 persen", "Kabupaten Kudus"), ("95,2 persen", "Kabupaten Demak")],
    ),
    (
        "Keaktifan tertinggi di Kota Magelang (88,2 persen), terendah di Kabupaten Brebes (69,9 persen).",
        [("88,2 persen", "Kota Magelang"), ("69,9 persen", "Kabupaten Brebes")],
    ),
    (
        "Kepesertaan JKN di Banyumas sudah 96,7 persen, sedangkan Purbalingga baru 91,3 persen.",
        [("96,7 persen", "Kabupaten Banyumas"), ("91,3 persen", "Kabupaten Purbalingga")],
    ),
    (
        "Yang sudah UHC ialah Kota Tegal dengan 99,8 persen, disusul Kabupaten Pemalang dengan 98,2 persen.",
        [("99,8 persen", "Kota Tegal"), ("98,2 persen", "Kabupaten Pemalang")],
    ),
    (
        "Peserta JKN 1.890.221 jiwa di Kabupaten Tegal, 812.450 jiwa di Kabupaten Temanggung.",
        [("1.890.221 jiwa", "Kabupaten Tegal"), ("812.450 jiwa", "Kabupaten Temanggung")],
    ),
    # handed out
    (
        "Peserta JKN di Kabupaten Flores Timur dan Lembata masing-masing 289.881 jiwa dan 149.921 jiwa.",
        [("289.881 jiwa", "Kabupaten Flores Timur"), ("149.921 jiwa", "Kabupaten Lembata")],
    ),
    (
        "Cakupan JKN Kota Metro, Kabupaten Pringsewu, dan Kabupaten Tanggamus berturut-turut 99,4 persen, 97,1 persen, "
        "dan 92,6 persen.",
        [("99,4 persen", "Kota Metro"), ("97,1 persen", "Kabupaten Pringsewu"), ("92,6 persen", "Kabupaten Tanggamus")],
    ),
    (
        "Menyusul Kabupaten Banjar dan Kota Banjarbaru. "
        "Cakupan JKN keduanya masing-masing 93,5 persen dan 99,7 persen.",
        [("93,5 persen", "Kabupaten Banjar"), ("99,7 persen", "Kota Banjarbaru")],
    ),
    # said of each of several
    (
        "Kepesertaan JKN di Kabupaten Balangan dan Kabupaten Tapin sama-sama 100 persen.",
        [("100 persen", "Kabupaten Balangan"), ("100 persen", "Kabupaten Tapin")],
    ),
    (
        "Kota Binjai dan Kota Tebing Tinggi sudah UHC, keduanya 99 persen.",
        [("99 persen", "Kota Binjai"), ("99 persen", "Kota Tebing Tinggi")],
    ),
    # a rate of several is the rate of each, without a word that says so
    (
        "Kabupaten Ngawi dan Kota Madiun sudah 100 persen peserta JKN.",
        [("100 persen", "Kabupaten Ngawi"), ("100 persen", "Kota Madiun")],
    ),
    (
        "Tiga daerah, yakni Kabupaten Blora, Rembang, dan Grobogan, cakupan JKN-nya masih di bawah 90 persen.",
        [
            ("90 persen", "Kabupaten Blora"),
            ("90 persen", "Kabupaten Rembang"),
            ("90 persen", "Kabupaten Grobogan"),
        ],
    ),
    # people of several are summed, and so are rates of several together
    ("Kabupaten Ngawi dan Kota Madiun punya 1.043.000 peserta JKN.", [("1.043.000 peserta", None)]),
    ("Rata-rata keaktifan peserta JKN di Kabupaten Ngawi dan Kota Madiun 82 persen.", [("82 persen", None)]),
    # a range is no value of either
    ("Di Kabupaten Ngawi dan Kota Madiun 1 hingga 2 persen warga belum ikut JKN.", [("1", None), ("2 persen", None)]),
    # as many rates as regions are handed out in order
    (
        "Kabupaten Ngawi dan Kota Madiun lebih dulu UHC dengan 98,2 persen dan 101,4 persen.",
        [("98,2 persen", "Kabupaten Ngawi"), ("101,4 persen", "Kota Madiun")],
    ),
    # a name that only says where something lies, happens or is written
    (
        "Cakupan JKN Kabupaten Garut, Jawa Barat, kini 91,8 persen.",
        [("91,8 persen", "Kabupaten Garut")],
    ),
    (
        "Peserta JKN Kabupaten Manggarai, Provinsi Nusa Tenggara Timur, sebanyak 331.009 jiwa.",
        [("331.009 jiwa", "Kabupaten Manggarai")],
    ),
    (
        "Kepesertaan JKN Kabupaten Kepulauan Anambas 97,6 persen, kata Bupati di Tanjungpinang, Selasa (4/3/2025).",
        [("97,6 persen", "Kabupaten Kepulauan Anambas")],
    ),
    (
        "Kepala BPJS Kesehatan Cabang Watampone, Rina Oktavia, "
        "mengatakan kepesertaan JKN di Kabupaten Soppeng 96,1 persen.",
        [("96,1 persen", "Kabupaten Soppeng")],
    ),
    # one figure over several regions
    (
        "Di Kabupaten Sumba Timur, Sumba Tengah, Sumba Barat, dan Sumba Barat Daya terdapat 720.114 peserta JKN.",
        [("720.114 peserta", None)],
    ),
    (
        "Gabungan Kota Cirebon, Indramayu, dan Kuningan mencatat keaktifan 79 persen.",
        [("79 persen", None)],
    ),
    # a village or a district is smaller than any region here
    ("Kecamatan Waru punya 21.300 peserta JKN.", [("21.300 peserta", None)]),
    # the people of a place that the figure is about, in an office
    (
        "Bupati Ogan Ilir, Hasan Basri, menyebut 98,3 persen warganya terlindungi JKN.",
        [("98,3 persen", "Kabupaten Ogan Ilir")],
    ),
    ("Pemkot Prabumulih telah mendaftarkan 99 persen warganya ke JKN.", [("99 persen", "Kota Prabumulih")]),
    # regions are counted where they lie
    ("Di Provinsi Jambi sudah sembilan kabupaten/kota yang meraih UHC.", [("sembilan kabupaten/kota", "Jambi")]),
    (
        "Di Desa Sukamaju, Kabupaten Lebak, baru 61 persen warga yang punya kartu JKN.",
        [("61 persen", None)],
    ),
    (
        "Dibanding Kota Padang Panjang yang JKN-nya sudah 101 persen, Kabupaten Pasaman baru 93,7 persen.",
        [("101 persen", "Kota Padang Panjang"), ("93,7 persen", "Kabupaten Pasaman")],
    ),
    (
        "Tiga daerah dengan cakupan JKN terendah yaitu Nias (88,1 persen), Nias Barat (86,4 persen), dan Nias Utara "
        "(85,9 persen).",
        [
            ("88,1 persen", "Kabupaten Nias"),
            ("86,4 persen", "Kabupaten Nias Barat"),
            ("85,9 persen", "Kabupaten Nias Utara"),
        ],
    ),
    (
        "Kabupaten Pasaman Barat, Sijunjung, dan Solok Selatan belum mencapai 95 persen kepesertaan JKN.",
        [("95 persen", None)],
    ),
    (
        "Kepala BPJS Kesehatan Cabang Payakumbuh, Defiyanna Sari, menyebut cakupan JKN di Kabupaten Lima Puluh Kota "
        "96,3 persen dan di Kota Payakumbuh 98,9 persen.",
        [("96,3 persen", "Kabupaten Lima Puluh Kota"), ("98,9 persen", "Kota Payakumbuh")],
    ),
    (
        "Capaian Pemkab Agam sebesar 97,9 persen mengungguli rata-rata Provinsi Sumatera Barat yang 95,8 persen.",
        [("97,9 persen", "Kabupaten Agam"), ("95,8 persen", "Sumatera Barat")],
    ),
    (
        "Di Bumi Sriwijaya, Palembang, 99 persen warga Kabupaten Banyuasin sudah ikut JKN.",
        [("99 persen", "Kabupaten Banyuasin")],
    ),
    (
        "Wilayah kerja BPJS Kesehatan Cabang Bukittinggi yang meliputi Bukittinggi, Agam, dan Pasaman mencatat "
        "keaktifan 76,4 persen.",
        [("76,4 persen", None)],
    ),
    (
        "Dari 19 kabupaten/kota di Sumatera Barat, 15 kabupaten/kota telah UHC.",
        [("15 kabupaten/kota", "Sumatera Barat")],
    ),
    (
        "Kepesertaan JKN 98,77 persen di Kota Pekanbaru dan 96,2 persen di Kabupaten Kampar.",
        [("98,77 persen", "Kota Pekanbaru"), ("96,2 persen", "Kabupaten Kampar")],
    ),
    (
        "Sebanyak 98,1 persen penduduk Sumatera Barat dan 97,2 persen penduduk Riau telah menjadi peserta JKN.",
        [("98,1 persen", "Sumatera Barat"), ("97,2 persen", "Riau")],
    ),
    # a share of each of several regions
    ("Enam kabupaten/kota di Maluku Utara mencatat cakupan JKN lebih dari 98 persen.", [("98 persen", None)]),
    ("Dari 10 kabupaten/kota di Maluku Utara cakupan JKN 97 persen.", [("97 persen", "Maluku Utara")]),
    # a date behind a name makes no dateline where it is the data's
    (
        "Cakupan JKN nasional per April 2024 96,91%, Kabupaten Subang per Mei 2024 89,4%.",
        [("96,91%", "Indonesia"), ("89,4%", "Kabupaten Subang")],
    ),
    # one figure for all
    (
        "Cakupan JKN Kabupaten Balangan dan Kabupaten Tapin sama-sama 100 persen.",
        [("100 persen", "Kabupaten Balangan"), ("100 persen", "Kabupaten Tapin")],
    ),
]

PARAGRAPHS = [
    # the sentence before
    (
        "Kabupaten Ogan Komering Ilir terus menambah peserta JKN. Cakupannya kini 93,7 persen.",
        [("93,7 persen", "Kabupaten Ogan Komering Ilir")],
    ),
    (
        "Peserta JKN di Kabupaten Banyuasin 812.004 jiwa. Yang aktif 640.221 jiwa.",
        [("812.004 jiwa", "Kabupaten Banyuasin"), ("640.221 jiwa", "Kabupaten Banyuasin")],
    ),
    (
        "Kepesertaan JKN Kota Lubuklinggau 98,9 persen. Berbeda dengan itu, Musi Rawas baru 90,2 persen. "
        "Keaktifannya pun hanya 71 persen.",
        [
            ("98,9 persen", "Kota Lubuk Linggau"),
            ("90,2 persen", "Kabupaten Musi Rawas"),
            ("71 persen", "Kabupaten Musi Rawas"),
        ],
    ),
    # a new paragraph without a name goes back to what the article is about
    (
        "Kabupaten Lahat menggelar rapat koordinasi JKN. Pemerintah Kabupaten Lahat mengundang semua camat.\n"
        "Sebagai pembanding, Kota Pagar Alam sudah 99 persen.\n"
        "Cakupan kepesertaan JKN saat ini 95,5 persen.",
        [("99 persen", "Kota Pagar Alam"), ("95,5 persen", "Kabupaten Lahat")],
    ),
    # the dateline is no subject while another name stands there
    (
        "PALEMBANG, KABAR KITA – Kabupaten Muara Enim mencatat kepesertaan JKN 97,2 persen.",
        [("97,2 persen", "Kabupaten Muara Enim")],
    ),
    # the dateline when nothing else is named
    ("BITUNG – Cakupan kepesertaan JKN sudah 98 persen.", [("98 persen", "Kota Bitung")]),
    # lines of a list
    (
        "Cakupan JKN per daerah:\n"
        "Kabupaten Kaimana: 91,2 persen\n"
        "Kabupaten Fakfak: 98,6 persen\nKota Sorong: 102,1 persen",
        [("91,2 persen", "Kabupaten Kaimana"), ("98,6 persen", "Kabupaten Fak Fak"), ("102,1 persen", "Kota Sorong")],
    ),
    (
        "Rincian peserta JKN Kabupaten Nabire sebagai berikut.\nPBI JK: 101.220 jiwa\nPPU: 20.115 jiwa",
        [("101.220 jiwa", "Kabupaten Nabire"), ("20.115 jiwa", "Kabupaten Nabire")],
    ),
    # the sum over several
    (
        "Peserta JKN Kabupaten Konawe 257.000 jiwa, Kabupaten Buton 115.000 jiwa. Penduduk keduanya 394.000 jiwa.",
        [("257.000 jiwa", "Kabupaten Konawe"), ("115.000 jiwa", "Kabupaten Buton"), ("394.000 jiwa", None)],
    ),
    (
        "Peserta JKN Kabupaten Agam 502.000 jiwa, Kota Solok 78.000 jiwa. Jumlah itu dari 601.000 penduduk dua daerah "
        "tersebut.",
        [("502.000 jiwa", "Kabupaten Agam"), ("78.000 jiwa", "Kota Solok"), ("601.000 penduduk", None)],
    ),
    # a list named first, its figures in the next sentence
    (
        "BPJS Kesehatan membina Kota Bengkulu, Kabupaten Seluma, dan Kabupaten Kaur. "
        "Cakupan JKN ketiganya berturut-turut 99,1 persen, 95,4 persen, dan 92,8 persen.",
        [("99,1 persen", "Kota Bengkulu"), ("95,4 persen", "Kabupaten Seluma"), ("92,8 persen", "Kabupaten Kaur")],
    ),
    # the province and its part
    (
        "Di Sulawesi Tenggara 95,9 persen penduduk terdaftar JKN. Khusus Kota Baubau, angkanya 99,5 persen.",
        [("95,9 persen", "Sulawesi Tenggara"), ("99,5 persen", "Kota Bau Bau")],
    ),
    # the area of a branch office
    # a threshold in between does not carry the nation on
    (
        "Kabupaten Mamasa mengejar UHC. Syaratnya minimal 95 persen penduduk terdaftar. Sekarang baru 89 persen.",
        [("95 persen", "Indonesia"), ("89 persen", "Kabupaten Mamasa")],
    ),
    (
        "Secara nasional peserta JKN sudah 98,2 persen.\nKabupaten Majene tidak mau kalah. Capaiannya 99,3 persen.",
        [("98,2 persen", "Indonesia"), ("99,3 persen", "Kabupaten Majene")],
    ),
    (
        "BPJS Kesehatan Cabang Sibolga mencatat keaktifan peserta di wilayah kerjanya 74,3 persen.",
        [("74,3 persen", None)],
    ),
    (
        "Wali Kota Sawahlunto menerima penghargaan UHC di Jakarta, Selasa (27/1/2026). "
        "Kepesertaan JKN di kotanya 100,2 persen.",
        [("100,2 persen", "Kota Sawahlunto")],
    ),
    (
        "Kabupaten Lingga kini UHC.\nBerbeda dengan Kabupaten Natuna. Di sana kepesertaan baru 94,6 persen.",
        [("94,6 persen", "Kabupaten Natuna")],
    ),
    (
        "JAKARTA – Kabupaten Sumba Timur menerima UHC Award. Cakupan kepesertaan JKN daerah itu 98,6 persen.",
        [("98,6 persen", "Kabupaten Sumba Timur")],
    ),
    (
        "Pemkab Rote Ndao bekerja sama dengan BPJS Kesehatan Cabang Kupang. Hasilnya, 97,7 persen warga terdaftar JKN.",
        [("97,7 persen", "Kabupaten Rote Ndao")],
    ),
    (
        "Kota Batu dan Kabupaten Malang berbeda nasib. Kota Batu sudah 98,8 persen. Adapun Kabupaten Malang, "
        "cakupan JKN-nya baru 89,5 persen.",
        [("98,8 persen", "Kota Batu"), ("89,5 persen", "Kabupaten Malang")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_region_in_the_sentence(claims_of, text, expected):
    got = [(claim.raw, claim.region_name) for claim in claims_of(text)]
    assert got == expected


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_region_from_around_the_sentence(claims_of, text, expected):
    got = [(claim.raw, claim.region_name) for claim in claims_of(text)]
    assert got == expected


def test_code_and_name_are_of_one_region(claims_of):
    gazetteer = load_gazetteer()
    (claim,) = claims_of("Cakupan kepesertaan JKN di Kabupaten Pati 97,9 persen.")
    region = gazetteer.get("33.18")
    assert region is not None
    assert (claim.region, claim.region_name) == (region.code, region.name)
