import Diagnostics
import Records
import Texts
import Vietnamese

/// Writes the parts of a document as rec text, with comments on what was guessed and what has no
/// place.
struct ImportText {
  private(set) var writer = Writer()
  private(set) var problems: [ImportProblem] = []

  private let kind: DocumentKind
  private let head: DocumentHead
  private let opening: DocumentOpening
  private let registers: CheckRegisters
  private let words: WordingRegister
  private let blocks: [WrittenBlock]
  private var unplaced: [(text: String, place: ImportProblem.Place?)] = []
  private var setType: String?
  /// Where the values come from that are written.
  private var place: ImportProblem.Place?

  init(
    _ opening: DocumentOpening, _ registers: CheckRegisters, _ words: WordingRegister,
    _ blocks: [WrittenBlock]
  ) {
    (kind, head, self.opening) = (opening.kind, opening.head, opening)
    (self.registers, self.words, self.blocks) = (registers, words, blocks)
  }

  mutating func write(
    file: String, _ decision: DecisionOpening?, _ body: WrittenBody, _ end: DocumentEnd,
    _ contact: WrittenContact, _ annexes: [WrittenAnnex], _ tables: [ImportedTable],
    asides: [WrittenAside]
  ) {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    comment("Nhập từ \(name).")
    comment(
      "Những dòng «Đoán» là chương trình đoán; những dòng «Chưa xếp được» ở cuối tệp chưa có chỗ.")
    writer.endBlock()
    begin("su_viec")
    let issuer = IssuerName(head.issuer ?? "", blocks, registers, words)
    if !issuer.name.isEmpty { guess(issuer.reason) }
    field("co_quan", issuer.name)
    writeHead(decision, body, end, contact)
    writeGrounds(decision)
    problems += body.problems
    for section in body.sections { write(section) }
    var annexes = annexes
    for index in annexes.indices { write(sectionsOf: &annexes[index], issuer.name, annexes.count) }
    let owners = annexes.flatMap { annex in annex.body.tables.map { ($0, annex.code) } }
    let annexOfTable = Dictionary(owners) { first, _ in first }
    for table in tables { write(table, below: annexOfTable[table.code]) }
    for table in tables { writeRows(of: table) }
    for annex in annexes { write(annex) }
    if end.signers.count > 1 { for signer in end.signers { write(signer) } }
    for line in opening.head.unplaced + opening.unplaced + (decision?.unplaced ?? [])
      + end.unplaced
    { leave(line) }
    writeUnplaced(asides)
  }

  // MARK: Lines

  private mutating func begin(_ type: String) {
    if setType != type {
      writer.endBlock()
      writer.writeField("%rec", type)
    }
    setType = type
    writer.endBlock()
  }

  private mutating func comment(_ text: String) { writer.writeComment("# \(text)") }

  private mutating func guess(_ reason: String?) {
    if let reason { comment("Đoán: \(reason).") }
  }

  private mutating func field(_ name: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    let marks = Mark.all(in: Array(value.utf8).span)
    guard !marks.isEmpty else { return writer.writeField(name, value) }
    problems.append(
      .brackets(
        value,
        at: place ?? ImportProblem.Place(paragraph: 0, firstWords: String(value.prefix(30)))))
    writer.writeField(
      name, value.replacing("[[", with: "[ [").replacing("]]", with: "] ]"))
  }

  /// Writes a text of a section. A word that says that there is nothing is a sentence there, and ends
  /// as one: without its stop it is no value.
  private mutating func sentence(_ name: String, _ value: String) {
    let isWord = value.contains(where: \.isLetter) && saysNothing(Text(value))
    field(name, isWord ? value + "." : value)
  }

  /// Writes a field of the head where the kind has it; its values are left over where it has not.
  private mutating func headField(_ name: String, _ values: [String]) {
    let values = values.filter { !$0.isEmpty }
    guard kind.takes(name) else {
      for value in values { unplaced.append(("\(name): \(value)", nil)) }
      return
    }
    if !values.isEmpty { guess(head.guesses[name]) }
    for value in values { field(name, value) }
  }

  private mutating func leave(_ line: WrittenLine) { unplaced.append((line.text, line.place)) }

  // MARK: The head

