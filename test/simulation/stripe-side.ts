import { createStripeGateway, type StripeGateway } from "../../domain/payments/stripe.gateway.ts";
import { StripeProblem } from "../../domain/payments/stripe-problem.ts";
import { serveStandIn } from "../../local/stripe/serve.ts";
import { createStripeStandIn, type StripeStandIn } from "../../local/stripe/stand-in.ts";
import type { Json } from "./api.ts";
import { Crash, type Machine, type Process } from "./machine.ts";

/** Stripe, as handlers reach it through the faults, and as the simulator looks at it. */
export interface StripeSide {
  readonly standIn: StripeStandIn;
  gatewayFor(process: Process): StripeGateway;
  /** Stripe's own view: what really happened to the money. */
  look(account: string, path: string): Promise<Json>;
  /** What somebody does in Stripe's own dashboard. */
  act(account: string, path: string): Promise<Json>;
  /** A form that a person fills in on one of Stripe's pages; answers the status. */
  fillIn(url: string, fields: Readonly<Record<string, string>>): Promise<number>;
  close(): Promise<void>;
}

export const webhookSecret = "whsec_simulation";
const secretKey = "sk_test_simulation";
const baseUrl = "http://stripe.test";

export async function openStripe(
  machine: Machine,
  random: (bytes: number) => Uint8Array,
  deliver: (body: string, headers: Record<string, string>) => Promise<number>,
): Promise<StripeSide> {
  const standIn = createStripeStandIn({
    ...{ random, deliver, baseUrl },
    now: machine.clock.now,
    webhook: { url: "", secret: webhookSecret },
  });
  const { host, port, close } = await serveStandIn(standIn, { port: 0 });
  const gateway = createStripeGateway({ secretKey, apiBase: { host, port, protocol: "http" } });
  const call = async (method: string, account: string, path: string): Promise<Json> => {
    const headers = { authorization: `Bearer ${secretKey}`, "stripe-account": account };
    const answer = await standIn.fetch(new Request(`${baseUrl}${path}`, { method, headers }));
    return answer.json();
  };
  return {
    standIn,
    gatewayFor: (process) => troubled(machine, process, gateway),
    look: (account, path) => call("GET", account, path),
    act: (account, path) => call("POST", account, path),
    fillIn: async (url, fields) => {
      const body = new URLSearchParams(fields);
      return (await standIn.fetch(new Request(url, { method: "POST", body }))).status;
    },
    close: async () => {
      await close();
      await standIn.close();
    },
  };
}

function troubled(machine: Machine, process: Process, gateway: StripeGateway): StripeGateway {
  const call =
    (name: string, ask: (...given: unknown[]) => Promise<unknown>) =>
    (...given: unknown[]) =>
      machine.inTurn(process, async () => {
        const { rates, dice, clock } = machine;
        const [before, trouble, after] = [dice.fraction(), dice.fraction(), dice.fraction()];
        clock.advance(20 + dice.below(80));
        if (before < rates.crash) throw machine.die(process, `before ${name}`);
        if (trouble < rates.unavailable / 2) throw machine.fault(process, noAnswer());
        const answer = await ask(...given);
        if (after < rates.crash) throw machine.die(process, `after ${name}`);
        if (trouble > 1 - rates.unavailable / 2) throw machine.fault(process, noAnswer());
        if (!process.isAlive) throw new Crash();
        return answer;
      });
  const calls = Object.entries(gateway).map(([name, ask]) => [name, call(name, ask as never)]);
  return Object.fromEntries(calls) as StripeGateway;
}

const noAnswer = (): Error => new StripeProblem("unavailable", "api_connection_error", "no answer");
