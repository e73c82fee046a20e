"use strict";
// The providers of a stack are resources, too: their checks, diffs and creations are calls of a provider's configuration.

const crypto = require("crypto");
const { Provider } = require("./provider.js");
const { equal, unknownString } = require("./values.js");

const isProvider = type => type.startsWith("pulumi:providers:");
const isDefault = resource => isProvider(resource.type) && /::default(_\w+)?$/.test(resource.urn);
const split = reference => {
  const at = reference.lastIndexOf("::");
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
};

class Registry {
  #configured = new Map();
  #checked = new Map();
  #live = new Set();

  constructor(executable, context) {
    Object.assign(this, { executable, context });
  }

  async start() {
    const provider = await new Provider(this.executable, this.context).start();
    this.#live.add(provider);
    return provider;
  }

  get(reference) {
    const provider = this.#configured.get(reference);
    if (!provider) {
      throw new Error(`unknown provider '${reference}'`);
    }
    return provider;
  }

  /** A resource that is only in the state needs its provider as the state has it. */
  async ensure(reference, resources) {
    const { urn, id } = split(reference);
    const saved = resources.find(resource => resource.urn === urn && resource.id === id);
    if (!this.#configured.has(reference)) {
      if (!saved) {
        throw new Error(`could not find provider ${reference} in the state`);
      }
      this.#use(urn, id, saved.inputs, await this.start());
    }
    return this.get(reference);
  }

  #use(urn, id, inputs, provider) {
    provider.configure(urn, id, inputs);
    this.#configured.set(`${urn}::${id}`, provider);
  }

  #takeChecked(urn) {
    const provider = this.#checked.get(urn);
    this.#checked.delete(urn);
    return provider;
  }

  async check(urn, olds, news) {
    const provider = await this.start();
    const answer = await provider.checkConfig(urn, olds ?? {}, news);
    if (answer.failures.length > 0) {
      await this.#close(provider);
      return answer;
    }
    this.#checked.set(urn, provider);
    return news.version === undefined ? answer : { ...answer, inputs: { ...answer.inputs, version: news.version } };
  }

  async diff(urn, id, { oldInputs, oldOutputs, news, ignoreChanges }) {
    const provider = this.#checked.get(urn) ?? this.get(`${urn}::${id}`);
    const diff = await provider.diffConfig(urn, { oldInputs, oldOutputs, news, ignoreChanges });
    if (diff.changes === "unknown") {
      diff.changes = equal(oldOutputs, news) ? "none" : "some";
    }
    return diff;
  }

  async create(urn, inputs, { preview }) {
    const id = preview ? unknownString : crypto.randomUUID();
    this.#use(urn, id, inputs, this.#takeChecked(urn) ?? (await this.start()));
    return { id, outputs: inputs };
  }

  async update(urn, id, { news }) {
    this.#use(urn, id, news, this.#takeChecked(urn));
    return { outputs: news };
  }

  async same(urn, id, inputs) {
    const checked = this.#takeChecked(urn);
    if (!this.#configured.has(`${urn}::${id}`)) {
      this.#use(urn, id, inputs, checked ?? (await this.start()));
    } else if (checked) {
      await this.#close(checked);
    }
  }

  async delete(urn, id) {
    const provider = this.#configured.get(`${urn}::${id}`);
    if (provider) {
      this.#configured.delete(`${urn}::${id}`);
      await this.#close(provider);
    }
  }

  async #close(provider) {
    this.#live.delete(provider);
    await provider.close();
  }

  cancel() {
    return Promise.all([...this.#live].map(provider => provider.cancel()));
  }

  close() {
    return Promise.all([...this.#live].map(provider => this.#close(provider)));
  }
}

module.exports = { Registry, isDefault, isProvider, split };
