/** Whether HTTP lets this text be a header's value: no control characters, nothing beyond Latin-1. */
export const isHeaderValue = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);

/** The text with what no header may hold replaced by `_`. */
export const toHeaderValue = (text: string): string => text.replace(/[^\x20-\x7e]/g, "_");
