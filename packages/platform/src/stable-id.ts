const namespace = "6f0c3f6e-5a53-4d0b-9a3c-0d2b7f1f6a10";

/** A UUIDv5: the same name always gives the same id. */
export const stableId = (name: string): string => Bun.randomUUIDv5(name, namespace);
