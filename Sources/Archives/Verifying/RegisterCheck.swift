import Diagnostics
import Reports

/// What is wrong with a register by itself: entries that were changed, taken out, moved or dated back.
struct RegisterCheck {
  private(set) var problems: [Diagnostic] = []
  let entries: [RegisterText.Entry]
  /// Of the last entry.
  private(set) var head = RegisterHead.empty

  init(_ bytes: [UInt8], path: String) {
    let (entries, oddLine) = RegisterText.read(bytes)
    self.entries = entries
    if let oddLine {
      problems.append(Diagnostic(.archive(.oddRegister(path: path, line: oddLine)), at: nil))
    }
    var previous = Checksum.zero
    var lastDay = ""
    var seen: Set<String> = []
    for (index, entry) in entries.enumerated() {
      let number = index + 1
      if entry.own != entry.sum {
        tell(.entryChanged(path: path, line: entry.line, number: number))
      }
      if entry.previous != previous || entry.number != number {
        tell(.entryOutOfChain(path: path, line: entry.line, number: number))
      }
      // The chain goes on with what the entry says, so that one fault is told once.
      previous = entry.own ?? entry.sum
      if let day = entry.value(RegisterEntry.dayField) {
        if day < lastDay {
          tell(.backDated(path: path, line: entry.line, day: day, before: lastDay))
        }
        lastDay = max(lastDay, day)
      }
      if let bag = entry.bag, !seen.insert(bag).inserted {
        tell(.entryTwice(path: path, line: entry.line, bag: bag))
      }
      head = RegisterHead(count: number, sum: previous)
    }
  }

  private mutating func tell(_ problem: RegisterProblem) {
    problems.append(Diagnostic(.archive(.register(problem)), at: nil))
  }
}
