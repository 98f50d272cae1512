import Diagnostics
import Texts
import Records
import Templating
import Vietnamese

extension Totals {
  /// The rec text of the total: the plan's other records, the totals, the columns, a record for each
  /// unit, the comparisons of units, and the units that are missing.
  func text() -> [UInt8] {
    var writer = Writer()
    writer.writeComment(
      "# Tổng hợp từ \(units.count)/\(plan.units.count) đơn vị bằng «baocao collect».")
    writer.writeComment("# Đừng sửa số liệu ở đây: sửa tệp của đơn vị rồi tổng hợp lại.")
    writer.endBlock()
    var bytes = writer.bytes + Array("\n".utf8) + plan.file.setsToCopy
    writer = Writer()
    writeFigures(to: &writer)
    writeColumns(to: &writer)
    writeUnits(to: &writer)
    unitComparisons?.write(units, plan, to: &writer)
    writeMissing(to: &writer)
    writeOutside(to: &writer)
    bytes += Array("\n".utf8) + writer.bytes
    return bytes
  }

  private func writeFigures(to writer: inout Writer) {
    writer.writeComment("# Số tổng; tỷ lệ tính lại từ các số tổng.")
    writer.writeField("%rec", "so_lieu")
    writer.endBlock()
    for indicator in plan.indicators {
      guard let total = totals[indicator.code] else { continue }
      writer.writeField("chi_tieu", indicator.name)
      writer.writeField("gia_tri", total.vietnamese)
      writer.writeField("don_vi", indicator.measure)
      if let comparison = comparisons[indicator.code] {
        writer.writeField("ky_truoc", comparison.old.vietnamese)
        writer.writeField("chenh_lech", comparison.difference.vietnamese)
        if let percent = comparison.percent { writer.writeField("phan_tram", percent.vietnamese) }
        writer.writeField("tang_giam", comparison.words)
      }
      for field in indicator.copiedFields { writer.writeField(field.name.string, field.value) }
      writer.endBlock()
    }
  }

  private func writeColumns(to writer: inout Writer) {
    writer.writeField("%rec", "cot_bang")
    writer.endBlock()
    for indicator in plan.indicators {
      writer.writeField("ma", indicator.code)
      writer.writeField("chi_tieu", indicator.name)
      writer.writeField("ten_cot", indicator.columnTitle)
      writer.writeField("don_vi", indicator.measure)
      writer.endBlock()
    }
  }

  private func writeUnits(to writer: inout Writer) {
    let codes = plan.indicators.map(\.code)
    writer.writeComment("# Số liệu của từng đơn vị, theo thứ tự của danh sách đơn vị.")
    writer.writeField("%rec", "bang_don_vi")
    writer.writeField("%mandatory", "don_vi")
    writer.writeField("%allowed", "don_vi hang " + codes.joined(separator: " "))
    writer.writeField("%unique", codes.joined(separator: " "))
    writer.writeFigureType(ofFields: codes)
    for indicator in plan.indicators {
      writer.writeField("nhan", "\(indicator.code) \(indicator.columnTitle.string)")
      writer.writeField("don_vi", "\(indicator.code) \(indicator.measure.string)")
    }
    writer.endBlock()
    for unit in units {
      guard let name = unit.name else { continue }
      writer.writeField("don_vi", name)
      if let rank = rank(of: unit) { writer.writeField("hang", String(rank)) }
      for code in codes {
        if let value = unit.figures[code] { writer.writeField(code, value.vietnamese) }
      }
      writer.endBlock()
    }
  }

  /// The rank of a unit, from 1; units with the same figure have the same rank.
  private func rank(of unit: CollectedUnit) -> Int? {
    guard let ranking = plan.ranking, let own = unit.figures[ranking.code] else { return nil }
    return 1
      + units.compactMap { $0.figures[ranking.code] }.count {
        ranking.lowestFirst ? $0 < own : own < $0
      }
  }

  private func writeMissing(to writer: inout Writer) {
    let units = missing.map { ($0.name, $0.isLeftOut ? "bo_ra" : "chua_bao_cao") }
    write(units, ofType: "don_vi_thieu", to: &writer)
  }

  private func writeOutside(to writer: inout Writer) {
    let units = outside.map { ($0.name, $0.reason.rawValue) }
    write(units, ofType: "don_vi_ngoai_so_sanh", to: &writer)
  }

  /// Writes the names of units, and why each is in the list; nothing where there are none.
  private func write(
    _ units: [(name: Text, reason: String)], ofType type: String, to writer: inout Writer
  ) {
    guard !units.isEmpty else { return }
    writer.writeField("%rec", type)
    writer.endBlock()
    for unit in units {
      writer.writeField("don_vi", unit.name)
      writer.writeField("ly_do", unit.reason)
      writer.endBlock()
    }
  }
}

extension Writer {
  /// Writes the type of fields that hold exact figures, also below 0.
  mutating func writeFigureType(ofFields codes: [String]) {
    writeField("%typedef", "so regexp !^-?[0-9]+([.][0-9]{3})*(,[0-9]+)?$!")
    writeField("%type", codes.joined(separator: ",") + " so")
  }
}

extension DataFile {
  /// The text of the plan's record sets that are no instructions, with the comments in them and right
  /// above them.
  fileprivate var setsToCopy: [UInt8] {
    let source = database.source
    let sets = Array(database.recordSets)
    let starts = sets.map { set in
      source.startOfBlock(at: set.descriptorRecord.map { Int($0.text.range.start) } ?? 0)
    }
    var bytes: [UInt8] = []
    for (index, set) in sets.enumerated() {
      if CollectionPlan.instructionTypes.contains(set.type?.string ?? "") { continue }
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
  /// The start of the line at an offset, or of the comment lines right above it.
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
