"""The sentence and the people found in it: what is printed, the name as first given in full, and the office."""

import pytest

from extract.language import read_mentions
from extract.mentions.people import is_same_name, office_head
from extract.mentions.speaker_lexicon import load_speaker_lexicon
from extract.models import Article, MentionKind

PEOPLE = [
    # office and name
    (
        "Bupati Kolaka Hasanuddin Rauf membuka rapat.",
        [("Bupati Kolaka Hasanuddin Rauf", "Hasanuddin Rauf", "Bupati Kolaka")],
    ),
    (
        "Kepala BPJS Kesehatan Cabang Kendari, Rinaldi Putra, hadir.",
        [
            (
                "Kepala BPJS Kesehatan Cabang Kendari, Rinaldi Putra",
                "Rinaldi Putra",
                "Kepala BPJS Kesehatan Cabang Kendari",
            )
        ],
    ),
    (
        "Gubernur Maluku Hendrik Latuconsina berpesan.",
        [("Gubernur Maluku Hendrik Latuconsina", "Hendrik Latuconsina", "Gubernur Maluku")],
    ),
    # titles and degrees are no part of the name
    (
        "Bupati Konawe, Dr. H. Syahrir Tamba, M.Si., hadir.",
        [("Bupati Konawe, Dr. H. Syahrir Tamba", "Syahrir Tamba", "Bupati Konawe")],
    ),
    ("Kadinkes dr. Wahyu Lestari hadir.", [("Kadinkes dr. Wahyu Lestari", "Wahyu Lestari", "Kadinkes")]),
    # initials and shortened first names are
    (
        "Sekda Buton Utara, Moh. Hardy Muslim, hadir.",
        [("Sekda Buton Utara, Moh. Hardy Muslim", "Moh. Hardy Muslim", "Sekda Buton Utara")],
    ),
    ("Bupati Muna, L. M. Rusman, hadir.", [("Bupati Muna, L. M. Rusman", "L. M. Rusman", "Bupati Muna")]),
    # the office behind the name
    (
        "Nur Aisyah, Kepala Dinas Sosial Bombana, hadir.",
        [("Nur Aisyah, Kepala Dinas Sosial Bombana", "Nur Aisyah", "Kepala Dinas Sosial Bombana")],
    ),
    # acting holders
    (
        "Pj Bupati Wakatobi Abdul Salam hadir.",
        [("Pj Bupati Wakatobi Abdul Salam", "Abdul Salam", "Pj Bupati Wakatobi")],
    ),
    # a name beside a verb of speaking
    ("“Semua harus ikut,” kata Burhanuddin.", [("Burhanuddin", "Burhanuddin", None)]),
    ("Menurut Siti Rahma, data terus dirapikan.", [("Siti Rahma", "Siti Rahma", None)]),
    # the same person again
    (
        "Bupati Kolaka, Hasanuddin Rauf, hadir. Rauf mengatakan semua beres. Kata Hasanuddin, itu penting.",
        [
            ("Bupati Kolaka, Hasanuddin Rauf", "Hasanuddin Rauf", "Bupati Kolaka"),
            ("Rauf", "Hasanuddin Rauf", "Bupati Kolaka"),
            ("Hasanuddin", "Hasanuddin Rauf", "Bupati Kolaka"),
        ],
    ),
    # the office alone, before and after its holder is named
    (
        "Bupati memuji kerja semua pihak. “Ini baik,” kata Bupati Kolaka Hasanuddin Rauf.",
        [
            ("Bupati", "Hasanuddin Rauf", "Bupati Kolaka"),
            ("Bupati Kolaka Hasanuddin Rauf", "Hasanuddin Rauf", "Bupati Kolaka"),
        ],
    ),
    # the bupati and the deputy are two people
    # nobody
    ("Dinas Kesehatan mencatat kenaikan.", []),
    ("Program ini disampaikan kepada warga Kolaka.", []),
    (
        "Bupati Kolaka Hasanuddin Rauf dan Wakil Bupati Kolaka Andi Firman hadir.",
        [
            ("Bupati Kolaka Hasanuddin Rauf", "Hasanuddin Rauf", "Bupati Kolaka"),
            ("Wakil Bupati Kolaka Andi Firman", "Andi Firman", "Wakil Bupati Kolaka"),
        ],
    ),
    # an office with a list in it
    (
        "Kabag SDM, Umum, dan Komunikasi Publik kantor cabang tersebut, Rizal Gani, hadir.",
        [
            (
                "Kabag SDM, Umum, dan Komunikasi Publik kantor cabang tersebut, Rizal Gani",
                "Rizal Gani",
                "Kabag SDM, Umum, dan Komunikasi Publik kantor cabang tersebut",
            )
        ],
    ),
]

