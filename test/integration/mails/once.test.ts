import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { putAlways, queryPage, tenantKey } from "../../../domain/shared/table.store.ts";
import type { Envelope } from "../../../events/envelope.ts";
import { mailInvoice } from "../../../functions/consumers/invoice-sent-mail.ts";
import { commit } from "../../../functions/kit/commit.ts";
import type { Deps, RawMail } from "../../../functions/kit/deps.ts";
import { mailsPerDayMax } from "../../../functions/mail/send-mails.ts";
import { aShell, type Shell } from "../../support/shell.ts";
import { aCustomer, readMails, work } from "./reading.ts";

/** An invoice that is sent, and the event that asks to mail it, which nobody has heard yet. */
async function aSentInvoice(shell: Shell, customer?: string): Promise<Envelope> {
  const terms = { ...work(100), customer: customer ?? (await aCustomer(shell)) };
  const { body } = await shell.call("POST", "/v1/invoices", terms);
  await shell.call("POST", `/v1/invoices/${body.id}/send`, {});
  const published = await shell.deliver({ to: [] });
  const sent = published.find(({ type }) => type === "invoice.sent");
  if (!sent) throw new Error("nothing was sent");
  return sent;
}

/** A mail server that does what the test says, one call after the other. */
function aServer(...answers: readonly ("ok" | "refused" | "crash")[]) {
  const mails: RawMail[] = [];
  const left = [...answers];
  const sendMail = async (mail: RawMail): Promise<void> => {
    const answer = left.shift() ?? "ok";
    if (answer === "refused") throw new Error("the server refuses");
    mails.push(mail);
  };
  return { mails, sendMail };
}

const withServer = (shell: Shell, sendMail: Deps["sendMail"]): Deps => ({
  ...shell.deps,
  sendMail,
});

describe("once per cause", () => {
  test("an event that comes ten times at once mails one time", async () => {
    const shell = await aShell();
    const event = await aSentInvoice(shell);
    const all = Array.from({ length: 10 }, () => mailInvoice.run(shell.deps, event));
    const outcomes = await Promise.allSettled(all);
    expect(shell.mails).toHaveLength(1);
    // Those that came while the mail was on its way come again, and find it sent.
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(String(outcome.reason)).toContain("is sending");
    }
    await mailInvoice.run(shell.deps, event);
    expect(shell.mails).toHaveLength(1);
  });

  test("sending again is another cause", async () => {
    const shell = await aShell();
    const event = await aSentInvoice(shell);
    await shell.call("POST", `/v1/invoices/${event.subject}/send`, {});
    await mailInvoice.run(shell.deps, event);
    await shell.deliver();
    const mails = await readMails(shell);
    expect(mails).toHaveLength(2);
    expect(mails[0]?.messageId).not.toBe(mails[1]?.messageId);
  });

  test("a refused mail is tried again at once, and is the same mail", async () => {
    const shell = await aShell();
    const server = aServer("refused");
    const event = await aSentInvoice(shell);
    const deps = withServer(shell, server.sendMail);
    await expect(mailInvoice.run(deps, event)).rejects.toThrow("the server refuses");
    await mailInvoice.run(deps, event);
    await mailInvoice.run(deps, event);
    expect(server.mails).toHaveLength(1);
  });

  test("an address that refuses holds nobody else up, and nobody gets a second mail", async () => {
    const shell = await aShell();
    const customer = await aCustomer(shell);
    const bob = { firstName: "Bob", lastName: "Ray", email: "bob@acme.test" };
    await shell.call("POST", `/v1/customers/${customer}/contacts`, bob);
    const event = await aSentInvoice(shell, customer);
    const server = aServer("refused", "ok", "ok");
    const deps = withServer(shell, server.sendMail);
    await expect(mailInvoice.run(deps, event)).rejects.toThrow("the server refuses");
    expect(server.mails.map(({ to }) => to[0])).toEqual(["bob@acme.test"]);
    await mailInvoice.run(deps, event);
    expect(server.mails.map(({ to }) => to[0])).toEqual(["bob@acme.test", "ann@acme.test"]);
  });

  test("a mark that can't be written at once doesn't repeat the mail", async () => {
    const shell = await aShell();
    const event = await aSentInvoice(shell);
    const troubles = [
      new ProvisionedThroughputExceededException({ message: "throttled", $metadata: {} }),
      new TransactionCanceledException({
        message: "Another transaction was in the way.",
        $metadata: {},
        CancellationReasons: [{ Code: "TransactionConflict" }],
      }),
    ];
    const { db } = shell.tenant;
    const send = (command: unknown): Promise<unknown> => {
      const isMark = shell.mails.length === 1 && command instanceof TransactWriteCommand;
      const trouble = isMark ? troubles.shift() : undefined;
      return trouble ? Promise.reject(trouble) : db.send(command as never);
    };
    const troubled = new Proxy(db, {
      get: (target, name) => (name === "send" ? send : Reflect.get(target, name)),
    });
    const deps: Deps = {
      ...shell.deps,
      tenant: async (agency) => ({ ...(await shell.deps.tenant(agency)), db: troubled }),
    };
    await mailInvoice.run(deps, event);
    expect(troubles).toEqual([]);
    shell.clock.advance("PT2M");
    await mailInvoice.run(shell.deps, event);
    expect(shell.mails).toHaveLength(1);
  });

  test("only a crash in the instant of sending repeats a mail, under the same id", async () => {
    const shell = await aShell();
    const event = await aSentInvoice(shell);
    const mails: RawMail[] = [];
    const crashing = withServer(shell, async (mail) => {
      mails.push(mail);
      // The process is gone: neither "sent" nor "failed" is ever written.
      await new Promise(() => undefined);
    });
    void mailInvoice.run(crashing, event);
    await expect.poll(() => mails.length, { timeout: 20_000 }).toBe(1);
    await expect(mailInvoice.run(shell.deps, event)).rejects.toThrow("another is sending");
    shell.clock.advance("PT2M");
    await mailInvoice.run(shell.deps, event);
    await mailInvoice.run(shell.deps, event);
    expect(shell.mails).toHaveLength(1);
    const [first, second] = await readMails({ mails: [...mails, ...shell.mails] });
    expect(first?.messageId).toBe(second?.messageId);
  });
});

