import { createHmac, randomBytes } from "node:crypto";
import { createStripeGateway } from "../domain/payments/stripe.gateway.ts";
import type { Deps } from "../functions/kit/deps.ts";
import { serveStandIn } from "../local/stripe/serve.ts";
import { createStripeStandIn, type StripeStandIn } from "../local/stripe/stand-in.ts";
import { caller, type Shell } from "../test/support/shell.ts";

/** Stripe as the scene sees it: the stand-in, started for those who ask. */
export interface SceneStripe {
  readonly deps: Pick<Deps, "stripe">;
  connect(shell: Shell): Promise<void>;
  close(): Promise<void>;
}

export function aStripe(): SceneStripe {
  let shell: Shell | undefined;
  let served: Promise<{
    standIn: StripeStandIn;
    deps: Pick<Deps, "stripe">;
    close(): Promise<void>;
  }>;
  const start = async () => {
    const standIn = createStripeStandIn({
      now: () => shell?.clock.now() ?? "2027-03-01T09:00:00.000Z",
      random: (bytes) => randomBytes(bytes),
      webhook: { url: "", secret: "whsec_test" },
      deliver: async (body, headers) =>
        shell
          ? (await caller(shell.deps, "")("POST", "/webhooks/stripe", body, headers)).status
          : 503,
    });
    const { host, port, close } = await serveStandIn(standIn, { port: 0 });
    const apiBase = { host, port, protocol: "http" } as const;
    const gateway = createStripeGateway({ secretKey: "sk_test_1", apiBase });
    const closeAll = async () => {
      await standIn.close();
      await close();
    };
    return { standIn, deps: { stripe: async () => gateway }, close: closeAll };
  };
  const running = () => (served ??= start());
  return {
    deps: { stripe: async () => (await running()).deps.stripe() },
    async connect(asking) {
      shell = asking;
      const { standIn } = await running();
      const { body } = await asking.call("POST", "/v1/stripe/connect", {});
      await fetch(body.url, { method: "POST", redirect: "manual" });
      await standIn.settle();
      await asking.deliver();
    },
    close: async () => (await served)?.close(),
  };
}

/** A webhook that changes nothing, signed as Stripe signs. */
export function aWebhook(now: string): readonly [body: string, headers: Record<string, string>] {
  const created = Math.floor(Date.parse(now) / 1_000);
  const body = JSON.stringify({
    ...{ id: "evt_1", object: "event", type: "payment_intent.succeeded", account: "acct_1" },
    ...{ created, livemode: false, data: { object: { id: "pi_1" } } },
  });
  const signature = createHmac("sha256", "whsec_test").update(`${created}.${body}`).digest("hex");
  return [body, { "stripe-signature": `t=${created},v1=${signature}` }];
}
