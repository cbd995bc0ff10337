import type { Connection } from "@codex/platform/tcp";
import { byteReader, type ByteReader } from "./byte-reader.ts";
import type { NetworkRequest } from "./judge-request.ts";
import type { OpenServer } from "./serve-http.ts";
import { tunnel } from "./tunnel.ts";

/** A SOCKS5 proxy (RFC 1928) for one connection: CONNECT without authentication. Names are resolved by us. */
export async function serveSocks(client: Connection, open: OpenServer): Promise<void> {
  const reader = byteReader(client);
  const method = await chooseMethod(reader);
  if (method === undefined) return;
  await client.write(Uint8Array.of(5, method));
  if (method === noMethod) return;
  const asked = await readRequest(reader);
  if (asked === undefined) return;
  if (typeof asked === "number") return void (await client.write(reply(asked)));
  const opening = await open(asked);
  if (opening.type !== "open") {
    return void (await client.write(reply(opening.type === "blocked" ? replies.notAllowed : replies.unreachable)));
  }
  try {
    await client.write(reply(replies.succeeded));
    await tunnel(client, reader, opening.server);
  } finally {
    opening.server.destroy();
  }
}

const replies = { succeeded: 0, notAllowed: 2, unreachable: 4, badCommand: 7, badAddress: 8 } as const;
const noMethod = 0xff;

/** The address that we speak from is nobody's business, and always zero. */
const reply = (code: number): Uint8Array => Uint8Array.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0);

async function chooseMethod(reader: ByteReader): Promise<number | undefined> {
  const [version, count] = (await reader.exactly(2)) ?? [];
  if (version !== 5 || count === undefined) return undefined;
  const offered = await reader.exactly(count);
  return offered?.includes(0) ? 0 : noMethod;
}

/** A number is the reply that refuses it. */
async function readRequest(reader: ByteReader): Promise<NetworkRequest | number | undefined> {
  const [version, command, , kind] = (await reader.exactly(4)) ?? [];
  if (version !== 5) return undefined;
  if (command !== 1) return replies.badCommand;
  const host = await readHost(reader, kind);
  if (host === undefined) return replies.badAddress;
  const port = (await reader.exactly(2))?.readUInt16BE(0);
  return port === undefined ? undefined : { host, port, protocol: "socks5Tcp" };
}

async function readHost(reader: ByteReader, kind: number | undefined): Promise<string | undefined> {
  switch (kind) {
    case 1:
      return (await reader.exactly(4))?.join(".");
    case 3: {
      const [length = 0] = (await reader.exactly(1)) ?? [];
      return (await reader.exactly(length))?.toString("latin1");
    }
    case 4: {
      const bytes = await reader.exactly(16);
      return bytes && [0, 2, 4, 6, 8, 10, 12, 14].map((at) => bytes.readUInt16BE(at).toString(16)).join(":");
    }
    default:
      return undefined;
  }
}