# What stands beside an office or a verb and is, or is no, part of the name.
BESIDE_NAMES = [
    # a field of work in its short form belongs to the office, whatever it is
    ("Kabid Kesmas Nur Aisyah hadir.", [("Kabid Kesmas Nur Aisyah", "Nur Aisyah", "Kabid Kesmas")]),
    ("Kabid P2P Nur Aisyah hadir.", [("Kabid P2P Nur Aisyah", "Nur Aisyah", "Kabid P2P")]),
    (
        "Kasubbag Perlengkap setempat, Nur Aisyah hadir.",
        [("Kasubbag Perlengkap setempat, Nur Aisyah", "Nur Aisyah", "Kasubbag Perlengkap setempat")],
    ),
    # an agency of several fields, with commas in its name
    (
        "Kepala Dinas Kesehatan, Pengendalian Penduduk dan KB Buton, Nur Aisyah, hadir.",
        [
            (
                "Kepala Dinas Kesehatan, Pengendalian Penduduk dan KB Buton, Nur Aisyah",
                "Nur Aisyah",
                "Kepala Dinas Kesehatan, Pengendalian Penduduk dan KB Buton",
            )
        ],
    ),
    ("Bupati, Dinas Kesehatan dan BPJS hadir.", [("Bupati", None, None)]),
    # Hi. and Hj. for haji and hajah, also inside of the name; a single letter
    ("Bupati Buol Ramli Hi. Mahmud hadir.", [("Bupati Buol Ramli Hi. Mahmud", "Ramli Hi. Mahmud", "Bupati Buol")]),
    ("Anggota DPRK T Muchtar Ali hadir.", [("Anggota DPRK T Muchtar Ali", "T Muchtar Ali", "Anggota DPRK")]),
    # whom the person belongs to, or who that is, between name and verb
    ("Nur Aisyah dari BPJS Kesehatan Cabang Buton menjelaskan.", [("Nur Aisyah", "Nur Aisyah", None)]),
    ("Nur Aisyah selaku Ketua PKK menjelaskan.", [("Nur Aisyah", "Nur Aisyah", None), ("Ketua PKK", None, None)]),
    ("Rina (34), warga Desa Kutuh, mengaku lega.", [("Rina", "Rina", None)]),
    ("Seorang peserta, Rina (34), mengaku lega.", [("Rina", "Rina", None)]),
    ("Rumah Sakit Swarna, milik Pemkab Buton, memastikan itu.", []),
    (
        "Sekretaris Komisi D DPRD Buton Nur Aisyah hadir.",
        [("Sekretaris Komisi D DPRD Buton Nur Aisyah", "Nur Aisyah", "Sekretaris Komisi D DPRD Buton")],
    ),
    # degrees, with stops or without, are no part of it and stand in the way of nothing
    ("Kadinkes Buton Nur Aisyah MM hadir.", [("Kadinkes Buton Nur Aisyah", "Nur Aisyah", "Kadinkes Buton")]),
    (
        "Nur Aisyah, S.KM., M.Kes, Kepala Dinas Sosial Bombana, hadir.",
        [("Nur Aisyah, S.KM., M.Kes, Kepala Dinas Sosial Bombana", "Nur Aisyah", "Kepala Dinas Sosial Bombana")],
    ),
    # Balinese names begin with I, which is no number of the office
    ("Gubernur Bali I Wayan Suta hadir.", [("Gubernur Bali I Wayan Suta", "I Wayan Suta", "Gubernur Bali")]),
    ("Asisten I Wahyu Suta hadir.", [("Asisten I Wahyu Suta", "Wahyu Suta", "Asisten I")]),
    # a branch is called after a town or an area, which need be no region
    (
        "Kepala BPJS Kesehatan Cabang Sungailiat Nur Aisyah hadir.",
        [
            (
                "Kepala BPJS Kesehatan Cabang Sungailiat Nur Aisyah",
                "Nur Aisyah",
                "Kepala BPJS Kesehatan Cabang Sungailiat",
            )
        ],
    ),
    ("Kepala Cabang Nur Aisyah hadir.", [("Kepala Cabang Nur Aisyah", "Nur Aisyah", "Kepala Cabang")]),
    # by nickname and by short form of the office
    (
        "Wali Kota Kendari Abdullah Rauf hadir. Mas Abdul berpesan, dan Wako mengatakan hal sama.",
        [
            ("Wali Kota Kendari Abdullah Rauf", "Abdullah Rauf", "Wali Kota Kendari"),
            ("Abdul", "Abdullah Rauf", "Wali Kota Kendari"),
            ("Wako", "Abdullah Rauf", "Wali Kota Kendari"),
        ],
    ),
    (
        "Menteri Kesehatan Nur Aisyah hadir. Menkes mengatakan semua siap.",
        [
            ("Menteri Kesehatan Nur Aisyah", "Nur Aisyah", "Menteri Kesehatan"),
            ("Menkes", "Nur Aisyah", "Menteri Kesehatan"),
        ],
    ),
    ("Pj. Bupati Muna Nur Aisyah hadir.", [("Pj. Bupati Muna Nur Aisyah", "Nur Aisyah", "Pj. Bupati Muna")]),
    # two blanks
    ("Kadinkes Buton,  dr  Nur Aisyah, hadir.", [("Kadinkes Buton,  dr  Nur Aisyah", "Nur Aisyah", "Kadinkes Buton")]),
    # somebody named elsewhere, at the head of the sentence; who is nobody known there may be anything
    (
        "Kadinkes Buton Nur Aisyah hadir. Aisyah bersama jajaran melaporkan, Evaluasi di Buton menunjukkan kenaikan.",
        [
            ("Kadinkes Buton Nur Aisyah", "Nur Aisyah", "Kadinkes Buton"),
            ("Aisyah", "Nur Aisyah", "Kadinkes Buton"),
        ],
    ),
    # nouns of speech, behind a word that makes them a source
    (
        "Berdasarkan penjelasan Nur Aisyah, datanya lama. Rapat mulai, tetapi penjelasan Wahyu ditunda.",
        [("Nur Aisyah", "Nur Aisyah", None)],
    ),
    # words that begin sentences, and institutions, are no names
    ("Kalau dirinci, jumlahnya besar.", []),
    ("Jika menghitung ulang, jumlahnya besar.", []),
    ("Meski mengaku sulit, warga ikut.", []),
    ("Sayangnya dikatakan terlambat.", []),
    ("Rinciannya menunjukkan kenaikan.", []),
    ("Menurut Dukcapil, datanya lama. Kemensos mengakui itu, Pemko mengklaim lain.", []),
    ("Menurut Undang-Undang, semua wajib ikut.", []),
    # though some are names where another name follows
    (
        "Hari Wibowo mengaku lega. Puji Astuti menyebut hal sama.",
        [("Hari Wibowo", "Hari Wibowo", None), ("Puji Astuti", "Puji Astuti", None)],
    ),
    # what an active verb has behind it is no speaker
    ("Ia mengkritik Gerai Sehat Sentosa dan meminta Rumah Amal ikut.", []),
]

