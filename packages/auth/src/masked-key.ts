/** Enough of a key to know it again: eight characters, the last five. A short one shows nothing. */
export const maskedKey = (key: string): string => (key.length <= 13 ? "***" : `${key.slice(0, 8)}***${key.slice(-5)}`);
