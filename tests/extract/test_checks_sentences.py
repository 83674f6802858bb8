"""Sentences as they stand in the news, and all that the checks have to say against them, or leave open.

What is `ok` is not told here, nor are checks that say nothing.
"""

import pytest

SUSPECT = {
    # the sentence: the check that disputes it, and what it expects
    "Peserta JKN di Kabupaten Belu tercatat 221.540 jiwa atau 96,17 persen dari 232.788 penduduk.": (
        "rate_against_counts",
        "95.17%",
    ),
    "Dari 232.788 penduduk Kabupaten Belu, sekitar 198 ribu jiwa atau 95 persen sudah menjadi peserta JKN.": (
        "rate_against_counts",
        "85.06%",
    ),
    "Dari 232.788 jiwa penduduk Kabupaten Belu, 224.000 jiwa terdaftar JKN. Dari jumlah itu 180.000 jiwa aktif "
    "atau 84,36 persen.": ("rate_against_counts", "80.36%"),
    "Cakupan JKN Kabupaten Belu 95,17 persen. Dari 232.788 jiwa penduduk, 212.300 jiwa sudah menjadi peserta.": (
        "rate_against_counts",
        "91.20%",
    ),
    "Peserta PBI di Kota Tual 45.000 jiwa atau 61,5 persen dari 87.312 peserta JKN.": ("rate_against_counts", "51.54%"),
    "Peserta aktif JKN di Kota Ambon 310.220 jiwa dari 305.118 peserta.": ("active_within_registered", "<= 305,118"),
    "Peserta JKN Kota Ambon 345.118 jiwa, terdiri atas PBI APBN 390.000 jiwa.": ("part_and_whole", "<= 345,118"),
    "Cakupan JKN Kota Ambon 97,2 persen, sehingga 3,8 persen penduduk belum terdaftar.": ("complements", "100%"),
    "Sebanyak 73 persen peserta JKN Kota Ambon aktif dan 37 persen nonaktif.": ("complements", "100%"),
    "Dari 345.118 peserta JKN Kota Ambon, 270.220 peserta aktif dan 84.898 peserta nonaktif.": (
        "complements",
        "345,118",
    ),
    "Tingkat keaktifan peserta JKN Kota Palu 75 persen, sedangkan peserta nonaktif 117.500 jiwa dari 390.000 "
    "peserta.": ("complements", "100%"),
    "Peserta JKN Kota Ambon 345.118 jiwa, terdiri dari PBI APBN 130.000 jiwa, PBPU Pemda 80.118 jiwa, PPU 100.000 "
    "jiwa, mandiri 40.000 jiwa, dan bukan pekerja 5.000 jiwa.": ("sums", "345,118"),
    "Peserta JKN Provinsi Gorontalo 1.308.000 jiwa: Kota Gorontalo 205.000 jiwa, Kabupaten Gorontalo 402.000 jiwa, "
    "Kabupaten Boalemo 151.000 jiwa, Kabupaten Pohuwato 165.000 jiwa, Kabupaten Bone Bolango 167.000 jiwa, dan "
    "Kabupaten Gorontalo Utara 118.000 jiwa.": ("sums", "1,308,000"),
    "Jumlah penduduk Kota Batu 290.000 jiwa, peserta JKN 285.000 jiwa.": ("population_against_dukcapil", "225,408"),
    "Kota Batu berpenduduk 125.408 jiwa, dan 120.000 jiwa menjadi peserta JKN.": (
        "population_against_dukcapil",
        "225,408",
    ),
    "Jumlah penduduk Kabupaten Belu 221.540 jiwa atau 95,17 persen dari jumlah penduduk 232.788 jiwa sudah ikut JKN.": (
        "label_against_arithmetic",
        "members",
    ),
    "Di Kota Batu 98,69 persen penduduk terlindungi JKN, yakni 223.352 peserta dari 226.323 peserta.": (
        "label_against_arithmetic",
        "population",
    ),
    "Cakupan JKN Kota Payakumbuh naik 0,89 persen dari 97,99 persen menjadi 98,97 persen.": (
        "change_against_levels",
        "0.98 percentage points",
    ),
    "Peserta JKN Kota Payakumbuh bertambah 12.000 jiwa, dari 130.000 jiwa menjadi 145.000 jiwa.": (
        "change_against_levels",
        "15,000",
    ),
    "Hingga Juni 2025 peserta JKN Kota Ambon 352.467 jiwa, sedangkan Juni 2024 baru 345.118 jiwa, atau bertambah "
    "9.349 jiwa.": ("change_against_levels", "7,349"),
    "Cakupan JKN Kota Tanjungpinang 97,47 persen, masih kurang 0,83 persen dari syarat 98 persen.": (
        "gap_to_target",
        "0.53 percentage points",
    ),
    "Selasa (9/6/2025), peserta JKN Kota Tual 87.312 jiwa.": ("weekday_against_date", "Monday"),
    "Cakupan JKN Kota Ambon 97,39 persen per Mei 2025. Di bagian lain disebut 97,89 persen per Mei 2025.": (
        "one_value",
        "97.39%",
    ),
}


