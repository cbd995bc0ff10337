import type { CommandEntry } from "./command-entry.ts";

/** A new command is one file and one line here. */
export const commands: Record<string, CommandEntry> = {
  exec: {
    summary: "Run Codex non-interactively",
    aliases: ["e"],
    load: async () => (await import("./commands/exec.ts")).defineExec,
  },
  "app-server": {
    summary: "Serve the protocol for editors and other programs",
    load: async () => (await import("./commands/app-server.ts")).defineAppServer,
  },
  completion: {
    summary: "Print a completion script for a shell",
    load: async () => (await import("./commands/completion.ts")).defineCompletion,
  },
  debug: {
    summary: "Show what Codex works with",
    load: async () => (await import("./commands/debug.ts")).defineDebug,
  },
  sandbox: {
    summary: "Run a command in the sandbox that the model's commands get",
    load: async () => (await import("./commands/sandbox.ts")).defineSandbox,
  },
  execpolicy: {
    summary: "Check files of rules against a command",
    load: async () => (await import("./commands/execpolicy.ts")).defineExecpolicy,
  },
  "responses-api-proxy": {
    summary: "Pass requests on to the Responses API with a key that their senders never see",
    hidden: true,
    load: async () => (await import("./commands/responses-api-proxy.ts")).defineResponsesApiProxy,
  },
  archive: {
    summary: "Archive a saved session by id or session name",
    load: async () => (await import("./commands/archive.ts")).defineArchive,
  },
  unarchive: {
    summary: "Unarchive a saved session by id or session name",
    load: async () => (await import("./commands/unarchive.ts")).defineUnarchive,
  },
  queue: {
    summary: "Queue a message for an existing session",
    load: async () => (await import("./commands/queue.ts")).defineQueue,
  },
  delete: {
    summary: "Permanently delete a saved session by id or session name",
    load: async () => (await import("./commands/delete.ts")).defineDelete,
  },
  login: {
    summary: "Sign in",
    load: async () => (await import("./commands/login.ts")).defineLogin,
  },
  logout: {
    summary: "Forget the stored login",
    load: async () => (await import("./commands/logout.ts")).defineLogout,
  },
  apply: {
    summary: "Apply a cloud task's diff to this checkout",
    aliases: ["a"],
    load: async () => (await import("./commands/apply.ts")).defineApply,
  },
  cloud: {
    summary: "Give tasks to the cloud, and apply what came of them",
    aliases: ["cloud-tasks"],
    load: async () => (await import("./commands/cloud.ts")).defineCloud,
  },
  "exec-server": {
    summary: "Run processes and work on files of this machine for a client elsewhere",
    load: async () => (await import("./commands/exec-server.ts")).defineExecServer,
  },
  features: {
    summary: "Inspect and switch feature flags",
    load: async () => (await import("./commands/define-features.ts")).defineFeatures,
  },
};

/** What the original has and this build does not have yet, so that the word is never taken for a prompt. */
export const laterCommands: readonly string[] = [
  "agents",
  "doctor",
  "fork",
  "mcp",
  "mcp-server",
  "migrate-nfs-db",
  "migrate-rollouts",
  "plugin",
  "remote-control",
  "resume",
  "review",
  "update",
];
