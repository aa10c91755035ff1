import { aShell, type Shell } from "../test/support/shell.ts";

/** A customer with a paid retainer, an open invoice and a draft: what the operations are measured on. */
export interface Scene {
  readonly shell: Shell;
  readonly customer: string;
  draft(over?: object): Promise<string>;
  issued(over?: object): Promise<string>;
  retainer(): Promise<string>;
  payment(amount?: number): Promise<string>;
}

const items = [{ name: "Work", quantity: 1, price: 100 }];

export async function aScene(): Promise<Scene> {
  const shell = await aShell();
  const post = async (path: string, body: object): Promise<string> => {
    const answer = await shell.call("POST", path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };
  const billTo = { company: "Acme Ltd", email: "pay@acme.test" };
  const first = await shell.call("POST", "/v1/invoices", { customer: { billTo }, items });
  const { customer } = first.body;
  const invoice = (over: object) => post("/v1/invoices", { customer, items, ...over });
  return {
    shell,
    customer,
    draft: (over = {}) => invoice(over),
    issued: (over = {}) => invoice({ status: "Unpaid", autoApply: "off", ...over }),
    retainer: () => invoice({ status: "Unpaid", isRetainer: true }),
    payment: (amount = 100) =>
      post("/v1/payments", { customer, amount, currency: "USD", method: "Cash" }),
  };
}

export interface Measured {
  readonly name: string;
  readonly kind: "read" | "write";
  /** Prepares the records and answers the one request that is measured. */
  readonly prepare: (scene: Scene) => Promise<readonly [string, string, object?]>;
}

const fundedRetainer = async (scene: Scene): Promise<{ retainer: string; payment: string }> => {
  const retainer = await scene.retainer();
  const paid = await scene.shell.call("POST", `/v1/invoices/${retainer}/payments`, {
    method: "Cash",
  });
  return { retainer, payment: paid.body.id };
};

export const operations: readonly Measured[] = [
  {
    name: "create a draft",
    kind: "write",
    prepare: async ({ customer }) => ["POST", "/v1/invoices", { customer, items }],
  },
  {
    name: "issue an invoice",
    kind: "write",
    prepare: async (scene) => ["POST", `/v1/invoices/${await scene.draft()}/mark-sent`, {}],
  },
  {
    name: "issue and draw from a retainer",
    kind: "write",
    prepare: async (scene) => {
      await fundedRetainer(scene);
      return ["POST", `/v1/invoices/${await scene.draft()}/mark-sent`, {}];
    },
  },
  {
    name: "record a retainer's payment",
    kind: "write",
    prepare: async (scene) => [
      "POST",
      `/v1/invoices/${await scene.retainer()}/payments`,
      { method: "Cash" },
    ],
  },
  {
    name: "apply a retainer's payment to an invoice",
    kind: "write",
    prepare: async (scene) => {
      const { payment } = await fundedRetainer(scene);
      const invoices = [{ invoice: await scene.issued() }];
      return ["POST", `/v1/payments/${payment}/apply`, { invoices }];
    },
  },
  {
    name: "refund unapplied money",
    kind: "write",
    prepare: async (scene) => [
      "POST",
      `/v1/payments/${await scene.payment()}/refund`,
      { amount: 50 },
    ],
  },
  {
    name: "cancel a paid invoice",
    kind: "write",
    prepare: async (scene) => {
      const { payment } = await fundedRetainer(scene);
      const invoice = await scene.issued();
      await scene.shell.call("POST", `/v1/payments/${payment}/apply`, { invoices: [{ invoice }] });
      return ["POST", `/v1/invoices/${invoice}/cancel`, {}];
    },
  },
  {
    name: "read an invoice",
    kind: "read",
    prepare: async (scene) => ["GET", `/v1/invoices/${await scene.issued()}`],
  },
  {
    name: "read a payment",
    kind: "read",
    prepare: async (scene) => ["GET", `/v1/payments/${await scene.payment()}`],
  },
  {
    name: "list 20 invoices",
    kind: "read",
    prepare: async (scene) => {
      await Promise.all(Array.from({ length: 20 }, () => scene.draft()));
      return ["GET", "/v1/invoices?limit=20"];
    },
  },
];
