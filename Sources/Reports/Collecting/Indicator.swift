import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

/// An indicator (chỉ tiêu): a figure that the plan computes for every unit and for all together.
struct Indicator {
  /// The name of its column in the total's tables, and by which rates refer to it.
  let code: String
  let name: Text
  let columnTitle: Text
  /// The unit of measure: `đơn`, `%`.
  let measure: Text
  let computation: Computation
  /// The number of digits after the comma of rates and of changes in per cent.
  let digits: Int
  /// Tells whether a change is told in the unit of measure instead of per cent.
  let comparesInMeasure: Bool
  let mayBeNegative: Bool
  /// Tells whether it is a rate that may be more than its whole, as a growth.
  let mayExceed: Bool
  /// The fields that are copied into the total: `muc`, `cau_dau`, `cau_cuoi`.
  let copiedFields: [Field]
  /// The place in the plan that asks for it.
  let place: Text

  /// The way to compute an indicator of one unit; see `cach` in `khung/tong-hop.rec`.
  enum Computation {
    /// The sum of a field over all records, or over those that meet a condition.
    case sum(CollectionPlan.Address, where: Condition?)
    /// The number of records.
    case count(CollectionPlan.Address, where: Condition?)
    /// A rate in per cent of two other indicators, given by their codes.
    case rate(part: String, whole: String)
  }

  /// A field and the value that it must have: `chi_tieu Đơn tiếp nhận`.
  struct Condition {
    let field: String
    let value: Text

    init(_ text: Text) {
      let string = text.string
      let end = string.firstIndex(of: " ") ?? string.endIndex
      field = String(string[..<end])
      value = Text(string[end...].split(separator: " ").joined(separator: " "))
    }
  }

  /// The condition that records of a unit must meet to count; nil where all do.
  var condition: Condition? {
    switch computation {
    case .sum(_, where: let condition), .count(_, where: let condition): condition
    case .rate: nil
    }
  }

  /// Reads a `chi_tieu_tong_hop` record; nil where mandatory fields are missing.
  init?(_ record: Record, _ register: UnitRegister) {
    func value(_ name: String) -> Text? { record.field(name)?.value }
    guard let code = value("ma"), let name = value("chi_tieu"), let measure = value("don_vi")
    else { return nil }
    (self.code, self.name, self.measure) = (code.string, name, measure)
    columnTitle = value("ten_cot") ?? name
    let condition = value("tai").map(Condition.init)
    switch (value("cach")?.string, value("lay")) {
    case ("cong", let address?):
      computation = .sum(CollectionPlan.Address(address), where: condition)
    case ("dem", let address?):
      computation = .count(CollectionPlan.Address(address), where: condition)
    default:
      computation = .rate(part: value("tu")?.string ?? "", whole: value("mau")?.string ?? "")
    }
    digits = value("le").flatMap { Int($0.string) } ?? 1
    comparesInMeasure = value("so_sanh")?.string == "tuyet_doi"
    mayBeNegative = value("so_am") != nil
    copiedFields = record.fields.filter {
      ["muc", "cau_dau", "cau_cuoi"].contains($0.name.string)
    }
    let names = [name, measure, columnTitle] + copiedFields.map(\.value)
    mayExceed = register.excess(names, name: name) != .impossible
    place = code
  }
}

extension Indicator.Condition? {
  /// Tells whether a record has the value; without a condition every record does.
  func isMet(by record: Record) -> Bool {
    guard let self else { return true }
    return record.field(self.field)?.value.isSame(as: self.value) ?? false
  }
}

extension Text {
  /// Tells whether it is the same name, in small or capital letters.
  func isSame(as other: Text) -> Bool {
    // The small and the capital form of a letter have the same number of bytes.
    count == other.count && (self == other || lowercased(bytes) == lowercased(other.bytes))
  }
}

extension Indicator {
  /// The problem of a rate of a part that is more than its whole; nil where it is not, or may be.
  ///
  /// - Parameters:
  ///   - place: of the part.
  ///   - other: of the whole.
  func problem(
    ofRate rate: Decimal, _ plan: CollectionPlan, at place: Text, comparedWith other: Text?
  ) -> Diagnostic? {
    guard case .rate(let part, let whole) = computation, Decimal(100) < rate, !mayExceed else {
      return nil
    }
    let problem = CollectionProblem.partOverWhole(
      part: plan.name(ofIndicator: part), whole: plan.name(ofIndicator: whole),
      rate: rate.vietnamese)
    let compared = other.map { [Diagnostic.Note(.comparedWith, at: $0)] } ?? []
    return Diagnostic(
      .collection(problem), at: place,
      notes: compared + [Diagnostic.Note(.plannedHere, at: self.place)])
  }

  /// The rate in per cent, computed from the figures of other indicators by their codes; nil where
  /// both are 0, and for indicators that are no rates.
  ///
  /// - Throws: at `place`, that only the whole is 0, or that the figures have too many digits.
  func rate(
    of figures: [String: Decimal], _ plan: CollectionPlan, at place: Text
  ) throws(Diagnostic) -> Decimal? {
    guard case .rate(let part, let whole) = computation, let above = figures[part],
      let below = figures[whole]
    else { return nil }
    if below == Decimal(0) {
      if above == Decimal(0) { return nil }
      throw Diagnostic(
        .collection(
          .shareOfNothing(
            part: plan.name(ofIndicator: part), whole: plan.name(ofIndicator: whole))),
        at: place,
        notes: [Diagnostic.Note(.plannedHere, at: self.place)])
    }
    guard let rate = percentage(above, of: below, digits: digits) else {
      throw Diagnostic(.collection(.tooLarge(name.string)), at: place)
    }
    return rate
  }
}

/// A part of a whole in per cent, rounded half away from zero, as offices round; nil where a figure
/// has too many digits.
///
/// The quotient is computed to 28 digits first, which rounds figures of up to 20 digits only once.
func percentage(_ part: Decimal, of whole: Decimal, digits: Int) -> Decimal? {
  part.multiplied(by: Decimal(100))?.divided(by: whole)?.rounded(to: digits, .halfUp)
}