describe("an agency's limit for a day", () => {
  const fill = async ({ tenant }: Shell, begun: number, day: string) =>
    commit(tenant, [
      putAlways(tenant, { pk: tenantKey(tenant, "MAILS", day), sk: "COUNTER", begun }),
    ]);

  test("puts off what goes beyond it, and drops nothing", async () => {
    const shell = await aShell();
    await fill(shell, mailsPerDayMax - 1, "2027-03-01");
    const [first, second] = [await aSentInvoice(shell), await aSentInvoice(shell)];
    await mailInvoice.run(shell.deps, first);
    await expect(mailInvoice.run(shell.deps, second)).rejects.toThrow("has sent 1000 mails");
    expect(shell.mails).toHaveLength(1);
    shell.clock.set("2027-03-02T00:00:00.000Z");
    await mailInvoice.run(shell.deps, second);
    expect(shell.mails).toHaveLength(2);
  });

  test("is no other agency's", async () => {
    const shell = await aShell();
    await fill(shell, mailsPerDayMax, "2027-03-01");
    const other = await shell.anotherAgency();
    await mailInvoice.run(shell.deps, await aSentInvoice({ ...shell, ...other }));
    expect(shell.mails).toHaveLength(1);
  });

  test("counts a mail once, however often it is tried", async () => {
    const shell = await aShell();
    await fill(shell, mailsPerDayMax - 1, "2027-03-01");
    const event = await aSentInvoice(shell);
    const deps = withServer(shell, aServer("refused", "refused").sendMail);
    await expect(mailInvoice.run(deps, event)).rejects.toThrow("refuses");
    await expect(mailInvoice.run(deps, event)).rejects.toThrow("refuses");
    await mailInvoice.run(shell.deps, event);
    expect(shell.mails).toHaveLength(1);
  });
});

describe("a mail that nobody would get", () => {
  test("is told to staff once, and is not tried for ever", async () => {
    const shell = await aShell();
    const { body } = await shell.call("POST", "/v1/customers", { billTo: { company: "Acme" } });
    const event = await aSentInvoice(shell, body.id);
    await mailInvoice.run(shell.deps, event);
    await mailInvoice.run(shell.deps, event);
    expect(shell.mails).toHaveLength(0);
    const { tenant } = shell;
    const { items } = await queryPage(tenant, {
      KeyConditionExpression: "pk = :customer AND begins_with(sk, :event)",
      ExpressionAttributeValues: { ":customer": tenantKey(tenant, "C", body.id), ":event": "E#" },
    });
    const told = items.filter(({ type }) => type === "mail.not-sent");
    expect(told).toMatchObject([
      { subject: event.subject, customer: body.id, data: { reason: "nobody-to-mail" } },
    ]);
  });
});
