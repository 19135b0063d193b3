/// Two actors, in no order: the one whose name comes first stands first.
///
/// Codes belong to one table's list of actors; `-1` is never among them, an event with a missing actor has no dyad.
public struct Dyad: Hashable, Sendable, BitwiseCopyable {
  /// The smaller of the two codes.
  public var first: UInt32
  /// The larger of the two codes.
  public var second: UInt32
  /// Makes a dyad of two actors, given in any order.
  @inlinable public init(_ actor: UInt32, _ other: UInt32) {
    first = min(actor, other)
    second = max(actor, other)
  }
}

/// What an actor is.
public enum ActorKind: String, Sendable, Hashable, CaseIterable {
  /// A state, its government or its forces.
  case state
  /// An armed group.
  case armed
  /// Civilians, who are acted on and do not act as one.
  case civilians
  /// Nobody knows who: `Unidentified armed group`.
  case unknown
  /// A word for many, no one actor: `Protesters`.
  case generic
  /// Whether an actor of this kind can be half of a dyad: it is somebody in particular.
  public var hasDyads: Bool { self != .unknown && self != .generic }
}

/// Whether the order of an event's two actors means anything.
public enum DyadDirection: String, Sendable, Hashable, CaseIterable {
  /// Actor 1 acts on actor 2.
  case directed
  /// The data do not say who acted on whom.
  case undirected
}

/// Both actor columns of a table, coded into one list of names, so that a dyad is two numbers.
public struct ActorColumns: Sendable {
  /// The names; not all need occur.
  public let labels: [String]
  /// The code of each event's first actor.
  public let actor1: Column<UInt32>
  /// The code of each event's second actor.
  public let actor2: Column<UInt32>
}

extension EventTable {
  /// Both actors as dyads count them: where an actor is unknown or generic, the event has none.
  ///
  /// An unidentified group is another one each time, so it is nobody's partner. Costs nothing where the workspace gives
  /// actors no kinds.
  public var dyadActors: ActorColumns? {
    guard let actors else { return nil }
    let isSomebody = actors.labels.map { actorKinds[$0]?.hasDyads ?? true }
    guard isSomebody.contains(false) else { return actors }
    func known(_ column: Column<UInt32>) -> Column<UInt32> {
      var validity = column.validity ?? Bitmap(repeating: true, count: column.count)
      for (row, code) in column.values.enumerated() where column.has(row) && !isSomebody[Int(code)] {
        validity.set(row, to: false)
      }
      return Column(column.values, validity: validity)
    }
    return ActorColumns(labels: actors.labels, actor1: known(actors.actor1), actor2: known(actors.actor2))
  }

  /// Both actors of each event in one list of names; nil where the table lacks the first, none where it lacks the second.
  ///
  /// Costs nothing where the columns share their list already, as they do when read from a file.
  public var actors: ActorColumns? {
    guard let first = actor1 else { return nil }
    guard let second = actor2 else {
      let none = Column([UInt32](repeating: 0, count: count), validity: Bitmap(repeating: false, count: count))
      return ActorColumns(labels: first.labels, actor1: first.codes, actor2: none)
    }
    if first.labels == second.labels {
      return ActorColumns(labels: first.labels, actor1: first.codes, actor2: second.codes)
    }
    let joined = CodedColumn.concatenating([first, second])
    let codes = joined.codes.values
    return ActorColumns(
      labels: joined.labels,
      actor1: Column(Array(codes[..<count]), validity: first.codes.validity),
      actor2: Column(Array(codes[count...]), validity: second.codes.validity))
  }
}
