import type { Exchange } from "./exchange.ts";
import { approvals } from "./exchanges/approvals.ts";
import { failures } from "./exchanges/failures.ts";
import { handshake } from "./exchanges/handshake.ts";
import { interruptions } from "./exchanges/interruptions.ts";
import { machine } from "./exchanges/machine.ts";
import { threads } from "./exchanges/threads.ts";
import { turns } from "./exchanges/turns.ts";

/** Every exchange that is held with both programs. */
export const exchanges: readonly Exchange[] = [
  ...handshake,
  ...turns,
  ...approvals,
  ...interruptions,
  ...threads,
  ...failures,
  ...machine,
];
