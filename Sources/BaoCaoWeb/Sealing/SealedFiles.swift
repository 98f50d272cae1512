import Archives
import Reports
import Synchronization

/// Which data files are sealed as they are now, in the archive of the folder. What was found out is kept
/// until the register or the file changes.
final class SealedFiles: Sendable {
  /// The archive in the folder, whether it is there or not.
  let archive: Archive

  private struct Known {
    var register = ""
    var data: SealedData?
    /// By the path of a file, with the stamp of its state.
    var verdicts: [String: (stamp: String, isSealed: Bool)] = [:]
  }

  private let known = Mutex(Known())

  init(in folder: DataFolder) { archive = Archive("\(folder.path)/kho") }

  func holds(_ file: DataFileName) -> Bool {
    let register = DataFileName.stamp(ofFile: archive.registerPath)
    guard !register.isEmpty else { return false }
    let stamp = file.stamp
    return known.withLock { known in
      if known.register != register {
        known = Known(register: register, data: try? SealedData(archive))
      }
      let name = Files.name(of: file.path)
      guard let data = known.data, data.knows(name) else { return false }
      if let verdict = known.verdicts[file.path], verdict.stamp == stamp {
        return verdict.isSealed
      }
      guard let bytes = try? DataFile.readBytes(file.path) else { return false }
      let isSealed = data.holds(bytes, named: name)
      known.verdicts[file.path] = (stamp, isSealed)
      return isSealed
    }
  }
}
