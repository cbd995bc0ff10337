import type { Result } from "@codex/protocol/result";
import type { Static, TSchema } from "@sinclair/typebox";
import type { Client } from "./client.ts";

/** One method that clients may call: what it takes, and what is done. A new one is a file and a line in `methods.ts`. */
export type Method = {
  /** What the refusal before the handshake calls it. */
  readonly family: string;
  readonly params: TSchema;
  readonly order: Order;
  /** The params are as the schema says. */
  handle(params: never, call: Call): Promise<Result<unknown>>;
};

export type Call = {
  readonly client: Client;
  /** Resolves once the answer has been sent: what it causes is told after it. */
  readonly answered: Promise<void>;
};

/**
 * What has to be kept in the order in which it came, where a client does not wait for answers. Reading files may overlap with
 * other reading; what is asked of one process waits for what was asked of it before.
 */
export type Order =
  | { readonly type: "none" }
  | { readonly type: "files"; readonly access: "read" | "write" }
  | { readonly type: "process"; readonly role: "starts" | "inOrder" | "afterStart" };

export const defineMethod = <S extends TSchema>(
  family: string,
  params: S,
  order: Order,
  handle: (params: Static<S>, call: Call) => Promise<Result<unknown>>,
): Method => ({ family, params, order, handle });
