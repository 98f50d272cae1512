import Diagnostics
import Foundation
import Reports
import Testing

/// Takes each field and record of the shipped data away in turn, and reads what is left of the
/// documents: no sentence may stand without its data.
@Suite struct RemovalTests {
  @Test(arguments: GoldenTests.dataFiles) func nothingDangles(_ name: String) throws {
    let path = GoldenTests.root + "/data/" + name
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let memory = DocumentMemory()
    let data = RecordText(try String(contentsOfFile: path, encoding: .utf8))
    // Each document alone is read without whole types and names of fields: without single ones it
    // says what it says beside the others.
    var refused = 0
    let alone = data.documentsAlone.flatMap { alone in
      alone.removals.filter { $0.0.hasPrefix("all") } + [("nothing", alone)]
    }
    for (removed, left) in data.removals + alone {
      let checked = try DataFile.read(name: path, bytes: Array(left.text.utf8)).check(templates)
      if checked.hasErrors { continue }
      let files: [OutputFile]
      do throws(Problems) {
        files = try checked.render(templates, formats: [.markdown], memory: memory)
      } catch {
        let wrong = error.diagnostics.filter { !left.isRightlyRefused($0) }
        #expect(wrong.isEmpty, "\(name) without \(removed)")
        refused += error.diagnostics.count
        continue
      }
      for file in files where file.path.hasSuffix(".md") {
        let page = FinishedPage(String(decoding: file.bytes, as: UTF8.self))
        let complaints = page.complaints + page.unfounded(in: left)
        #expect(complaints.isEmpty, "\(file.path) without \(removed): \(complaints)")
      }
    }
    // Two decisions of this file refer to lists that the third does not print.
    if name == "ubnd-phuong-vi-du-2026-quyet-dinh.rec" { #expect(refused > 0) }
  }

  @Test(
    "the reader finds what dangles",
    arguments: [
      "Đã tặng giấy khen; .", "Phường thực hiện các nhiệm vụ sau:\n\n## I. KẾT QUẢ\n\nTốt.",
      "## I. KẾT QUẢ\n\n## II. NHIỆM VỤ\n\nTốt.", "Hội nghị do đồng chí A chủ trì tại.",
      "Kết quả  tốt.", "## II. KẾT QUẢ\n\nTốt.", "- .", "Có các nhiệm vụ sau:",
    ])
  func finds(_ page: String) {
    #expect(!FinishedPage(page).complaints.isEmpty)
  }
}

/// A data file as the records that it is written of.
private struct RecordText {
  private var blocks: [Block] = []

  private struct Block {
    let type: String
    var lines: [String]

    var isDescriptor: Bool { lines.allSatisfy { $0.hasPrefix("%") || $0.hasPrefix("+") } }
    /// The names of its fields, which many records share.
    var form: String { lines.compactMap(\.fieldName).joined(separator: " ") }

    func moved(to kind: String) -> Block {
      guard !isDescriptor else { return self }
      var moved = without("trong")
      moved.lines.append("trong: \(kind)")
      return moved
    }

    func without(_ field: String) -> Block {
      var kept: [String] = []
      var isRemoved = false
      for line in lines {
        if !line.hasPrefix("+") { isRemoved = line.fieldName == field }
        if !isRemoved { kept.append(line) }
      }
      return Block(type: type, lines: kept)
    }
  }

  init(_ text: String) {
    var type = ""
    for block in text.components(separatedBy: "\n\n") {
      let lines = block.components(separatedBy: "\n").filter { !$0.isEmpty && !$0.hasPrefix("#") }
      if let line = lines.first(where: { $0.hasPrefix("%rec: ") }) {
        type = String(line.dropFirst(6))
      }
      if !lines.isEmpty { blocks.append(Block(type: type, lines: lines)) }
    }
  }

  private init(_ blocks: [Block]) { self.blocks = blocks }

