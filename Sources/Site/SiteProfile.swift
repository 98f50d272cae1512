import Diagnostics
import Records
import Reports
import Templating

/// What the keeper of a portal says of it: `so-bo/trang-tin.rec` of the templates.
public struct SiteProfile: Sendable {
  /// The fields, as pages see them.
  let record: ValueMap
  let title: String
  /// Where the site is published; empty where the keeper did not say so.
  public let address: String
  /// The kind of documents that are posts.
  public let kind: String
  let timeZone: String
  let pageSize: Int
  let archivePageSize: Int
  let feedSize: Int
  let relatedCount: Int
  let nameLimit: Int
  let summaryLimit: Int
  let newsDays: Int
  /// The widths to which pictures are made smaller, in pixels.
  let pictureWidths: [Int]
  /// Where the facts stand by which posts are found and belong together.
  let tagKinds: [TagKind]
  /// The first parts of the addresses of lists.
  let sections: Sections

  struct TagKind: Sendable {
    /// What they are called: `Người`.
    let name: String
    /// The types and fields of the records: `nguoi.ho_ten`.
    let fields: [(type: String, field: String)]
  }

  struct Sections: Sendable {
    let category: String
    let tag: String
    let archive: String
    let search: String
    let undated: String
    let page: String
    let english: String
  }

  /// Tells whether a path is kept for lists and files of the site, so that no post can have it.
  func isReserved(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let first = parts.first else { return true }
    let isOfDays =
      first.utf8.count == 4 && first.utf8.allSatisfy(\.isDigit)
      && (parts.count == 1 || parts.count == 2 && parts[1].utf8.count == 2
        || parts.count > 1 && parts[1].hasPrefix("\(sections.page)-"))
    return isOfDays || first.hasPrefix("\(sections.page)-")
      || [sections.category, sections.tag, sections.archive, sections.search, "anh"].contains(
        String(first))
  }

  private static let form = RegisterForm(
    "so-bo/trang-tin.rec",
    """
    %rec: trang_tin
    %size: 1
    %mandatory: ten quoc_hieu tieu_ngu co_quan mau mui_gio
    %mandatory: so_bai so_bai_luu_tru so_bai_nguon so_bai_lien_quan dai_ten dai_tom_tat so_ngay_tin_moi
    %mandatory: phan_chuyen_muc phan_the phan_luu_tru phan_tim_kiem phan_khong_ngay phan_trang phan_tieng_anh
    %allowed: dia_chi_trang mo_ta dia_chi dien_thoai thu_dien_tu chiu_trach_nhiem giay_phep rong_anh
    %unique: ten quoc_hieu tieu_ngu co_quan mau mui_gio
    %unique: so_bai so_bai_luu_tru so_bai_nguon so_bai_lien_quan dai_ten dai_tom_tat so_ngay_tin_moi
    %unique: phan_chuyen_muc phan_the phan_luu_tru phan_tim_kiem phan_khong_ngay phan_trang phan_tieng_anh
    %unique: dia_chi_trang mo_ta dia_chi dien_thoai thu_dien_tu chiu_trach_nhiem giay_phep
    %type: so_bai,so_bai_luu_tru,so_bai_nguon range 1 1000
    %type: so_bai_lien_quan,so_ngay_tin_moi range 0 30
    %type: dai_ten range 20 150
    %type: dai_tom_tat range 50 1000
    %type: rong_anh range 100 4000
    %type: phan_chuyen_muc,phan_the,phan_luu_tru,phan_tim_kiem,phan_khong_ngay,phan_trang,phan_tieng_anh regexp /^[a-z][a-z0-9-]*$/
    %type: mui_gio regexp /^[+-][0-9][0-9]:[0-9][0-9]$/

    %rec: the
    %mandatory: ten truong
    %unique: ten
    %type: truong regexp /^[a-z_]+[.][a-z_]+$/
    """)

  public init(_ templates: TemplateCollection) throws(Problems) {
    let database = try templates.register(Self.form)
    let record = database?.records(ofType: "trang_tin").first
    func text(_ field: String) -> String { record?.field(field)?.value.string ?? "" }
    func number(_ field: String, or usual: Int) -> Int { Int(text(field)) ?? usual }
    let fields = record?.fields.map { (Key($0.name), Value.text($0.value)) } ?? []
    self.record = ValueMap(fields)
    (title, kind, timeZone) = (text("ten"), text("mau"), text("mui_gio"))
    address = text("dia_chi_trang")
    (pageSize, archivePageSize) = (number("so_bai", or: 20), number("so_bai_luu_tru", or: 100))
    (feedSize, relatedCount) = (number("so_bai_nguon", or: 20), number("so_bai_lien_quan", or: 5))
    (nameLimit, summaryLimit) = (number("dai_ten", or: 80), number("dai_tom_tat", or: 300))
    newsDays = number("so_ngay_tin_moi", or: 2)
    pictureWidths = (record?.values("rong_anh") ?? []).compactMap { Int($0.string) }.sorted()
    sections = Sections(
      category: text("phan_chuyen_muc"), tag: text("phan_the"), archive: text("phan_luu_tru"),
      search: text("phan_tim_kiem"), undated: text("phan_khong_ngay"), page: text("phan_trang"),
      english: text("phan_tieng_anh"))
    tagKinds = (database?.records(ofType: "the") ?? []).map { record in
      let fields = record.values("truong").compactMap { text -> (type: String, field: String)? in
        let parts = text.string.split(separator: ".").map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
      }
      return TagKind(name: record.field("ten")?.value.string ?? "", fields: fields)
    }
  }
}
