import Diagnostics
import Reports

/// What is wrong with a register by itself: entries that were changed, taken out, moved or dated back.
struct RegisterCheck {
  /// What is kept of an entry: a register may have many.
  struct Known {
    /// The number of its first line, from 1.
    let line: Int
    let place: Range<Int>
    /// The sum that it says to have.
    let own: Checksum?
    /// The sum of its bag.
    let bagSum: Checksum?
  }

  private(set) var problems: [Diagnostic] = []
  /// In their order.
  private(set) var entries: [Known] = []
  /// The places of bags, each once.
  private(set) var bags: [String] = []
  /// The numbers of the entries of bags, from 1.
  private(set) var numbers: [String: Int] = [:]
  /// Of the last entry.
  private(set) var head = RegisterHead.empty
  private var previous = Checksum.zero
  private var lastDay = ""

  /// - Parameter path: how messages name the register.
  init(_ file: RegisterFile, path: String) throws(Diagnostic) {
    let oddLine = try RegisterText.read(file) { entry, place in add(entry, at: place, path) }
    if let oddLine {
      problems.insert(Diagnostic(.archive(.oddRegister(path: path, line: oddLine)), at: nil), at: 0)
    }
  }

  private mutating func add(_ entry: RegisterText.Entry, at place: Range<Int>, _ path: String) {
    let number = entries.count + 1
    let own = entry.own
    entries.append(Known(line: entry.line, place: place, own: own, bagSum: entry.bagSum))
    if own != entry.sum {
      tell(.entryChanged(path: path, line: entry.line, number: number))
    }
    if entry.previous != previous || entry.number != number {
      tell(.entryOutOfChain(path: path, line: entry.line, number: number))
    }
    // The chain goes on with what the entry says, so that one fault is told once.
    previous = own ?? entry.sum
    if let day = entry.value(RegisterEntry.dayField) {
      if day < lastDay {
        tell(.backDated(path: path, line: entry.line, day: day, before: lastDay))
      }
      lastDay = max(lastDay, day)
    }
    if let bag = entry.bag {
      if numbers[bag] != nil {
        tell(.entryTwice(path: path, line: entry.line, bag: bag))
      } else {
        numbers[bag] = number
        bags.append(bag)
      }
    }
    head = RegisterHead(count: number, sum: previous)
  }

  private mutating func tell(_ problem: RegisterProblem) {
    problems.append(Diagnostic(.archive(.register(problem)), at: nil))
  }
}
