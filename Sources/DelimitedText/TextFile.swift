import Synchronization
public import Workbench

/// A text in memory, read as a file is.
public final class TextFile: InputFile {
  /// What messages call it.
  public let name: String
  private let bytes: [UInt8]
  private let position = Mutex(0)

  /// Makes a file of bytes.
  public init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }
  /// The number of bytes.
  public var storedBytes: Int { bytes.count }
  /// How many have been read.
  public var storedBytesRead: Int { position.withLock { $0 } }
  /// Fills a buffer from `start` to its end.
  public func read(into buffer: inout [UInt8], from start: Int) throws(Diagnostic) -> Int {
    let from = position.withLock { $0 }
    let count = min(buffer.count - start, bytes.count - from)
    for index in 0..<count { buffer[start + index] = bytes[from + index] }
    position.withLock { $0 = from + count }
    return count
  }
}
