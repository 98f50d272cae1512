import Diagnostics
import Texts
import Records

/// A field of a record descriptor that relates values: `phan_cua: da_giai_quyet tiep_nhan`.
final class CheckDeclaration: Sendable {
  /// The record type whose records it speaks of.
  let type: Text
  let relation: Relation
  let operands: [Operand]
  /// Words and signs that the relation speaks of.
  let phrases: [Phrase]
  /// The kind of documents whose own schema says it; nil where all kinds share it.
  let kind: String?
  /// The whole value in the schema.
  let place: Text

  /// The fields of a descriptor that declare something, by their names.
  enum Relation: String, Sendable, CaseIterable {
    case part = "phan_cua"
    case total = "tong_cua"
    case rate = "ty_le_cua"
    case change = "tang_giam_cua"
    case hedge = "uoc_cua"
    case unit = "don_vi_cua"
    case inPeriod = "trong_ky"
    case notAfter = "khong_sau"
    case citation = "vien_dan"
    case body = "ton_tai"
    case code = "ma_hieu"
    case headline = "khong_giai_thich"
    case fullName = "viet_day_du"
    case afterPeriod = "sau_ky"
    case comparablePeriod = "so_voi_ky"
    case noBeginning = "khong_bat_dau"
    case beginning = "bat_dau"
    case noEnding = "khong_ket_thuc"
    case requiredEnding = "phai_ket_thuc"
    case belonging = "di_voi"
    case repetition = "khong_lap"
    case prose = "markdown"
    case capitals = "in_hoa"
    case initial = "chu_dau"
    case personName = "ten_nguoi"
    case list = "liet_ke"
    case place = "ten_noi"
    case signature = "chu_ky"
    case documentSign = "ky_hieu_cua"
    case profileOfIssuer = "the_thuc_cua"
    case signers = "hoac_ban_ghi"
    case marks = "dau_chi_dan"
    case notBefore = "khong_truoc"
    case notBeforePeriod = "khong_truoc_ky"
    case notBeforeCutoff = "khong_truoc_chot"
    case inTime = "khong_qua_han"
    case tells = "ke_lai"
    case agrees = "khop_voi"
    case samePlace = "cung_noi"
    case placement = "noi_in"
    case citedPlacement = "noi_vien_dan"
    case unprinted = "khong_in"
    case printedWith = "in_cung"
    case wholeYear = "ca_nam"
    case partOfYear = "trong_nam"
    case blanked = "bo_so"
    case ratio = "ghi_ty_so"
    case leadsOn = "noi_voi"
    case past = "da_qua"
    case stillOpen = "chua_qua"
    case ofPeriod = "dung_ky"
    case apart = "duy_nhat"
    case successive = "noi_tiep"
    case mentioned = "duoc_nhac"
    case drawnTogether = "ve_chung"
    case drawnColumn = "ve_cot"
    case different = "khac_nhau"
    case oneOf = "can_mot"
    case twoOf = "can_hai"
    case leadsTo = "dan_toi"
    case meeting = "cuoc_hop"
    case hours = "khung_gio"
    case hoursInTurn = "lan_luot"
    case attendance = "vang_mat"
    case minutes = "ky_bien_ban"
    case numbering = "danh_so"
    case ownArticle = "dan_dieu"
    case ownAnnex = "dan_phu_luc"
    case condition = "khi"

    private static let all = allCases

    /// The relation of a field of a descriptor; nil for a field that declares nothing.
    fileprivate init?(_ name: Text) {
      guard let relation = Self.all.first(where: { name.isSpelled($0.rawValue) }) else {
        return nil
      }
      self = relation
    }
  }

  /// A value that a declaration names.
  struct Operand: Sendable {
    let field: Text
    let from: Origin

    enum Origin: Sendable {
      /// `FIELD`: of the same record.
      case record
      /// `FIELD@LINK`: of the records of this type whose keys the field LINK names; a number there
      /// stands for itself.
      case linked(by: Text)
      /// `TYPE.FIELD`: of all records of a type.
      case all(type: Text)
    }
  }

  /// Parses a field of a descriptor; nil for one that declares nothing.
  init?(_ remark: Remark, of type: Text, ofKind kind: String?) throws(Diagnostic) {
    guard let relation = Relation(remark.name) else { return nil }
    (self.type, self.relation, self.kind, place) = (type, relation, kind, remark.value)
    if relation.hasPhrases {
      guard let (fields, phrases) = relation.fieldsAndPhrases(of: remark.value) else {
        throw relation.badDeclaration(remark)
      }
      operands = fields.map { Operand(field: $0, from: .record) }
      self.phrases = phrases.map(Phrase.init)
      return
    }
    phrases = []
    let words = remark.value.words
    let signs = words.map(\.operatorSign)
    let shape = signs.map { $0 ?? "x" }
    let operands = zip(words, signs).filter { $0.1 == nil }.map { Operand($0.0) }
    let found = operands.compactMap { $0 }
    guard found.count == operands.count, relation.allows(shape), let first = found.first,
      relation.speaksOfOtherRecords || first.isOfRecord
    else { throw relation.badDeclaration(remark) }
    self.operands = found
  }

