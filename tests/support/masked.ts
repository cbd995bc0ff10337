/**
 * A value without what differs from run to run: ids are numbered in the order they appear (`<id 1>`), times become 0,
 * and a folder of the test becomes `<root>`.
 */
export function masked(value: unknown, root: string): unknown {
  const ids = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = ids.get(id) ?? `<id ${ids.size + 1}>`;
    ids.set(id, name);
    return name;
  };
  const text = (each: string): string => each.replaceAll(root, "<root>").replace(stamp, "<time>").replace(uuid, nameOf);
  const mask = (each: unknown, key = ""): unknown => {
    if (typeof each === "string") return key === "processId" ? "<process>" : text(each);
    if (typeof each === "number") return times.test(key) ? 0 : each;
    if (Array.isArray(each)) return each.map((part) => mask(part));
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, part]) => [name, mask(part, name)]));
  };
  return mask(value);
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const stamp = /\d{4}\/\d\d\/\d\d\/rollout-\d{4}(?:-\d\d){2}T\d\d(?:-\d\d){2}/g;
const times = /(At|AtMs|durationMs|DurationMs)$/;