  private mutating func writeHead(
    _ decision: DecisionOpening?, _ body: WrittenBody, _ end: DocumentEnd,
    _ contact: WrittenContact
  ) {
    begin("van_ban")
    field("mau", kind.name)
    writeProfile()
    headField("co_quan_chu_quan", [head.superior ?? ""])
    headField("co_quan_ban_hanh", [head.issuer ?? ""])
    headField("co_quan_cung_ban_hanh", head.jointIssuers)
    headField("so", [head.number ?? ""])
    headField("ky_hieu", [head.sign ?? ""])
    headField("dia_danh", [head.place ?? ""])
    headField("ngay_ban_hanh", [head.day ?? ""])
    headField("do_khan", [head.urgency ?? ""])
    headField("luu_hanh", [head.circulation ?? ""])
    headField("du_thao", [head.draft ?? ""])
    headField("trich_yeu", [opening.subject?.withoutEnd ?? ""])
    if let subject = head.subject, opening.subject != subject {
      unplaced.append(("V/v \(subject)", nil))
    }
    headField("kinh_gui", opening.addressees)
    if let decision {
      headField("tham_quyen", [decision.authority ?? ""])
      headField("de_nghi", [decision.proposer ?? ""])
      problems += decision.problems
    }
    headField("mo_dau", body.opening.map(\.withoutEnd))
    headField("kieu_so", [body.scheme?.rawValue ?? ""])
    headField("loi_ket", [body.closing?.trimming(":").withoutEnd ?? ""])
    tellOwnWords(body, end)
    if end.signers.count == 1, let signer = end.signers.first {
      headField("quyen_han", signer.authorities)
      headField("chuc_vu_ky", [signer.post ?? ""])
      headField("chuc_vu_khac", [signer.otherPost ?? ""])
      headField("nguoi_ky", [signer.name ?? ""])
    }
    // Where the document is addressed to nobody, the template does not print «Như trên».
    let above = end.hasAddressees && opening.addressees.isEmpty ? ["Như trên"] : []
    headField("noi_nhan", above + end.recipients)
    headField("luu", [end.archive ?? ""])
    headField("nguoi_soan", [end.maker?.name ?? ""])
    headField("so_ban", [end.maker?.copies ?? ""])
    for entry in contact.entries { headField(entry.field, [entry.text]) }
  }

  /// Writes the profile where the register of bodies does not tell it, or tells another than the motto.
  private mutating func writeProfile() {
    let day = head.day.map { Text($0) }
    let layout = head.isOfParty ? "dang" : "nha-nuoc"
    let found = head.issuer.flatMap { issuer in
      registers.issuers.kind(of: Text(issuer), under: head.superior.map { Text($0) })
    }
    let told = found.flatMap { registers.profile(of: $0.kind, on: day) }
    if let told, head.motto == nil || told.layout.isSpelled(layout) { return }
    let fitting = registers.profiles.filter { profile in
      profile.layout.isSpelled(layout)
        // A profile that its body never has is no good guess.
        && (told == nil || found.map { $0.kind.takes(Text(profile.name)) || !$0.isSure } ?? true)
    }
    // One without a first day is of bodies of its own, whose names the register knows.
    guard let profile = fitting.filter(\.hasStart).profile(on: day) ?? fitting.profile(on: day)
    else { return }
    guess(profileReason)
    field("the_thuc", profile.name)
  }

  private var profileReason: String {
    switch head.motto {
    case .party: "đầu văn bản ghi Đảng Cộng sản Việt Nam"
    case .state: "đầu văn bản ghi quốc hiệu, tiêu ngữ"
    case nil: "tên cơ quan ban hành không có trong sổ"
    }
  }

  private mutating func tellOwnWords(_ body: WrittenBody, _ end: DocumentEnd) {
    for name in kind.fieldsAgainstOwnWords {
      let isThere = name == "mo_dau" ? !body.opening.isEmpty : body.closing != nil
      if !isThere { problems.append(.ownWords(kind.sentence(instead: name), at: nil)) }
    }
    if !opening.addressees.isEmpty, !end.hasAddressees {
      problems.append(.ownWords("Như trên", at: nil))
    }
  }

  private mutating func writeGrounds(_ decision: DecisionOpening?) {
    for ground in decision?.grounds ?? [] {
      begin("can_cu")
      guess(ground.sentence.map { "những căn cứ sau viết chung một câu: «\($0.withoutEnd)»" })
      field("ma", ground.code)
      field("loai", ground.kind)
      field("so_ky_hieu", ground.sign)
      field("ngay", ground.day)
      field("co_quan", ground.issuer)
      field("trich_yeu", ground.subject)
    }
  }