@pytest.mark.parametrize(("text", "told"), SUSPECT.items())
def test_disputed(find_checks, text, told):
    assert [(check.name, check.expected) for check in find_checks(text) if check.verdict == "suspect"] == [told]


SOUND = [
    # triads with hedges, rounding and decimals cut off
    "Dari 232.788 penduduk Kabupaten Belu, hampir 222 ribu jiwa atau sekitar 95 persen sudah menjadi peserta JKN.",
    "Dari 232.788 penduduk Kabupaten Belu, lebih dari 200 ribu jiwa atau 95 persen sudah menjadi peserta JKN.",
    "Cakupan JKN Kota Tual 97,6 persen, yaitu 87.312 peserta dari 89.429 penduduk.",
    "Cakupan JKN Kota Tual 95 sampai 97 persen dari 89.429 penduduk atau 86.000 jiwa.",
    "Penduduk Kota Palu 395 ribu jiwa, peserta JKN 388 ribu jiwa atau 98,23 persen.",
    "Cakupan JKN Kabupaten Seluma 106,3 persen, yakni 229.700 peserta dari 216.028 penduduk.",
    # activity of the members, or of the population
    "Penduduk Kota Tual 89.429 jiwa. Yang menjadi peserta JKN 87.312 jiwa atau 97,63 persen, dan yang aktif 70.512 "
    "jiwa atau 80,75 persen.",
    "Penduduk Kota Tual 89.429 jiwa. Yang menjadi peserta JKN 87.312 jiwa atau 97,63 persen, dan yang aktif 70.512 "
    "jiwa atau 78,84 persen dari jumlah penduduk.",
    "Dari 232.788 jiwa penduduk Kabupaten Belu, 224.000 jiwa terdaftar JKN. Dari jumlah itu 180.000 jiwa aktif atau "
    "80,36 persen, sisanya 44.000 jiwa nonaktif.",
    "Peserta JKN Kota Tual 87.312 jiwa atau 96,51 persen dari 90.470 penduduk. Pada Mei peserta aktif 70.000 jiwa dan "
    "pada Juni 72.000 jiwa.",
    # counts of another time, or of another percentage of the sentence
    "Tahun 2023 peserta JKN Kota Ambon 340.000 jiwa atau 96,1 persen, tahun 2024 352.000 jiwa atau 97,87 persen dari "
    "359.661 penduduk.",
    "UHC Kota Ambon 98,5 persen. Tahun lalu dari 355.000 penduduk baru 330.000 jiwa yang terdaftar JKN.",
    "Peserta JKN Kota Ambon 352.000 jiwa dari 359.661 penduduk. Tahun lalu masih ada 20.000 jiwa yang belum terdaftar.",
    "Cakupan JKN Kota Ambon 98 persen dari 359.661 penduduk. Tahun lalu 20.000 jiwa belum terdaftar JKN.",
    "Cakupan JKN Kabupaten Belu baru 96,2 persen sehingga masih kurang 1,8 persen atau 4.190 jiwa dari 232.788 "
    "penduduk.",
    "Cakupan JKN Kota Ambon 98 persen. Dari 359.661 penduduk, 270.220 jiwa peserta aktif.",
    "Bupati menyebut cakupan JKN Kabupaten Belu 97 persen. Di Kecamatan Atambua dari 30.000 penduduk baru 25.000 jiwa "
    "yang terdaftar.",
    "Cakupan JKN NTT 97 persen. Di Kabupaten Belu, dari 232.788 penduduk 215.000 jiwa terdaftar.",
    # more members than inhabitants
    "Peserta JKN Kota Ambon 368.118 jiwa, melebihi penduduknya yang 355.000 jiwa.",
    "Kepesertaan JKN Kota Batu 105,85 persen dari penduduk, dan 2 persen penduduk belum terdaftar.",
    # steps: in points, in per cent of the level before, in people, of another period
    "Cakupan JKN Kota Payakumbuh naik 0,98 persen dari 97,99 persen menjadi 98,97 persen.",
    "Cakupan JKN Kota Payakumbuh naik 10 persen, dari 80 persen menjadi 88 persen.",
    "Cakupan JKN Kota Payakumbuh naik dari 92,1 persen menjadi 95,4 persen, atau bertambah 3,3 persen.",
    "Peserta JKN Kota Payakumbuh bertambah 12.000 peserta menjadi 145.000 peserta.",
    "Peserta JKN Kota Payakumbuh bertambah 12.000 jiwa menjadi 145.000 jiwa dari sebelumnya 133.000 jiwa.",
    "Peserta JKN Kota Payakumbuh naik 5 persen, dari 133.000 jiwa menjadi 139.650 jiwa.",
    "Peserta JKN Kota Payakumbuh turun 2.310 jiwa, dari 145.310 jiwa pada Mei menjadi 143.000 jiwa pada Juni.",
    "Cakupan JKN Kota Payakumbuh naik 2 persen dibanding bulan lalu. Tahun lalu cakupannya 90,1 persen, sekarang "
    "95,3 persen.",
    "Per Januari 2025 cakupan JKN Kota Palu 97,1 persen, per Februari 97,4 persen, per Maret 98,2 persen atau naik "
    "0,8 persen.",
    # gaps
    "Cakupan JKN Kota Ambon 96 persen, tahun lalu 93 persen. Kurang 2 persen lagi untuk mencapai target 98 persen.",
    "Cakupan JKN Kota Sorong 94,44 persen atau 270.125 jiwa dari 286.028 penduduk. Masih diperlukan 10.182 peserta "
    "baru untuk memenuhi syarat 98 persen.",
    # targets met, and thresholds
    "Cakupan JKN Kota Ambon 98,6 persen, sudah melampaui target 98 persen.",
    "Target JKN Kota Ambon 98 persen, kini hampir 98 persen.",
    "Hingga 1 Mei 2025 cakupan JKN Kota Palu 98,2 persen. Syarat UHC 98 persen dengan keaktifan 80 persen; keaktifan "
    "Palu 75 persen.",
    # quarters, years, and areas within one another
    "Pada triwulan I 2024 cakupan JKN Kota Tual 95,1 persen, triwulan II 96,4 persen, triwulan III 97,0 persen.",
    "Cakupan JKN nasional 98,3 persen, Maluku 95,2 persen, dan Kota Ambon 97,1 persen.",
    "Peserta JKN nasional 280 juta jiwa atau 98,3 persen dari penduduk. Di Maluku 1.840.000 jiwa, dan di Kota Ambon "
    "352.467 jiwa.",
    "Peserta JKN Kota Tual 87.312 jiwa, sedangkan seluruh Provinsi Maluku 1.840.000 jiwa dari 1.935.586 penduduk atau "
    "95,06 persen.",
    "Di Desa Waai 3.112 dari 3.200 penduduk ikut JKN, sedangkan Kabupaten Maluku Tengah 95 persen dari 440.000 "
    "penduduk.",
    "Cakupan JKN Sulawesi Tengah 98,1 persen, Kota Palu 98,2 persen, Donggala 97 persen, Sigi 96 persen; Kota Palu "
    "pada 2023 hanya 91,5 persen.",
    "Di Sulawesi Tengah ada 3.110.000 peserta JKN, terbanyak di Kota Palu 390.000 jiwa, disusul Kabupaten Parigi "
    "Moutong 450.000 jiwa dan Kabupaten Donggala 300.000 jiwa.",
    # segments, all and some
    "Peserta JKN Kota Ambon 345.118 jiwa, di antaranya PBI APBN 110.000 jiwa, PBPU Pemda 80.118 jiwa, dan PPU 100.000 "
    "jiwa.",
    "Peserta JKN Kabupaten Belu terdiri atas PBI APBN 60 persen, PBPU Pemda 20 persen, PPU 12 persen, mandiri 6 "
    "persen, dan bukan pekerja 2 persen.",
    # populations of other areas and times
    "Penduduk Papua Barat pada 2018 sebanyak 937.458 jiwa dan peserta JKN 1.200.000 jiwa.",
    "Jumlah penduduk Kabupaten Mahakam Ulu pada 2012 sebanyak 28.000 jiwa, peserta JKN 20.000 jiwa.",
    "Sebanyak 100.044 jiwa penduduk Kabupaten Bangka Tengah sudah menjadi peserta JKN.",
    "Desa Waai berpenduduk 3.200 jiwa, pesertanya 3.400 jiwa.",
]


@pytest.mark.parametrize("text", SOUND)
def test_nothing_disputed(find_checks, text):
    assert [check.message for check in find_checks(text) if check.verdict == "suspect"] == []
