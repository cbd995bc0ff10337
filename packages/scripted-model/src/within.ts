/** The value of a promise, or an error with this sentence when it has not come after so many milliseconds. */
export async function within<T>(ms: number, promise: Promise<T>, sentence: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(sentence)), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
