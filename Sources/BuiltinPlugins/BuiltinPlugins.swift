public import Workbench

/// The plugins this program ships, in the order its documentation lists them.
public let builtinPlugins = PluginCatalog([])
