import Crypto
import Glibc
import Synchronization

/// A thread of its own that does pieces of work one after another, in the order given, while the caller goes on.
///
/// Hashing and writing run beside parsing and rendering this way. The thread ends when nobody holds this any more and
/// all work is done.
final class Background: Sendable {
  typealias Work = @Sendable () -> Void
  private let line: Line
  /// One byte for each piece of work; its end tells the thread to end.
  private let toDo: Descriptor
  /// One byte for each piece of work that is done.
  private let done: Descriptor
  private let underWay = Mutex(0)
  private let limit: Int

  /// Starts the thread; nil where the system has no thread or descriptor left.
  /// - Parameter limit: how many pieces of work may be under way before a caller has to wait.
  init?(limit: Int) {
    guard let forth = Self.makePipe(), let back = Self.makePipe() else { return nil }
    line = Line(toDo: forth.reading, done: back.writing, backReading: back.reading)
    toDo = forth.writing
    done = back.reading
    self.limit = limit
    guard line.start() else { return nil }
  }

  /// Hands over a piece of work; waits while as many as allowed are under way.
  func submit(_ work: @escaping Work) {
    underWay.withLock { count in
      while count >= limit, take(done) { count -= 1 }
      line.add(work)
      put(toDo)
      count += 1
    }
  }
  /// Waits until all work handed over is done.
  func drain() {
    underWay.withLock { count in
      while count > 0, take(done) { count -= 1 }
    }
  }

  private static func makePipe() -> (reading: Descriptor, writing: Descriptor)? {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (Descriptor(ends[0]), Descriptor(ends[1]))
  }
}

/// What the thread and those who hand it work share.
private final class Line: Sendable {
  private let works = Mutex<[Background.Work]>([])
  private let toDo: Descriptor
  private let done: Descriptor
  /// Held so that writing to `done` never meets a closed pipe.
  private let backReading: Descriptor

  init(toDo: Descriptor, done: Descriptor, backReading: Descriptor) {
    self.toDo = toDo
    self.done = done
    self.backReading = backReading
  }
  func add(_ work: @escaping Background.Work) { works.withLock { $0.append(work) } }

  func start() -> Bool {
    var thread = pthread_t()
    let held = unsafe Unmanaged.passRetained(self)
    let status = unsafe pthread_create(
      &thread, nil,
      { held in
        if let held = unsafe held { unsafe Unmanaged<Line>.fromOpaque(held).takeRetainedValue().run() }
        return nil
      }, held.toOpaque())
    guard status == 0 else {
      unsafe held.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
  private func run() {
    while take(toDo) {
      doNext()
      put(done)
    }
  }
  /// In a function of its own, so that what the work holds is released before it counts as done.
  private func doNext() {
    let work = works.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    work?()
  }
}

/// Waits for one byte; false at the end.
private func take(_ pipe: Descriptor) -> Bool {
  var byte = [UInt8](repeating: 0, count: 1)
  do throws(SystemError) { return try System.read(pipe, into: &byte, from: 0) == 1 } catch { return false }
}
private func put(_ pipe: Descriptor) { _ = System.write([1], to: pipe) }

/// A SHA-256 that grows, beside other work where the pieces are large.
final class RunningDigest: Sendable {
  private let hash = Mutex(SHA256())
  private let background = Mutex<Background?>(nil)
  /// Pieces above this size are hashed beside other work; for smaller ones that would not pay.
  private static let largePiece = 1 << 17
  /// How many large pieces may be held.
  static let heldPieces = 3

  /// Takes up bytes.
  ///
  /// A large piece is held until it has been hashed, or `heldPieces` more were taken up: to be changed before that, it
  /// has to be copied.
  func update(_ bytes: [UInt8], _ range: Range<Int>) {
    let background = background.withLock { background in
      if background == nil, range.count > Self.largePiece { background = Background(limit: Self.heldPieces) }
      return background
    }
    if let background { background.submit { [self] in hashNow(bytes, range) } } else { hashNow(bytes, range) }
  }
  /// The digest of all bytes, in lower-case hexadecimal digits.
  func finish() -> String {
    background.withLock { $0?.drain() }
    return hexadecimal(hash.withLock { $0.finalize() })
  }
  private func hashNow(_ bytes: [UInt8], _ range: Range<Int>) {
    hash.withLock { hash in
      unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
  }
}
