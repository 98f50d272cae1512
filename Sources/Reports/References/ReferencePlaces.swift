import Diagnostics
import Records
import Texts

/// The places of a data file that refer to something by its code, `[[kinh-phi]]`.
struct ReferencePlaces {
  private let database: Database
  /// The sheets that tables are read from.
  private let sheets: [Source]

  init(in database: Database, _ sheets: [Source]) {
    (self.database, self.sheets) = (database, sheets)
  }

  /// The problems of the codes that a document refers to and does not have.
  ///
  /// - Parameters:
  ///   - known: the codes that it has.
  ///   - document: its name; records that go into other documents alone are not looked at.
  func problems(
    _ codes: [String], known: [String], in document: DocumentName
  ) -> [Diagnostic] {
    codes.flatMap { code -> [Diagnostic] in
      let isElsewhere = isDeclared(code)
      let problem: ReportProblem =
        isElsewhere
        ? .referenceNotPrinted(code, document: document.written)
        : .unknownMark(code, suggestion: nearest(to: code, among: known), known: known)
      let places = places(of: code, in: document)
      return (places.isEmpty ? [database.source.firstLine] : places).map {
        Diagnostic(.report(problem), at: $0)
      }
    }
  }

  /// Tells whether a record of the file has the code, though the document does not print it.
  private func isDeclared(_ code: String) -> Bool {
    BodyParts.codedTypes.contains { type in
      database.records(ofType: type).contains { $0.field("ma")?.value.string == code }
    }
  }

  private func places(of code: String, in document: DocumentName) -> [Text] {
    var places: [Text] = []
    for set in database.recordSets {
      for record in set.records {
        let names = record.values("trong")
        guard names.isEmpty || names.contains(where: { document.isMeant(by: $0) }) else { continue }
        for field in record.fields { places += field.value.marks(of: code) }
      }
    }
    for sheet in sheets { places += sheet.text.marks(of: code) }
    return places
  }
}

extension Text {
  /// The parts of a text that are `[[code]]`, in small letters or capitals.
  fileprivate func marks(of code: String) -> [Text] {
    var marks: [Text] = []
    withBytes { text in
      var start = 0
      while let open = text.first(of: ReferencePlaces.opening.span, from: start) {
        start = open + 2
        guard let end = text.first(of: ReferencePlaces.closing.span, from: start) else { return }
        let content = self.part(
          Int(range.start) + start..<Int(range.start) + end)
        if content.trimmed.string.lowercased() == code {
          marks.append(self.part(Int(range.start) + open..<Int(range.start) + end + 2))
        }
      }
    }
    return marks
  }
}

extension ReferencePlaces {
  fileprivate static let opening: [UInt8] = [.openBracket, .openBracket]
  fileprivate static let closing: [UInt8] = [.closeBracket, .closeBracket]
}

extension DocumentName {
  /// `tin-bai`, or `tin-bai-2` for the second.
  var written: String { number > 1 ? "\(kind)-\(number)" : kind }
}
