"use strict";
// The steps that Pulumi's engine knows, what each does to the state, and how steps run beside each other.

const { isDefault, isProvider } = require("./registry.js");
const { clone, isSecret, redact, secret } = require("./values.js");

/** Why is printed already: a step failed, or the run has stopped and no step starts any more. */
class Stopped extends Error {}

const now = () => new Date().toISOString();
const filled = value => (value && (!Array.isArray(value) || value.length > 0) ? value : undefined);
const describe = diff => ({ diff: filled(diff.diffs), replaceKeys: filled(diff.replaces), detailedDiff: diff.detailedDiff });
const inverse = { add: "delete", delete: "add" };

/** A secret stays one where the provider gave it back bare. */
function hideSecrets({ inputs, outputs, additionalSecretOutputs = [] }) {
  for (const [key, value] of Object.entries(outputs)) {
    if (!isSecret(value) && (additionalSecretOutputs.includes(key) || isSecret(inputs[key]))) {
      outputs[key] = secret(value);
    }
  }
}

class Steps {
  #running = new Set();
  #waiting = [];
  #free;
  stopped = undefined;
  changes = {};

  constructor({ snapshot, registry, dryRun, parallel, emit }) {
    Object.assign(this, { snapshot, registry, dryRun, emit });
    this.#free = parallel;
    this.over = new Promise(resolve => (this.end = resolve));
  }

  log(severity, message, urn) {
    this.emit({ event: "log", severity, message, ephemeral: false, urn });
  }

