import Diagnostics
import Texts
import Records
import Vietnamese

/// Bodies that were not there at some time, as far as their names can be told at one look.
final class AbsentBodies: Sendable {
  let firstWords: WordFilter
  /// What their names begin with.
  let starts: PhraseFilter
  fileprivate let names: PhraseTable
  /// For each body of the register.
  fileprivate let areAbsent: [Bool]

  fileprivate init(_ names: PhraseTable, _ areAbsent: [Bool], firstWords: WordFilter) {
    (self.names, self.areAbsent, self.firstWords) = (names, areAbsent, firstWords)
    var starts = PhraseFilter()
    names.insertStarts(into: &starts) { areAbsent[$0] }
    self.starts = starts
  }

  /// Adds what their names begin with.
  func insertStarts(into filter: inout PhraseFilter) {
    names.insertStarts(into: &filter) { areAbsent[$0] }
  }

  /// Whether one of them is named, be it as a part of a longer name; their ``firstWords`` are to be
  /// marked.
  func mayBeNamed(_ words: TextWords) -> Bool {
    for mark in words.marked {
      guard firstWords.mayHold(mark.key) else { continue }
      if let match = names.match(words, at: Int(mark.index)), areAbsent[match.payload] {
        return true
      }
    }
    return false
  }
}

/// Bodies and levels of administration with the days on which they began and ended: the register
/// `so-bo/to-chuc.rec`.
struct BodyRegister: Sendable {
  private(set) var names = PhraseTable()
  private(set) var bodies: [Body] = []
  /// Every name, with the index of its body.
  private var written: [(name: Text, body: Int)] = []

  static let file = "so-bo/to-chuc.rec"

  struct Body: Sendable {
    /// Where the register has it.
    let place: Text
    let from: CalendarDate?
    let until: CalendarDate?
    let isSure: Bool

    /// Why it is not there on a day; nil where it is.
    func absence(on day: CalendarDate) -> CheckProblem.Existence? {
      if let until, until < day { return .until(until.written) }
      if let from, day < from { return .from(from.written) }
      return nil
    }
  }

  static func read(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> BodyRegister {
    var register = BodyRegister()
    guard let source = try folder.source(named: file) else { return register }
    for record in Database.read(source, into: &problems).records(ofType: "to_chuc") {
      register.add(record)
    }
    return register
  }

  private mutating func add(_ record: Record) {
    let names = record.fields.filter { $0.name.string == "ten" }.map(\.value)
    guard let place = names.first else { return }
    func day(_ name: String) -> CalendarDate? {
      record.field(name).flatMap { try? calendarDate($0.value) }
    }
    for name in names {
      self.names.insert(name, bodies.count)
      written.append((name, bodies.count))
    }
    bodies.append(
      Body(
        place: place, from: day("tu_ngay"), until: day("den_ngay"),
        isSure: record.field("kiem_chung")?.value.string != "chua"))
  }

  /// The bodies that are there neither on the first day nor on the last.
  func absent(from first: CalendarDate, until last: CalendarDate) -> AbsentBodies {
    let areAbsent = bodies.map { $0.absence(on: first) != nil && $0.absence(on: last) != nil }
    var firstWords = WordFilter()
    for (name, index) in written where areAbsent[index] {
      guard let word = name.words.first else { continue }
      for form in PhraseTable.forms(of: word) { firstWords.insert(form) }
    }
    return AbsentBodies(names, areAbsent, firstWords: firstWords)
  }

  /// Whether every body of the register is there from a day to another, so that no text needs to
  /// be looked at.
  func allExist(from first: CalendarDate, until last: CalendarDate) -> Bool {
    bodies.allSatisfy { $0.absence(on: first) == nil && $0.absence(on: last) == nil }
  }
}
