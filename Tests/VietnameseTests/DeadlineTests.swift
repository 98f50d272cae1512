import Diagnostics
import Texts
import Testing
import Vietnamese

@Suite struct DeadlineTests {
  @Test(arguments: [
    ("30/9/2026", "ngay", "hoàn thành chậm nhất ngày 30/9/2026"),
    ("ngày 30/9/2026", "ngay", "hoàn thành chậm nhất ngày 30/9/2026"),
    ("chiều 30/9/2026", "ngay", "hoàn thành vào chiều 30/9/2026"),
    ("trước ngày 30/9/2026", "ngay", "hoàn thành trước ngày 30/9/2026"),
    ("ngày 2 tháng 7/2026", "ngay", "hoàn thành chậm nhất ngày 2 tháng 7/2026"),
    ("dịp Quốc khánh 02/9/2026", "ngay", "thực hiện dịp Quốc khánh 02/9/2026"),
    ("quý III năm 2026", "ky", "hoàn thành trong quý III năm 2026"),
    ("đến hết tháng 11 năm 2026", "ky", "thực hiện đến hết tháng 11 năm 2026"),
    ("từ tháng 7/2026", "ky", "thực hiện từ tháng 7/2026"),
    ("tháng 7 - 9/2026", "ky", "hoàn thành trong tháng 7 - 9/2026"),
    ("tuần 2 tháng 7/2026", "ky", "hoàn thành trong tuần 2 tháng 7/2026"),
    ("sáu tháng cuối năm 2026", "ky", "hoàn thành trong sáu tháng cuối năm 2026"),
    ("giai đoạn 2026 - 2030", "ky", "hoàn thành trong giai đoạn 2026 - 2030"),
    ("năm học 2026–2027", "ky", "hoàn thành trong năm học 2026–2027"),
    ("thường xuyên", "khong_ngay", "thực hiện thường xuyên"),
    ("theo tiến độ công trình", "khong_ngay", "theo tiến độ công trình"),
    ("trước Đại hội", "khong_ngay", "hoàn thành trước Đại hội"),
    (
      "10 ngày làm việc kể từ ngày ký", "khong_ngay",
      "hoàn thành trong 10 ngày làm việc kể từ ngày ký"
    ),
    ("trong 15 ngày kể từ ngày ký", "khong_ngay", "hoàn thành trong 15 ngày kể từ ngày ký"),
    ("trước 30/9", "chua_ro", "thời hạn: trước 30/9"),
    ("tháng 7 - 9", "chua_ro", "thời hạn: tháng 7 - 9"),
    ("trước", "chua_ro", "thời hạn: trước"),
  ])
  func phrases(text: String, kind: String, phrase: String) throws {
    let deadline = try Deadline(Text(text))
    #expect(deadline.kind.rawValue == kind)
    #expect(deadline.phrase == phrase)
  }

  @Test(arguments: [
    ("tháng 7 - 9/2026", "30/9/2026"), ("tuần 2 tháng 7/2026", "31/7/2026"),
    ("giai đoạn 2026 - 2030", "31/12/2030"), ("trước ngày 01/9/2026", "31/8/2026"),
    ("từ tháng 7/2026", "31/7/2026"), ("từ tháng 5/2026 đến tháng 8/2026", "31/8/2026"),
    ("sáu tháng đầu năm 2026", "30/6/2026"),
  ])
  func lastDays(text: String, last: String) throws {
    #expect(try Deadline(Text(text)).lastDay == CalendarDate(Text(last)))
  }

  @Test(arguments: [
    ("từ 31/8/2026 đến 01/7/2026", true), ("từ tháng 9 đến tháng 7 năm 2026", true),
    ("từ ngày 01/7 đến ngày 31/8/2026", false), ("từ tháng 9/2026 đến tháng 5/2027", false),
    ("30/9/2026 và 31/8/2026", false),
  ])
  func reversed(text: String, isReversed: Bool) throws {
    #expect(try Deadline(Text(text)).isReversed == isReversed)
  }
}