  // MARK: Sections and tables

  private mutating func write(_ section: WrittenSection) {
    begin("phan")
    place = section.line.place
    if section.level != "1" { field("cap", section.level) }
    sentence("noi_dung", section.text)
    field("dang", section.form)
    for paragraph in section.paragraphs { sentence("doan", paragraph) }
    for point in section.points { sentence("y", point) }
    for table in section.tables { field("bang", table) }
    field("phu_luc", section.annex)
    place = nil
  }

  private mutating func write(_ table: ImportedTable, below annex: String?) {
    begin("bang")
    field("ma", table.code)
    field("tieu_de", table.title)
    field("don_vi", table.caption.unit)
    field("hang", table.type)
    for column in table.columns {
      if column.isText { guess("cột này là chữ, vì có ô không đọc được thành số") }
      field("cot", "\(column.field) | \(column.title)\(column.isText ? " | chữ" : "")")
    }
    for group in table.groups {
      field("nhom", "\(group.title) | \(group.fields.joined(separator: " "))")
    }
    field("tong", table.total)
    if !table.isCounted { field("tt", "khong") }
    field("nguon", table.source)
    field("duoi", annex)
  }

  private mutating func writeRows(of table: ImportedTable) {
    for row in table.rows {
      begin(table.type)
      for (column, value) in zip(table.columns, row) { field(column.field, value) }
    }
  }

  // MARK: Annexes

  private mutating func write(
    sectionsOf annex: inout WrittenAnnex, _ issuer: String, _ count: Int
  ) {
    let isEnclosed = annex.documentName != nil
    let enclosure = head.enclosure(of: kind, isDocument: isEnclosed)
    let isAsWritten = annex.readEnclosure(enclosure, issuer)
    if isEnclosed, !annex.hasHead {
      let words = [head.issuer, head.isOfParty ? "Đảng Cộng sản Việt Nam" : "quốc hiệu, tiêu ngữ"]
      problems.append(
        .ownWords(words.compactMap(\.self).joined(separator: ", "), at: annex.first.place))
    }
    if annex.enclosure == nil {
      problems.append(.ownWords(enclosure, at: annex.first.place))
    } else if !isAsWritten, let line = annex.enclosure {
      leave(line)
    }
    tellLabel(of: annex, count)
    problems += annex.body.problems
    for (index, section) in annex.body.sections.enumerated() {
      var section = section
      if index == 0 { section.annex = annex.code }
      write(section)
    }
  }

  private mutating func tellLabel(of annex: WrittenAnnex, _ count: Int) {
    if annex.documentName != nil { return }
    let number = Int(annex.code.split(separator: "-").last ?? "") ?? 1
    let numeral = head.isOfParty ? nil : romanNumeral(number)
    let program = count > 1 ? "Phụ lục \(numeral ?? "\(number)")" : "Phụ lục"
    guard let label = annex.label else {
      problems.append(.ownWords(program, at: annex.first.place))
      return
    }
    if label.folded.trimming(".: ") != program.foldedText {
      problems.append(.otherLabel(document: label.text, program: program, at: label.place))
    }
  }

  private mutating func write(_ annex: WrittenAnnex) {
    begin("phu_luc")
    field("ma", annex.code)
    field("ten_loai", annex.documentName)
    if annex.title == nil { guess("phụ lục không có tên") }
    field("tieu_de", annex.title ?? "Kèm theo văn bản")
    if annex.title == nil { problems.append(.ownWords("Kèm theo văn bản", at: annex.first.place)) }
    field("cua", annex.owner)
    for paragraph in annex.body.opening { field("doan", paragraph.withoutEnd) }
    field("kieu_so", annex.body.scheme?.rawValue)
  }

  private mutating func write(_ signer: WrittenSigner) {
    begin("nguoi_ky")
    field("co_quan", signer.issuer)
    for authority in signer.authorities { field("quyen_han", authority) }
    field("chuc_vu", signer.post)
    field("chuc_vu_khac", signer.otherPost)
    field("ho_ten", signer.name)
  }

  // MARK: What has no place

