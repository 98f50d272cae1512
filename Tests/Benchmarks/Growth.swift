import Diagnostics
import Texts
import Records
import Reports
import Templating

/// One report whose records of a type are repeated 1, 10, 100 and 1,000 times.
///
/// Each copy has another `name`. Prints the medians as the rows of a table in Markdown, with the
/// ratio to ten times the row before: at most 1 where the time grows in a line.
struct Growth {
  private let filling: Filling
  private let steps: [Step]

  private struct Step {
    let copies: Int
    let records: Int
    let bytes: [UInt8]
  }

  init(template: String, data path: String, type: String, name: String) throws {
    filling = try Filling(template: template, root: nil, .documents(undefined: .strict), to: nil)
    var problems: [Diagnostic] = []
    let database = Database.read(
      Source(name: path, bytes: try Files.read(path)), into: &problems)
    let records = database.recordSet(ofType: type)?.records.count ?? 0
    steps = [1, 10, 100, 1_000].map { copies in
      Step(
        copies: copies, records: copies * records,
        bytes: database.repeating(type, copies, renaming: name))
    }
  }

  func measure(rounds: Int) throws {
    // As the program does it for several data files.
    Filling.expectManyDocuments()
    let formats: [Format] = [.markdown, .html]
    var times = steps.map { _ in formats.map { _ in [Double]() } }
    for round in 0...rounds {
      for (row, step) in steps.enumerated() {
        for (column, format) in formats.enumerated() {
          let time = try time(step, format)
          // The first round warms up.
          if round > 0 { times[row][column].append(time) }
        }
      }
    }
    printTable(times.map { $0.map { $0.sorted()[rounds / 2] } })
  }

  /// Seconds for one report; a small one is made many times, as one alone is too short to time.
  private func time(_ step: Step, _ format: Format) throws -> Double {
    let count = max(1, 100 / step.copies)
    var size = 0
    let start = processorTime()
    for _ in 0..<count {
      try filling.fill(name: "data.rec", bytes: step.bytes, to: format) { size += $0.count }
    }
    precondition(size > 0)
    return (processorTime() - start) / Double(count)
  }

  private func printTable(_ medians: [[Double]]) {
    let ratio = "of ten times the last"
    print("| records | data parsed and filled | \(ratio) | data to HTML | \(ratio) |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for (row, step) in steps.enumerated() {
      let cells = medians[row].enumerated().map { column, time in
        let ratio = row == 0 ? "" : "\(rounded(time / (10 * medians[row - 1][column])))"
        return " \(rounded(time * 1e3)) ms | \(ratio) |"
      }
      print("| \(step.records) |" + cells.joined())
    }
  }
}

extension Database {
  /// The text with the records of a type `copies` times, the value of `name` followed by the
  /// number of the copy.
  fileprivate func repeating(_ type: String, _ copies: Int, renaming name: String) -> [UInt8] {
    var writer = Writer()
    for set in recordSets {
      if let descriptor = set.descriptorRecord { writer.write(descriptor) { _ in "" } }
      let isRepeated = set.type?.string == type
      for copy in 0..<(isRepeated ? copies : 1) {
        for record in set.records {
          writer.write(record) { isRepeated && copy > 0 && $0 == name ? " \(copy)" : "" }
        }
      }
    }
    return writer.bytes
  }
}

extension Writer {
  fileprivate mutating func write(_ record: Record, suffix: (String) -> String) {
    for field in record.fields {
      writeField(
        name: field.name.bytes, value: (field.value.bytes + suffix(field.name.string).utf8)[...])
    }
    endBlock()
  }
}