  /// Parses a line of the block of a field: the phrases without the name of the field.
  ///
  /// - Parameter others: of the blocks above.
  fileprivate init?(
    _ line: Remark, inBlockOf field: Text, of type: Text, ofKind kind: String?,
    beside others: ArraySlice<CheckDeclaration>
  ) throws(Diagnostic) {
    guard let relation = Relation(line.name) else { return nil }
    let phrases = relation.phrases(in: line.value)
    guard !phrases.isEmpty else { throw relation.badDeclaration(line, form: relation.blockForm) }
    (self.type, self.relation, self.kind, place) = (type, relation, kind, line.value)
    operands = [Operand(field: field, from: .record)]
    // Most fields of a type end with the same marks.
    let same = others.last { $0.relation == relation && $0.place == line.value }
    self.phrases = same?.phrases ?? phrases.map(Phrase.init)
  }
}

extension Text {
  /// The sign that stands between operands; nil for an operand.
  fileprivate var operatorSign: String? {
    guard count == 1, let sign = bytes.first else { return nil }
    return switch sign {
    case UInt8(ascii: "="): "="
    case UInt8(ascii: "+"): "+"
    case UInt8(ascii: "/"): "/"
    default: nil
    }
  }
}

extension CheckDeclaration.Operand {
  fileprivate var isOfRecord: Bool { if case .record = from { true } else { false } }

  fileprivate init?(_ word: Text) {
    let bytes = word.bytes
    let isDotted = bytes.contains(UInt8(ascii: "."))
    let parts = word.split(at: isDotted ? UInt8(ascii: ".") : UInt8(ascii: "@"))
    switch (parts.count, isDotted) {
    case (1, false) where parts[0].count == bytes.count:
      self.init(field: parts[0], from: .record)
    case (2, false): self.init(field: parts[0], from: .linked(by: parts[1]))
    case (2, true): self.init(field: parts[1], from: .all(type: parts[0]))
    default: return nil
    }
  }
}

extension CheckDeclaration.Relation {
  /// Tells whether its first operand may be of another record than the one it speaks of.
  fileprivate var speaksOfOtherRecords: Bool { [.tells, .oneOf, .twoOf].contains(self) }

  /// Tells whether operands (`x`) and signs may stand in this order.
  fileprivate func allows(_ shape: [String]) -> Bool {
    switch self {
    case .unit: shape.count >= 2 && shape.allSatisfy { $0 == "x" }
    case .part, .hedge, .notAfter, .inTime, .notBefore, .past, .stillOpen, .afterPeriod,
      .comparablePeriod,
      .repetition, .printedWith, .drawnColumn:
      shape == ["x", "x"]
    case .drawnTogether: (2...3).contains(shape.count) && shape.allSatisfy { $0 == "x" }
    case .hours: (1...3).contains(shape.count) && shape.allSatisfy { $0 == "x" }
    case .hoursInTurn: shape == ["x", "x"]
    case .attendance: shape == ["x", "x", "x"]
    case .numbering: shape == ["x", "x", "x", "x"]
    case .samePlace: (2...3).contains(shape.count) && shape.allSatisfy { $0 == "x" }
    case .documentSign: (2...4).contains(shape.count) && shape.allSatisfy { $0 == "x" }
    case .signature: [3, 4, 6].contains(shape.count) && shape.allSatisfy { $0 == "x" }
    case .signers: shape.count > 3 && shape.allSatisfy { $0 == "x" }
    case .marks: shape == ["x", "x", "x", "x"]
    case .profileOfIssuer, .ofPeriod: shape == ["x", "x", "x"]
    case .rate, .change: shape == ["x", "=", "x", "/", "x"]
    case .inPeriod, .notBeforePeriod, .notBeforeCutoff, .wholeYear, .partOfYear: shape == ["x"]
    case .ratio: shape.count > 4 && shape.suffix(4) == ["=", "x", "/", "x"]
    case .tells, .agrees: shape.count > 1 && shape.allSatisfy { $0 == "x" }
    case .beginning, .noBeginning, .noEnding, .requiredEnding, .belonging, .initial, .placement,
      .citedPlacement, .leadsOn, .mentioned, .meeting, .minutes,
      .ownAnnex, .condition:
      false
    case .successive: (2...3).contains(shape.count) && shape.allSatisfy { $0 == "x" }
    case .code, .headline, .fullName, .prose, .capitals, .personName, .list, .place, .unprinted,
      .blanked,
      .apart, .different, .oneOf, .twoOf, .leadsTo, .ownArticle:
      !shape.isEmpty && shape.allSatisfy { $0 == "x" }
    case .body: shape == ["x"] || shape == ["x", "x"]
    case .citation: (1...5).contains(shape.count) && shape.allSatisfy { $0 == "x" }
    case .total:
      shape.count >= 3 && !shape.count.isMultiple(of: 2)
        && shape.enumerated().allSatisfy { index, part in
          part == (index.isMultiple(of: 2) ? "x" : index == 1 ? "=" : "+")
        }
    }
  }

