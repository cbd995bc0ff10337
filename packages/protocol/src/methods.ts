import type * as Initialize from "./methods/initialize.ts";
import type * as ThreadFork from "./methods/thread-fork.ts";
import type * as ThreadList from "./methods/thread-list.ts";
import type * as ThreadNameSet from "./methods/thread-name-set.ts";
import type * as ThreadRead from "./methods/thread-read.ts";
import type * as ThreadResume from "./methods/thread-resume.ts";
import type * as ThreadStart from "./methods/thread-start.ts";
import type * as TurnInterrupt from "./methods/turn-interrupt.ts";
import type * as TurnStart from "./methods/turn-start.ts";

/** Every request a client may send: its params and its result. One line and one module a method. */
export type Methods = {
  initialize: { params: Initialize.Params; result: Initialize.Result };
  "thread/start": { params: ThreadStart.Params; result: ThreadStart.Result };
  "thread/resume": { params: ThreadResume.Params; result: ThreadResume.Result };
  "thread/fork": { params: ThreadFork.Params; result: ThreadFork.Result };
  "thread/read": { params: ThreadRead.Params; result: ThreadRead.Result };
  "thread/list": { params: ThreadList.Params; result: ThreadList.Result };
  "thread/name/set": { params: ThreadNameSet.Params; result: ThreadNameSet.Result };
  "turn/start": { params: TurnStart.Params; result: TurnStart.Result };
  "turn/interrupt": { params: TurnInterrupt.Params; result: TurnInterrupt.Result };
};

export type Method = keyof Methods;
export type Params<M extends Method> = Methods[M]["params"];
export type MethodResult<M extends Method> = Methods[M]["result"];

/** The schemas of each method, loaded at its first use: building all of them would cost every start. */
export const schemas = {
  initialize: () => import("./methods/initialize.ts"),
  "thread/start": () => import("./methods/thread-start.ts"),
  "thread/resume": () => import("./methods/thread-resume.ts"),
  "thread/fork": () => import("./methods/thread-fork.ts"),
  "thread/read": () => import("./methods/thread-read.ts"),
  "thread/list": () => import("./methods/thread-list.ts"),
  "thread/name/set": () => import("./methods/thread-name-set.ts"),
  "turn/start": () => import("./methods/turn-start.ts"),
  "turn/interrupt": () => import("./methods/turn-interrupt.ts"),
} as const satisfies Record<Method, () => Promise<unknown>>;

export const isMethod = (name: string): name is Method => Object.hasOwn(schemas, name);
