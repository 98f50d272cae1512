import Diagnostics
import Records
import Texts
import Vietnamese

/// The period of the last data file, and that of the form that is made from it.
struct FormPeriods {
  private let old: Period?
  private let new: Period?
  /// Tells whether the new period was asked for, rather than being the next one.
  private let isGiven: Bool

  /// - Parameter wanted: the new period as it was asked for, in which `_` may stand for a blank; nil
  /// for the next one.
  init(from old: Database?, to wanted: String?, into problems: inout [Diagnostic]) {
    let written = old?.records(ofType: Schema.matterType).first?.field(Schema.periodField)?.value
    let oldPeriod = written.flatMap { try? Period($0) }
    let given = wanted.flatMap { try? Period(Text($0.replacing("_", with: " "))) }
    (self.old, isGiven) = (oldPeriod, given != nil)
    new = given ?? oldPeriod?.next
    if let wanted, given == nil {
      problems.append(Diagnostic(.form(.notAPeriod(wanted)), at: nil))
    }
    if let given, let oldPeriod, given.endsAfter(oldPeriod) == false {
      problems.append(
        Diagnostic(.form(.periodNotLater(given.written, old: oldPeriod.written)), at: written))
    }
  }

  /// Tells whether figures of the old period stand beside those of the new one: it is the same
  /// period of a later year.
  var areCompared: Bool {
    guard let old, let new else { return false }
    return old.isAlike(new) && new.endsAfter(old) ?? false
  }

  /// The value of a field that holds a period; nil where the form leaves it to be filled in.
  func value(of rule: FieldRule, in type: RecordType, after values: [String]) -> String? {
    let isOfMatter = type.name.isSpelled(Schema.matterType)
    if isOfMatter, rule.name.isSpelled(Schema.comparedPeriodField) {
      return areCompared ? comparedPeriod : nil
    }
    guard rule.typeName?.string == ValueType.ky.rawValue else { return nil }
    if isGiven, isOfMatter {
      return (rule.name.isSpelled(Schema.periodField) ? new : new?.following)?.written
    }
    let next = values.first.flatMap { try? Period(Text($0)) }?.next
    return
      (isOfMatter && !rule.name.isSpelled(Schema.periodField) ? next?.ending(after: new) : next)?
      .written
  }

  private var comparedPeriod: String? {
    guard let old, let new else { return nil }
    return old == new.samePeriodLastYear ? new.compared : old.written
  }

  /// Tells whether something with a deadline is still to be done when the new period ends. What has
  /// no day, as `thường xuyên`, is.
  func isOngoing(_ deadline: Text) -> Bool {
    guard let end = new?.lastDay, let day = (try? Deadline(deadline))?.lastDay else { return true }
    return end < day
  }
}

extension Period {
  /// The first of the periods that follow each other from this one on that ends after another: who
  /// reports on ten years may plan for five.
  fileprivate func ending(after other: Period?) -> Period? {
    var period = self
    while let other, period.endsAfter(other) == false {
      guard let next = period.next, next.endsAfter(period) == true else { return nil }
      period = next
    }
    return period
  }
}
