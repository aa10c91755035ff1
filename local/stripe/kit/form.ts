/** What a form-encoded body or query says, nested as its brackets say; every leaf is text. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export interface Form {
  [name: string]: FormValue;
}

const depthMax = 10;

/** `a[b][0]=1` becomes `{a: {b: ["1"]}}`; `a[]=1&a[]=2` appends. */
export function parseForm(text: string): Form {
  const root: Form = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const path = pathOf(name);
    if (path.length <= depthMax) place(root, path, value);
  }
  return withArrays(root) as Form;
}

function pathOf(name: string): string[] {
  const open = name.indexOf("[");
  if (open < 1 || !name.endsWith("]")) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split("][")];
}

function place(root: Form, path: string[], value: string): void {
  let node = root;
  for (const [index, step] of path.entries()) {
    const key = step === "" ? String(Object.keys(node).length) : step;
    if (index === path.length - 1) {
      node[key] = value;
      return;
    }
    const next = node[key];
    if (typeof next === "object" && !Array.isArray(next)) node = next;
    else {
      const made: Form = Object.create(null);
      node[key] = made;
      node = made;
    }
  }
}

function withArrays(value: FormValue): FormValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withArrays(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
