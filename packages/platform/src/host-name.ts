import { hostname } from "node:os";

/** This machine's name for itself. */
export const hostName = (): string => hostname();
