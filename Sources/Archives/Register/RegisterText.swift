import Diagnostics
import Reports
import Texts

/// The text of a register: its heading, and the entries with an empty line between them. Nothing else
/// stands in it, so that no change goes unseen.
enum RegisterText {
  static let heading = """
    # Sổ đăng ký tài liệu đã niêm: chỉ ghi thêm ở cuối, không sửa, không xóa.
    # ma là SHA-256 của các dòng phía trên nó trong mục; ma_truoc là ma của mục liền trước.

    %rec: so_dang_ky
    %key: so
    %type: so int
    %mandatory: goi ma_goi ma_truoc ma


    """

  /// An entry as it was read.
  struct Entry: Sendable {
    /// The number of its first line in the register, from 1.
    let line: Int
    let fields: [(name: String, value: String)]
    /// The sum that its lines have.
    let sum: Checksum
    /// The sum that it says to have.
    let own: Checksum?

    func value(_ name: String) -> String? {
      fields.first { $0.name == name }?.value
    }

    var number: Int? { value(RegisterEntry.numberField).flatMap { Int($0) } }
    var bag: String? { value(RegisterEntry.bagField) }
    var bagSum: Checksum? { value(RegisterEntry.sumField).flatMap { Checksum($0.utf8) } }
    var previous: Checksum? {
      value(RegisterEntry.previousField).flatMap { Checksum($0.utf8) }
    }
  }

  /// Reads a register, entry by entry.
  ///
  /// - Parameters:
  ///   - pieceSize: how much of it is read at once.
  ///   - use: gets each entry, and where it stands in the register.
  /// - Returns: the first line that belongs to no entry.
  static func read(
    _ file: RegisterFile, pieceSize: Int = 1 << 18, use: (Entry, Range<Int>) -> Void
  ) throws(Diagnostic) -> Int? {
    if file.count == 0 { return nil }
    let heading = Array(heading.utf8)
    guard try file.bytes(from: 0, count: heading.count) == heading else { return 1 }
    var line = heading.count { $0 == 0x0A } + 1
    var place = heading.count
    while place < file.count {
      let piece = try Self.piece(of: file, from: place, pieceSize)
      let bytes = piece.bytes
      var start = 0
      while let end = end(ofEntryFrom: start, in: bytes, piece.isLast) {
        guard let entry = entry(bytes[start..<end], line) else { return line }
        use(entry, (place + start)..<(place + end))
        line += bytes[start..<end].count { $0 == 0x0A } + 1
        if end == bytes.count { return nil }
        guard bytes[end] == 0x0A, place + end + 1 < file.count else { return line - 1 }
        start = end + 1
      }
      if start == 0 { return line }
      place += start
    }
    return line
  }

  /// A piece of a register that has at least one whole entry and what follows it, if there is one.
  private static func piece(
    of file: RegisterFile, from start: Int, _ pieceSize: Int
  ) throws(Diagnostic) -> (bytes: [UInt8], isLast: Bool) {
    var size = pieceSize
    while true {
      let bytes = try file.bytes(from: start, count: size)
      let isLast = start + bytes.count == file.count
      if isLast || end(ofEntryFrom: 0, in: bytes, isLast) != nil { return (bytes, isLast) }
      size *= 4
    }
  }

  /// Reads the entry at a place that ``read(_:pieceSize:use:)`` has told.
  static func entry(in file: RegisterFile, at place: Range<Int>, line: Int) -> Entry? {
    (try? file.bytes(from: place.lowerBound, count: place.count)).flatMap { entry($0[...], line) }
  }

  /// Where the line after an entry begins; nil where the piece does not show it.
  private static func end(ofEntryFrom start: Int, in bytes: [UInt8], _ isLast: Bool) -> Int? {
    var index = start
    while index < bytes.count {
      guard let end = bytes[index...].firstIndex(of: 0x0A) else { return nil }
      index = end + 1
      if index == bytes.count { return isLast ? index : nil }
      if bytes[index] == 0x0A { return index }
    }
    return nil
  }

  private static func entry(_ bytes: ArraySlice<UInt8>, _ line: Int) -> Entry? {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    let lines = bytes.split(separator: 0x0A)
    let fields = lines.compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstPlace(of: [0x3A, 0x20]) else { return nil }
      return (
        String(decoding: line[..<colon.lowerBound], as: UTF8.self),
        String(decoding: line[colon.upperBound...], as: UTF8.self)
      )
    }
    guard fields.count == lines.count, let last = fields.last, last.name == RegisterEntry.ownField
    else { return nil }
    let above = bytes.dropLast((lines.last?.count ?? 0) + 1)
    return Entry(
      line: line, fields: fields, sum: Checksum(of: Array(above)), own: Checksum(last.value.utf8))
  }
}

/// The end of a register, from which it goes on.
enum RegisterTail {
  /// - Returns: the last entry, and the length of the register in bytes.
  /// - Throws: that it does not end in an entry.
  static func read(_ archive: Archive) throws(Diagnostic) -> (head: RegisterHead, length: Int) {
    let file = try RegisterFile(archive, nil)
    let isLink = SealedFiles.isLink(archive.registerPath)
    guard file.isThere, !isLink else {
      let reason: SystemReason = isLink ? .isLink : .notFound
      throw Diagnostic(.source(.cannotWrite(path: archive.registerPath, reason: reason)), at: nil)
    }
    if file.count == 0 { return (.empty, 0) }
    var room = 4096
    while true {
      let start = max(0, file.count - room)
      if let head = head(in: try file.bytes(from: start, count: room)) { return (head, file.count) }
      guard start > 0 else {
        throw Diagnostic(.archive(.oddRegister(path: archive.registerPath, line: nil)), at: nil)
      }
      room *= 8
    }
  }

  /// The last entry of the end of a register; nil where that is not whole.
  private static func head(in bytes: [UInt8]) -> RegisterHead? {
    guard bytes.last == 0x0A else { return nil }
    let lines = bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
    guard let gap = lines.lastIndex(where: \.isEmpty), gap + 1 < lines.count else { return nil }
    func value(_ line: ArraySlice<UInt8>, of name: String) -> ArraySlice<UInt8>? {
      let start = Array("\(name): ".utf8)
      return line.starts(with: start) ? line.dropFirst(start.count) : nil
    }
    guard let last = lines.last, let own = value(last, of: RegisterEntry.ownField),
      let sum = Checksum(own),
      let number = value(lines[gap + 1], of: RegisterEntry.numberField),
      let count = Int(String(decoding: number, as: UTF8.self))
    else { return nil }
    return RegisterHead(count: count, sum: sum)
  }
}
