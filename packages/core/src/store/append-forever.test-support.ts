/** Appends numbered items to a new thread and prints each number once it is stored. Arguments: home, thread id. */
import { newThread, said, valueOf } from "./testing.ts";
import { openThreadStore } from "./thread-store.ts";

const [codexHome = "", id = ""] = process.argv.slice(2);
const log = valueOf(openThreadStore({ codexHome, clock: Date }).create(newThread({ id })));
for (let n = 0; ; n++) {
  valueOf(log.append({ type: "responseItem", item: said(`${n} ${"x".repeat(n % 3000)}`) }));
  process.stdout.write(`${n}\n`);
}
