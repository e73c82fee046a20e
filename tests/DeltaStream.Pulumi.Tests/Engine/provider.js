"use strict";
// A provider's process, and its calls as Pulumi's engine makes them.

const { spawn } = require("child_process");
const { randomBytes } = require("crypto");
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const grpc = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");
const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const { PluginAttach } = require("@pulumi/pulumi/proto/plugin_pb.js");
const messages = require("@pulumi/pulumi/proto/provider_pb.js");
const { Status } = require("@pulumi/pulumi/proto/status_pb.js");
const { annotateSecrets, fromProvider, hasSecret, hasUnknown, isSecret, plain, restoreAssets, secret, toStruct } = require("./values.js");

const options = { "grpc.max_receive_message_length": 400 << 20, "grpc.max_send_message_length": 400 << 20 };
const diffChanges = ["unknown", "none", "some"];
const diffKinds = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];
const nameOf = urn => urn.slice(urn.lastIndexOf("::") + 2);
const typeOf = urn => urn.split("::")[2].split("$").pop();

/** The resource exists, and is not what it should be. */
class InitFailed extends Error {
  constructor(answer, reasons) {
    super(reasons.join("\n") || "resource init failed");
    Object.assign(this, { answer, reasons });
  }
}

/** The provider's configuration is unknown, so there is nothing to ask it. */
class DiffUnavailable extends Error {}

function message(type, fields) {
  const built = new messages[type]();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      built[`set${name[0].toUpperCase()}${name.slice(1)}`](value);
    }
  }
  return built;
}

const request = (type, urn, fields) => message(type, { urn, name: nameOf(urn), type: typeOf(urn), ...fields });

class Provider {
  constructor(executable, { engine, directory, log, emit }) {
    Object.assign(this, { executable, engine, directory, log, emit, output: [] });
  }

