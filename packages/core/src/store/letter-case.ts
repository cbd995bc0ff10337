/** `commandExecution` → `command_execution`. */
export const snakeCase = (word: string): string => word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `command_execution` → `commandExecution`. */
export const camelCase = (word: string): string =>
  word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
