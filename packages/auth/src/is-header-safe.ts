/** Whether a secret is one word of the characters that HTTP lets stand in a header. */
export const isHeaderSafe = (secret: string): boolean => /^[\x21-\x7e]+$/.test(secret);
