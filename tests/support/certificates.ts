import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A certificate authority that only a test trusts, and a certificate it has signed for some hosts; all in PEM. */
export type Certificates = { authority: string; certificate: string; key: string };

/** Makes them anew; X.509 by hand, since neither Bun nor Node can and not every machine has openssl. */
export function makeCertificates(hosts: readonly string[]): Certificates {
  const root = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const leaf = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const authority = issue({
    subject: "test authority",
    issuer: "test authority",
    publicKey: root.publicKey,
    signer: root.privateKey,
    extensions: [extension([0x55, 0x1d, 0x13], true, sequence(der(0x01, [0xff])))], // basicConstraints: an authority
  });
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? der(0x87, host.split(".").map(Number)) : der(0x82, Buffer.from(host)),
  );
  const certificate = issue({
    subject: hosts[0] ?? "nobody",
    issuer: "test authority",
    publicKey: leaf.publicKey,
    signer: root.privateKey,
    extensions: [extension([0x55, 0x1d, 0x11], false, sequence(...names))], // subjectAltName
  });
  return {
    authority: pem(authority),
    certificate: pem(certificate),
    key: String(leaf.privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}

type Issue = { subject: string; issuer: string; publicKey: KeyObject; signer: KeyObject; extensions: Buffer[] };

function issue({ subject, issuer, publicKey, signer, extensions }: Issue): Buffer {
  const body = sequence(
    der(0xa0, der(0x02, [2])), // version 3
    der(0x02, [0x01, ...crypto.getRandomValues(new Uint8Array(8))]),
    ecdsaWithSha256,
    name(issuer),
    sequence(time(Date.now() - day), time(Date.now() + 30 * day)),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  return sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, signer)])));
}

const day = 86_400_000;

/** One value of DER: tag, length, content. */
function der(tag: number, content: Uint8Array | readonly number[]): Buffer {
  const bytes = Buffer.from(content);
  const size = bytes.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, Buffer.concat(parts));

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));

const name = (common: string): Buffer =>
  sequence(der(0x31, sequence(der(0x06, [0x55, 0x04, 0x03]), der(0x0c, Buffer.from(common)))));

const time = (ms: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));

const extension = (id: number[], critical: boolean, value: Buffer): Buffer =>
  sequence(der(0x06, id), ...(critical ? [der(0x01, [0xff])] : []), der(0x04, value));

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString("base64").replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`;
