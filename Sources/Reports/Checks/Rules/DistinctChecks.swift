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
    /// The first record of each hash, and those that only have the hash of another.
    var firsts: [UInt64: TypedRecord] = [:]
    var others: [TypedRecord] = []
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
      if let same = ([first] + others).first(where: { isSame($0, record) }) {
        problems.append(repeated(record.text(at: offset), same, data))
      } else {
        others.append(record)
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

  private func isSame(_ one: TypedRecord, _ other: TypedRecord) -> Bool {
    declaration.operands.allSatisfy { operand in
      let (left, right) = (one.texts(of: operand.column), other.texts(of: operand.column))
      return left.elementsEqual(right) { $0 == $1 || lowercased($0.bytes) == lowercased($1.bytes) }
    }
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
