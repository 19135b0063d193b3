public import Workbench

/// How large compressed data may become; the same for a gzip file, for a member of a zip file, and for all members of a
/// zip file that are read.
///
/// Deflate can make 1,032 bytes of one, and data of events shrink by 5 to 30 times, so a limit between the two tells a
/// bomb from data. Small files may hold anything: a column of zeros shrinks further than any limit, and 64 MiB hurt
/// nobody. The limit on size as such is there because any ratio can be kept below: 64 GiB are more than any dataset of
/// events, and less than what fills a disk with kept columns.
public enum Growth {
  /// How many bytes one stored byte may become, once more than `freeBytes` have come out.
  public static let largestRatio = 200
  /// How many bytes may come out whatever the ratio: 64 MiB.
  public static let freeBytes = 64 << 20
  /// How many bytes may come out at all: 64 GiB.
  public static let largestBytes = 64 << 30

  /// Refuses data that grow beyond reason.
  /// - Parameter stored: how many bytes are stored.
  /// - Parameter bytes: how many come, or would come, out of them.
  public static func check(stored: Int, bytes: Int) throws(Diagnostic) {
    if bytes > freeBytes, bytes / largestRatio > stored {
      throw .error(
        .bomb, "the compressed data grow more than \(largestRatio) times: \(stored) bytes to over \(bytes)",
        hint: "decompress the file yourself if you trust it", exit: .noInput)
    }
    if bytes > largestBytes {
      throw .error(
        .bomb, "the compressed data grow to over \(largestBytes >> 30) GiB",
        hint: "split the file, or decompress it yourself if you trust it", exit: .noInput)
    }
  }
}

extension DiagnosticKind {
  static let bomb = DiagnosticKind(
    "input.bomb", "A compressed file grows beyond reason when it is decompressed.",
    "After the first 64 MiB, compressed data may become at most 200 times as large, and 64 GiB in all; event data "
      + "shrink by 5 to 30 times. If the file is right, decompress it and name the decompressed file.")

  /// The kinds that decompression can report.
  public static let compressionKinds = [damagedGzip, damagedZip, unsupportedZip, bomb]
}
