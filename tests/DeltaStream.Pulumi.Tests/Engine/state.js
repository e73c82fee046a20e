"use strict";
// The state of a stack: a file like a deployment of `pulumi stack export`, written after each step in one move.

const crypto = require("crypto");
const fs = require("fs");
const { isSecret, kinds, map, secret, signature } = require("./values.js");

/** Secrets in the file are encrypted with a key made of the stack's passphrase. A secret that stays has the same ciphertext. */
class Cipher {
  #sealed = new WeakMap();

  constructor(salt) {
    this.salt = salt ?? crypto.randomBytes(16).toString("base64");
    this.key = crypto.scryptSync(process.env.PULUMI_CONFIG_PASSPHRASE ?? "", Buffer.from(this.salt, "base64"), 32);
  }

  encrypt = properties =>
    map(properties, item => {
      if (isSecret(item) && !this.#sealed.has(item)) {
        const iv = crypto.randomBytes(12);
        const cipher = crypto.createCipheriv("aes-256-gcm", this.key, iv);
        const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(item.value)), cipher.final(), cipher.getAuthTag()]);
        this.#sealed.set(item, { [signature]: kinds.secret, ciphertext: sealed.toString("base64") });
      }
      return isSecret(item) ? this.#sealed.get(item) : undefined;
    });

  decrypt = properties =>
    map(properties, item => {
      if (!isSecret(item)) {
        return undefined;
      }
      const sealed = Buffer.from(item.ciphertext, "base64");
      const cipher = crypto.createDecipheriv("aes-256-gcm", this.key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(-16));
      const opened = secret(JSON.parse(cipher.update(sealed.subarray(12, -16)) + cipher.final("utf8")));
      this.#sealed.set(opened, item);
      return opened;
    });
}

/** What the file held, and what the steps of this run made of it. */
class Snapshot {
  constructor(file, dryRun) {
    Object.assign(this, { file, dryRun, made: [], done: new Set(), running: new Map() });
    const saved = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
    this.cipher = new Cipher(saved.secrets_providers?.state.salt);
    const load = ({ inputs = {}, outputs = {}, ...rest }) => ({ ...rest, inputs: this.cipher.decrypt(inputs), outputs: this.cipher.decrypt(outputs) });
    this.base = (saved.resources ?? []).map(load);
    this.interrupted = saved.pending_operations ?? [];
  }

  /** Notes what is about to happen, so that a killed engine leaves word of it. */
  begin(type, resource) {
    this.running.set(resource, type);
    this.save();
  }

  end(resource, { made, gone } = {}) {
    this.running.delete(resource);
    if (made) {
      this.made.push(made);
    }
    if (gone) {
      this.done.add(gone);
    }
    this.save();
  }

  get resources() {
    return [...this.made, ...this.base].filter(resource => !this.done.has(resource));
  }

  save() {
    if (this.dryRun) {
      return;
    }
    const dump = ({ inputs, outputs, ...rest }) => ({ ...rest, inputs: this.cipher.encrypt(inputs), outputs: this.cipher.encrypt(outputs ?? {}) });
    const text = JSON.stringify({
      secrets_providers: { type: "passphrase", state: { salt: this.cipher.salt } },
      resources: this.resources.map(dump),
      pending_operations: [
        ...[...this.running].map(([resource, type]) => ({ resource: dump(resource), type })),
        // Nobody but the user can say what became of a create that was interrupted.
        ...this.interrupted.filter(operation => operation.type === "creating"),
      ],
    }, null, 2);
    const next = `${this.file}.${process.pid}`;
    fs.writeFileSync(next, text);
    fs.renameSync(next, this.file);
  }
}

module.exports = { Snapshot };
