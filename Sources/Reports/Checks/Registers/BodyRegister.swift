import Diagnostics
import Texts
import Records
import Vietnamese

/// Bodies and levels of administration with the days on which they began and ended: the register
/// `so-bo/to-chuc.rec`.
struct BodyRegister: Sendable {
  private(set) var names = PhraseTable()
  private(set) var bodies: [Body] = []
  private static let form = RegisterForm(
    "so-bo/to-chuc.rec",
    """
    %rec: to_chuc
    %mandatory: ten
    %allowed: tu_ngay den_ngay kiem_chung
    %unique: tu_ngay den_ngay kiem_chung
    """)

  struct Body: Sendable {
    /// Its name in the register.
    let place: Text
    let from: CalendarDate?
    let until: CalendarDate?
    let isSure: Bool

    /// Tells why it is not there on a day; nil where it is.
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
    guard let database = try folder.register(form, into: &problems) else {
      return register
    }
    for record in database.records(ofType: "to_chuc") {
      register.add(record)
    }
    return register
  }

  private mutating func add(_ record: Record) {
    let names = record.values("ten")
    guard let place = names.first else { return }
    func day(_ name: String) -> CalendarDate? {
      record.field(name).flatMap { CalendarDate(dayOf: $0.value) }
    }
    for name in names { self.names.insert(name, bodies.count) }
    bodies.append(
      Body(
        place: place, from: day("tu_ngay"), until: day("den_ngay"),
        isSure: record.field("kiem_chung")?.value.string != "chua"))
  }

  /// Tells whether every body of the register is there from a day to another, so that no text needs
  /// to be looked at.
  func allExist(from first: CalendarDate, until last: CalendarDate) -> Bool {
    bodies.allSatisfy { $0.absence(on: first) == nil && $0.absence(on: last) == nil }
  }
}
