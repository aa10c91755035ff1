type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const entriesOf = (values: readonly unknown[]): unknown[] =>
  values.flatMap((one) => (Array.isArray(one) ? one : []));

/** Free to have any keys of the user's own, or another kind of object each time. */
const isOpen = (name: string, value: unknown): boolean =>
  name === "metadata" || (name === "data" && isObject(value));

/** `type` names the one of several fields that is there: a bank account has no `card`. */
const holdersOf = (objects: readonly Fields[], example: Fields, name: string): readonly Fields[] =>
  example.type === name ? objects.filter(({ type }) => type === name) : objects;

/**
 * What the examples show and objects of one kind lack. `missing`: a field that one of them does not have,
 * at any depth, through lists and into other objects that stand where the example has an id or nothing.
 * `empty`: the example shows something inside, and none of the objects ever has anything there.
 */
export function gapsIn(
  examples: Readonly<Record<string, unknown>>,
  kind: string,
  objects: readonly unknown[],
): { readonly missing: string[]; readonly empty: string[] } {
  const missing = new Set<string>();
  const empty = new Set<string>();

  const compareFields = (example: Fields, found: readonly Fields[], path: string): void => {
    if (found.length === 0 && Object.keys(example).length > 0) empty.add(path);
    for (const [name, value] of Object.entries(example)) {
      const at = path ? `${path}.${name}` : name;
      const holders = holdersOf(found, example, name);
      if (holders.some((one) => !(name in one))) missing.add(at);
      else if (found.length > 0 && !isOpen(name, value)) {
        compare(
          value,
          holders.map((one) => one[name]),
          at,
        );
      }
    }
  };

  const compare = (example: unknown, found: readonly unknown[], path: string): void => {
    if (Array.isArray(example) && isObject(example[0])) {
      compareFields(example[0], entriesOf(found).filter(isObject), `${path}[]`);
    } else if (isObject(example)) {
      compareFields(example, found.filter(isObject), path);
    } else for (const one of [...found, ...entriesOf(found)]) compareKnown(one, path);
  };

  const compareKnown = (value: unknown, path: string): void => {
    if (!isObject(value) || typeof value.object !== "string") return;
    for (const gap of gapsIn(examples, value.object, [value]).missing)
      missing.add(`${path}.${gap}`);
  };

  const example = examples[kind];
  if (isObject(example)) compareFields(example, objects.filter(isObject), "");
  return { missing: [...missing].sort(), empty: [...empty].sort() };
}