  var text: String {
    blocks.map { $0.lines.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  func has(_ type: String) -> Bool { blocks.contains { $0.type == type && !$0.isDescriptor } }

  func contains(_ line: String) -> Bool { blocks.contains { $0.lines.contains(line) } }

  func has(field: String) -> Bool {
    blocks.contains { $0.lines.contains { $0.fieldName == field } }
  }

  /// Tells whether a document is refused because one of its texts refers to what is not printed in
  /// it: the file has nothing of that code, or what has it says that it goes into other documents.
  func isRightlyRefused(_ problem: Diagnostic) -> Bool {
    func owner(of code: String) -> Block? { blocks.first { $0.lines.contains("ma: \(code)") } }
    switch problem.kind {
    case .report(.unknownMark(let code, _, _)):
      return text.contains("[[\(code)]]") && owner(of: code) == nil
    case .report(.referenceNotPrinted(let code, let document)):
      let places = owner(of: code)?.lines.filter { $0.hasPrefix("trong: ") } ?? []
      // The first document of a kind may be named with its number or without.
      return text.contains("[[\(code)]]") && !places.isEmpty
        && ![document, document + "-1"].contains { places.contains("trong: \($0)") }
    default: return false
    }
  }

  /// The file with each of its documents alone, where it has several.
  var documentsAlone: [RecordText] {
    let documents = blocks.indices.filter {
      blocks[$0].type == "van_ban" && !blocks[$0].isDescriptor
    }
    guard documents.count > 1 else { return [] }
    return documents.map { kept in
      let left = blocks.indices.filter { !documents.contains($0) || $0 == kept }
      return RecordText(left.map { blocks[$0] })
    }
  }

  /// The file without each record, without each field in each form of record that has it, and
  /// without all records of a type and all fields of a name.
  var removals: [(String, RecordText)] {
    var removals: [(String, RecordText)] = []
    var seen: Set<String> = []
    for (index, block) in blocks.enumerated() where !block.isDescriptor {
      var others = blocks
      others.remove(at: index)
      removals.append(("record \(index) \(block.type)", RecordText(others)))
      if seen.insert(block.type).inserted {
        let rest = blocks.filter { $0.type != block.type || $0.isDescriptor }
        removals.append(("all \(block.type)", RecordText(rest)))
      }
      for name in Set(block.lines.compactMap(\.fieldName)).sorted() {
        let title = "\(block.type).\(name)"
        guard seen.insert("\(title) \(block.form)").inserted else { continue }
        var one = blocks
        one[index] = block.without(name)
        removals.append((title, RecordText(one)))
        guard seen.insert(title).inserted else { continue }
        let all = blocks.map { $0.type == block.type ? $0.without(name) : $0 }
        removals.append(("all \(title)", RecordText(all)))
      }
    }
    return removals + moves
  }

  /// The file with all records of a type in documents of one kind only.
  private var moves: [(String, RecordText)] {
    let lines = blocks.filter { $0.type == "van_ban" }.flatMap(\.lines)
    let kinds = Set(lines.filter { $0.hasPrefix("mau: ") }.map { String($0.dropFirst(5)) })
    let types = ["nguoi", "ket_qua", "so_lieu", "danh_gia", "khen_thuong", "nhiem_vu", "y_kien"]
    guard kinds.count > 1 else { return [] }
    var moves: [(String, RecordText)] = []
    for type in types where has(type) {
      for kind in kinds.sorted() {
        let moved = blocks.map { $0.type == type ? $0.moved(to: kind) : $0 }
        moves.append(("\(type) elsewhere than in \(kind)", RecordText(moved)))
      }
    }
    return moves
  }
}

extension String {
  fileprivate var fieldName: String? {
    guard !hasPrefix("+"), !hasPrefix("%"), let colon = firstIndex(of: ":") else { return nil }
    return String(self[..<colon])
  }
}

extension String {
  /// Tells whether it is a chapter of one sentence: `**II.** …`.
  fileprivate var isShortChapter: Bool {
    hasPrefix("**") && prefix { $0 != " " }.dropFirst(2).allSatisfy("IVX.*".contains)
  }
}

/// A document as it comes out, read by someone who does not know its data.
private struct FinishedPage {
  private let text: String
  private let lines: [String]

  init(_ text: String) {
    self.text = text
    lines = text.components(separatedBy: "\n")
  }

  var complaints: [String] {
    signs + headings + openEnds
  }

  /// Marks that meet where something is missing between them, and words that lead to nothing.
  private var signs: [String] {
    let marks = [
      "; .", ", .", " .", "..", ",,", ": .", " ,", " ;", ";.", ",.", ":.", "()", "( ", " )", "  ",
      "****", "None", "⟦", "\n- .", "\n-\n", "không có.\n\n##",
    ]
    let found = marks.filter { mark in
      ("\n" + text + "\n").replacingOccurrences(of: "./.", with: ".").contains(mark)
    }
    let words = "của|tại|với|và|do|là|theo|gồm|trong|cho|đã|về|từ|đến|so với|căn cứ"
    let dangling = text.range(of: "[ ](\(words))[.;]", options: .regularExpression)
    return found.map { "«\($0)»" } + (dangling.map { [String(text[$0])] } ?? [])
  }

  /// Headings with nothing below them, and numbers that do not follow each other.
  private var headings: [String] {
    var found: [String] = []
    var chapter = 0
    let numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
    for (index, line) in lines.enumerated() where line.hasPrefix("##") || line.isShortChapter {
      if line.isShortChapter {
        if !line.hasPrefix("**\(numerals[chapter]).** ") { found.append("number of \(line)") }
        chapter += 1
        continue
      }
      let level = line.prefix { $0 == "#" }.count
      let next = lines[(index + 1)...].first { !$0.isEmpty } ?? ""
      let nextLevel = next.prefix { $0 == "#" }.count
      if next.isEmpty || nextLevel > 0 && nextLevel <= level && level < 4
        || next.hasPrefix("Trên đây là")
      {
        found.append("nothing below \(line)")
      }
      guard level == 2, line.contains(". "), !line.hasPrefix("## Điều ") else { continue }
      if !line.hasPrefix("## \(numerals[chapter]). ") { found.append("number of \(line)") }
      chapter += 1
    }
    return found
  }

  /// Paragraphs that promise something and end.
  private var openEnds: [String] {
    lines.indices.compactMap { index in
      guard lines[index].hasSuffix(":"), !lines[index].hasPrefix("Nơi nhận") else { return nil }
      let next = lines[(index + 1)...].first { !$0.isEmpty } ?? ""
      let isEnd =
        ["# ", "## ", "**", "Nơi nhận", "Trên đây là"].contains { next.hasPrefix($0) }
        && !next.hasPrefix("**Điều ") && !next.hasPrefix("## Điều ") && !next.isShortChapter
      // An opening may lead to the first chapter.
      let isOpening =
        (lines[index].hasSuffix("như sau:") || lines[index].hasSuffix("những việc sau:"))
        && next.hasPrefix("## I.")
      return next.isEmpty || isEnd && !isOpening ? "nothing after \(lines[index].suffix(40))" : nil
    }
  }

  /// What it states of what the data do not have.
  func unfounded(in data: RecordText) -> [String] {
    var phrases: [String] = []
    if !data.has("nhiem_vu") {
      phrases += ["các nhiệm vụ sau:", ", đề ra nhiệm vụ", "nhiệm vụ trọng tâm", "NHIỆM VỤ 6"]
    }
    if !data.has("ket_qua"), !data.has("so_lieu") { phrases += ["những điểm chính sau"] }
    if !data.has("y_kien"), !data.has(field: "so_y_kien") {
      phrases += ["ý kiến phát biểu, thảo luận"]
    }
    if !data.contains("vai_tro: chu_tri") {
      phrases += [", chủ trì hội nghị", "Kết luận hội nghị,"]
    }
    if !data.has("nguoi"), !data.has(field: "thanh_phan") { phrases += ["Dự hội nghị có"] }
    if !data.has(field: "muc_tieu") { phrases += [", MỤC TIÊU", "### 1. Mục tiêu"] }
    if !data.has(field: "hoi_nghi"), !data.has(field: "ngay_hop") {
      phrases += ["Tại hội nghị, ", "Báo cáo tại hội nghị"]
    }
    let own = data.text
    return phrases.filter { text.contains($0) && !own.contains($0) }.map { "states \($0)" }
  }
}
