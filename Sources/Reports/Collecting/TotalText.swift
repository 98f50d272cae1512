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
    for indicator in plan.indicators {
      guard let total = totals[indicator.code] else { continue }
      writer.field("chi_tieu", indicator.name)
      writer.field("gia_tri", total.vietnamese)
      writer.field("don_vi", indicator.measure)
      if let comparison = comparisons[indicator.code] {
        writer.field("ky_truoc", comparison.old.vietnamese)
        writer.field("chenh_lech", comparison.difference.vietnamese)
        if let percent = comparison.percent { writer.field("phan_tram", percent.vietnamese) }
        writer.field("tang_giam", comparison.words)
      }
      for field in indicator.copiedFields { writer.field(field.name.string, field.value) }
      writer.endBlock()
    }
  }

  private func writeColumns(to writer: inout Writer) {
    writer.field("%rec", "cot_bang")
    writer.endBlock()
    for indicator in plan.indicators {
      writer.field("ma", indicator.code)
      writer.field("chi_tieu", indicator.name)
      writer.field("ten_cot", indicator.columnTitle)
      writer.field("don_vi", indicator.measure)
      writer.endBlock()
    }
  }

  private func writeUnits(to writer: inout Writer) {
    let codes = plan.indicators.map(\.code)
    writer.comment("Số liệu của từng đơn vị, theo thứ tự của danh sách đơn vị.")
    writer.field("%rec", "bang_don_vi")
    writer.field("%mandatory", "don_vi")
    writer.field("%allowed", "don_vi hang " + codes.joined(separator: " "))
    writer.field("%unique", codes.joined(separator: " "))
    writer.field("%typedef", "so regexp !^-?[0-9]+([.][0-9]{3})*(,[0-9]+)?$!")
    writer.field("%type", codes.joined(separator: ",") + " so")
    for indicator in plan.indicators {
      writer.field("nhan", "\(indicator.code) \(indicator.columnTitle.string)")
      writer.field("don_vi", "\(indicator.code) \(indicator.measure.string)")
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

  /// The rank of a unit, from 1; units with the same figure have the same rank.
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
