import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

/// The total while it is being made.
struct TotalText {
  private let plan: CollectionPlan
  /// In the order of the list of units.
  private let units: [CollectedUnit]
  private let leftOut: [CollectedUnit]
  /// Units of the list without figures here, and whether their files were left out.
  private let missing: [(name: Text, isLeftOut: Bool)]
  private var totals: [String: Decimal] = [:]
  private var comparisons: [String: FigureComparison] = [:]
  private var missingOldFigures: [Diagnostic] = []
  private var unitComparisons: UnitComparisons?

  init(_ plan: CollectionPlan, _ units: [CollectedUnit], leftOut: [CollectedUnit]) {
    (self.plan, self.units, self.leftOut) = (plan, units, leftOut)
    missing = plan.units.enumerated().filter { unit in
      !units.contains { $0.index == unit.offset }
    }.map { unit in (unit.element, leftOut.contains { $0.index == unit.offset }) }
  }

  var warnings: [Diagnostic] {
    let lost = leftOut.map { unit in
      let problem = CollectionProblem.leftOut(
        unit.name?.string ?? unit.path, errors: max(1, unit.problems.count))
      return Diagnostic(.collection(problem), at: unit.name ?? unit.file?.database.source.firstLine)
    }
    let silent = missing.filter { !$0.isLeftOut }.map {
      Diagnostic(.collection(.notReported($0.name.string)), at: $0.name)
    }
    return lost + silent + missingOldFigures + (unitComparisons?.warnings ?? [])
  }

  mutating func addUp() throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in
      for figure in plan.figures {
        if case .rate = figure.way { continue }
        var sum = Decimal(0)
        for unit in units {
          guard let value = unit.figures[figure.code], let next = sum.adding(value) else {
            throw Diagnostic(.collection(.tooLarge(figure.name.string)), at: unit.name)
          }
          sum = next
        }
        totals[figure.code] = sum
      }
      for figure in plan.figures {
        let rate = try figure.rate(of: totals, plan, at: figure.place)
        if let rate { totals[figure.code] = rate }
      }
    }
  }

  // MARK: - The same period of last year

  mutating func compare(with old: DataFile) throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in
      guard let wanted = plan.wanted.period.samePeriodLastYear else {
        throw Diagnostic(
          .collection(.noPeriodBefore(plan.wanted.text.string)), at: plan.wanted.text)
      }
      let found = try old.value(at: plan.period)
      guard try Period(found) == wanted else {
        throw otherPeriod(found, wanted: plan.wanted.text, as: wanted.written)
      }
      let records = old.records(ofType: "so_lieu")
      for figure in plan.figures {
        guard let new = totals[figure.code] else { continue }
        try compare(figure, new, among: records)
      }
      unitComparisons = try UnitComparisons(units, plan, with: old)
    }
  }

  private mutating func compare(
    _ figure: CollectedFigure, _ new: Decimal, among records: [Record]
  ) throws(Diagnostic) {
    guard let record = records.first(where: { $0.field("chi_tieu")?.value == figure.name }),
      let text = record.field("gia_tri")?.value
    else {
      missingOldFigures.append(
        Diagnostic(.collection(.noOldFigure(figure.name.string)), at: figure.name))
      return
    }
    if let found = record.field("don_vi")?.value, found != figure.measure {
      let problem = CollectionProblem.otherMeasure(
        found: found.string, wanted: figure.measure.string)
      throw Diagnostic(
        .collection(problem), at: found, notes: [Diagnostic.Note(.plannedHere, at: figure.measure)])
    }
    let old = try exactFigure(text, in: record, hedgeField: "uoc")
    guard let comparison = FigureComparison(new, old, figure) else {
      throw Diagnostic(.collection(.tooLarge(text.string)), at: text)
    }
    comparisons[figure.code] = comparison
  }

  // MARK: - Writing

  func written() -> [UInt8] {
    var writer = Writer()
    writer.comment("Tổng hợp từ \(units.count)/\(plan.units.count) đơn vị bằng «baocao collect».")
    writer.comment("Đừng sửa số liệu ở đây: sửa tệp của đơn vị rồi tổng hợp lại.")
    writer.endBlock()
    var bytes = writer.bytes + Array("\n".utf8) + plan.file.setsToCopy
    writer = Writer()
    writeFigures(to: &writer)
    writeColumns(to: &writer)
    writeUnits(to: &writer)
    unitComparisons?.write(units, plan, to: &writer)
    writeMissing(to: &writer)
    bytes += Array("\n".utf8) + writer.bytes
    return bytes
  }

  private func writeFigures(to writer: inout Writer) {
    writer.comment("Số tổng; tỷ lệ tính lại từ các số tổng.")
    writer.field("%rec", "so_lieu")
    writer.endBlock()
    for figure in plan.figures {
      guard let total = totals[figure.code] else { continue }
      writer.field("chi_tieu", figure.name)
      writer.field("gia_tri", total.vietnamese)
      writer.field("don_vi", figure.measure)
      if let comparison = comparisons[figure.code] {
        writer.field("ky_truoc", comparison.old.vietnamese)
        writer.field("chenh_lech", comparison.difference.vietnamese)
        if let percent = comparison.percent { writer.field("phan_tram", percent.vietnamese) }
        writer.field("tang_giam", comparison.words)
      }
      for field in figure.further { writer.field(field.name.string, field.value) }
      writer.endBlock()
    }
  }

  private func writeColumns(to writer: inout Writer) {
    writer.field("%rec", "cot_bang")
    writer.endBlock()
    for figure in plan.figures {
      writer.field("ma", figure.code)
      writer.field("chi_tieu", figure.name)
      writer.field("ten_cot", figure.columnTitle)
      writer.field("don_vi", figure.measure)
      writer.endBlock()
    }
  }

  private func writeUnits(to writer: inout Writer) {
    let codes = plan.figures.map(\.code)
    writer.comment("Số liệu của từng đơn vị, theo thứ tự của danh sách đơn vị.")
    writer.field("%rec", "bang_don_vi")
    writer.field("%mandatory", "don_vi")
    writer.field("%allowed", "don_vi hang " + codes.joined(separator: " "))
    writer.field("%unique", codes.joined(separator: " "))
    writer.field("%typedef", "so regexp !^-?[0-9]+([.][0-9]{3})*(,[0-9]+)?$!")
    writer.field("%type", codes.joined(separator: ",") + " so")
    for figure in plan.figures {
      writer.field("nhan", "\(figure.code) \(figure.columnTitle.string)")
      writer.field("don_vi", "\(figure.code) \(figure.measure.string)")
    }
    writer.endBlock()
    for unit in units {
      guard let name = unit.name else { continue }
      writer.field("don_vi", name)
      if let rank = rank(of: unit) { writer.field("hang", String(rank)) }
      for code in codes {
        if let value = unit.figures[code] { writer.field(code, value.vietnamese) }
      }
      writer.endBlock()
    }
  }

  /// Units with the same figure have the same rank.
  private func rank(of unit: CollectedUnit) -> Int? {
    guard let ranking = plan.ranking, let own = unit.figures[ranking.code] else { return nil }
    return 1
      + units.compactMap { $0.figures[ranking.code] }.count {
        ranking.lowestFirst ? $0 < own : own < $0
      }
  }

  private func writeMissing(to writer: inout Writer) {
    guard !missing.isEmpty else { return }
    writer.field("%rec", "don_vi_thieu")
    writer.endBlock()
    for unit in missing {
      writer.field("don_vi", unit.name)
      writer.field("ly_do", unit.isLeftOut ? "bo_ra" : "chua_bao_cao")
      writer.endBlock()
    }
  }
}

