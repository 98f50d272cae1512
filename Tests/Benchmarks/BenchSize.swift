/// A data file brought to the size of the bench report: 12 citations, 8 tasks and 10 long
/// paragraphs beside its own figures and wards, all of them right. Like the bench report it has no
/// comments, whose « » make reading look twice, and begins with text.
enum BenchSize {
  /// - Parameter text: a file with record sets of `can_cu`, `ket_qua` and `nhiem_vu`.
  static func extended(_ text: String) -> String {
    var text = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("#") }.drop(while: \.isEmpty).joined(separator: "\n")
    insert(records(11, citation), behind: "can_cu", &text)
    insert(records(7, paragraph), behind: "ket_qua", &text)
    insert(records(6, task), behind: "nhiem_vu", &text)
    return text
  }

  /// The text with a day that is none, a name that no schema has, a change that was not computed, a
  /// figure that is none, and a law with a wrong day.
  ///
  /// - Parameter text: `data/quan-minh-hoa-2024-6-thang.rec`, extended or not.
  static func withFiveMistakes(_ text: String) -> String {
    let mistakes = [
      ("ngay_ban_hanh: 17/6/2024", "ngay_ban_hanh: 31/6/2024"),
      ("chu_tri: Phòng Nội vụ quận", "chu_trii: Phòng Nội vụ quận"),
      ("tang_giam: tăng 12,5%", "tang_giam: tăng 21,5%"),
      ("hoa_giai: 16", "hoa_giai: 1 6"),
      ("ngay: 10/11/2022", "ngay: 11/10/2022"),
    ]
    return mistakes.reduce(text) { text, mistake in
      let (right, wrong) = mistake
      precondition(text.contains(right), "\(right) is not in the file")
      return text.replacing(right, with: wrong, maxReplacements: 1)
    }
  }

  private static func insert(_ records: String, behind type: String, _ text: inout String) {
    let head = "%rec: \(type)\n\n"
    text = text.split(separator: head, maxSplits: 1, omittingEmptySubsequences: false)
      .joined(separator: head + records)
  }

  private static func records(_ count: Int, _ record: (Int) -> String) -> String {
    (1...count).map { record($0) + "\n\n" }.joined()
  }

  private static func citation(_ number: Int) -> String {
    """
    ma: VB\(number)
    loai: Nghị định
    so_ky_hieu: \(100 + number)/\(2010 + number)/NĐ-CP
    ngay: \(10 + number)/3/\(2010 + number)
    co_quan: Chính phủ
    trich_yeu: về thực hiện dân chủ trong hoạt động của cơ quan hành chính nhà nước
    """
  }

  private static func task(_ number: Int) -> String {
    """
    noi_dung: Rà soát, bổ sung quy chế dân chủ; tập huấn nghiệp vụ hòa giải lần thứ \(number)
    chu_tri: Ủy ban nhân dân các phường
    phoi_hop: Phòng Tư pháp quận
    thoi_han: trước ngày \(10 + number)/9/2024
    """
  }

  private static func paragraph(_ number: Int) -> String {
    let sentences = [
      "Ủy ban nhân dân quận chỉ đạo các phường niêm yết công khai \(110 + number) thủ tục, thời hạn",
      "và lệ phí tại bộ phận tiếp nhận, trả kết quả; tổ chức đối thoại với đoàn viên, hội viên và",
      "Nhân dân về công tác giải phóng mặt bằng, trật tự đô thị, vệ sinh môi trường. Ban Thanh tra",
      "nhân dân, Ban Giám sát đầu tư của cộng đồng được kiện toàn, giám sát các công trình ngõ,",
      "cống thoát nước, chiếu sáng; kiến nghị được tiếp thu, giải quyết ngay từ cơ sở",
    ]
    return "muc: xa_phuong\nnoi_dung: \(sentences.joined(separator: " "))"
  }
}
