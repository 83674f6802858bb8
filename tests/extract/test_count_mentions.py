"""The sentence and the numbers of people found in it: the stretch of text and its value."""

import pytest

from extract.mentions.amounts import find_region_numbers_in, find_rupiah_in
from extract.mentions.count import find_counts_in

PEOPLE = [
    # a noun for people says it
    ("Terdaftar 244.956 jiwa dari 329.934 penduduk.", [("244.956 jiwa", 244956), ("329.934 penduduk", 329934)]),
    ("Di sana 6821 jiwa, di sini 4001 jiwa.", [("6821 jiwa", 6821), ("4001 jiwa", 4001)]),
    ("Terdaftar 2.453.304 9.616.107 jumlah penduduk", [("2.453.304", 2453304), ("9.616.107 jumlah penduduk", 9616107)]),
    ("Kota Ambon278.218 jiwa.", [("278.218 jiwa", 278218)]),
    ("Tahun 2020: 409.749 orang", [("409.749 orang", 409749)]),
    ("Sisanya 8.322\njiwa belum ikut.", [("8.322\njiwa", 8322)]),
    ("Satu desa mengirim delapan orang.", [("delapan orang", 8)]),
    ("Dihadiri 33 bupati dan 12 kepala dinas.", [("33 bupati", 33)]),
    ("Ada 500 orang lebih di aula.", [("500 orang", 500)]),
    # scale words
    (
        "Pesertanya 2,1 juta jiwa, 622ribu penduduknya miskin.",
        [("2,1 juta jiwa", 2100000), ("622ribu penduduknya", 622000)],
    ),
    ("Dari penduduk 1,6 juta lebih, PBI hanya 416 ribu.", [("1,6 juta", 1600000), ("416 ribu", 416000)]),
    ("Sudah 2,5 juta lebih warga terlindungi.", [("2,5 juta", 2500000)]),
    ("Tersisa 805 ribuan jiwa.", [("805 ribuan jiwa", 805000)]),
    ("Aktif 209.1 juta jiwa", [("209.1 juta jiwa", 209100000)]),
    ("Peserta nasional 187.982.949 juta, kata dia.", [("187.982.949 juta", 187982949)]),
    ("Penduduk dua juta jiwa.", [("dua juta jiwa", 2000000)]),
    ("Ada setengah juta warga.", [("setengah juta warga", 500000)]),
    # marks and blanks gone wrong
    ("Segmen PBPU 148,948 jiwa dan PPU 148.948 jiwa.", [("148,948 jiwa", 148948), ("148.948 jiwa", 148948)]),
    ("Dari 789. 506 jiwa itu", [("789. 506 jiwa", 789506)]),
    ("Peserta PBI kabupaten 406. 068.", [("406. 068", 406068)]),
    ("Terdaftar Rp56.560 orang.", [("Rp56.560 orang", 56560)]),
    ("Terdaftar Rp336 ribu jiwa.", [("Rp336 ribu jiwa", 336_000)]),
    ("Dibantu Rp336 ribu peserta itu.", []),
    ("Iurannya Rp42 ribu jiwa per bulan.", []),
    ("Terdaftar Rp4821 jiwa.", [("Rp4821 jiwa", 4821)]),
    ("Iuran Rp42.000 peserta kelas 3, bantuan Rp500.000 warga miskin.", []),
    ("Penerima bantuan iuran Rp56.560 orang.", [("Rp56.560 orang", 56560)]),
    ("Iurannya 37.800 jiwa sebulan.", []),
    # no noun of its own
    ("Peserta Pasaman 297.914, Pasaman Barat 418.533", [("297.914", 297914), ("418.533", 418533)]),
    ("Segmen PBPU Pemda 3,4 juta, PPU 2,8 juta.", [("3,4 juta", 3400000), ("2,8 juta", 2800000)]),
    ("Terdiri atas 50.266 PBPU, 5.586 Bukan Pekerja.", [("50.266", 50266), ("5.586", 5586)]),
    ("Totalnya 4.292.369 atau 78,30 persen.", [("4.292.369", 4292369)]),
    ("Yang masuk 102.736 (95,11%) orang.", [("102.736", 102736)]),
    ("Sekitar 1,3 juta (1.303.254) jiwa terdaftar.", [("1,3 juta", 1300000), ("1.303.254", 1303254)]),
    ("Tinggal 38.273 yang belum mendaftar.", [("38.273", 38273)]),
    ("PBI yang iurannya dibayar pemkab 44.265.", [("44.265", 44265)]),
    ("PPU Badan Usaha 167.873, PPU negara 65.410", [("167.873", 167873), ("65.410", 65410)]),
    # ranges
    ("Belum terdaftar 600-700 ribu jiwa.", [("600", 600000), ("700 ribu jiwa", 700000)]),
    ("Tiap desa 20 hingga 30 orang.", [("20", 20), ("30 orang", 30)]),
    ("Hadir 1.000-an warga dan 3000 an pekerja.", [("1.000-an warga", 1000), ("3000 an pekerja", 3000)]),
    ("Segmen PBI APBN:719.494, PPU=337.513", [("719.494", 719494), ("337.513", 337513)]),
    # what counts something else
    ("Disiapkan Rp23,106 miliar, iuran yang dibayar 39 juta.", []),
    ("Ada 46 Puskesmas, 22 badan usaha, 9 dokter mandiri, 12 kecamatan.", []),
    ("Melayani 30 juta layanan dan 2,9 juta kasus, kini 30,7 juta (2024).", []),
    ("Sesuai Perpres No 18/2020 dan Inpres 1 tahun 2022 peserta wajib aktif.", []),
    ("Pada 2020-2024 peserta naik; per 1 Juni 2025 peserta naik lagi.", []),
    ("Acara pukul 10.00, telepon 0812.345.678 atau 165.", []),
    ("Baca juga: 1.200 warga antre di kantor\nBaca Juga: 5.000 peserta baru", []),
    ("Bandar Lampung\n496\nWarga\n3193\nPeserta", []),
    ("Kelas 3 peserta mandiri, desa ke-5 peserta.", []),
    ("Salah satu warga dan ratusan ribu orang lain.", []),
    ("Rata-rata pemanfaatan layanan 10.742 per hari.", []),
    ("Jumlah kunjungan peserta JKN mencapai 500.123 dan iuran peserta 39 juta.", []),
    ("Iurannya Rp42.000 per orang, atau 37.800 per jiwa, Rp35.000/orang.", []),
    ("Sebanyak 45.200 kepala keluarga dan 12.000 rumah.", []),
    ("Baru 84,06 penduduk yang masuk.", []),
    ("Perbandingan 98,29 persen warga.", []),
    ("rendering in 0.3090 seconds (0.1#10.140)", []),
    # without groups, right behind whom they count
    (
        "Peserta mandiri 21853, tanggungan APBD 4107, bukan pekerja 3960, dengan jumlah 29920.",
        [("21853", 21853), ("4107", 4107), ("3960", 3960), ("29920", 29920)],
    ),
    ("Peserta mandiri 2024 didata di ruang 4107.", []),
    # slips and hedges
    ("Tercatat 7, 9 juta jiwa peserta.", [("7, 9 juta jiwa", 7_900_000)]),
    ("Ada lima puluh ribuan warga.", [("lima puluh ribuan warga", 50_000)]),
    ("Tercatat 356.000-an jiwa.", [("356.000-an jiwa", 356_000)]),
    # part of the people told before it
    ("Dari 8 ribuan buruh, 3 ribuan belum didaftarkan.", [("8 ribuan buruh", 8000), ("3 ribuan", 3000)]),
    # words without a noun, where people are spoken of
    ("Penduduknya tidak sampai tiga ratus ribu.", [("tiga ratus ribu", 300_000)]),
    ("Pesertanya satu koma dua juta lebih.", [("satu koma dua juta", 1_200_000)]),
    ("Peserta di Kepulauan Seribu didata. Iurannya tiga ratus ribu.", []),
    # visits
    ("Yang berobat 1.200 orang per bulan.", []),
    ("Pesertanya 1.200 orang per Maret 2025.", [("1.200 orang", 1200)]),
]


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_numbers_of_people(text, expected):
    found = find_counts_in(text)
    assert [(mention.raw, mention.value.value) for mention in found] == expected
    assert all(text[mention.start : mention.end] == mention.raw for mention in found)


