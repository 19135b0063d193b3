import Glibc

/// Standard output or standard error, as a device.
public struct TerminalDevice: Sendable {
  private let number: Int32
  /// Standard output.
  public static let output = TerminalDevice(number: 1)
  /// Standard error.
  public static let error = TerminalDevice(number: 2)

  /// Whether it is a terminal.
  public var isTerminal: Bool { isatty(number) == 1 }
  /// How many columns it has; nil where it is no terminal.
  public var columns: Int? {
    var size = winsize()
    guard isTerminal, unsafe ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
