"use strict";
// What Pulumi's engine decides for a resource: check, diff, and the steps that follow. Written after its step generator. Left out: targets,
// aliases, hooks, transforms, policies, plans, remote components.

const { DiffUnavailable, nameOf, typeOf } = require("./provider.js");
const { isProvider, split } = require("./registry.js");
const { Steps, Stopped, describe, filled } = require("./steps.js");
const { clone, equal, parsePath, pathContains, plain, redact, resetPath, unknownString } = require("./values.js");

const dependencies = resource => new Set([
  ...(resource.provider ? [split(resource.provider).urn] : []),
  ...(resource.dependencies ?? []),
  ...Object.values(resource.propertyDependencies ?? {}).flat(),
]);
const needs = resource => dependencies(resource).add(resource.parent);
const replaces = diff => diff.replaces.length > 0 || Object.values(diff.detailedDiff ?? {}).some(kind => kind.endsWith("-replace"));

class Deployment extends Steps {
  #turn = Promise.resolve();
  #registered = new Map();
  #seen = new Set();
  #condemned = new Map(); // URNs that were deleted because another resource had to go first, and what blames them

  constructor({ stack, project, replace, ...rest }) {
    super(rest);
    Object.assign(this, { stack, project, replace: new Set(replace) });
    this.#index();
  }