MONEY = [
    ("Disiapkan Rp 1.701.724.000 tiap bulan.", [("Rp 1.701.724.000", 1_701_724_000)]),
    ("Rp5 miliar dari provinsi, Rp23,106 miliar total", [("Rp5 miliar", 5e9), ("Rp23,106 miliar", 23.106e9)]),
    ("Biayanya 6.8 triliun rupiah.", [("6.8 triliun rupiah", 6.8e12)]),
    ("Anggarannya Rp1,2 T dan Rp 30 M lebih.", [("Rp1,2 T", 1.2e12), ("Rp 30 M", 3e10)]),
    ("Ada 20 ribu jiwa.", []),
    ("Pemkot menganggarkan 80 miliar.", [("80 miliar", 80e9)]),
]


@pytest.mark.parametrize(("text", "expected"), MONEY)
def test_rupiah(text, expected):
    assert [(mention.raw, mention.value.value) for mention in find_rupiah_in(text)] == expected


WITH_CURRENCY = [
    # the text, the people in it, the money in it: people are not counted in rupiah, in groups of three
    ("Terdaftar Rp48.210 jiwa di sana.", ["Rp48.210 jiwa"], []),
    ("Terdaftar Rp 1.204.881 peserta JKN.", ["Rp 1.204.881 peserta"], []),
    ("Ada IDR 48.210 jiwa terdaftar.", ["IDR 48.210 jiwa"], []),
    ("Terdaftar Rpl29.000 jiwa di sana.", ["Rpl29.000 jiwa"], []),
    ("Terdaftar Rp336 ribu jiwa di sana.", ["Rp336 ribu jiwa"], []),
    ("Terdaftar Rp25.000 orang per Maret 2025.", ["Rp25.000 orang"], []),
    ("Terdaftar Rp25.000 orang per bulan ini.", ["Rp25.000 orang"], []),
    # a contribution, for each of them each month
    ("Iurannya Rp25.000 orang per bulan.", [], ["Rp25.000"]),
    ("Iurannya Rp37.800 jiwa/bulan.", [], ["Rp37.800"]),
    ("Iurannya Rp37.800 orang setiap bulan.", [], ["Rp37.800"]),
    ("Iurannya Rp25.000 per orang.", [], ["Rp25.000"]),
    # what people get, or pay
    ("Bantuan Rp500 ribu warga miskin cair.", [], ["Rp500 ribu"]),
    ("Bantuan Rp500.000 bagi warga miskin cair.", [], ["Rp500.000"]),
    ("Dendanya Rp482 warga.", [], ["Rp482"]),
]