  /** Starts a process, or attaches to one that listens at a port, as for a debugger. Such a one stays when the engine ends. */
  async start() {
    const attached = /^\d+$/.test(this.executable);
    const port = attached ? this.executable : await this.#spawn();
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
    const folder = attached ? undefined : path.dirname(this.executable);
    const handshake = await this.#call("handshake", message("ProviderHandshakeRequest", {
      engineAddress: this.engine, rootDirectory: folder, programDirectory: folder,
      configureWithUrn: true, supportsViews: true, supportsRefreshBeforeUpdate: true, invokeWithPreview: true,
    }));
    if (attached) {
      await this.#call("attach", new PluginAttach().setAddress(this.engine));
    }
    this.keep = { secrets: handshake.getAcceptSecrets(), resources: handshake.getAcceptResources() };
    this.version = (await this.#call("getPluginInfo", new Empty())).getVersion();
    return this;
  }

  async #spawn() {
    const child = (this.child = spawn(this.executable, [this.engine], { cwd: this.directory, stdio: "pipe" }));
    this.exited = new Promise(resolve => child.once("close", resolve));
    const port = await this.#port();
    this.exited.then(() => this.closing || this.log("error", `Detected that ${this.executable} exited prematurely.\n${this.output.join("\n")}`));
    this.emit({ event: "provider", pid: child.pid });
    return port;
  }

  /** The first line of stdout is the port. What follows is for debugging. */
  async #port() {
    let late;
    const first = new Promise((resolve, reject) => {
      const debug = stream => line => this.output.push(line) && this.log("debug", line, { source: stream });
      readline.createInterface({ input: this.child.stderr }).on("line", debug("stderr"));
      const lines = readline.createInterface({ input: this.child.stdout }).once("line", line => {
        lines.on("line", debug("stdout"));
        resolve(line.trim());
      });
      this.child.once("error", error => reject(new Error(`${this.executable} does not start: ${error.message}`)));
      this.exited.then(() => reject(new Error(`${this.executable} ended before it wrote its port.\n${this.output.join("\n")}`)));
      late = setTimeout(() => reject(new Error(`${this.executable} wrote no port within 10 s.`)), 10_000);
    });
    try {
      const line = await first;
      if (!/^\d+$/.test(line)) {
        throw new Error(`${this.executable} wrote '${line}' where its port should be.`);
      }
      return line;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearTimeout(late);
    }
  }

  #call(method, argument) {
    return new Promise((resolve, reject) =>
      this.client[method](argument, (error, answer) => (error ? reject(this.#failure(error)) : resolve(answer))));
  }

  #failure(error) {
    const [packed] = error.metadata?.get("grpc-status-details-bin") ?? [];
    for (const detail of packed ? Status.deserializeBinary(packed).getDetailsList() : []) {
      const type = detail.getTypeName().split(".").pop();
      const content = messages[type]?.deserializeBinary(detail.getValue_asU8());
      if (type === "ErrorResourceInitFailed") {
        return new InitFailed(content, content.getReasonsList());
      }
      if (type === "ConfigureErrorMissingKeys") {
        return new Error(content.getMissingkeysList()
          .map(key => `missing required configuration key "${key.getName()}": ${key.getDescription()}`).join("\n"));
      }
    }
    return Object.assign(new Error(error.details || error.message), { code: grpc.status[error.code] });
  }

  async schema() {
    return (await this.#call("getSchema", message("GetSchemaRequest", { version: 0 }))).getSchema();
  }

  // Configuration is checked and compared with its secrets unwrapped, as the real engine does.
  async checkConfig(urn, olds, news) {
    const bare = { secrets: false, resources: false };
    const answer = await this.#call("checkConfig", request("CheckRequest", urn, { olds: toStruct(olds, bare), news: toStruct(news, bare) }));
    const inputs = fromProvider(answer.getInputs(), true);
    annotateSecrets(inputs, news);
    return { inputs, failures: answer.getFailuresList().map(failure => failure.toObject()) };
  }

  async diffConfig(urn, { oldInputs, oldOutputs, news, ignoreChanges }) {
    const bare = { secrets: false, resources: false };
    return this.#decodeDiff(await this.#call("diffConfig", request("DiffRequest", urn, {
      oldInputs: toStruct(oldInputs, bare), olds: toStruct(oldOutputs, bare), news: toStruct(news, bare), ignorechangesList: ignoreChanges,
    })));
  }

  /** Does not wait: a provider that can't be configured fails where it is used first. */
  configure(urn, id, inputs) {
    const given = Object.entries(inputs).filter(([key]) => key !== "version");
    this.known = !given.some(([, value]) => hasUnknown(value));
    if (!this.known) {
      this.ready = Promise.resolve();
      return;
    }
    const configuration = request("ConfigureRequest", urn, {
      id, acceptsecrets: true, acceptresources: true, sendsOldInputs: true, sendsOldInputsToDelete: true, args: toStruct(inputs),
    });
    for (const [key, value] of given) {
      const bare = plain(value);
      configuration.getVariablesMap().set(`${typeOf(urn).split(":").pop()}:config:${key}`, typeof bare === "string" ? bare : JSON.stringify(bare));
    }
    this.ready = this.#call("configure", configuration);
    this.ready.catch(() => {});
  }

  #old = properties => toStruct(properties, { ...this.keep, elide: true });
  #new = properties => toStruct(properties, this.keep);

  async check(urn, olds, news, preview) {
    await this.ready;
    if (!this.known) {
      return { inputs: news, failures: [] };
    }
    const answer = await this.#call("check", request("CheckRequest", urn, {
      olds: this.#new(olds ?? {}), news: this.#new(news), randomseed: randomBytes(32),
    }));
    return {
      inputs: this.#take(answer.getInputs(), preview, news),
      failures: answer.getFailuresList().map(failure => failure.toObject()),
    };
  }

  async diff(urn, id, { oldInputs, oldOutputs, news, ignoreChanges }) {
    await this.ready;
    if (!this.known) {
      throw new DiffUnavailable("The provider for this resource has inputs that are not known during preview.\n" +
        "This preview may not correctly represent the changes that will be applied during an update.");
    }
    return this.#decodeDiff(await this.#call("diff", request("DiffRequest", urn, {
      id, oldInputs: this.#old(oldInputs), olds: this.#old(oldOutputs), news: this.#old(news), ignorechangesList: ignoreChanges,
    })));
  }

  #decodeDiff(answer) {
    const detailedDiff = {};
    answer.getDetaileddiffMap().forEach((difference, key) => (detailedDiff[key] = diffKinds[difference.getKind()]));
    return {
      changes: diffChanges[answer.getChanges()],
      replaces: answer.getReplacesList(),
      diffs: answer.getDiffsList(),
      detailedDiff: answer.getHasdetaileddiff() ? detailedDiff : undefined,
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  async create(urn, inputs, { timeout, preview }) {
    await this.ready;
    if (!this.known) {
      return { id: "" };
    }
    return this.#change("create", request("CreateRequest", urn, { properties: this.#new(inputs), timeout, preview }), inputs, preview);
  }

  async update(urn, id, { oldInputs, oldOutputs, news, ignoreChanges, timeout, preview }) {
    await this.ready;
    if (!this.known) {
      return { outputs: {} };
    }
    return this.#change("update", request("UpdateRequest", urn, {
      id, oldInputs: this.#old(oldInputs), olds: this.#old(oldOutputs), news: this.#new(news), ignorechangesList: ignoreChanges, timeout, preview,
    }), news, preview);
  }

  async #change(method, argument, inputs, preview) {
    const { answer, reasons } = await this.#partial(method, argument);
    const id = answer.getId?.();
    if (method === "create" && !id && !preview) {
      throw new Error(`plugin returned empty resource.ID from create '${argument.getUrn()}'`);
    }
    return { id, outputs: this.#take(answer.getProperties(), preview, inputs), refreshBeforeUpdate: answer.getRefreshBeforeUpdate(), reasons };
  }

  async read(urn, id, { inputs, outputs, timeout } = {}) {
    await this.ready;
    if (!this.known) {
      return { id: "", inputs: {}, outputs: {} };
    }
    const { answer, reasons } = await this.#partial("read", request("ReadRequest", urn, {
      id, properties: this.#old(outputs), inputs: this.#old(inputs), timeout,
    }));
    return {
      id: answer.getId(),
      inputs: restoreAssets(inputs, this.#take(answer.getInputs(), false, inputs)),
      outputs: restoreAssets(inputs, this.#take(answer.getProperties(), false, outputs)),
      refreshBeforeUpdate: answer.getRefreshBeforeUpdate(),
      reasons,
    };
  }

  async delete(urn, id, { inputs, outputs, timeout }) {
    await this.ready;
    await this.#call("delete", request("DeleteRequest", urn, { id, properties: this.#old(outputs), oldInputs: this.#old(inputs), timeout }));
  }

  async invoke(token, args, preview) {
    await this.ready;
    if (!this.known) {
      return { result: {}, failures: [] };
    }
    const answer = await this.#call("invoke", message("InvokeRequest", { tok: token, args: this.#new(args), preview }));
    const result = fromProvider(answer.getReturn(), false);
    const wrap = hasSecret(args) && !this.keep.secrets;
    return {
      result: wrap ? Object.fromEntries(Object.entries(result).map(([key, value]) => [key, isSecret(value) ? value : secret(value)])) : result,
      failures: answer.getFailuresList(),
    };
  }

  /** A resource that exists but failed is an answer, with its reasons. Every other failure is an exception. */
  async #partial(method, argument) {
    try {
      return { answer: await this.#call(method, argument) };
    } catch (error) {
      if (error instanceof InitFailed) {
        return { answer: error.answer, reasons: error.reasons };
      }
      throw error;
    }
  }

  #take(struct, preview, given) {
    const properties = fromProvider(struct, preview);
    if (!this.keep.secrets) {
      annotateSecrets(properties, given);
    }
    return properties;
  }

  cancel() {
    return this.#call("cancel", new Empty()).catch(error => this.log("warning", `Cancel failed: ${error.message}`));
  }

  /** The most memory that the process had, in kB, where the system tells it. */
  #measure() {
    const status = `/proc/${this.child.pid}/status`;
    const peak = fs.existsSync(status) && /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(status, "utf8"));
    if (peak) {
      this.emit({ event: "provider", pid: this.child.pid, peakMemory: Number(peak[1]) });
    }
  }

  async close() {
    this.closing = true;
    this.client?.close();
    if (!this.child) {
      return;
    }
    this.#measure();
    this.child.kill("SIGINT");
    const forced = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
    await this.exited;
    clearTimeout(forced);
  }
}

module.exports = { DiffUnavailable, Provider, nameOf, typeOf };
