import { aShell, type Shell } from "../test/support/shell.ts";
import { aStripe, aWebhook, type SceneStripe } from "./stripe.ts";

/** A customer with a paid retainer, an open invoice and a draft: what the operations are measured on. */
export interface Scene {
  readonly shell: Shell;
  readonly customer: string;
  draft(over?: object): Promise<string>;
  issued(over?: object): Promise<string>;
  retainer(): Promise<string>;
  payment(amount?: number): Promise<string>;
  credit(): Promise<string>;
  connect(): Promise<void>;
  close(): Promise<void>;
  /** Another customer of the same agency. */
  another(): Promise<Scene>;
}

const items = [{ name: "Work", quantity: 1, price: 100 }];

export async function aScene(): Promise<Scene> {
  const stripe = aStripe();
  return sceneOn(await aShell({ deps: stripe.deps }), stripe);
}

async function sceneOn(shell: Shell, stripe: SceneStripe): Promise<Scene> {
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
    credit: () => post("/v1/credits", { customer, amount: 100, currency: "USD", reason: "Late" }),
    connect: () => stripe.connect(shell),
    close: stripe.close,
    another: () => sceneOn(shell, stripe),
  };
}

export interface Measured {
  readonly name: string;
  readonly kind: "read" | "write";
  /** Prepares the records and answers the one request that is measured. */
  readonly prepare: (scene: Scene) => Promise<Request>;
  /** Waits for others than the database, or is not an agency's: its processor time says little. */
  readonly isOutside?: boolean;
}

type Request = readonly [
  method: string,
  path: string,
  body?: object | string,
  headers?: Record<string, string>,
];

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
    name: "void a payment",
    kind: "write",
    prepare: async (scene) => [
      "POST",
      `/v1/payments/${await scene.payment()}/void`,
      { reason: "Twice" },
    ],
  },
  {
    name: "undo an application",
    kind: "write",
    prepare: async (scene) => {
      const { payment } = await fundedRetainer(scene);
      const invoices = [{ invoice: await scene.issued() }];
      const { body } = await scene.shell.call("POST", `/v1/payments/${payment}/apply`, {
        invoices,
      });
      const applications = body.applications.map(({ id }: { id: string }) => id);
      return ["POST", `/v1/payments/${payment}/unapply`, { applications }];
    },
  },
  {
    name: "create a credit",
    kind: "write",
    prepare: async ({ customer }) => [
      "POST",
      "/v1/credits",
      { customer, amount: 100, currency: "USD", reason: "Late" },
    ],
  },
  {
    name: "issue a credit",
    kind: "write",
    prepare: async (scene) => ["POST", `/v1/credits/${await scene.credit()}/issue`, {}],
  },
  {
    name: "apply a credit to an invoice",
    kind: "write",
    prepare: async (scene) => {
      const credit = await scene.credit();
      await scene.shell.call("POST", `/v1/credits/${credit}/issue`, {});
      const invoices = [{ invoice: await scene.issued() }];
      return ["POST", `/v1/credits/${credit}/apply`, { invoices }];
    },
  },
  {
    name: "open a checkout page",
    kind: "write",
    isOutside: true,
    prepare: async (scene) => {
      await scene.connect();
      const pages = { successUrl: "https://a.test", cancelUrl: "https://a.test" };
      return ["POST", `/v1/invoices/${await scene.issued()}/checkout`, pages];
    },
  },
  {
    name: "receive a webhook",
    kind: "write",
    isOutside: true,
    prepare: async ({ shell }) => ["POST", "/webhooks/stripe", ...aWebhook(shell.clock.now())],
  },
  {
    name: "receive a webhook again",
    kind: "read",
    isOutside: true,
    prepare: async ({ shell }) => {
      const webhook = aWebhook(shell.clock.now());
      await shell.call("POST", "/webhooks/stripe", ...webhook);
      return ["POST", "/webhooks/stripe", ...webhook];
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
      await Promise.all(Array.from({ length: 21 }, () => scene.draft()));
      return ["GET", "/v1/invoices?limit=20"];
    },
  },
  {
    name: "list 100 invoices",
    kind: "read",
    prepare: async (scene) => {
      await Promise.all(Array.from({ length: 101 }, () => scene.draft()));
      return ["GET", "/v1/invoices?limit=100"];
    },
  },
];
