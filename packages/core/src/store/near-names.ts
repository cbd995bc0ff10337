/** Up to three of `names` that a person may have meant by `wanted`: one within the other, or few letters apart. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const target = wanted.toLowerCase();
  const scored = names.map((name) => ({ name, distance: distanceTo(target, name.toLowerCase()) }));
  const near = scored.filter(({ distance }) => distance <= Math.max(1, Math.floor(target.length / 3)));
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

const distanceTo = (wanted: string, name: string): number =>
  name !== "" && wanted !== "" && (name.includes(wanted) || wanted.includes(name)) ? 0 : editDistance(wanted, name);

/** Levenshtein's: letters added, removed or replaced. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