  fileprivate func badDeclaration(_ remark: Remark, form: String? = nil) -> Diagnostic {
    let problem = CheckProblem.badDeclaration(rawValue, form: form ?? self.form)
    return Diagnostic(.check(problem), at: remark.value.isEmpty ? remark.name : remark.value)
  }

  /// The form in the block of a field.
  fileprivate var blockForm: String {
    switch self {
    case .noBeginning: "khong_bat_dau: CHỮ"
    case .initial: "chu_dau: thuong"
    case .requiredEnding: "phai_ket_thuc: DẤU DẤU"
    default: "khong_ket_thuc: DẤU DẤU"
    }
  }

  private var form: String {
    switch self {
    case .part: "phan_cua: PHẦN TOÀN_BỘ"
    case .total: "tong_cua: TỔNG = A + B"
    case .rate: "ty_le_cua: TỶ_LỆ = A / B"
    case .change: "tang_giam_cua: TĂNG_GIẢM = KỲ_NÀY / KỲ_TRƯỚC"
    case .hedge: "uoc_cua: SỐ MỨC_ƯỚC"
    case .unit: "don_vi_cua: SỐ ĐƠN_VỊ TÊN_CHỈ_TIÊU"
    case .inPeriod: "trong_ky: NGÀY"
    case .notAfter: "khong_sau: NGÀY NGÀY_KIA"
    case .inTime: "khong_qua_han: NGÀY HẠN"
    case .citation: "vien_dan: SỐ_KÝ_HIỆU NGÀY LOẠI CƠ_QUAN TRÍCH_YẾU"
    case .body: "ton_tai: CƠ_QUAN NGÀY"
    case .code: "ma_hieu: TRƯỜNG TRƯỜNG"
    case .headline: "khong_giai_thich: TRƯỜNG TRƯỜNG"
    case .fullName: "viet_day_du: TRƯỜNG TRƯỜNG"
    case .afterPeriod: "sau_ky: KỲ_TỚI KỲ"
    case .comparablePeriod: "so_voi_ky: KỲ_SO_SÁNH KỲ"
    case .noBeginning: "khong_bat_dau: TRƯỜNG CHỮ"
    case .beginning: "bat_dau: TRƯỜNG CHỮ, CHỮ"
    case .noEnding: "khong_ket_thuc: TRƯỜNG DẤU DẤU"
    case .requiredEnding: "phai_ket_thuc: TRƯỜNG DẤU DẤU"
    case .repetition: "khong_lap: TRƯỜNG TRƯỜNG_KIA"
    case .belonging: "di_voi: TRƯỜNG CHỮ = TRƯỜNG_KIA GIÁ_TRỊ"
    case .prose: "markdown: TRƯỜNG TRƯỜNG"
    case .capitals: "in_hoa: TRƯỜNG TRƯỜNG"
    case .initial: "chu_dau: TRƯỜNG thuong"
    case .personName: "ten_nguoi: TRƯỜNG TRƯỜNG"
    case .list: "liet_ke: TRƯỜNG TRƯỜNG"
    case .place: "ten_noi: TRƯỜNG TRƯỜNG"
    case .signature: "chu_ky: QUYỀN_HẠN CHỨC_VỤ THỂ_THỨC CƠ_QUAN CON_DẤU CHỨC_VỤ_KHÁC"
    case .documentSign: "ky_hieu_cua: KÝ_HIỆU THỂ_THỨC CƠ_QUAN CƠ_QUAN_CÙNG_BAN_HÀNH"
    case .profileOfIssuer: "the_thuc_cua: THỂ_THỨC CƠ_QUAN CƠ_QUAN_CẤP_TRÊN"
    case .signers: "hoac_ban_ghi: TRƯỜNG TRƯỜNG LOẠI.CƠ_QUAN CƠ_QUAN CƠ_QUAN_CÙNG_BAN_HÀNH"
    case .marks: "dau_chi_dan: LƯU_HÀNH THỂ_THỨC DỰ_THẢO SỐ"
    case .notBefore: "khong_truoc: THỜI_HẠN NGÀY"
    case .notBeforePeriod: "khong_truoc_ky: NGÀY"
    case .notBeforeCutoff: "khong_truoc_chot: NGÀY"
    case .tells: "ke_lai: NGÀY NGÀY_CỦA_VIỆC"
    case .agrees: "khop_voi: TRƯỜNG LOẠI.TRƯỜNG"
    case .samePlace: "cung_noi: TRƯỜNG TRƯỜNG_KIA HỌ_TÊN"
    case .placement: "noi_in: TRƯỜNG MẪU MẪU"
    case .citedPlacement: "noi_vien_dan: TRƯỜNG MẪU MẪU"
    case .unprinted: "khong_in: TRƯỜNG TRƯỜNG"
    case .printedWith: "in_cung: TRƯỜNG TRƯỜNG_KIA"
    case .wholeYear: "ca_nam: KỲ"
    case .partOfYear: "trong_nam: KỲ"
    case .blanked: "bo_so: TRƯỜNG TRƯỜNG"
    case .ratio: "ghi_ty_so: CÂU CÂU = A / B"
    case .past: "da_qua: TRƯỜNG NGÀY"
    case .stillOpen: "chua_qua: TRƯỜNG NGÀY"
    case .ofPeriod: "dung_ky: TRƯỜNG KỲ KỲ_TỚI"
    case .apart: "duy_nhat: TRƯỜNG TRƯỜNG"
    case .drawnTogether: "ve_chung: TRƯỜNG LOẠI.ĐƠN_VỊ LOẠI.GIÁ_TRỊ"
    case .drawnColumn: "ve_cot: TRƯỜNG LOẠI.TÊN"
    case .different: "khac_nhau: TRƯỜNG TRƯỜNG"
    case .oneOf: "can_mot: TRƯỜNG LOẠI.TRƯỜNG"
    case .twoOf: "can_hai: TRƯỜNG LOẠI.TRƯỜNG"
    case .leadsTo: "dan_toi: TRƯỜNG LOẠI.TRƯỜNG"
    case .leadsOn: "noi_voi: TRƯỜNG,TRƯỜNG_NỐI CHỮ CHỮ"
    case .successive: "noi_tiep: TỪ_NGÀY ĐẾN_NGÀY VAN_BAN.NGÀY"
    case .mentioned: "duoc_nhac: MÃ,TÊN_LOẠI CHỮ"
    case .meeting: "cuoc_hop: TRƯỜNG \(MeetingChecks.Telling.allCases[0].rawValue)"
    case .hours: "khung_gio: GIỜ GIỜ_KẾT_THÚC NGÀY_KẾT_THÚC"
    case .hoursInTurn: "lan_luot: GIỜ NGÀY"
    case .attendance: "vang_mat: CÓ_MẶT TRIỆU_TẬP NGƯỜI.VAI_TRÒ"
    case .minutes: "ky_bien_ban: VAI_TRÒ,HỌ_TÊN vai_tro CHỨC VỤ, CHỨC VỤ"
    case .numbering: "danh_so: SỐ KÝ_HIỆU CƠ_QUAN NGÀY"
    case .ownArticle: "dan_dieu: TRƯỜNG TRƯỜNG"
    case .ownAnnex: "dan_phu_luc: TRƯỜNG,TRƯỜNG CHỮ, CHỮ"
    case .condition: "khi: TRƯỜNG GIÁ_TRỊ"
    }
  }
}

extension Descriptor {
  /// Parses what it declares; declarations that are not right are problems.
  ///
  /// - Parameter kind: of documents, whose own schema it stands in; nil for the schema of all.
  func checkDeclarations(
    ofKind kind: String?, into problems: inout [Diagnostic]
  ) -> [CheckDeclaration] {
    var declarations: [CheckDeclaration] = []
    func add(_ parse: () throws(Diagnostic) -> CheckDeclaration?) {
      do throws(Diagnostic) {
        if let declaration = try parse() { declarations.append(declaration) }
      } catch {
        problems.append(error)
      }
    }
    for remark in remarks {
      add { () throws(Diagnostic) in try CheckDeclaration(remark, of: type, ofKind: kind) }
    }
    let count = declarations.count
    for block in blocks {
      for line in block.wordings {
        add { () throws(Diagnostic) in
          try CheckDeclaration(
            line, inBlockOf: block.name, of: type, ofKind: kind,
            beside: declarations[count...])
        }
      }
    }
    return declarations
  }
}
