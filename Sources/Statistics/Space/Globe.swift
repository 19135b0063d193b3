import Numerics

/// A place on the ground.
public struct GroundPoint: Sendable, Hashable {
  /// Degrees north.
  public var latitude: Double
  /// Degrees east.
  public var longitude: Double
  /// Makes a place.
  public init(latitude: Double, longitude: Double) { (self.latitude, self.longitude) = (latitude, longitude) }

  /// The mean radius of the earth in kilometres (IUGG).
  public static let earthRadius = 6371.0088

  /// Its direction from the middle of the earth.
  var direction: SIMD3<Double> {
    let (north, east) = (latitude * .pi / 180, longitude * .pi / 180)
    return SIMD3(Double.cos(north) * Double.cos(east), Double.cos(north) * Double.sin(east), Double.sin(north))
  }
  /// The distance to another place in kilometres, along the great circle (haversine formula).
  public func kilometres(to other: GroundPoint) -> Double {
    let chord = direction - other.direction
    return 2 * Self.earthRadius * Double.asin(min(1, (chord * chord).sum().squareRoot() / 2))
  }
}

/// The mean centre of places and how far they lie from it.
public struct MeanCentre: Sendable, Hashable {
  /// The centre: the mean of the places' directions from the middle of the earth, brought back to the ground.
  public let centre: GroundPoint
  /// The root of the mean squared distance from it, in kilometres (standard distance: Bachi 1963, Papers of the Regional
  /// Science Association 10:83).
  public let standardDistance: Double

  /// Measures places.
  /// - Returns: nil where there are none, or they have no centre: half of them opposite to the others.
  public init?(_ places: [GroundPoint]) {
    let sum = places.reduce(SIMD3<Double>.zero) { $0 + $1.direction }
    let flat = (sum.x * sum.x + sum.y * sum.y).squareRoot()
    guard !places.isEmpty, (sum * sum).sum().squareRoot() > 1e-9 * Double(places.count) else { return nil }
    let centre = GroundPoint(
      latitude: Double.atan2(y: sum.z, x: flat) * 180 / .pi, longitude: Double.atan2(y: sum.y, x: sum.x) * 180 / .pi)
    self.centre = centre
    let squares = places.reduce(0) { $0 + centre.kilometres(to: $1) * centre.kilometres(to: $1) }
    standardDistance = (squares / Double(places.count)).squareRoot()
  }
}
