import { InvalidArgumentError, Option, type Command } from "commander";

/** Who may come in over a WebSocket: `WebSocketAuthFlags`. */
export const addWebSocketOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("--ws-auth <mode>", "How WebSocket clients prove that they may come in").choices([
        "capability-token",
        "signed-bearer-token",
      ]),
    )
    .option("--ws-token-file <path>", "File with the token that clients send (capability-token)")
    .option("--ws-token-sha256 <hex>", "The SHA-256 of that token, instead of the file")
    .option("--ws-shared-secret-file <path>", "File with the secret, of 32 bytes at least (signed-bearer-token)")
    .option("--ws-issuer <issuer>", "The issuer that a signed token must name")
    .option("--ws-audience <audience>", "The audience that a signed token must name")
    .addOption(
      new Option("--ws-max-clock-skew-seconds <seconds>", "How far clocks may differ; 30 by default").argParser(
        wholeNumber,
      ),
    );

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It is not a whole number.");
  return Number(text);
}
