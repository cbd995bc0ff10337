import type { Result } from "./thread-start.ts";

/** What start, resume and fork answer alike. */
export type ThreadOpened = Result;
