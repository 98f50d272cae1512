import Glibc
import Texts

/// One problem in what the user gave the program: its kind, its place, and places that explain it.
///
/// The kind is a closed enum whose cases carry the values that the message shows. All wording, in
/// Vietnamese and in English, stands in the tables of `Messages/`; ``message(in:)`` prints one.
public struct Diagnostic: Error, Sendable {
  public var kind: Kind
  /// The text to correct; nil where there is none, as for a folder that does not exist.
  public var place: Text?
  /// Further places that explain the problem, such as the record in which a field is repeated, or
  /// the line that includes the template at fault.
  public var notes: [Note]

  public init(_ kind: Kind, at place: Text?, notes: [Note] = []) {
    self.kind = kind
    self.place = place
    self.notes = notes
  }

  public var severity: Severity { kind.severity }

  /// The same problem without notes that point to a rule in another file: a clerk who fills in a
  /// data file cannot change the schema. `baocao check --quy-dinh` shows these notes too.
  public var forDataAuthors: Diagnostic {
    let file = place?.place.source.name
    return Diagnostic(
      kind, at: place,
      notes: notes.filter { $0.kind != .ruledHere || $0.place?.place.source.name == file })
  }
}

/// All problems of one phase, thrown together: readers and checks go on after the first.
public struct Problems: Error, Sendable {
  public let diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// Runs work that throws at its first problem inside a phase that throws ``Problems``.
  @inlinable
  public static func collecting<Result>(
    _ work: () throws(Diagnostic) -> Result
  ) throws(Problems) -> Result {
    do throws(Diagnostic) {
      return try work()
    } catch {
      throw Problems([error])
    }
  }
}

/// The weight of a problem.
public enum Severity: Sendable {
  /// Refuses the document.
  case error
  /// Leaves the document to be made, but somebody should look at the place.
  case warning
}

extension [Diagnostic] {
  /// Tells whether one of them refuses the document. Warnings are shown and stop nothing.
  public var hasErrors: Bool { contains { $0.severity == .error } }

  /// Lets the work go on where all of them are warnings.
  ///
  /// - Throws: all of them, where one is an error.
  public func throwIfErrors() throws(Problems) {
    if hasErrors { throw Problems(self) }
  }
}

/// The language of messages: Vietnamese, or English where `BAOCAO_LANG=en`.
public enum Language: Sendable {
  case vietnamese
  case english

  /// `BAOCAO_LANG=en` asks for English.
  public static var ofEnvironment: Language {
    guard let value = getenv("BAOCAO_LANG") else { return .vietnamese }
    return String(cString: value).hasPrefix("en") ? .english : .vietnamese
  }
}

/// The phase that found a problem, and what it found.
///
/// The enum is indirect to keep ``Diagnostic`` small: each function that throws one reserves room
/// for it in its frame.
public indirect enum Kind: Sendable {
  case source(SourceProblem)
  case records(RecordsProblem)
  case template(TemplateProblem)
  case value(ValueProblem)
  case markdown(MarkdownProblem)
  case report(ReportProblem)
  case table(TableProblem)
  case form(FormProblem)
  case sheet(SheetProblem)
  case collection(CollectionProblem)
  case check(CheckProblem)
  case print(PrintProblem)
  case office(OfficeProblem)
  case importing(ImportProblem)
  case conversion(ConversionProblem)
  case archive(ArchiveProblem)
  case finding(FindingProblem)
  case comparing(ComparisonProblem)
  case site(SiteProblem)

  var wording: Wording {
    switch self {
    case .source(let problem): problem.wording
    case .records(let problem): problem.wording
    case .template(let problem): problem.wording
    case .value(let problem): problem.wording
    case .markdown(let problem): problem.wording
    case .report(let problem): problem.wording
    case .table(let problem): problem.wording
    case .form(let problem): problem.wording
    case .sheet(let problem): problem.wording
    case .collection(let problem): problem.wording
    case .check(let problem): problem.wording
    case .print(let problem): problem.wording
    case .office(let problem): problem.wording
    case .importing(let problem): problem.wording
    case .conversion(let problem): problem.wording
    case .archive(let problem): problem.wording
    case .finding(let problem): problem.wording
    case .comparing(let problem): problem.wording
    case .site(let problem): problem.wording
    }
  }

  /// The code that stays the same over versions, a letter for the phase and three digits: `R001`.
  public var code: String { wording.code }
  public var severity: Severity { wording.severity }
}
