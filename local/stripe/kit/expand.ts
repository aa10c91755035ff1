import { invalid } from "./failure.ts";
import type { Kind } from "./kinds.ts";
import type { World } from "./world.ts";

const kindOfPrefix: Record<string, Kind> = {
  acct: "account",
  cus: "customer",
  pm: "payment_method",
  pi: "payment_intent",
  seti: "setup_intent",
  ch: "charge",
  py: "charge",
  re: "refund",
  pyr: "refund",
  dp: "dispute",
  txn: "balance_transaction",
  cs: "checkout_session",
};

const depthMax = 4;

type Plain = Record<string, unknown>;

/** `expand[]=latest_charge.balance_transaction` puts objects in the place of their ids. */
export function expand(world: World, body: object, paths: string[] | undefined): object {
  let expanded: unknown = body;
  for (const path of paths ?? []) {
    const steps = path.split(".");
    if (steps.length > depthMax) {
      throw invalid(`You cannot expand more than ${depthMax} levels of a property (${path}).`);
    }
    expanded = along(world, expanded, { steps, path });
  }
  return expanded as object;
}

interface Route {
  steps: string[];
  path: string;
}

function along(world: World, node: unknown, route: Route): unknown {
  const [step, ...rest] = route.steps;
  if (step === undefined || node === null) return node;
  const further = { steps: rest, path: route.path };
  if (Array.isArray(node)) return node.map((one) => along(world, one, route));
  if (typeof node !== "object" || !(step in node)) throw notExpandable(route.path);
  const inner: unknown = (node as Plain)[step];
  if (typeof inner !== "string") {
    if (rest.length === 0 && inner !== null && !isStripeObject(inner)) {
      throw notExpandable(route.path);
    }
    return { ...node, [step]: along(world, inner, further) };
  }
  const found = lookUp(world, inner, node);
  if (found === undefined) throw notExpandable(route.path);
  return { ...node, [step]: along(world, found, further) };
}

function lookUp(world: World, id: string, holder: object): object | undefined {
  const kind = kindOfPrefix[id.slice(0, id.indexOf("_"))];
  const isOwnId = "id" in holder && holder.id === id;
  if (kind === undefined || isOwnId) return undefined;
  const gone = kind === "customer" ? world.find("deleted_customer", id) : undefined;
  return world.find(kind, id) ?? gone;
}

function isStripeObject(value: unknown): boolean {
  return Array.isArray(value) || (typeof value === "object" && value !== null && "object" in value);
}

function notExpandable(path: string) {
  const leaf = path.split(".").at(-1);
  return invalid(`This property cannot be expanded (${leaf}).`);
}
