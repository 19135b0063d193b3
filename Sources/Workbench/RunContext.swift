/// What a run lends to a plugin: files, workers, progress, cancellation, warnings and randomness.
///
/// Whatever a plugin needs from outside reaches it here and nowhere else.
public struct RunContext: Sendable {
  /// The files the run may read.
  public let files: any InputFiles
  /// How many pieces of work run at the same time, at most.
  public var workerCount: Int { services.workers.count }
  private let services: Services
  private let seed: UInt64

  /// What the engine puts behind a context.
  public struct Services: Sendable {
    /// Lends threads.
    public var workers: any Workers
    /// Whether the run has been cancelled.
    public var isCancelled: @Sendable () -> Bool
    /// Takes a warning.
    public var warn: @Sendable (Diagnostic) -> Void
    /// Takes a measure of progress.
    public var progress: @Sendable (Progress) -> Void
    /// Makes services.
    public init(
      workers: any Workers, isCancelled: @escaping @Sendable () -> Bool = { false },
      warn: @escaping @Sendable (Diagnostic) -> Void = { _ in },
      progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
      self.workers = workers
      self.isCancelled = isCancelled
      self.warn = warn
      self.progress = progress
    }
  }
  /// How far a step has come.
  public struct Progress: Sendable, Hashable {
    /// What has been done.
    public var done: Int
    /// What there is to do; nil where that is not known.
    public var total: Int?
    /// What is counted: `bytes`, `rows`.
    public var unit: String
    /// Makes a measure.
    public init(done: Int, total: Int?, unit: String) {
      self.done = done
      self.total = total
      self.unit = unit
    }
  }

  /// Makes a context.
  /// - Parameter seed: the seed of this step, made from the workspace's seed and the step's name.
  public init(files: any InputFiles, seed: UInt64 = 0, services: Services) {
    self.files = files
    self.seed = seed
    self.services = services
  }

  /// The same context over other files.
  public func reading(_ files: any InputFiles) -> RunContext {
    RunContext(files: files, seed: seed, services: services)
  }
  /// Reports a problem that need not stop the run.
  public func warn(_ diagnostic: Diagnostic) { services.warn(diagnostic) }
  /// Reports how far the step has come; cheap enough for every 65,536 rows.
  public func report(_ progress: Progress) { services.progress(progress) }
  /// Stops a plugin whose run was cancelled; to be called at least every 65,536 rows.
  public func checkCancellation() throws(Diagnostic) {
    if services.isCancelled() {
      throw .error(.cancelled, "the run was interrupted", hint: "run again to go on", exit: .interrupted)
    }
  }
  /// Random numbers that depend on the workspace's seed, the step and the unit alone, never on the order of work.
  public func randomNumbers(for unit: String) -> SeededGenerator {
    var state: UInt64 = seed ^ 0x9E37_79B9_7F4A_7C15
    for byte in unit.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return SeededGenerator(seed: state)
  }

  /// Does pieces of work at the same time, on as many workers as the engine lends, and returns their results in order.
  ///
  /// The first error by order of the pieces is thrown, whichever happened first; pieces begun are finished.
  /// - Parameter count: the number of pieces.
  /// - Parameter body: does the piece with a number from 0.
  public func concurrentMap<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> [Result] {
    try checkCancellation()
    guard count > 1 else { return count == 1 ? [try body(0)] : [] }
    let slots = Slots<Swift.Result<Result, Diagnostic>>(count: count)
    services.workers.run(count) { index in
      do throws(Diagnostic) {
        slots.set(.success(try body(index)), at: index)
      } catch {
        slots.set(.failure(error), at: index)
      }
    }
    var results: [Result] = []
    results.reserveCapacity(count)
    for case let outcome? in slots.take() { results.append(try outcome.get()) }
    return results
  }
}

/// Threads that the engine lends; the one place where work leaves its thread.
public protocol Workers: Sendable {
  /// How many run at the same time, at most.
  var count: Int { get }
  /// Does pieces of work, numbered from 0, and returns when all are done.
  func run(_ count: Int, _ body: @Sendable (Int) -> Void)
}

extension DiagnosticKind {
  static let cancelled = DiagnosticKind(
    "run.cancelled", "The run was interrupted.",
    "Nothing is half-written. Steps that were finished are kept: run again and only the rest is done.")

  /// The kinds that a context can report.
  public static let contextKinds = [cancelled]
}

/// Random numbers whose sequence depends on the seed alone (SplitMix64: Steele, Lea and Flood 2014, OOPSLA).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64
  /// Starts a sequence.
  @inlinable public init(seed: UInt64) { self.init(state: seed) }
  @usableFromInline init(state: UInt64) { self.state = state }
  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
