import Texts

/// One thing that is wrong, or worth a look, in what the user gave us.
///
/// The kind is closed and carries its values; all wording stands in the tables of this module.
public struct Diagnostic: Error, Sendable {
  public var kind: Kind
  /// The place that is wrong; nil where the thing stands in no text (a folder that is not there).
  public var place: Text?
  /// Further places that explain it: the record that lacks a field, the line that includes a file.
  public var notes: [Note]

  public struct Note: Sendable {
    public let kind: NoteKind
    public let place: Text?

    public init(_ kind: NoteKind, at place: Text?) {
      self.kind = kind
      self.place = place
    }
  }

  public init(_ kind: Kind, at place: Text?, notes: [Note] = []) {
    self.kind = kind
    self.place = place
    self.notes = notes
  }

  public var severity: Severity { kind.severity }

  /// Without the rules that stand in another file, a schema: whoever fills in a data file cannot
  /// change them.
  public var forDataAuthors: Diagnostic {
    let file = place?.place.source.name
    return Diagnostic(
      kind, at: place,
      notes: notes.filter { $0.kind != .ruledHere || $0.place?.place.source.name == file })
  }
}

/// Many problems at once: what a phase throws that read on after the first.
public struct Problems: Error, Sendable {
  public let diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// Runs work that stops at its first problem as a part of work that collects them.
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

public enum Severity: Sendable {
  /// The document is refused.
  case error
  /// The document is made; somebody should look.
  case warning
}

/// The language of messages: Vietnamese unless `BAOCAO_LANG=en`.
public enum Language: Sendable {
  case vietnamese
  case english
}

/// Which phase found it, and what. Indirect, for whatever may throw a diagnostic keeps room for one.
public indirect enum Kind: Sendable {
  case source(SourceProblem)
  case records(RecordsProblem)
  case template(TemplateProblem)
  case value(ValueProblem)
  case markdown(MarkdownProblem)
  case report(ReportProblem)
  case form(FormProblem)
  case sheet(SheetProblem)
  case collection(CollectionProblem)
  case check(CheckProblem)

  var wording: Wording {
    switch self {
    case .source(let problem): problem.wording
    case .records(let problem): problem.wording
    case .template(let problem): problem.wording
    case .value(let problem): problem.wording
    case .markdown(let problem): problem.wording
    case .report(let problem): problem.wording
    case .form(let problem): problem.wording
    case .sheet(let problem): problem.wording
    case .collection(let problem): problem.wording
    case .check(let problem): problem.wording
    }
  }

  /// Stable over versions: a letter for the phase and three digits.
  public var code: String { wording.code }
  public var severity: Severity { wording.severity }
}

/// A row of a table of wording: what is wrong, and what to do instead, in both languages.
struct Wording {
  let code: String
  var severity: Severity = .error
  let vietnamese: String
  let english: String
  /// What to type instead; empty where the sentence says it already.
  var hint: (vietnamese: String, english: String) = ("", "")

  init(
    _ code: String, _ vietnamese: String, _ english: String,
    hint: (vietnamese: String, english: String) = ("", ""), severity: Severity = .error
  ) {
    self.code = code
    self.vietnamese = vietnamese
    self.english = english
    self.hint = hint
    self.severity = severity
  }
}
