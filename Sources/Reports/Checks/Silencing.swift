import Diagnostics
import Texts
import Records

/// The fields `bo_qua: CODE reason` of a data file: checks that it passes over, in the record they
/// stand in; in the record of the matter, in the whole file.
struct Silencing: Sendable {
  private var entries: [Entry] = []
  private(set) var problems: [Diagnostic] = []

  private struct Entry: Sendable {
    let code: String
    /// The range in which it silences; nil for the whole file.
    let scope: SourceRange?
    let place: Text
    var isUsed = false
  }

  static let field = "bo_qua"

  /// Makes that of a file that has none of these fields.
  init() {}

  init(_ database: Database) {
    for set in database.recordSets {
      let isOfMatter = set.type?.string == Schema.matterType
      for record in set.records {
        for field in record.fields where field.name.count == 6 && field.name.string == Self.field {
          add(field, isOfMatter ? nil : record.text.range)
        }
      }
    }
  }

  private mutating func add(_ field: Field, _ scope: SourceRange?) {
    let words = field.value.words
    let place = field.value.isEmpty ? field.name : field.value
    guard let code = words.first?.string else { return }
    if !CheckProblem.silenceable.contains(code) {
      let problem = CheckProblem.notSilenceable(code, known: CheckProblem.silenceable)
      problems.append(Diagnostic(.check(problem), at: place))
    } else if words.count < 2 {
      problems.append(Diagnostic(.check(.silencedWithoutReason(code)), at: place))
    } else {
      entries.append(Entry(code: code, scope: scope, place: words[0]))
    }
  }

  /// Leaves out what is silenced.
  mutating func filter(_ problems: [Diagnostic]) -> [Diagnostic] {
    entries.isEmpty ? problems : problems.filter { !silences($0) }
  }

  private mutating func silences(_ problem: Diagnostic) -> Bool {
    let code = problem.kind.code
    var isSilenced = false
    for index in entries.indices where entries[index].code == code {
      if let scope = entries[index].scope {
        guard let place = problem.place?.place.range, place.start >= scope.start,
          place.end <= scope.end
        else { continue }
      }
      entries[index].isUsed = true
      isSilenced = true
    }
    return isSilenced
  }

  /// Fields that silenced nothing, of the codes that were checked.
  func unused(among codes: (String) -> Bool) -> [Diagnostic] {
    entries.filter { !$0.isUsed && codes($0.code) }.map {
      Diagnostic(.check(.nothingSilenced($0.code)), at: $0.place)
    }
  }
}
