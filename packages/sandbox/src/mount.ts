/**
 * A path that differs from its surroundings. `hidden`: a file that nobody can open, a socket
 * that nobody can connect to. `denied`: a folder of which nothing can be seen but what is mounted inside it.
 */
export type Mount = { readonly path: string; readonly access: "write" | "read" | "hidden" | "denied" };
