"use strict";
// Property values as they are on the wire: JSON in which an object with a signature is special, and an unknown value is one of a few strings.

const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const { isDeepStrictEqual } = require("util");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");

const signature = "4dabf18193072939515e22adb298388d";
const kinds = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
};
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknowns = new Set([
  unknownString,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // bool
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

const isObject = value => value !== null && typeof value === "object" && !Array.isArray(value);
const isUnknown = value => typeof value === "string" && unknowns.has(value);
const kindOf = value => (isObject(value) ? value[signature] : undefined);
const isPlain = value => isObject(value) && kindOf(value) === undefined;
const isSecret = value => kindOf(value) === kinds.secret;
const secret = value => ({ [signature]: kinds.secret, value });
const unwrap = value => (isSecret(value) ? unwrap(value.value) : value);

/** Copies a value. The visitor answers undefined to let the copy go on below. */
function map(value, visit) {
  const own = visit(value);
  if (own !== undefined) {
    return own;
  }
  if (Array.isArray(value)) {
    return value.map(item => map(item, visit));
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item, visit)]))
    : value;
}

function some(value, test) {
  return test(value) || (value !== null && typeof value === "object" && Object.values(value).some(item => some(item, test)));
}

const clone = value => map(value, () => undefined);
const plain = value => map(value, item => (isSecret(item) ? plain(item.value) : undefined));
const hasUnknown = value => some(value, isUnknown);
const hasSecret = value => some(value, isSecret);
const equal = (a, b) => isDeepStrictEqual(a, b);

/** What may be printed. */
const redact = value =>
  map(value, item => (isSecret(item) ? "[secret]" : isUnknown(item) ? "[unknown]" : undefined));

/** Output values become unknowns and secrets. Assets that come from the program's folder get their hash. */
function lower(directory) {
  return function visit(item) {
    switch (kindOf(item)) {
      case kinds.output: {
        const value = "value" in item ? map(item.value, visit) : unknownString;
        return item.secret ? secret(value) : value;
      }
      case kinds.asset:
      case kinds.archive: {
        // Only these are values of an asset. An empty text does not come over the wire: there is nothing but its hash.
        const { text, path: file, uri } = item;
        return directory === undefined ? undefined
          : { [signature]: kindOf(item), hash: item.hash || hash(item, directory), ...(text && { text }), ...(file && { path: file }), ...(uri && { uri }) };
      }
    }
    return undefined;
  };
}

const fromStruct = (struct, directory) => (struct === undefined ? undefined : map(struct.toJavaScript(), lower(directory)));

function hash(item, directory) {
  const sha = crypto.createHash("sha256");
  if (item.text !== undefined) {
    sha.update(item.text);
  } else if (item.path !== undefined) {
    sha.update(fs.readFileSync(path.resolve(directory, item.path)));
  } else {
    throw new Error("This engine takes assets of a text or a file.");
  }
  return sha.digest("hex");
}

/** Makes the wire form for a receiver. The old side of a request has no more of an asset than its hash. */
function toStruct(properties, { secrets = true, resources = true, elide = false } = {}) {
  if (properties === undefined) {
    return undefined;
  }
  const convert = value =>
    map(value, item => {
      switch (kindOf(item)) {
        case kinds.secret:
          return secrets ? undefined : convert(item.value);
        case kinds.resource:
          return resources ? undefined : item.id ?? item.urn;
        case kinds.asset:
        case kinds.archive:
          return elide ? { [signature]: kindOf(item), ...(item.hash && { hash: item.hash }) } : undefined;
      }
      return undefined;
    });
  return Struct.fromJavaScript(convert(properties));
}

/** What a provider answered. Only a preview may hold unknowns. */
function fromProvider(struct, preview) {
  const properties = fromStruct(struct);
  const key = preview || !properties ? undefined : Object.keys(properties).find(name => hasUnknown(properties[name]));
  if (key !== undefined) {
    throw new Error(`unexpected unknown property value for "${key}"`);
  }
  return properties;
}

/** Marks what was secret on the way to a provider that knows no secrets. */
function annotateSecrets(outs, ins) {
  for (const [key, value] of Object.entries(outs && ins ? ins : {})) {
    if (!(key in outs)) {
      continue;
    }
    if (isPlain(outs[key]) && isPlain(value)) {
      annotateSecrets(outs[key], value);
    } else if (!isSecret(outs[key]) && hasSecret(value)) {
      outs[key] = secret(outs[key]);
    }
  }
}

/** An answer may give back assets with nothing but their hash. Their content is put back. */
function restoreAssets(original, properties) {
  const known = new Map();
  some(original, item => void (item?.hash && kindOf(item) && known.set(item.hash, item)));
  return properties === undefined
    ? undefined
    : map(properties, item =>
        (kindOf(item) === kinds.asset || kindOf(item) === kinds.archive) && known.has(item.hash)
          ? known.get(item.hash)
          : undefined,
      );
}

/** `a.b["c.d"][0]` becomes its parts. */
function parsePath(text) {
  const parts = [];
  for (const [, quoted, index, name] of text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)) {
    parts.push(quoted !== undefined ? JSON.parse(`"${quoted}"`) : index !== undefined && index !== "*" ? Number(index) : index ?? name);
  }
  return parts;
}

const pathContains = (outer, inner) =>
  outer.length <= inner.length && outer.every((part, i) => part === "*" || part === inner[i]);

/** Sets the value at a path back to what it was. Answers false when the path can't be followed. */
function resetPath([key, ...rest], old, current, oldSecret = false, currentSecret = false) {
  oldSecret ||= isSecret(old);
  currentSecret ||= isSecret(current);
  [old, current] = [unwrap(old), unwrap(current)];
  if (key === "*") {
    const all = new Set([...Object.keys(old ?? {}), ...Object.keys(current ?? {})]);
    return [...all].every(name => resetPath([Array.isArray(current) ? Number(name) : name, ...rest], old, current, oldSecret, currentSecret));
  }
  const within = value => (typeof key === "number" ? Array.isArray(value) : isObject(value));
  if (rest.length > 0) {
    if (!within(old) || !within(current)) {
      return !within(old) && !within(current);
    }
    return key in old && !(key in current) ? false : resetPath(rest, old[key], current[key], oldSecret, currentSecret);
  }
  if (within(old) && key in old) {
    if (!within(current) || (typeof key === "number" && key >= current.length)) {
      return false;
    }
    current[key] = oldSecret && !currentSecret ? secret(clone(old[key])) : clone(old[key]);
  } else if (within(current)) {
    if (typeof key === "number") {
      return key >= current.length;
    }
    delete current[key];
  }
  return true;
}

module.exports = {
  annotateSecrets, clone, equal, fromProvider, fromStruct, hasSecret, hasUnknown, isObject, isSecret, map, parsePath, pathContains,
  plain, redact, resetPath, restoreAssets, secret, signature, kinds, toStruct, unknownString,
};