extension Writer {
  mutating func comment(_ text: String) {
    writeComment(Array("# \(text)".utf8)[...])
  }

  mutating func field(_ name: String, _ value: Text) {
    writeField(name: Array(name.utf8)[...], value: value.bytes)
  }

  mutating func field(_ name: String, _ value: String) {
    writeField(name: Array(name.utf8)[...], value: Array(value.utf8)[...])
  }
}

extension DataFile {
  /// The record sets that are not instructions, as they stand, with the comments right above
  /// and inside them.
  fileprivate var setsToCopy: [UInt8] {
    let source = database.source
    let sets = Array(database.recordSets)
    let starts = sets.map { set in
      source.startOfBlock(at: set.descriptorRecord.map { Int($0.text.range.start) } ?? 0)
    }
    var bytes: [UInt8] = []
    for (index, set) in sets.enumerated() {
      if CollectionPlan.ownTypes.contains(set.type?.string ?? "") { continue }
      let end = index + 1 < sets.count ? starts[index + 1] : source.bytes.count
      var piece = source.bytes[starts[index]..<end]
      while piece.last == UInt8(ascii: "\n") { piece = piece.dropLast() }
      bytes += bytes.isEmpty ? [] : [UInt8(ascii: "\n")]
      bytes += piece + [UInt8(ascii: "\n")]
    }
    return bytes
  }
}

extension Source {
  /// The start of the line at an offset, or of the comments that stand right above it.
  fileprivate func startOfBlock(at offset: Int) -> Int {
    var start = lineRange(at: offset).lowerBound
    while start > 0 {
      let above = lineRange(at: start - 1)
      guard bytes[above].first == UInt8(ascii: "#") else { break }
      start = above.lowerBound
    }
    return start
  }
}
