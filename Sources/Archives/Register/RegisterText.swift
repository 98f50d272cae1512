import Diagnostics
import Glibc
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

  /// Reads a register.
  ///
  /// - Returns: its entries, and the first line that belongs to none.
  static func read(_ bytes: [UInt8]) -> (entries: [Entry], oddLine: Int?) {
    if bytes.isEmpty { return ([], nil) }
    let heading = Array(heading.utf8)
    guard bytes.starts(with: heading) else { return ([], 1) }
    var entries: [Entry] = []
    var start = heading.count
    var line = heading.count { $0 == 0x0A } + 1
    while start < bytes.count {
      guard let end = end(ofEntryFrom: start, in: bytes),
        let entry = entry(bytes[start..<end], line)
      else { return (entries, line) }
      entries.append(entry)
      line += bytes[start..<end].count { $0 == 0x0A } + 1
      if end == bytes.count { return (entries, nil) }
      guard bytes[end] == 0x0A, end + 1 < bytes.count else { return (entries, line - 1) }
      start = end + 1
    }
    return (entries, line)
  }

  /// Where the line after an entry begins.
  private static func end(ofEntryFrom start: Int, in bytes: [UInt8]) -> Int? {
    var index = start
    while index < bytes.count {
      guard let end = bytes[index...].firstIndex(of: 0x0A) else { return nil }
      index = end + 1
      if index == bytes.count || bytes[index] == 0x0A { return index }
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
    let path = archive.registerPath
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw SealedFiles.cannotWrite(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SealedFiles.cannotWrite(path) }
    let length = Int(status.st_size)
    if length == 0 { return (.empty, 0) }
    var room = 4096
    while true {
      let start = max(0, length - room)
      var bytes = [UInt8](repeating: 0, count: length - start)
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, start)
      }
      if count == bytes.count, let head = head(in: bytes) { return (head, length) }
      guard count == bytes.count, start > 0 else {
        throw Diagnostic(.archive(.oddRegister(path: path, line: nil)), at: nil)
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
