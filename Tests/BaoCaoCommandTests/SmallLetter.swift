/// A data file of one letter, for tests that need many documents or small ones.
enum SmallLetter {
  /// The function of bash `letter NUMBER SUBJECT MATTER`, which prints it.
  static let function = """
    letter() { cat <<END
    %rec: van_ban

    mau: cong-van
    the_thuc: nha-nuoc-2020
    co_quan_chu_quan: UBND THÀNH PHỐ MINH HỌA
    co_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ
    so: $1
    ky_hieu: UBND-VHXH
    dia_danh: Ví Dụ
    ngay_ban_hanh: 10/8/2026
    trich_yeu: $2
    kinh_gui: Sở Nội vụ thành phố Minh Họa
    mo_dau: UBND phường $3.
    quyen_han: TM. ỦY BAN NHÂN DÂN
    quyen_han: KT. CHỦ TỊCH
    chuc_vu_ky: PHÓ CHỦ TỊCH
    nguoi_ky: Hoàng Văn D
    noi_nhan: Chủ tịch UBND phường
    luu: VT, VHXH

    %rec: su_viec

    co_quan: UBND phường Ví Dụ
    END
    }

    """
}
