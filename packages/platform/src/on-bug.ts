/**
 * Calls back with the message of an error that nothing caught, instead of ending the process: for a server, where one
 * client's misfortune must not be that of the others.
 */
export function onBug(listener: (message: string) => void): void {
  const heard = (thrown: unknown) => listener(thrown instanceof Error ? thrown.message : String(thrown));
  process.on("unhandledRejection", heard);
  process.on("uncaughtException", heard);
}