  /** Starts nothing new. What runs comes to its end, and then the run is over. */
  async stop(result) {
    this.stopped ??= result;
    await Promise.allSettled(this.#running);
    this.end();
  }

  /** Runs a step. A failure stops the run, unless the step is one of many that don't depend on each other. */
  async execute(step, { goOn = false } = {}) {
    if (this.#free === 0) {
      await new Promise(resolve => this.#waiting.push(resolve));
    } else {
      this.#free--;
    }
    const run = this.#run(step);
    this.#running.add(run);
    try {
      return await run;
    } catch (error) {
      this.failed = true;
      if (!(error instanceof Stopped)) {
        this.log("error", error.stack, step.resource.urn);
      }
      if (!goOn) {
        this.stop("failed");
      }
      throw error;
    } finally {
      this.#running.delete(run);
      this.#waiting.length > 0 ? this.#waiting.shift()() : this.#free++;
    }
  }

  async #run({ op, resource, old, pending, apply, uncounted, meta = {} }) {
    if (this.stopped) {
      throw new Stopped();
    }
    const { urn } = resource;
    const internal = filled(isDefault(resource));
    this.emit({ event: "start", op, urn, internal });
    if (pending) {
      this.snapshot.begin(pending, resource);
    }
    let result = {};
    let failure;
    try {
      result = (await apply()) ?? {};
      hideSecrets(resource);
    } catch (error) {
      failure = error;
    }
    if (op === "update" && result.reasons) {
      // The resource was not updated with the new inputs. Its outputs are what is known of it.
      resource.inputs = clone(old.inputs);
    }
    this.snapshot.end(resource, result);
    const failed = failure || (result.reasons && op !== "refresh");
    this.emit({
      event: "step", op, urn, id: resource.id, status: failed ? "failed" : "done", internal, ...meta, ...result.meta,
      reasons: filled(result.reasons), error: failure?.message, code: failure?.code,
      inputs: redact((result.found ?? resource).inputs), outputs: redact((result.found ?? resource).outputs),
    });
    if (failed) {
      throw new Stopped(failure?.message ?? result.reasons.join("\n"));
    }
    const counted = result.meta?.result ?? op;
    if (!internal && !uncounted) {
      this.changes[counted] = (this.changes[counted] ?? 0) + 1;
    }
  }

  // ---- Each answers what it made of the state: `made` is in it from now on, `gone` no more.

  createStep(provider, state, { old, pendingDelete, ...meta } = {}) {
    return {
      op: old ? "create-replacement" : "create", resource: state, pending: "creating", meta,
      apply: async () => {
        const { id, outputs, refreshBeforeUpdate, reasons } = (await provider?.create(state.urn, state.inputs,
          { timeout: state.customTimeouts?.create, preview: this.dryRun })) ?? {};
        Object.assign(state, {
          id, outputs: outputs ?? {}, refreshBeforeUpdate: filled(refreshBeforeUpdate), initErrors: reasons, created: now(), modified: now(),
        });
        if (pendingDelete) {
          old.delete = true;
        }
        return { reasons, made: state, gone: old?.pendingReplacement ? old : undefined };
      },
    };
  }

  /** Says only that a resource is replaced. The other steps do it. */
  replacedStep(state, meta) {
    return { op: "replace", resource: state, meta, uncounted: true, apply: () => {} };
  }

  sameStep(old, state) {
    return {
      op: "same", resource: state,
      apply: async () => {
        Object.assign(state, { id: old.id, outputs: old.outputs });
        if (isProvider(state.type)) {
          await this.registry.same(state.urn, state.id, old.inputs);
        }
        return { made: state, gone: old };
      },
    };
  }

  updateStep(provider, old, state, diff) {
    return {
      op: "update", resource: state, old, pending: "updating", meta: describe(diff),
      apply: async () => {
        Object.assign(state, { id: old.id, created: old.created, outputs: old.outputs });
        const { outputs, refreshBeforeUpdate, reasons } = (await provider?.update(state.urn, old.id, {
          oldInputs: old.inputs, oldOutputs: old.outputs, news: state.inputs, ignoreChanges: state.ignoreChanges,
          timeout: state.customTimeouts?.update, preview: this.dryRun,
        })) ?? {};
        Object.assign(state, { outputs: outputs ?? {}, refreshBeforeUpdate: filled(refreshBeforeUpdate), initErrors: reasons, modified: now() });
        return { reasons, made: state, gone: old };
      },
    };
  }

  deleteStep(old, { replacing = false, pendingReplacement = false } = {}) {
    const word = old.external ? "discard" : "delete";
    return {
      op: replacing ? `${word}-replaced` : word, resource: old, pending: "deleting",
      apply: async () => {
        if (old.protect && !replacing) {
          throw new Error(`resource "${old.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, remove the \`protect\` flag`);
        }
        if (old.custom && !this.dryRun && !old.external && !old.retainOnDelete) {
          const provider = isProvider(old.type) ? this.registry : this.registry.get(old.provider);
          await provider.delete(old.urn, old.id, { inputs: old.inputs, outputs: old.outputs, timeout: old.customTimeouts?.delete });
        }
        // A resource that went before its replacement came stays in the state until it comes.
        old.pendingReplacement = filled(pendingReplacement);
        return pendingReplacement ? {} : { gone: old };
      },
    };
  }

  forgetStep(old) {
    return { op: "remove-pending-replace", resource: old, apply: () => ({ gone: old }) };
  }

  readStep(provider, state, old) {
    const replacing = old && !old.external && old.id !== state.id;
    return {
      op: replacing ? "read-replacement" : "read", resource: state, pending: "reading",
      apply: async () => {
        const { id, outputs, reasons } = await provider.read(state.urn, state.id, { inputs: state.inputs, outputs: state.inputs });
        if (!outputs) {
          throw new Error(`resource '${state.id}' does not exist`);
        }
        Object.assign(state, { id: id || state.id, outputs, initErrors: reasons });
        if (replacing) {
          old.delete = true;
        }
        return { reasons, made: state, gone: replacing ? undefined : old };
      },
    };
  }

  importStep(provider, state, replacedOne) {
    return {
      op: replacedOne ? "import-replacement" : "import", resource: state, pending: "importing",
      apply: async () => {
        const { id, inputs, outputs, refreshBeforeUpdate, reasons } =
          await provider.read(state.urn, state.importID, { timeout: state.customTimeouts?.read });
        if (!outputs) {
          throw new Error(`resource '${state.importID}' does not exist`);
        }
        if (!inputs) {
          throw new Error("provider does not support importing resources; please try updating the 'deltastream' plugin");
        }
        Object.assign(state, {
          id: id || state.importID, inputs, outputs, initErrors: reasons, refreshBeforeUpdate: filled(refreshBeforeUpdate), created: now(), modified: now(),
        });
        if (replacedOne) {
          replacedOne.delete = true;
        }
        return { made: state };
      },
    };
  }

  /** Reads a resource of the state. `found` gets what the state shall hold in its place. */
  refreshStep(old, found, ask) {
    return {
      op: "refresh", resource: old,
      apply: async () => {
        if (!old.custom || isProvider(old.type) || old.pendingReplacement) {
          return { meta: { result: "same" } };
        }
        const provider = this.registry.get(old.provider);
        const { id, inputs, outputs, refreshBeforeUpdate, reasons } =
          await provider.read(old.urn, old.id, { inputs: old.inputs, outputs: old.outputs, timeout: old.customTimeouts?.read });
        if (reasons) {
          this.log("warning", `Refreshed resource is in an unhealthy state:\n* ${reasons.join("\n* ")}`, old.urn);
        }
        if (!id || !outputs) {
          found.set(old, undefined);
          return { meta: { result: "delete" } };
        }
        const state = { ...old, id, inputs: inputs ?? old.inputs, outputs, initErrors: reasons, refreshBeforeUpdate: filled(refreshBeforeUpdate) };
        hideSecrets(state);
        found.set(old, state);
        // What a refresh shows is the way back from what an `up` of the same program would do.
        const diff = old.external ? { changes: "none", diffs: [] } : await ask(provider, state, old.inputs, old.ignoreChanges);
        const detailedDiff = diff.detailedDiff &&
          Object.fromEntries(Object.entries(diff.detailedDiff).map(([path, kind]) => [path, kind.replace(/^(add|delete)/, word => inverse[word])]));
        return { reasons, found: state, meta: { result: diff.changes === "none" ? "same" : "update", ...describe({ ...diff, replaces: [], detailedDiff }) } };
      },
    };
  }
}

module.exports = { Steps, Stopped, describe, filled };
