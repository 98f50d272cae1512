import Archives
import Diagnostics
import Glibc
import NIOCore
import NIOPosix
import Reports

/// What all requests share: the folder with its data files, the database beside them, the templates,
/// and who may come in.
struct Office: Sendable {
  let folder: DataFolder
  let store: Store
  let keeper: FileKeeper
  let workshop: Workshop
  let access: Access
  let presence = Presence()
  let summaryKeeper = SummaryKeeper()
  let sealed: SealedFiles
  let wording: PageWords
  let assets: Assets

  init(
    folder path: String, templates: String?, listen: String, publicAddress: String?
  ) throws {
    guard Files.isFolder(path) else {
      let reason: SystemReason = Files.exists(path) ? .notFolder : .notFound
      throw Diagnostic(.source(.cannotOpen(path: path, reason: reason)), at: nil)
    }
    folder = DataFolder(Files.resolved(path) ?? path)
    sealed = SealedFiles(in: folder)
    store = try Store(path: "\(folder.path)/\(Store.file)")
    keeper = FileKeeper(store)
    workshop = try Workshop(templates)
    wording = try PageWords("web/chu.rec", workshop.checking)
    assets = try Assets(workshop.checking.folder.path)
    access = try Access(listen: listen, publicAddress: publicAddress, store)
  }
}

/// The threads that check and make documents, and what they do it with. The threads of the network
/// only wait for them.
struct Workshop: Sendable {
  /// The templates as documents are checked and made by them, and as drafts are.
  let checking: TemplateCollection
  let drafting: TemplateCollection
  let dictionary: SyllableDictionary?
  /// What changes with the templates and the program.
  let stamp: String
  private let printers = Printers()
  private let threads: NIOThreadPool

  init(_ templates: String?) throws {
    checking = try TemplateSearch.collection(templates, undefined: .strict)
    drafting = try TemplateSearch.collection(templates, undefined: .draft)
    var ignored: [Diagnostic] = []
    dictionary = SyllableDictionary.ofEnvironment(into: &ignored)
    stamp = Self.stamp(of: checking.folder.path)
    threads = NIOThreadPool(numberOfThreads: System.coreCount)
    threads.start()
  }

  private static func stamp(of folder: String) -> String {
    var walk = FolderWalk(folder)
    var (newest, count) = (0, 0)
    func look(_ folder: String) {
      for entry in (try? walk.enter(folder)) ?? [] {
        let path = "\(folder)/\(entry.name)"
        var status = stat()
        if entry.kind == .folder { look(path) }
        guard entry.kind == .file, stat(path, &status) == 0 else { continue }
        newest = max(newest, status.st_mtim.tv_sec)
        count += Int(status.st_size)
      }
    }
    look(folder)
    return "\(newest) \(count)"
  }

  /// What prints PDF.
  ///
  /// - Throws: that nothing on this machine does.
  func printer() throws(Problems) -> PagePrinter { try printers.printer(.accessible) }

  /// Runs work that keeps a processor busy or waits for a disk.
  func run<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await threads.runIfActive(work)
  }
}
