"use strict";

const pulumi = require("@pulumi/pulumi");

/** A store of DeltaStream. The arguments are those of the package's schema, docs/schema/pulumi.json. */
class Store extends pulumi.CustomResource {
  constructor(name, args, opts) {
    // An output that the arguments don't have must be named, or the SDK does not know of it.
    const outputs = { type: undefined, state: undefined, owner: undefined, createdAt: undefined, updatedAt: undefined };
    super("deltastream:index:Store", name, { ...outputs, ...args }, opts);
  }
}

/** A provider with a configuration of its own, beside that of the stack. */
class Provider extends pulumi.ProviderResource {
  constructor(name, args, opts) {
    super("deltastream", name, args, opts);
  }
}

module.exports = { Provider, Store };
