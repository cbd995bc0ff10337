/** Run as a program: the stage inside the sandbox, from source. The built binary has it behind a hidden first argument. */
import { runInner } from "./run-inner.ts";

runInner();