NAMES = [
    ("Hanubun", "M. Thaher Hanubun", True),
    ("Octo", "Octovianus Ramba", True),
    ("Nurdinsyah", "Nurdiansyah", True),
    ("Andi Firman", "Andi Syahrir", False),
    ("Yohan", "Yohanes Maubara", True),
    ("Rahman", "Wahyudi", False),
]

HEADS = [
    ("Bupati Kolaka", "bupati"),
    ("Pj Bupati Kolaka", "bupati"),
    ("Wakil Bupati Kolaka", "wakil bupati"),
    ("Walikota Kendari", "wali kota"),
    ("Wali Kota Kendari", "wali kota"),
    ("Kepala Dinas Kesehatan", "kepala dinas"),
    # short forms, and other words for the same
    ("Wabup Kolaka", "wakil bupati"),
    ("Wako Kendari", "wali kota"),
    ("Wawali Kendari", "wakil wali"),
    ("Pj Sekda Kolaka", "sekretaris daerah"),
    ("Kadinkes Kolaka", "kepala dinas"),
    ("Kepala Cabang BPJS Kesehatan Kendari", "kepala bpjs"),
    ("Kepala BPJS Kesehatan Cabang Kendari", "kepala bpjs"),
    (None, None),
]


@pytest.mark.parametrize(("text", "expected"), [*PEOPLE, *BESIDE_NAMES])
def test_people(text, expected):
    found = read_mentions(Article(id="test", text=text))._.mentions[MentionKind.SPEAKER]
    got = [
        (mention.raw, mention.value and mention.value.name, mention.value and mention.value.role) for mention in found
    ]
    assert got == expected


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_two_forms_of_one_name(one, other, same):
    assert is_same_name(one, other) is same
    assert is_same_name(other, one) is same


@pytest.mark.parametrize(("office", "head"), HEADS)
def test_what_kind_of_office(office, head):
    assert office_head(office) == head


def test_an_office_word_is_written_in_lower_case():
    lexicon = load_speaker_lexicon()
    words = {word for office in lexicon.offices for word in office} | lexicon.speech_verbs | lexicon.titles
    assert {word for word in words if word != word.lower()} == set()
