import { StarlarkError } from "./starlark-error.ts";
import { repr, typeName, type Arguments, type Value } from "./value.ts";

/** The arguments of a call by the names of the function's parameters, `Name` or, where it may be left out, `name?`. */
export function bindArguments(called: string, parameters: readonly string[], args: Arguments): Map<string, Value> {
  const names = parameters.map((parameter) => parameter.replace("?", ""));
  const extra = args.positional.length - names.length;
  if (extra > 0) throw new StarlarkError(`Found ${extra} extra positional argument(s) for call to ${called}`);
  const bound = new Map(args.positional.map((value, at) => [names[at] ?? "", value]));
  for (const [name, value] of args.named) {
    if (!names.includes(name))
      throw new StarlarkError(`Found \`${name}\` extra named parameter(s) for call to ${called}`);
    if (bound.has(name)) throw new StarlarkError(`Argument \`${name}\` occurs more than once`);
    bound.set(name, value);
  }
  const missing = parameters.find((parameter) => !parameter.endsWith("?") && !bound.has(parameter));
  if (missing !== undefined) throw new StarlarkError(`Missing parameter \`${missing}\` for call to \`${called}\``);
  return bound;
}

export function wrongType(parameter: string, expected: string, actual: Value): StarlarkError {
  const found = `${typeName(actual)} (repr: ${repr(actual)})`;
  return new StarlarkError(
    `Type of parameter \`${parameter}\` doesn't match, expected \`${expected}\`, actual \`${found}\``,
  );
}
