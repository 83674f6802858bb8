"""Stories of our own: one press release in the forms that papers print it, and others that only look like it."""

RELEASE = (
    "BPJS Kesehatan Cabang Tual mencatat cakupan kepesertaan JKN di Kabupaten Maluku Tenggara mencapai 98,29 "
    "persen per 1 Mei 2025. Dari 129.384 jiwa penduduk, sebanyak 127.172 jiwa telah terdaftar sebagai peserta. "
    "Kepala BPJS Kesehatan Cabang Tual Harbu Hakim mengatakan pencapaian itu berkat dukungan penuh pemerintah "
    "daerah yang membayar iuran bagi warga kurang mampu. Ia berharap warga yang belum terdaftar segera mengurus "
    "kepesertaannya di kantor desa terdekat dengan membawa kartu keluarga. Menurut dia, tingkat keaktifan peserta"
    " di daerah itu baru 81,46 persen sehingga masih perlu ditingkatkan. Petugas akan mendatangi ohoi-ohoi di "
    "pulau terluar sepanjang bulan ini agar tidak ada keluarga yang tertinggal karena jarak dan cuaca."
)
EDITED = (
    RELEASE.replace("mengatakan pencapaian itu", "menuturkan pencapaian tersebut")
    .replace("98,29 persen", "98,29%")
    .replace("Petugas akan mendatangi", "Petugasnya akan mendatangi")
)
WITH_LEAD = (
    "Gelombang tinggi yang melanda perairan Kei sejak Senin tidak menyurutkan langkah petugas. Mereka tetap "
    "menyeberang membawa formulir dan kartu baru untuk warga pulau. Seorang nelayan di Ohoi Rumat mengaku lega "
    "karena keluarganya kini punya jaminan berobat. " + RELEASE
)
CUT = RELEASE[: RELEASE.index(" Petugas akan mendatangi")]
OTHER_STORY = (
    "Antrean panjang terlihat di loket RSUD Karel Sadsuitubun, Langgur, pekan ini. Banyak warga baru tahu namanya"
    " sudah masuk daftar jaminan kesehatan. Data terakhir menunjukkan 127.172 jiwa atau 98,29 persen penduduk "
    "Kabupaten Maluku Tenggara sudah terdaftar sebagai peserta JKN per 1 Mei 2025, dari total 129.384 jiwa "
    "penduduk. Namun di lapangan, pasien mengeluhkan obat yang kosong dan dokter spesialis yang hanya datang dua "
    "kali sebulan. Direktur rumah sakit berjanji menambah tenaga. Sementara itu peserta yang aktif baru 81,46 "
    "persen, dan sebagian besar penunggak adalah pedagang kecil di pasar yang merasa iuran terlalu berat untuk "
    "mereka bayar setiap bulan."
)
NEXT_MONTH = (
    RELEASE.replace("1 Mei 2025", "1 Juni 2025")
    .replace("98,29", "98,41")
    .replace("129.384", "129.501")
    .replace("127.172", "127.442")
    .replace("81,46", "82,03")
)
OTHER_PLACE = (
    RELEASE.replace("Kabupaten Maluku Tenggara", "Kabupaten Kepulauan Aru")
    .replace("98,29", "96,12")
    .replace("129.384", "108.834")
    .replace("127.172", "104.611")
    .replace("81,46", "77,93")
)
