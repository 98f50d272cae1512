import Records
import Reports
import Texts
import Vietnamese

/// Writes a post as rec text: what was read of it, and its blocks in order, word for word.
struct PostText {
  private(set) var writer = Writer()

  /// - Parameter facts: finds what the prose states; nil where that is not wanted.
  init(_ post: WrittenPost, _ reading: PostReading, file: String, _ facts: FactFinder?) {
    writer.reserveCapacity(post.bytes.count + post.bytes.count / 2 + 512)
    writer.writeComment("# Nhập từ \(Self.name(of: file)); chữ của bài giữ nguyên văn.")
    writer.endBlock()
    writer.writeField("%rec", "van_ban")
    writer.endBlock()
    writeHead(reading, post.hints)
    writer.endBlock()
    writer.writeField("%rec", "nguyen_van")
    for (block, kind) in zip(post.blocks, reading.kinds) { write(block, kind, post.bytes) }
    if let facts { write(facts, of: post, reading.kinds) }
  }

  /// Proposes the facts of the prose; their paragraphs are counted among all blocks.
  private mutating func write(_ finder: FactFinder, of post: WrittenPost, _ kinds: [BlockKind]) {
    let source = Source(name: "", bytes: post.bytes)
    let prose = zip(post.blocks.indices, kinds).filter(\.1.isProse).map { index, _ in
      let range = post.blocks[index].text
      let text = Text(
        source: source, range: SourceRange(start: range.lowerBound, end: range.upperBound))
      return (text: text, number: index + 1)
    }
    let facts = finder.facts(in: prose)
    if facts.isEmpty { return }
    writer.endBlock()
    writer.writeField("%rec", Fact.recordType)
    for fact in facts { writer.write(fact) }
  }

  private static func name(of file: String) -> String {
    file.split(separator: "/").last.map(String.init) ?? file
  }

  private mutating func writeHead(_ reading: PostReading, _ hints: PageHints) {
    writer.writeField("mau", "tin-bai")
    writer.writeField("the_thuc", "trang-tin")
    for level in reading.categories { field("chuyen_muc", level) }
    field("tieu_de", reading.title)
    if let day = reading.day { field("ngay_dang", Self.written(day)) }
    if let views = reading.views { field("luot_xem", Self.grouped(views)) }
    field("tac_gia", reading.author)
    field("nguon", reading.source)
    field("dau_ket", reading.endMark)
    field("dia_chi_bai", reading.address ?? hints.address)
    if let day = reading.visited { field("ngay_truy_cap", "\(day.day)/\(day.month)/\(day.year)") }
  }

  private mutating func field(_ name: String, _ value: String?) {
    if let value, !value.isEmpty { writer.writeField(name, value) }
  }

  /// `04/07/2018 18:10`, `04/07/2018 18:10:05`
  private static func written(_ day: PostedLine.Day) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(two(day.date.day))/\(two(day.date.month))/\(day.date.year)"
    guard let time = day.time else { return date }
    let seconds = time.second > 0 ? ":\(two(time.second))" : ""
    return "\(date) \(two(time.hour)):\(two(time.minute))\(seconds)"
  }

  /// `1.268`
  private static func grouped(_ digits: [UInt8]) -> String {
    let kept = digits.drop { $0 == 0x30 }
    guard !kept.isEmpty else { return "0" }
    var text: [UInt8] = []
    for (index, digit) in kept.enumerated() {
      if index > 0, (kept.count - index) % 3 == 0 { text.append(0x2E) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func write(_ block: PostBlock, _ kind: BlockKind, _ bytes: [UInt8]) {
    writer.endBlock()
    writer.writeField(name: Self.kind, value: Array(kind.rawValue.utf8)[...])
    switch block.form {
    case .row(let cells, _):
      for cell in cells { writer.writeField(name: Self.cell, value: bytes.span.extracting(cell)) }
      return
    case .picture(let file, let alternative):
      field("tep", file)
      field("mo_ta", alternative)
    default: break
    }
    let text = bytes[block.text]
    if text.isEmpty { return }
    if block.markLength > 0 {
      writer.writeField(name: Self.mark, value: text.prefix(block.markLength))
    } else if kind == .item, let mark = PostLine.mark(of: text) {
      writer.writeField(name: Self.mark, value: bytes[mark])
    }
    writer.writeField(name: Self.text, value: bytes.span.extracting(block.text))
  }

  private static let kind = Array("loai".utf8)[...]
  private static let text = Array("chu".utf8)[...]
  private static let mark = Array("dau".utf8)[...]
  private static let cell = Array("o".utf8)[...]
}

extension BlockKind {
  /// Tells whether it is a part of the text that the author wrote, as no category or date is.
  fileprivate var isProse: Bool {
    switch self {
    case .title, .lead, .paragraph, .item, .heading, .caption: true
    default: false
    }
  }
}