@pytest.mark.parametrize(("text", "people", "money"), WITH_CURRENCY)
def test_a_sign_of_money_before_people_is_a_slip_and_before_money_is_none(text, people, money):
    assert [mention.raw for mention in find_counts_in(text)] == people
    assert [mention.raw for mention in find_rupiah_in(text)] == money


REGIONS = [
    (
        "Penghargaan bagi 31 pemerintah provinsi dan 397 kabupaten/kota",
        [("31 pemerintah provinsi", 31), ("397 kabupaten/kota", 397)],
    ),
    ("Diraih enam kabupaten/kota dan lima\ndaerah lain", [("enam kabupaten/kota", 6), ("lima\ndaerah", 5)]),
    ("Dari 12 kabupaten/kota, tiga di antaranya sudah penuh.", [("12 kabupaten/kota", 12), ("tiga", 3)]),
    ("Pada 2023 Kabupaten Garut dan salah satu kota menyusul.", []),
    ("Warga datang, tiga di antaranya pulang.", []),
]


@pytest.mark.parametrize(("text", "expected"), REGIONS)
def test_numbers_of_regions(text, expected):
    assert [(mention.raw, mention.value.value) for mention in find_region_numbers_in(text)] == expected


@pytest.mark.parametrize(
    "text", ["1 " * 20_000, "1." * 20_000, "jiwa " * 10_000, "satu " * 10_000, "1.234.567 " * 5_000, "9" * 50_000]
)
def test_odd_text_is_read_in_time_and_without_error(text):
    find_counts_in(text)
    find_rupiah_in(text)
    find_region_numbers_in(text)
