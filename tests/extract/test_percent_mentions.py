"""The sentence and the percentages found in it: the stretch of text and its value."""

import pytest

from extract.mentions.percent import find_percents_in

SENTENCES = [
    ("Cakupannya 98,29% dan keaktifannya 78,85 persen.", [("98,29%", 98.29), ("78,85 persen", 78.85)]),
    ("Capaian baru 98.29 Persen", [("98.29 Persen", 98.29)]),
    ("Baru 83persen warga; di kota 98.77 %.", [("83persen", 83), ("98.77 %", 98.77)]),
    ("Persentasenya 89,25\npersen menurut kabupaten.", [("89,25\npersen", 89.25)]),
    ("Tersisa 1 hingga 2 persen lagi.", [("1", 1), ("2 persen", 2)]),
    ("Sebanyak 18–19 Persen menunggak", [("18", 18), ("19 Persen", 19)]),
    ("Kisarannya 95-98% atau 95,5 s/d 97 prosen.", [("95", 95), ("98%", 98), ("95,5", 95.5), ("97 prosen", 97)]),
    ("Iuran ditanggung berdua (80:20 persen).", [("80", 80), ("20 persen", 20)]),
    ("Antara 90 dan 95 persen.", [("90", 90), ("95 persen", 95)]),
    ("Masing-masing 70, 80, dan 90 persen.", [("70", 70), ("80", 80), ("90 persen", 90)]),
    ("Ada 3 daerah dan 95 persen warga.", [("95 persen", 95)]),
    ("Pada 2023 - 95 persen warga.", [("95 persen", 95)]),
    ("Rapat Selasa (6/5)-98 persen hadir.", [("98 persen", 98)]),
    ("Nilainya (101, 00%) dan (86, 13%).", [("101, 00%", 101), ("86, 13%", 86.13)]),
    ("Hampir seratus persen terdaftar.", [("seratus persen", 100)]),
    ("Kami di 98 koma 29 persen.", [("98 koma 29 persen", 98.29)]),
    ("Sembilan puluh lima persen warga.", [("Sembilan puluh lima persen", 95)]),
    ("Target 98 perrsen itu tinggi.", [("98 perrsen", 98)]),
    ("Baru 84,06 penduduk yang masuk.", [("84,06 penduduk", 84.06)]),
    # told of what is given in percent only, without the word for it
    ("Dengan begitu cakupannya 96,82. Tahun lalu belum.", [("96,82", 96.82)]),
    ("Keaktifan peserta JKN Kabupaten Barru menyentuh 88,14.", [("88,14", 88.14)]),
    ("Persentase kepesertaan: 85,90", [("85,90", 85.9)]),
    ("Capaiannya 72,45 poin.", []),
    ("Cakupannya mencapai 12,45 juta jiwa.", []),
    ("Cakupannya 12,45 kilometer persegi.", []),
    ("Indeks pembangunan 72,45.", []),
    # a letter for the zero, a blank behind the dot
    ("Yang belum tercakup O.81 persen.", [("O.81 persen", 0.81)]),
    ("Pekerjaan rumahnya 8. 52 persen lagi.", [("8. 52 persen", 8.52)]),
    ("Tercatat 240.013 jiwa (100,78), atau 100,78 dari 238.150 penduduk.", [("100,78", 100.78), ("100,78", 100.78)]),
    ("Cakupannya 110. 00 persen.", [("110. 00 persen", 110)]),
    ("Cakupannya 97 ,125 persen.", [("97 ,125 persen", 97.125)]),
    ("Naik 3, 9 persen.", [("3, 9 persen", 3.9)]),
    ("Dari 38,43 penduduk di sana.", []),
    ("Cakupannya 77. 8 persen warga.", [("77. 8 persen", 77.8)]),
    ("Ada tiga tahap, kini tahap 3. 52 persen sudah masuk.", [("52 persen", 52)]),
    ("Ada 98 perseroan dan 12 persentil.", []),
    ("Capaian 95persennya sudah lewat.", [("95persen", 95)]),
    # spoken roundly
    ("Keaktifannya 70-an persen, dulu 60an %.", [("70-an persen", 70), ("60an %", 60)]),
    ("Yang aktif cuma 81 koma sekian persen.", [("81 koma sekian persen", 81)]),
    # in a list of names the unit is told once
    (
        "Palu 97,1 persen, Poso 96,4, dan Kota Bima baru 95,05.",
        [("97,1 persen", 97.1), ("96,4", 96.4), ("95,05", 95.05)],
    ),
    ("Palu (97,1%), disusul Poso 96,4.", [("97,1%", 97.1), ("96,4", 96.4)]),
    ("Sudah nyaris 100 persen, yakni 99,8.", [("100 persen", 100), ("99,8", 99.8)]),
    ("Syaratnya 95 persen, kita baru 85,4.", [("95 persen", 95), ("85,4", 85.4)]),
    ("Cakupan kita masih 85,4. Yang aktif 80,2.", [("85,4", 85.4), ("80,2", 80.2)]),
    ("Palu 97,1 persen, Poso 1,4 juta jiwa, dan Bima 12,5 hektare.", [("97,1 persen", 97.1)]),
    ("Cakupannya 97,1 persen dan IPM 72,4.", [("97,1 persen", 97.1)]),
    ("Palu 97,1 persen, sedangkan indeks layanannya 4,21.", [("97,1 persen", 97.1)]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_percentages(text, expected):
    found = find_percents_in(text)
    assert [(mention.raw, mention.value.value) for mention in found] == [
        (raw, pytest.approx(value)) for raw, value in expected
    ]
    assert all(text[mention.start : mention.end] == mention.raw for mention in found)


WITHOUT_UNIT = [
    # in brackets behind people
    ("Terdaftar 240.013 jiwa (87,78) dari semua.", ["87,78"]),
    ("Terdaftar 240.013 jiwa (87,78 poin).", []),
    ("Dibangun 812 rumah (87,78).", []),
    ("Indeks 87,78 (87,78).", []),
    # where a percentage has gone up, or down, to
    ("Cakupan naik dari 85,46 persen menjadi 87,78.", ["85,46 persen", "87,78"]),
    ("Cakupan turun dari 87,78% ke 85,46 tahun ini.", ["87,78%", "85,46"]),
    ("Cakupan naik dari 85,46 persen hingga 87,78 bulan lalu.", ["85,46 persen", "87,78"]),
    ("Peserta naik 85,46 persen menjadi 87,78 juta.", ["85,46 persen"]),
    ("Peserta naik 85,46 persen menjadi 87,78 jiwa.", ["85,46 persen"]),
    ("Indeks naik dari 85,46 menjadi 87,78.", []),
    ("Cakupan naik dari 85,46 persen menjadi 87.", ["85,46 persen"]),
    # the same fact again, out of people
    ("Terdaftar 240.013 jiwa atau 87,78 dari 273.413 penduduk.", ["87,78"]),
    ("Terdaftar 240.013 jiwa, setara 87,78 dari total jumlah 273.413 penduduk.", ["87,78"]),
    ("Terdaftar 240.013 jiwa atau 87,78 dari target.", []),
    ("Terdaftar 240.013 jiwa atau 87,78 dari 273.413 rumah.", []),
    ("Terdaftar 240.013 jiwa, lalu 87,78 dari 273.413 penduduk.", []),
    # the word for the population where the unit should be
    ("Baru 84,06 warga yang punya kartu.", ["84,06 warga"]),
    ("Baru 84,06 juta warga yang punya kartu.", []),
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_UNIT)
def test_a_percentage_is_read_without_its_unit_only_where_it_can_be_nothing_else(text, expected):
    assert [mention.raw for mention in find_percents_in(text)] == expected
