"use strict";
// A small copy of Pulumi's engine, for tests of a provider. It runs a program of Pulumi's SDK, keeps a state, and drives the provider's process.
// It prints one JSON object a line, and ends with 0 when all went well.

const { spawn } = require("child_process");
const path = require("path");
const readline = require("readline");
const { parseArgs } = require("util");
const { Deployment } = require("./deployment.js");
const { Monitor } = require("./monitor.js");
const { Registry } = require("./registry.js");
const { Snapshot } = require("./state.js");
const { plain, redact, secret } = require("./values.js");

const emit = line => process.stdout.write(`${JSON.stringify(line)}\n`);
const many = { type: "string", multiple: true, default: [] };
const { positionals: [verb, ...subject], values: options } = parseArgs({
  allowPositionals: true,
  options: {
    provider: { type: "string" },
    state: { type: "string" },
    program: { type: "string", default: "." },
    config: many,
    "secret-config": many,
    stack: { type: "string", default: "test" },
    project: { type: "string", default: "test" },
    parallel: { type: "string", default: "16" },
    replace: many,
    protect: { type: "string", default: "true" },
    debug: { type: "boolean", default: false },
  },
});

const directory = path.resolve(options.program);
const dryRun = verb === "preview";
const config = new Map(["config", "secret-config"].flatMap(kind =>
  options[kind].map(pair => {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair);
    return [key.includes(":") ? key : `${options.project}:${key}`, kind === "config" ? value : secret(value)];
  })));

/** Runs the program as Pulumi's language host does. A program without a node_modules of its own gets the engine's SDK. */
function runProgram(address) {
  const paths = [directory, __dirname];
  const child = spawn(process.execPath, [
    require.resolve("@pulumi/pulumi/cmd/run", { paths }), `--monitor=${address}`, `--engine=${address}`, "--organization=organization",
    `--project=${options.project}`, `--stack=${options.stack}`, `--pwd=${directory}`, `--parallel=${options.parallel}`, ...(dryRun ? ["--dry-run"] : []), ".",
  ], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_PATH: path.join(__dirname, "node_modules"),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries([...config].map(([key, value]) => [key, plain(value)]))),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify([...config].filter(([, value]) => typeof value !== "string").map(([key]) => key)),
    },
  });
  for (const source of ["stdout", "stderr"]) {
    readline.createInterface({ input: child[source] }).on("line", message => emit({ event: "log", severity: "info", message, source: `program ${source}` }));
  }
  return { kill: () => child.kill("SIGKILL"), ended: new Promise(resolve => child.once("close", code => resolve(code ?? 1))) };
}

const run = {
  async up(deployment, monitor) {
    const { base, interrupted } = deployment.snapshot;
    if (base.some(resource => resource.refreshBeforeUpdate)) {
      await deployment.refresh(false);
    } else if (interrupted.length > 0 && !dryRun) {
      const list = interrupted.map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}\n`);
      deployment.log("warning", `Attempting to deploy or update resources with ${list.length} pending operations from previous deployment.\n${list.join("")}` +
        "These resources are in an unknown state because the engine was interrupted while waiting for changes to these resources to complete.");
    }
    if (deployment.failed || deployment.stopped) {
      return {};
    }
    const program = runProgram(monitor.address);
    const code = await Promise.race([monitor.finished, program.ended, deployment.over]);
    if (code) {
      deployment.fail(new Error(`the program ended with code ${code}`));
    }
    if (!deployment.stopped) {
      await deployment.deleteRest();
    }
    await (deployment.stopped && deployment.over);
    const outputs = monitor.finishOutputs();
    monitor.release();
    const late = setTimeout(program.kill, 10_000);
    await program.ended;
    clearTimeout(late);
    return outputs;
  },

  preview: (...both) => run.up(...both),

  // These two run without the program, and so with the providers' configuration as the state has it.
  destroy: deployment => deployment.deleteRest(),
  refresh: deployment => deployment.refresh(true),

  async import(deployment, monitor) {
    const [type, name, id] = subject;
    const stack = { type: "pulumi:pulumi:Stack", name: `${options.project}-${options.stack}`, inputs: {}, ignoreChanges: [], replaceOnChanges: [] };
    const parent = deployment.urn(stack);
    if (!deployment.olds.has(parent)) {
      await deployment.register(stack);
    }
    const old = deployment.olds.get(deployment.urn({ type: `pulumi:providers:${type.split(":")[0]}`, name: "default" }));
    const provider = old ? `${old.urn}::${old.id}` : await monitor.defaultProvider(type);
    await deployment.registry.ensure(provider, deployment.snapshot.base);
    await deployment.import({ type, name, id, parent, provider, custom: true, inputs: {}, protect: options.protect === "true" });
  },
};

async function main() {
  const monitor = new Monitor({ emit, config, directory, debug: options.debug });
  await monitor.listen();
  const provider = /^\d+$/.test(options.provider) ? options.provider : path.resolve(options.provider);
  const registry = new Registry(provider, {
    engine: monitor.address, directory, emit, log: (severity, message, more) => emit({ event: "log", severity, message, ephemeral: false, ...more }),
  });
  try {
    if (verb === "schema") {
      emit({ event: "schema", schema: JSON.parse(await (await registry.start()).schema()) });
      return 0;
    }
    const snapshot = new Snapshot(path.resolve(options.state), dryRun);
    const { stack, project, replace } = options;
    const deployment = new Deployment({ snapshot, registry, dryRun, emit, stack, project, replace, parallel: Number(options.parallel) });
    monitor.deployment = deployment;
    process.once("SIGINT", () => {
      registry.cancel();
      deployment.stop("canceled");
    });
    let outputs = {};
    try {
      outputs = (await run[verb](deployment, monitor)) ?? {};
    } catch (error) {
      deployment.fail(error);
    }
    await (deployment.stopped && deployment.over);
    const result = deployment.stopped ?? (deployment.failed ? "failed" : "succeeded");
    emit({ event: "summary", result, changes: deployment.changes, outputs: redact(outputs) });
    return result === "succeeded" ? 0 : 1;
  } finally {
    await registry.close();
    monitor.server.forceShutdown();
  }
}

if (!(verb in run || verb === "schema") || !options.provider || (verb !== "schema" && !options.state)) {
  process.stderr.write(`usage: node engine.js ${Object.keys(run).join("|")}|schema --provider <executable or port> --state <file> [--program <folder>]\n`);
  process.exitCode = 2;
} else {
  main().then(code => (process.exitCode = code));
}
