"""The sentence, and how it hedges each figure."""

import pytest

HEDGES = [
    ("Peserta JKN di Kabupaten Belu 220.114 jiwa.", [("220.114 jiwa", "exact")]),
    # about
    ("Sekitar 55 ribu warga Kota Pariaman telah menjadi peserta JKN.", [("55 ribu warga", "about")]),
    ("Kurang lebih 96 persen penduduk Agam terdaftar JKN.", [("96 persen", "about")]),
    ("Keaktifan peserta JKN di Lingga berada di kisaran 77 persen.", [("77 persen", "about")]),
    ("Peserta JKN di Natuna kira-kira 81.000 jiwa.", [("81.000 jiwa", "about")]),
    ("Peserta nonaktif di Karimun ada 40 ribuan orang.", [("40 ribuan orang", "about")]),
    ("Sekira 3 persen warga Bintan belum terdaftar JKN.", [("3 persen", "about")]),
    # nearly
    ("Hampir 98 persen warga Kota Solok sudah tercover JKN.", [("98 persen", "nearly")]),
    ("Cakupan JKN Kabupaten Dharmasraya mendekati 97 persen.", [("97 persen", "nearly")]),
    ("Nyaris 500 ribu warga Kerinci ikut JKN.", [("500 ribu warga", "nearly")]),
    # over
    ("Lebih dari 1,2 juta warga Kabupaten Langkat menjadi peserta JKN.", [("1,2 juta warga", "over")]),
    ("Peserta JKN di Asahan 780 ribu lebih.", [("780 ribu", "over")]),
    ("Cakupan JKN Kota Medan sudah di atas 98 persen.", [("98 persen", "over")]),
    ("Kepesertaan JKN di Toba melampaui 99 persen.", [("99 persen", "over")]),
    ("Peserta JKN di Deli Serdang mencapai 2,1 juta jiwa lebih.", [("2,1 juta jiwa", "over")]),
    # under
    ("Keaktifan peserta JKN di Nias Barat masih di bawah 70 persen.", [("70 persen", "under")]),
    ("Kurang dari 10 ribu warga Samosir belum masuk JKN.", [("10 ribu warga", "under")]),
    ("Kepesertaan JKN di Nias Selatan belum sampai 85 persen.", [("85 persen", "under")]),
    ("Yang belum terdaftar JKN di Tanah Datar tak sampai 2 persen.", [("2 persen", "under")]),
    # at_least
    ("UHC mengharuskan minimal 95 persen penduduk terdaftar JKN.", [("95 persen", "at_least")]),
    ("Sedikitnya 12.400 warga Kota Dumai belum terdaftar JKN.", [("12.400 warga", "at_least")]),
    ("Setidaknya 91 persen warga Pelalawan sudah ikut JKN.", [("91 persen", "at_least")]),
    ("Paling sedikit 98 persen warga harus menjadi peserta JKN agar dinyatakan UHC.", [("98 persen", "at_least")]),
    # up_to
    ("Kuota PBI APBD Kabupaten Kampar maksimal 60.000 jiwa.", [("60.000 jiwa", "up_to")]),
    ("Peserta JKN nonaktif ditargetkan paling banyak 20 persen.", [("20 persen", "up_to")]),
    # a hedge belongs to the figure beside it only
    (
        "Sekitar 400 ribu jiwa dari 412.330 jiwa penduduk Rokan Hulu ikut JKN.",
        [("400 ribu jiwa", "about"), ("412.330 jiwa", "exact")],
    ),
    (
        "Cakupan JKN 97,2 persen, sudah lebih dari target 95 persen.",
        [("97,2 persen", "exact"), ("95 persen", "exact")],
    ),
    (
        "Peserta JKN Siak 470.120 jiwa atau hampir 98 persen penduduk.",
        [("470.120 jiwa", "exact"), ("98 persen", "nearly")],
    ),
    ("Peserta JKN di Natuna kisaran 80 ribu jiwa.", [("80 ribu jiwa", "about")]),
    ("Cakupan JKN Bintan menyentuh hampir 100 persen.", [("100 persen", "nearly")]),
    ("Ada 9 ribuan lebih warga Lingga belum terdaftar JKN.", [("9 ribuan", "about")]),
    ("Kepesertaan JKN Karimun sudah melewati angka 98 persen.", [("98 persen", "over")]),
    ("Keaktifan peserta JKN Batam belum menyentuh 80 persen.", [("80 persen", "under")]),
    ("Rata-rata sekitar 75 persen peserta JKN di Lingga aktif.", [("75 persen", "about")]),
    ("Peserta JKN Kota Batam tembus di atas 1,2 juta jiwa.", [("1,2 juta jiwa", "over")]),
    ("Sebanyak 98 persen lebih warga Karimun terdaftar JKN.", [("98 persen", "over")]),
    ("Peserta JKN di Karimun tepat 250.000 jiwa.", [("250.000 jiwa", "exact")]),
    ("Peserta JKN Tanjungpinang ± 220.000 jiwa.", [("220.000 jiwa", "about")]),
    ("Tak lebih dari 2.000 warga Anambas yang belum terdaftar JKN.", [("2.000 warga", "up_to")]),
    ("Tidak kurang dari 30.000 warga Bintan ikut JKN.", [("30.000 warga", "at_least")]),
    # as people speak
    ("Peserta JKN aktif di Belu 151.000-an jiwa.", [("151.000-an jiwa", "about")]),
    ("Ada 40-an ribu warga Belu belum terdaftar JKN.", [("40-an ribu warga", "about")]),
    ("Keaktifan peserta JKN di Belu 70-an persen.", [("70-an persen", "about")]),
    ("Keaktifan peserta JKN di Belu 71 koma sekian persen.", [("71 koma sekian persen", "about")]),
    ("Peserta JKN di Belu kurleb 220.000 jiwa (~97%).", [("220.000 jiwa", "about"), ("97%", "about")]),
    ("Peserta JKN di Belu kurang-lebih 220.000 jiwa.", [("220.000 jiwa", "about")]),
    ("Cakupan JKN di Belu hampir tembus 98 persen.", [("98 persen", "nearly")]),
    ("Cakupan JKN di Belu sudah lewat 97 persen.", [("97 persen", "over")]),
    ("Keaktifan peserta JKN di Belu kembali ke atas 80 persen.", [("80 persen", "over")]),
    ("Cakupan JKN di Belu belum genap 97 persen.", [("97 persen", "under")]),
    ("Pemkab Belu menyiapkan paling banter Rp8 miliar untuk iuran JKN.", [("Rp8 miliar", "up_to")]),
    ("Warga Belu yang mendaftar JKN lewat PANDAWA 97 persen.", [("97 persen", "exact")]),
    ("Lima puluh ribuan warga Kabupaten Belu belum terdaftar JKN.", [("Lima puluh ribuan warga", "about")]),
]


@pytest.mark.parametrize(("text", "expected"), HEDGES)
def test_hedges(claims_of, text, expected):
    got = [(claim.raw, claim.approx) for claim in claims_of(text)]
    assert got == expected