  private mutating func writeUnplaced(_ asides: [WrittenAside]) {
    writer.endBlock()
    for (text, place) in unplaced {
      let start = place.map { "đoạn \($0.paragraph): " } ?? ""
      comment("Chưa xếp được: \(start)\(text.cleaned)")
      problems.append(.unplaced(text.cleaned, at: place))
    }
    let places = places(of: asides)
    for aside in asides {
      // Its paragraphs stand in the cell around it.
      if aside.kind == .nestedTable {
        problems.append(.nestedTable(aside.text.cleaned, at: aside.paragraph ?? 0))
        continue
      }
      let start = aside.paragraph.map { " (đoạn \($0))" } ?? ""
      let text = aside.text.cleaned
      comment("Chưa xếp được: \(aside.kind.vietnamese)\(start): \(text)")
      let place = aside.paragraph.map { number in
        places[number] ?? ImportProblem.Place(paragraph: number, firstWords: "…")
      }
      problems.append(.aside(aside.kind, text, at: place))
    }
  }

  /// How the paragraphs begin at which texts stand that are no part of the body.
  private func places(of asides: [WrittenAside]) -> [Int: ImportProblem.Place] {
    let wanted = Set(asides.compactMap(\.paragraph))
    if wanted.isEmpty { return [:] }
    let lines = blocks.lazy.flatMap(\.lines).filter { wanted.contains($0.paragraph) }
    return Dictionary(lines.map { ($0.paragraph, $0.place) }) { first, _ in first }
  }
}

extension DocumentHead {
  /// `Kèm theo Quyết định số 05/QĐ-UBND ngày 18 tháng 12 năm 2026`, as annexes have it.
  fileprivate func enclosure(of kind: DocumentKind, isDocument: Bool) -> String {
    let name =
      kind.documentName.map { name in
        name.prefix(1) + name.dropFirst().lowercased()
      } ?? "Công văn"
    let parts = (day ?? "").split(separator: "/")
    let written =
      parts.count == 3
      ? "ngày \(parts[0]) tháng \(parts[1]) năm \(parts[2])" : day ?? ""
    let opening = isOfParty && isDocument ? "Ban hành kèm theo" : "Kèm theo"
    return "\(opening) \(name) số \(number ?? "……")\(isOfParty ? "-" : "/")\(sign ?? "")"
      + "\(isOfParty ? "," : "") \(written)"
  }
}

extension DocumentKind {
  /// What its templates print in the place of a field, for a message.
  fileprivate func sentence(instead field: String) -> String {
    let name = title.string
    return field == "mo_dau" ? "… \(name.lowercased()) như sau:" : "Trên đây là \(name) …"
  }
}

/// The name of the issuer as it stands within a sentence.
struct IssuerName {
  let name: String
  /// Why it is a guess.
  let reason: String

  init(
    _ issuer: String, _ blocks: [WrittenBlock], _ registers: CheckRegisters,
    _ wordings: WordingRegister
  ) {
    let wanted = issuer.foldedText
    for line in blocks.lazy.flatMap(\.lines) where !wanted.isEmpty {
      guard line.text.count == line.folded.count,
        let range = line.folded.ranges(of: wanted).first
      else { continue }
      let start = line.folded.distance(from: line.folded.startIndex, to: range.lowerBound)
      let found = line.text.dropFirst(start).prefix(wanted.count).string
      guard !found.isAllCapitals, found.first?.isUppercase ?? false else { continue }
      (name, reason) = (found, "tên cơ quan viết như ở đoạn \(line.paragraph) của văn bản")
      return
    }
    var words: [String] = []
    var isInPlace = false
    for word in issuer.split(separator: " ").map(String.init) {
      let small = word.lowercased()
      let isKnown = registers.abbreviations.meanings[word] != nil
      let isCapital = words.isEmpty || isInPlace
      words.append(
        isKnown ? word : isCapital ? small.prefix(1).uppercased() + small.dropFirst() : small)
      let two = words.suffix(2).joined(separator: " ").lowercased()
      if wordings.places.contains(small.foldedText) || wordings.places.contains(two.foldedText) {
        isInPlace = true
        if let last = words.indices.last, last > 0 { words[last] = small }
      }
    }
    (name, reason) = (words.joined(separator: " "), "tên cơ quan viết lại từ dòng chữ in hoa")
  }
}
