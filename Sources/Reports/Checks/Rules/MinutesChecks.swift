import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks minutes: that somebody presides and somebody writes them, that these sign, and in which order.
struct MinutesChecks {
  /// One for each part, in the order in which those who have it sign from left to right.
  private let parts: [Part]

  /// A part in a meeting, with the posts as which those who have it sign.
  private struct Part {
    let declaration: ResolvedDeclaration
    let name: String
    let posts: [Phrase]

    init?(_ declaration: ResolvedDeclaration) {
      guard let name = declaration.phrases.first else { return nil }
      (self.declaration, self.name) = (declaration, name.text.string)
      posts = Array(declaration.phrases.dropFirst())
    }

    /// The post as messages name it.
    var post: String { posts.first?.text.string ?? name }

    func has(_ record: TypedRecord) -> Bool {
      record.text(of: declaration.operands[0].column)?.isSpelled(name) ?? false
    }

    func isPost(_ post: Text) -> Bool { posts.contains { $0.length(atStartOf: post.bytes) != nil } }
  }

  private struct Signer {
    let post: Text
    let name: Text
    /// The index of the part; nil for a post that no part signs with.
    let part: Int?
  }

  init(_ declarations: [ResolvedDeclaration]) { parts = declarations.compactMap(Part.init) }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    guard let first = parts.first?.declaration else { return [] }
    var problems: [Diagnostic] = []
    let people = data.records.records(ofType: first.type).map { record in
      (record, data.documents.indices(for: record, ofType: first.type, among: data.records))
    }
    let signers = signers(&data)
    for (index, document) in data.documents.documents.enumerated()
    where document.name.kind == first.declaration.kind {
      let own = people.filter { $0.1.contains(index) }.map(\.0)
      // Where nobody is named, that is told already.
      if own.isEmpty { continue }
      for part in parts where !own.contains(where: part.has) {
        let problem = MeetingProblem.nobodyWithPart(part.name, post: part.post)
        problems.append(
          part.declaration.broken(.meeting(problem), at: document.record.record.place))
      }
      problems += self.problems(signers.filter { $0.1.contains(index) }.map(\.0), own)
    }
    return problems
  }

  /// The records of signers, each with the documents that it signs.
  private func signers(_ data: inout CheckedData) -> [(Signer, [Int])] {
    guard
      let type = data.schema.types.firstIndex(where: {
        $0.name.isSpelled(ToldElsewhere.signerType)
      })
    else { return [] }
    var signers: [(Signer, [Int])] = []
    for record in data.records.records(ofType: type) {
      guard let post = record.record.firstFilled("chuc_vu"),
        let name = record.record.firstFilled("ho_ten")
      else { continue }
      let indices = data.documents.indices(for: record, ofType: type, among: data.records)
      signers.append(
        (Signer(post: post, name: name, part: parts.firstIndex { $0.isPost(post) }), indices))
    }
    return signers
  }

  private func problems(_ signers: [Signer], _ people: [TypedRecord]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for signer in signers {
      guard let part = signer.part.map({ parts[$0] }) else { continue }
      let names = people.filter(part.has).compactMap {
        $0.text(of: part.declaration.operands[1].column)
      }
      guard let known = names.first, !names.contains(where: { $0.isName(like: signer.name) })
      else { continue }
      let problem = MeetingProblem.signerWithoutPart(
        signer.name.string, post: signer.post.string, part: part.name,
        known: names.map { "«\($0.string)»" })
      problems.append(
        part.declaration.broken(.meeting(problem), at: signer.name, comparedWith: [known]))
    }
    let found = signers.compactMap(\.part)
    // Who signs alone, or for a party, is told elsewhere.
    guard signers.count > 1, found.count == signers.count else { return problems }
    if let other = parts.indices.first(where: { !found.contains($0) }) {
      let problem = MeetingProblem.nobodySignsWith(parts[other].post)
      problems.append(
        parts[other].declaration.broken(.meeting(problem), at: signers[1].post))
    }
    for (left, right) in zip(signers, signers.dropFirst()) {
      guard let part = left.part, let next = right.part, next < part else { continue }
      let problem = MeetingProblem.signersOutOfOrder(
        right.post.string, after: left.post.string)
      problems.append(
        parts[next].declaration.broken(
          .meeting(problem), at: right.post, comparedWith: [left.post]))
    }
    return problems
  }
}

extension Text {
  /// Tells whether one name is the other, or ends with it: a rank may stand before.
  fileprivate func isName(like other: Text) -> Bool {
    let (own, name) = (folded(bytes), folded(other.bytes))
    return own.count < name.count ? name.ends(with: own) : own.ends(with: name)
  }
}

/// Checks the numbers of those who were called to a meeting and came against the people of the file.
struct AttendanceChecks {
  private let declaration: ResolvedDeclaration

  private static let absent = "vang"

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    let people = declaration.operands[2]
    var (absent, named) = ([Int: Int](), [Int: Int]())
    for record in data.records.records(ofType: people.type) {
      guard let part = record.text(of: people.column) else { continue }
      let isAbsent = part.isSpelled(Self.absent)
      let indices = data.documents.indices(for: record, ofType: people.type, among: data.records)
      for index in indices {
        if isAbsent { absent[index, default: 0] += 1 } else { named[index, default: 0] += 1 }
      }
    }
    var problems: [Diagnostic] = []
    for (index, document) in data.documents.documents.enumerated()
    where declaration.isAbout(document.record) {
      guard let text = document.record.text(of: declaration.operands[0].column),
        let present = text.wholeNumber
      else { continue }
      let called = document.record.text(of: declaration.operands[1].column)
      let (missing, coming) = (absent[index] ?? 0, named[index] ?? 0)
      if let called, let invited = called.wholeNumber, missing > 0, present <= invited,
        present + missing > invited
      {
        let problem = MeetingProblem.absentAndPresent(
          present: present, absent: missing, invited: invited)
        problems.append(declaration.broken(.meeting(problem), at: text, comparedWith: [called]))
      } else if present < coming {
        let problem = MeetingProblem.fewerPresentThanNamed(present: present, named: coming)
        problems.append(declaration.broken(.meeting(problem), at: text))
      }
    }
    return problems
  }
}

extension Text {
  /// The number that it is, with points between thousands; nil for any other text.
  var wholeNumber: Int? { bytes.filter { $0 != UInt8(ascii: ".") }.number }
}
