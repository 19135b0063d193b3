public import FoundationXML
public import Foundation

/// What an XML reader that is not ours makes of a text: how many elements, which texts, and whether it is well formed.
public final class XMLOutline: NSObject, XMLParserDelegate {
  /// The names of the elements, in order.
  public private(set) var elements: [String] = []
  /// The attributes of the elements, in order.
  public private(set) var attributes: [[String: String]] = []
  /// All text between tags.
  public private(set) var content = ""
  /// What is wrong; nil where it is well formed.
  public private(set) var problem: String?

  /// Reads a text.
  public init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() { problem = "line \(parser.lineNumber): \(String(describing: parser.parserError))" }
  }
  /// Takes an element.
  public func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append(name)
    self.attributes.append(attributes)
  }
  /// Takes text.
  public func parser(_ parser: XMLParser, foundCharacters string: String) { content += string }
}
