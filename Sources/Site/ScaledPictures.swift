import Diagnostics
import Glibc
import Reports

/// The pictures of a site in smaller sizes, made by libvips or ImageMagick.
public struct ScaledPictures: Sendable {
  /// The paths on the site that are there or are going to be.
  private let paths: Set<String>
  /// Those that are new.
  let files: [OutputFile]
  /// The names of those that lie in the folder of the site already.
  let kept: Set<String>

  /// Makes those that do not lie in the folder of the site yet.
  ///
  /// - Parameter problems: gets a notice where they cannot be made.
  init(of site: Site, in folder: String, _ problems: inout [Diagnostic]) throws(Problems) {
    var paths: Set<String> = []
    var kept: Set<String> = []
    var files: [OutputFile] = []
    var tool: PictureTool?? = .none
    for picture in site.pictures {
      for width in picture.widths(of: site.profile) {
        let path = picture.sitePath(width: width)
        if Files.isRegular(folder + path) {
          paths.insert(path)
          kept.insert(String(path.dropFirst()))
          continue
        }
        if tool == nil {
          tool = .some(PictureTool.find())
          if case .some(.none) = tool {
            problems.append(Diagnostic(.site(.noPictureTool), at: nil))
          }
        }
        guard case .some(.some(let tool)) = tool else { continue }
        guard let bytes = tool.scaled(try picture.cleanBytes(), picture.fileExtension, to: width)
        else {
          problems.append(Diagnostic(.site(.pictureNotScaled(picture.place)), at: nil))
          break
        }
        paths.insert(path)
        files.append(OutputFile(path: String(path.dropFirst()), bytes: bytes))
      }
    }
    (self.paths, self.files, self.kept) = (paths, files, kept)
  }

  /// The widths of a picture that there are.
  func widths(of picture: SitePicture, _ profile: SiteProfile) -> [Int] {
    picture.widths(of: profile).filter { paths.contains(picture.sitePath(width: $0)) }
  }
}

extension Site {
  /// Each picture once, in the order of their names.
  var pictures: [SitePicture] {
    var seen: Set<String> = []
    return posts.flatMap(\.post.pictures).filter { seen.insert($0.sitePath).inserted }.sorted {
      $0.sitePath < $1.sitePath
    }
  }
}

/// A program that makes pictures smaller.
struct PictureTool {
  let program: String
  private let isVips: Bool

  /// The first that is on `PATH`.
  static func find() -> PictureTool? { find(among: programs) }

  /// In the order in which they are preferred.
  private static let programs = ["vipsthumbnail"] + imageMagick
  static let imageMagick = ["magick", "convert-im6.q16", "convert-im6"]

  static func find(among names: [String]) -> PictureTool? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    for name in names {
      for folder in folders.split(separator: ":") where access("\(folder)/\(name)", X_OK) == 0 {
        return PictureTool(program: "\(folder)/\(name)", isVips: name == "vipsthumbnail")
      }
    }
    return nil
  }

  /// The picture in a width; nil where it cannot be made.
  func scaled(_ bytes: [UInt8], _ fileExtension: String, to width: Int) -> [UInt8]? {
    guard let folder = TemporaryFolder() else { return nil }
    let (input, output) = ("\(folder.path)/a.\(fileExtension)", "\(folder.path)/b.\(fileExtension)")
    guard (try? Files.write(bytes.span, to: input)) != nil else { return nil }
    let words =
      isVips
      ? [program, input, "--size", "\(width)x", "-o", "\(output)[strip]"]
      : [program, input, "-auto-orient", "-resize", "\(width)x", "-strip", output]
    guard run(words) else { return nil }
    return (try? Files.read(output)).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func run(_ words: [String]) -> Bool {
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return false }
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(
        &actions, descriptor, "/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY, 0)
    }
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var id: pid_t = 0
    guard posix_spawn(&id, words[0], &actions, nil, &arguments, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }
}

/// A folder for the time of one picture.
private struct TemporaryFolder: ~Copyable {
  let path: String

  init?() {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/baocao-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in (try? Files.names(in: path)) ?? [] { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
