import CaseFiles
import Foundation
import Testing

/// The program that is tested, beside the tests.
enum Program {
  static let path = packageRoot(ofTest: #filePath) + "/.build/debug/baocao-web"
}

/// A Python script beside the tests that starts the program, does something with its pages, and prints
/// what is wrong with each of its scenarios; run once for all of its tests, beside other scripts.
struct Script: Sendable {
  private let run: Task<Run, Never>

  private static let python = Tool("python3")

  /// - Parameter arguments: parts of the names of the scenarios that are wanted; without, all are.
  init(_ name: String, _ arguments: String...) {
    let command = [Self.path(name), Program.path] + arguments
    run = Task {
      await withCheckedContinuation { done in
        // A thread that only waits is none of those that run tests.
        DispatchQueue.global().async {
          let output = try? Self.python.run(command).output
          done.resume(returning: Run(output ?? "it does not run"))
        }
      }
    }
  }

  /// The scenarios of a script, which it can tell without running them.
  static func scenarios(_ name: String) -> [String] {
    guard python.isHere, let (status, output) = try? python.run([path(name), "--names"]),
      status == 0
    else { return [] }
    return output.split(separator: "\n").map(String.init)
  }

  /// Tells whether Python has some modules.
  static func has(modules: String) -> Bool {
    guard python.isHere, let (status, _) = try? python.run(["-c", "import \(modules)"]) else {
      return false
    }
    return status == 0
  }

  /// Expects that a scenario was run and that nothing is wrong with it.
  func expect(_ scenario: String) async {
    let run = await run.value
    let wrong = run.outcomes[scenario]
    #expect(wrong == "", "\(scenario): \(wrong ?? "it was not run: \(run.rest.suffix(1000))")")
  }

  private static func path(_ name: String) -> String { folder(name, besideFile: #filePath) }
}

/// What a script printed.
private struct Run: Sendable {
  /// What is wrong, by scenario; empty where nothing is.
  let outcomes: [String: String]
  /// What it printed besides.
  let rest: String

  init(_ output: String) {
    var outcomes: [String: String] = [:]
    var rest = ""
    for line in output.split(separator: "\n") {
      let outcome = try? JSONDecoder().decode(Outcome.self, from: Data(line.utf8))
      if let outcome { outcomes[outcome.name] = outcome.wrong } else { rest += line + "\n" }
    }
    (self.outcomes, self.rest) = (outcomes, rest)
  }

  private struct Outcome: Decodable {
    let name: String
    let wrong: String
  }
}
