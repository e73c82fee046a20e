"use strict";
// What a program talks to: the resource monitor and the engine's log. Both speak the generated code of @pulumi/pulumi.

const grpc = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");
const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb.js");
const engine = require("@pulumi/pulumi/proto/engine_pb.js");
const { ResourceMonitorService } = require("@pulumi/pulumi/proto/resource_grpc_pb.js");
const { InvokeResponse } = require("@pulumi/pulumi/proto/provider_pb.js");
const monitor = require("@pulumi/pulumi/proto/resource_pb.js");
const { isProvider } = require("./registry.js");
const { fromStruct, hasUnknown, toStruct } = require("./values.js");

const features = ["secrets", "resourceReferences", "outputValues", "aliasSpecs", "replacementTrigger"];
const severities = ["debug", "info", "warning", "error"];
const units = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** "1h30m" in seconds. */
const seconds = (text = "") => [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)].reduce((sum, [, n, unit]) => sum + n * units[unit], 0) || undefined;

class Monitor {
  #defaults = new Map();
  #root = "";
  #stackOutputs;

  /** Resolves when the program has nothing more to say. */
  finished = new Promise(resolve => (this.finish = resolve));
  /** Lets the program go. */
  shutDown = new Promise(resolve => (this.release = resolve));

  constructor({ emit, config, debug, directory }) {
    Object.assign(this, { emit, config, debug, directory });
  }

