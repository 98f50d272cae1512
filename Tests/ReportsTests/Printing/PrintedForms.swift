import Foundation

/// Data files whose documents are printed by the tests.
enum PrintedForms {
  /// An announcement of a ward's committee, or of its Party committee, with so many paragraphs.
  static func announcement(
    _ profile: String, on date: String = "08/7/2026", paragraphs: [String],
    recipients: Int = 2
  ) -> String {
    let isParty = profile.hasPrefix("dang")
    let head =
      isParty
      ? """
      co_quan_chu_quan: ĐẢNG BỘ THÀNH PHỐ MINH HỌA
      co_quan_ban_hanh: ĐẢNG ỦY PHƯỜNG VÍ DỤ
      ky_hieu: TB/ĐU
      trich_yeu: kết luận của Thường trực Đảng ủy về dân vận
      quyen_han: T/M BAN THƯỜNG VỤ
      chuc_vu_ky: PHÓ BÍ THƯ
      luu: Văn phòng Đảng ủy
      """
      : """
      co_quan_chu_quan: UBND THÀNH PHỐ MINH HỌA
      co_quan_ban_hanh: UBND PHƯỜNG VÍ DỤ
      ky_hieu: TB-UBND
      trich_yeu: Kết luận của Chủ tịch UBND phường
      quyen_han: KT. CHỦ TỊCH
      chuc_vu_ky: PHÓ CHỦ TỊCH
      luu: VT
      """
    let to = (1...recipients).map { "noi_nhan: Các tổ dân phố số \($0)" }.joined(separator: "\n")
    return """
      %rec: su_viec

      co_quan: \(isParty ? "Đảng ủy phường Ví Dụ" : "UBND phường Ví Dụ")

      %rec: van_ban

      mau: thong-bao
      the_thuc: \(profile)
      \(head)
      so: 5
      dia_danh: Ví Dụ
      ngay_ban_hanh: \(date)
      mo_dau: Mở đầu
      nguoi_ky: Lê Văn C
      \(to)

      %rec: phan

      noi_dung: Nội dung kết luận
      \(paragraphs.map { "doan: \($0)" }.joined(separator: "\n"))

      """
  }

  /// A paragraph that fills about so many lines.
  static func paragraph(lines: Int) -> String {
    Array(
      repeating: "Các tổ dân phố niêm yết đủ những nội dung phải công khai ở phường", count: lines
    )
    .joined(separator: ", ")
  }
}