  #index() {
    this.olds = new Map(this.snapshot.base.filter(resource => !resource.delete).map(resource => [resource.urn, resource]));
  }

  urn({ type, name, parent }) {
    const within = parent && typeOf(parent) !== "pulumi:pulumi:Stack" ? `${parent.split("::")[2]}$` : "";
    return `urn:pulumi:${this.stack}::${this.project}::${within}${type}::${name}`;
  }

  /** Decisions are made one after the other. Steps run beside each other. */
  async #serially(urn, decide) {
    const before = this.#turn;
    let release;
    this.#turn = new Promise(resolve => (release = resolve));
    await before;
    try {
      if (this.stopped) {
        throw new Stopped();
      }
      return await decide();
    } catch (error) {
      this.fail(error, urn);
      throw error;
    } finally {
      release();
    }
  }

  fail(error, urn) {
    if (!this.stopped && !(error instanceof Stopped)) {
      this.log("error", error.message, urn);
    }
    this.stop("failed");
  }

  async register(goal) {
    const urn = this.urn(goal);
    const plan = await this.#serially(urn, () => this.#plan(goal, urn));
    for (const step of plan.steps) {
      await this.execute(step);
    }
    return plan.state;
  }

  /** `Store.get`: a resource of someone else. */
  async read(goal) {
    const urn = this.urn(goal);
    const step = await this.#serially(urn, () => {
      this.#meet(urn);
      this.#seen.add(urn);
      const state = { ...this.#state(goal, urn), id: goal.id, external: true };
      return this.readStep(this.registry.get(goal.provider), state, this.olds.get(urn));
    });
    await this.execute(step);
    return step.resource;
  }

  /** `pulumi import`: a resource comes into the state as it is, without a program. */
  async import(goal) {
    const state = { ...this.#state(goal, this.urn(goal)), importID: goal.id };
    if (this.olds.has(state.urn)) {
      throw new Error(`resource '${state.urn}' already exists`);
    }
    const provider = this.registry.get(goal.provider);
    await this.execute(this.importStep(provider, state));
    const { failures } = await provider.check(state.urn, state.inputs, state.inputs, this.dryRun);
    if (failures.length > 0) {
      this.log("warning", "One or more imported inputs failed to validate. This is almost certainly a bug in the `deltastream` provider. The import " +
        "will still proceed, but you will need to edit the generated code after copying it into your program.", state.urn);
    }
    this.#complain("warning", state, failures);
    state.importID = undefined;
    this.snapshot.save();
  }

  async invoke(reference, token, args) {
    try {
      return await this.registry.get(reference).invoke(token, args, this.dryRun);
    } catch (error) {
      throw new Error(`invocation of ${token} returned an error: ${error.message}`);
    }
  }

  setOutputs(urn, outputs) {
    this.#registered.get(urn).outputs = outputs;
    this.snapshot.save();
  }

  #meet(urn) {
    if (this.#registered.has(urn)) {
      throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    this.#registered.set(urn, undefined);
  }

  #state(goal, urn, old) {
    return {
      urn, custom: goal.custom, type: goal.type, id: undefined, inputs: goal.inputs, outputs: {},
      parent: filled(goal.parent), protect: filled(goal.protect), dependencies: filled(goal.dependencies),
      propertyDependencies: goal.propertyDependencies, provider: filled(goal.provider),
      additionalSecretOutputs: filled(goal.additionalSecretOutputs), customTimeouts: goal.timeouts, importID: filled(goal.importId),
      retainOnDelete: filled(goal.retainOnDelete), ignoreChanges: filled(goal.ignoreChanges), replaceOnChanges: filled(goal.replaceOnChanges),
      refreshBeforeUpdate: old?.refreshBeforeUpdate, created: old?.created, modified: old?.modified,
    };
  }

  async #plan(goal, urn) {
    this.#meet(urn);
    let old = this.olds.get(urn);
    let state = this.#state(goal, urn, old);
    this.#registered.set(urn, state);
    const provider = isProvider(goal.type) ? this.registry : goal.custom ? this.registry.get(goal.provider) : undefined;
    const recreating = this.#condemned.has(urn);
    const imported = goal.custom && goal.importId && (!old || old.external || (old.importID || old.id) !== goal.importId);
    if (imported) {
      const replaced = recreating ? undefined : old;
      old = state;
      await this.execute(this.importStep(provider, state, replaced));
      state = this.#state(goal, urn, old);
    }
    const carries = old && !recreating && !old.external && !this.replace.has(urn);
    if (provider) {
      const inputs = carries ? this.#ignore(urn, state.inputs, old.inputs, goal.ignoreChanges) : goal.inputs;
      state.inputs = await this.#check(provider, state, carries ? old.inputs : undefined, inputs);
    }
    this.#seen.add(urn);
    if (recreating) {
      const replaceKeys = filled(this.#condemned.get(urn));
      this.#condemned.delete(urn);
      return { state, steps: [this.replacedStep(state), this.createStep(provider, state, { old, replaceKeys })] };
    }
    if (old?.external) {
      return { state, steps: [this.createStep(provider, state, { old, pendingDelete: true }), this.replacedStep(state)] };
    }
    if (!old) {
      return { state, steps: [this.createStep(provider, state)] };
    }
    const steps = await this.#stepsOf(await this.#diff(goal, old, state, provider), goal, old, state, provider);
    if (steps.length > 0) {
      return { state, steps };
    }
    return imported ? { state: old, steps } : { state, steps: [this.sameStep(old, state)] };
  }

  async #check(provider, state, olds, news) {
    const { inputs, failures } = await provider.check(state.urn, olds, news, this.dryRun);
    this.#complain("error", state, failures);
    if (failures.length > 0) {
      throw new Stopped(`resource ${state.urn} is invalid`);
    }
    return inputs ?? {};
  }

  // The real engine prints what it was given for a property, with its secrets. So a provider had better not name one.
  #complain(severity, { urn, type, inputs }, failures) {
    for (const { property, reason } of failures) {
      const where = property ? `: property ${property} value {${JSON.stringify(plain(inputs[property]))}}` : "";
      this.log(severity, `${type} resource '${nameOf(urn)}'${where} has a problem: ${reason}`, urn);
    }
  }

  #ignore(urn, inputs, oldInputs, paths) {
    const kept = clone(inputs);
    const lost = paths.filter(path => !resetPath(parsePath(path), oldInputs, kept));
    if (lost.length > 0) {
      this.log("info", `cannot ignore changes in added or removed elements of the path: ${JSON.stringify(lost.join(", "))}`, urn);
    }
    return kept;
  }

  async #diff(goal, old, state, provider) {
    const blame = key => ({ changes: "some", replaces: [key], diffs: [] });
    if (this.replace.has(state.urn)) {
      return blame("id");
    }
    if (await this.#providerChanged(old, state)) {
      return blame("provider");
    }
    if (!provider) {
      return { changes: equal(old.inputs, state.inputs) ? "none" : "some", replaces: [], diffs: [] };
    }
    try {
      return await this.#ask(provider, old, state.inputs, goal.ignoreChanges);
    } catch (error) {
      if (!(error instanceof DiffUnavailable)) {
        throw error;
      }
      this.log("warning", error.message, state.urn);
      return { changes: "some", replaces: [], diffs: [] };
    }
  }

  async #ask(provider, { urn, id, inputs, outputs }, news, ignoreChanges = []) {
    const diff = await provider.diff(urn, id, { oldInputs: inputs, oldOutputs: outputs, news, ignoreChanges });
    if (diff.changes !== "unknown") {
      return diff;
    }
    return { ...diff, changes: equal(plain(inputs), plain(this.#ignore(urn, news, inputs, ignoreChanges))) ? "none" : "some" };
  }

  async #providerChanged(old, state) {
    if (old.provider === state.provider) {
      return false;
    }
    if (!old.provider || !state.provider) {
      return true;
    }
    const [before, after] = [split(old.provider).urn, split(state.provider).urn].map((urn, i) => (i ? this.#registered : this.olds).get(urn));
    const diff = await this.registry.get(state.provider).diffConfig(after.urn, { oldInputs: before.inputs, oldOutputs: before.outputs, news: after.inputs });
    return replaces(diff);
  }

  async #stepsOf(diff, goal, old, state, provider) {
    const failed = old.initErrors?.length > 0;
    diff = this.#replaceOnChanges(diff, goal.replaceOnChanges, failed);
    if (diff.changes !== "some" && !old.pendingReplacement) {
      // Nothing has changed, but the resource is not what it should be: an update without changes goes on where the last one failed.
      return failed ? [this.updateStep(provider, old, state, diff)] : [];
    }
    if (!replaces(diff) && !old.pendingReplacement) {
      return [this.updateStep(provider, old, state, diff)];
    }
    if (state.protect && old.protect) {
      throw new Error(`unable to replace resource "${state.urn}"\nas it is currently marked for protection.`);
    }
    if (goal.importId) {
      const message = "previously-imported resources that still specify an ID may not be replaced; " +
        "please remove the `import` declaration from your program;\n" +
        diff.replaces.map(key => `${key}: ${JSON.stringify(redact(old.inputs[key]))} => ${JSON.stringify(redact(state.inputs[key]))}`).join("\n");
      if (!this.dryRun) {
        throw new Error(message);
      }
      this.log("warning", message, state.urn);
    }
    if (provider && !this.replace.has(state.urn)) {
      // A replacement carries nothing over from the old resource.
      state.inputs = await this.#check(provider, state, undefined, goal.inputs);
    }
    const meta = describe(diff);
    if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) {
      return [this.createStep(provider, state, { old, pendingDelete: true, ...meta }), this.replacedStep(state, meta)];
    }
    const first = await this.#dependentReplacements(old);
    if (!old.pendingReplacement) {
      await this.#ensure(old);
      first.push(this.deleteStep(old, { replacing: true, pendingReplacement: true }));
    }
    return [...first, this.replacedStep(state, meta), this.createStep(provider, state, { old, ...meta })];
  }

  #replaceOnChanges(diff, paths, failed) {
    if (diff.changes !== "some" && !failed) {
      return diff;
    }
    const outer = paths.map(parsePath);
    const forced = path => outer.some(one => pathContains(one, parsePath(path)));
    const entries = Object.entries(diff.detailedDiff ?? {}).map(([path, kind]) =>
      [path, forced(path) && !kind.endsWith("-replace") ? `${kind}-replace` : kind]);
    const initError = failed && forced("#initerror") ? ["#initerror"] : [];
    return {
      ...diff,
      changes: initError.length > 0 ? "some" : diff.changes,
      detailedDiff: diff.detailedDiff && Object.fromEntries(entries),
      replaces: [...new Set([...diff.replaces, ...diff.diffs.filter(forced), ...initError])],
    };
  }

  /** Resources that must go before a resource can be deleted, last first: those that a change of it would replace. */
  async #dependentReplacements(root) {
    const steps = [];
    const gone = new Set([root.urn]);
    const after = new Set([root.urn]);
    const { base } = this.snapshot;
    for (const resource of base.slice(base.indexOf(root) + 1)) {
      if (resource.delete || this.#seen.has(resource.urn) || ![...dependencies(resource)].some(urn => after.has(urn))) {
        continue;
      }
      after.add(resource.urn);
      const keys = await this.#replacedBy(resource, gone);
      if (!keys) {
        continue;
      }
      if (resource.protect) {
        throw new Error(`unable to replace resource "${resource.urn}" as part of replacing "${root.urn}" as it is currently marked for protection.`);
      }
      gone.add(resource.urn);
      if (!this.#condemned.has(resource.urn)) {
        this.#condemned.set(resource.urn, keys);
        steps.unshift(this.deleteStep(resource, { replacing: true, pendingReplacement: true }));
      }
    }
    return steps;
  }

  async #replacedBy(resource, gone) {
    if (!resource.custom || resource.external) {
      return undefined;
    }
    const provider = isProvider(resource.type) ? this.registry : await this.#ensure(resource);
    if (isProvider(resource.type)) {
      await this.registry.ensure(`${resource.urn}::${resource.id}`, this.snapshot.base);
    } else if (gone.has(split(resource.provider).urn)) {
      return [];
    }
    const touched = Object.keys(resource.inputs).filter(key => resource.propertyDependencies?.[key]?.some(urn => gone.has(urn)));
    if (touched.length === 0) {
      return undefined;
    }
    const inputs = { ...resource.inputs, ...Object.fromEntries(touched.map(key => [key, unknownString])) };
    const diff = this.#replaceOnChanges(await this.#ask(provider, resource, inputs, resource.ignoreChanges), resource.replaceOnChanges ?? [], false);
    return replaces(diff) ? diff.replaces : undefined;
  }

  #ensure = resource => (resource.provider ? this.registry.ensure(resource.provider, this.snapshot.base) : undefined);

  /** Deletes what the program no longer has, dependents first. */
  async deleteRest() {
    const condemned = new Map();
    for (const resource of this.snapshot.base.filter(one => !this.snapshot.done.has(one))) {
      if (resource.delete || !this.#seen.has(resource.urn)) {
        await this.#ensure(resource);
        condemned.set(resource, resource.pendingReplacement ? this.forgetStep(resource) : this.deleteStep(resource, { replacing: resource.delete }));
      }
    }
    const waves = [];
    while (condemned.size > 0) {
      const left = new Set([...condemned.keys()].map(resource => resource.urn));
      const wave = [...condemned].filter(([resource]) => ![...needs(resource)].some(urn => urn !== resource.urn && left.has(urn)));
      if (wave.length === 0) {
        throw new Error("resources of the state depend on each other in a circle");
      }
      wave.forEach(([resource]) => condemned.delete(resource));
      waves.unshift(wave.map(([, step]) => step));
    }
    const kept = new Set();
    const run = async step => {
      try {
        // A resource that is protected keeps what it needs. Others can still go.
        await (kept.has(step.resource.urn) ? Promise.reject(new Stopped()) : this.execute(step, { goOn: step.resource.protect }));
      } catch {
        needs(step.resource).forEach(urn => kept.add(urn));
      }
    };
    for (const wave of waves) {
      await Promise.all(wave.map(run));
    }
  }

  /** Reads resources before anything else: all of them, or those whose provider asked for it. */
  async refresh(all) {
    const chosen = this.snapshot.base.filter(resource => all || resource.refreshBeforeUpdate);
    const states = new Map();
    for (const resource of chosen) {
      await this.#ensure(resource);
    }
    const ask = (...args) => this.#ask(...args);
    const steps = chosen.map(resource => ({ ...this.refreshStep(resource, states, ask), uncounted: !all }));
    await Promise.allSettled(steps.map(step => this.execute(step, { goOn: true })));
    const kept = new Set();
    this.snapshot.base = this.snapshot.base.map(resource => (states.has(resource) ? states.get(resource) : resource)).filter(Boolean);
    for (const resource of this.snapshot.base) {
      const has = urn => kept.has(urn);
      resource.dependencies = filled(resource.dependencies?.filter(has));
      resource.propertyDependencies = resource.propertyDependencies &&
        Object.fromEntries(Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, urns.filter(has)]));
      kept.add(resource.urn);
    }
    this.#index();
    this.snapshot.save();
  }
}

module.exports = { Deployment };
