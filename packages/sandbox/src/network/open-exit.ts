import { expectDescriptors } from "@codex/platform/listening-sockets";
import { serveGate, type NetworkGate } from "./network-gate.ts";

/** The way from a command's own network to its gate, which is here. */
export type Exit = {
  /** For the inner stage, as its descriptors 4 and 5: on them it hands over what it listens on. */
  readonly fds: readonly number[];
  readonly gate: { readonly unixSockets: boolean };
  /** Call once; ends all that goes through. */
  close(): void;
};

/** No port of the host is opened: the listening sockets are made inside, and sent out to be served here. */
export function openExit(gate: NetworkGate): Exit {
  const expected = expectDescriptors(2);
  let served: { close(): void } | undefined;
  let closed = false;
  void expected.arrived.then(([http, socks]) => {
    if (http !== undefined && socks !== undefined) served = serveGate({ http, socks }, gate);
    if (closed) served?.close();
  });
  return {
    fds: expected.handedOver,
    gate: { unixSockets: gate.rules.allowUnixSockets },
    close() {
      closed = true;
      expected.close();
      served?.close();
    },
  };
}