  async listen() {
    const options = { "grpc.max_receive_message_length": 400 << 20, "grpc.max_send_message_length": 400 << 20 };
    this.server = new grpc.Server(options);
    this.#serve(EngineService, {
      log: request => this.#log(request),
      getRootResource: () => new engine.GetRootResourceResponse().setUrn(this.#root),
      setRootResource: request => {
        this.#root = request.getUrn();
        return new engine.SetRootResourceResponse();
      },
    });
    this.#serve(ResourceMonitorService, {
      supportsFeature: request => new monitor.SupportsFeatureResponse().setHassupport(features.includes(request.getId())),
      registerResource: request => this.#register(request),
      registerResourceOutputs: request => this.#registerOutputs(request),
      readResource: request => this.#read(request),
      invoke: request => this.#invoke(request),
      signalAndWaitForShutdown: async () => {
        this.finish();
        await this.shutDown;
        return new Empty();
      },
    });
    const port = await new Promise((resolve, reject) => this.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(),
      (error, bound) => (error ? reject(error) : resolve(bound))));
    this.address = `127.0.0.1:${port}`;
  }

  // A program whose engine has stopped must hear UNAVAILABLE: it would wait for ever, or complain about the wrong thing. What this small engine
  // does not serve is UNIMPLEMENTED, by gRPC itself.
  #serve(service, methods) {
    const handle = method => async (call, answer) => {
      try {
        answer(null, await method(call.request));
      } catch (error) {
        if (this.deployment?.stopped) {
          await this.deployment.over;
          answer({ code: grpc.status.UNAVAILABLE, details: "resource monitor shut down" });
        } else {
          answer({ code: error.status ?? grpc.status.UNKNOWN, details: error.message });
        }
      }
    };
    this.server.addService(service, Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, handle(method)])));
  }

  #log(request) {
    const severity = severities[request.getSeverity()];
    if (severity !== "debug" || this.debug) {
      this.emit({
        event: "log", severity, message: request.getMessage(), ephemeral: request.getEphemeral(), urn: request.getUrn() || undefined,
      });
    }
    return new Empty();
  }

  async #register(request) {
    const custom = request.getCustom();
    const type = request.getType();
    for (const [option, used] of [
      ["aliases", request.getAliasurnsList().length + request.getAliasesList().length], ["transforms", request.getTransformsList().length],
      ["remote components", request.getRemote()], ["packages", request.getPackageref()],
    ]) {
      if (used) {
        throw Object.assign(new Error(`this engine has no ${option}`), { status: grpc.status.UNIMPLEMENTED });
      }
    }
    const inputs = fromStruct(request.getObject(), this.directory) ?? {};
    if (isProvider(type) && request.getVersion()) {
      inputs.version = request.getVersion();
    }
    const dependencies = request.getDependenciesList();
    const perProperty = {};
    request.getPropertydependenciesMap().forEach((urns, key) => (perProperty[key] = urns.getUrnsList()));
    const timeouts = request.getCustomtimeouts()?.toObject() ?? {};
    const state = await this.deployment.register({
      type, name: request.getName(), custom, parent: request.getParent(), inputs, dependencies,
      propertyDependencies: Object.keys(perProperty).length > 0 ? perProperty : Object.fromEntries(Object.keys(inputs).map(key => [key, dependencies])),
      provider: custom && !isProvider(type) ? request.getProvider() || (await this.defaultProvider(type, request.getVersion())) : "",
      protect: request.getProtect(), retainOnDelete: request.getRetainondelete(), importId: request.getImportid(),
      ignoreChanges: request.getIgnorechangesList(), replaceOnChanges: request.getReplaceonchangesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      deleteBeforeReplace: request.getDeletebeforereplacedefined() || request.getDeletebeforereplace() ? request.getDeletebeforereplace() : undefined,
      timeouts: { create: seconds(timeouts.create), update: seconds(timeouts.update), delete: seconds(timeouts.pb_delete), read: seconds(timeouts.read) },
    });
    const outputs = Object.entries(custom ? state.outputs : {}).filter(([, value]) => request.getSupportspartialvalues() || !hasUnknown(value));
    return new monitor.RegisterResourceResponse().setUrn(state.urn).setId(state.id ?? "")
      .setObject(toStruct(Object.fromEntries(outputs), { secrets: request.getAcceptsecrets(), resources: request.getAcceptresources() }));
  }

  /** A program that names no provider gets one of the stack's configuration. */
  defaultProvider(token, version) {
    const packageName = token.split(":")[0];
    const name = version ? `default_${version.replace(/[^\w]/g, "_")}` : "default";
    if (!this.#defaults.has(name)) {
      const given = [...this.config].filter(([key]) => key.startsWith(`${packageName}:`)).map(([key, value]) => [key.slice(packageName.length + 1), value]);
      const inputs = Object.fromEntries(version ? [...given, ["version", version]] : given);
      const goal = { type: `pulumi:providers:${packageName}`, name, custom: true, inputs, ignoreChanges: [], replaceOnChanges: [] };
      this.#defaults.set(name, this.deployment.register(goal).then(({ urn, id }) => `${urn}::${id}`));
    }
    return this.#defaults.get(name);
  }

  #registerOutputs(request) {
    const outputs = fromStruct(request.getOutputs(), this.directory) ?? {};
    if (request.getUrn() === this.#root || request.getUrn().split("::")[2] === "pulumi:pulumi:Stack") {
      this.#stackOutputs = { urn: request.getUrn(), outputs };
    } else {
      this.deployment.setOutputs(request.getUrn(), outputs);
    }
    return new Empty();
  }

  /** Outputs of the stack come last. After a failure, an output that is missing keeps its old value. */
  finishOutputs() {
    if (!this.#stackOutputs) {
      return {};
    }
    const { urn, outputs } = this.#stackOutputs;
    const kept = this.deployment.stopped ? { ...this.deployment.olds.get(urn)?.outputs, ...outputs } : outputs;
    this.deployment.setOutputs(urn, kept);
    return kept;
  }

  async #read(request) {
    const state = await this.deployment.read({
      id: request.getId(), type: request.getType(), name: request.getName(), custom: true, parent: request.getParent(),
      inputs: fromStruct(request.getProperties(), this.directory) ?? {}, dependencies: request.getDependenciesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      provider: request.getProvider() || (await this.defaultProvider(request.getType(), request.getVersion())),
    });
    return new monitor.ReadResourceResponse().setUrn(state.urn)
      .setProperties(toStruct(state.outputs, { secrets: request.getAcceptsecrets(), resources: request.getAcceptresources() }));
  }

  async #invoke(request) {
    const token = request.getTok();
    const reference = request.getProvider() || (await this.defaultProvider(token, request.getVersion()));

    const { result, failures } = await this.deployment.invoke(reference, token, fromStruct(request.getArgs(), this.directory) ?? {});
    return new InvokeResponse().setReturn(toStruct(result)).setFailuresList(failures);
  }
}

module.exports = { Monitor };
