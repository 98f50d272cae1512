import Diagnostics
import Reports
import Synchronization

/// The program that prints PDF, started when the first one is asked for, and anew after some.
final class SharedPrinter: Sendable {
  private let current = Mutex<(printer: PagePrinter, uses: Int)?>(nil)
  private static let useLimit = 200

  /// - Throws: that there is none on this machine.
  func printer() throws(Problems) -> PagePrinter {
    do {
      return try current.withLock { current in
        if let known = current, known.uses < Self.useLimit {
          current?.uses += 1
          return known.printer
        }
        let made = try PagePrinter(.accessible)
        current = (made, 1)
        return made
      }
    } catch let problems as Problems {
      throw problems
    } catch {
      throw Problems([Diagnostic(.print(.noEngine), at: nil)])
    }
  }
}
