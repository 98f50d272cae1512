import Diagnostics
import Texts
import Records
import Vietnamese

/// Checks that no two records of a type say the same: equal in all fields that tell them apart,
/// whatever their capitals.
struct DistinctChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let column = declaration.operands[0].column
    /// The first record of each hash, and of each text where several records have one hash.
    var firsts: [UInt64: TypedRecord] = [:]
    var exact: [[UInt8]: TypedRecord] = [:]
    for record in data.records.records(ofType: declaration.type) {
      guard let offset = record.offsets(of: column).first, declaration.isAbout(record) else {
        continue
      }
      guard !record.bytes(at: offset).isEmpty else { continue }
      let hash = hash(record)
      guard let first = firsts[hash] else {
        firsts[hash] = record
        continue
      }
      let key = key(record)
      let firstKey = self.key(first)
      if exact[firstKey] == nil { exact[firstKey] = first }
      if let same = exact[key] {
        problems.append(repeated(record.text(at: offset), same, data))
      } else {
        exact[key] = record
      }
    }
    return problems
  }

  private func repeated(
    _ value: Text, _ first: TypedRecord, _ data: borrowing CheckedData
  ) -> Diagnostic {
    let fields = declaration.operands.map { data.named($0.field, ofType: declaration.type) }
    let problem = CheckProblem.repeated(value.string, apart: fields.map(\.name))
    let notes = first.text(of: declaration.operands[0].column).map {
      [Diagnostic.Note(.firstHere, at: $0)]
    }
    return Diagnostic(.check(problem), at: value, notes: notes ?? [])
  }

  /// The fields that tell a record apart, in small letters, each with a mark behind it.
  private func key(_ record: TypedRecord) -> [UInt8] {
    var key: [UInt8] = []
    for operand in declaration.operands {
      for text in record.texts(of: operand.column) { key += lowercased(text.bytes) + [0] }
      key.append(0xFF)
    }
    return key
  }

  private func hash(_ record: TypedRecord) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for operand in declaration.operands {
      for offset in record.offsets(of: operand.column) {
        record.bytes(at: offset).span.forEachSkeletonByte(add)
      }
      add(0x0A)
    }
    return hash
  }
}

extension Span<UInt8> {
  /// Calls `body` with bytes that are the same for a text in small letters and in capitals.
  fileprivate func forEachSkeletonByte(_ body: (UInt8) -> Void) {
    var index = 0
    while index < count {
      let byte = self[index]
      switch byte {
      case 0..<0x80: body(byte & 0xDF)
      // A capital and its small letter differ in one of these two bits.
      case 0x80..<0xC0: body(byte | 0x21)
      default: body(byte)
      }
      // But Ư and ư, behind this byte, do not.
      index += byte == 0xC6 ? 2 : 1
    }
  }
}

/// Checks that a field which is written several times in a record has another value each time.
struct DifferenceChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      for operand in declaration.operands {
        var firsts: [[UInt8]: Text] = [:]
        for value in record.texts(of: operand.column) where !value.isBlank {
          let key = lowercased(value.trimmed.bytes)
          guard let first = firsts[key] else {
            firsts[key] = value
            continue
          }
          let field = data.named(operand.field, ofType: declaration.type)
          problems.append(
            Diagnostic(
              .check(.saidAgain(value.string, field)), at: value,
              notes: [Diagnostic.Note(.firstHere, at: first)]))
        }
      }
    }
    return problems
  }
}
