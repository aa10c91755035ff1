import { describe, expect, test } from "vitest";
import { loadRate } from "../../../domain/agencies/rate.store.ts";
import { createLimiter, type Limiter, rateLimits } from "../../../functions/kit/limiter.ts";
import { Refused } from "../../../functions/kit/refused.ts";
import { meter } from "../../support/meter.ts";
import { type Answer, aShell, caller, type Headers, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";
import { aContact, aVisitor, loggedIn, settings } from "../portal/world.ts";

/** A tenth of what is promised, so that a test needs no thousand requests. */
const limits = {
  agency: { perS: 5, burst: 20 },
  key: { perS: 5, burst: 15 },
  session: { perS: 2, burst: 6 },
  address: { perS: 2, burst: 6 },
};
const limited = (): Promise<Shell> => aShell({ deps: { limiter: createLimiter(limits) } });

test("an agency may ask fifty times a second, and more in a burst", () => {
  expect(rateLimits).toMatchObject({ agency: { perS: 50, burst: 200 }, key: { perS: 50 } });
});

const statuses = async (count: number, ask: () => Promise<Answer>): Promise<number[]> => {
  const found: number[] = [];
  for (let n = 0; n < count; n += 1) found.push((await ask()).status);
  return found;
};
const all = (status: number, count: number) => Array.from({ length: count }, () => status);

/** Who tries keys on a system that stands behind a content network. */
function guessing({ deps }: Shell) {
  const edgeMark = "0f3b1c52-9d7e-11f1-a5c4-0e1d2c3b4a59";
  const call = caller({ ...deps, config: { ...deps.config, edgeMark } }, `dd_${"A".repeat(43)}`);
  const guess = (headers: Headers) => call("GET", "/v1/agency", undefined, headers);
  return { guess, edge: { "x-drawdown-edge": edgeMark } };
}
/** As they arrive: whoever connected is noted last. */
const hops = (sent: string): string => `${sent}, 192.0.2.1`;

const tooMany = {
  status: 429,
  headers: { "content-type": "application/problem+json" },
  body: { code: "request.limited", status: 429, title: "Too many requests" },
};

describe("whoever asks too often is told to wait, and nothing changes", () => {
  test("one key: a burst, then its rate", async () => {
    const shell = await limited();
    const ask = () => shell.call("GET", "/v1/agency");
    expect(await statuses(15, ask)).toEqual(all(200, 15));
    const accepted = countWrites(shell.table);
    const billTo = { company: "Acme" };
    const refused = await shell.call("POST", "/v1/customers", { billTo });
    expect(refused).toMatchObject(tooMany);
    expect(refused.headers["retry-after"]).toBe("1");
    expect(accepted()).toBe(0);
    shell.clock.advance("PT1S");
    expect((await shell.call("POST", "/v1/customers", { billTo })).status).toBe(201);
    expect(await statuses(5, ask)).toEqual([...all(200, 4), 429]);
  });

  test("a flood costs the table, which is everybody's, no read more", async () => {
    const shell = await limited();
    const visitor = await loggedIn(shell, shell, await aContact(shell));
    const second = { name: "Second", role: "viewer" };
    const viewer = caller(shell.deps, (await shell.call("POST", "/v1/api-keys", second)).body.key);
    const floods = [
      () => shell.call("GET", "/v1/agency"),
      () => viewer("GET", "/v1/agency"),
      () => visitor.call("GET", "/portal/me"),
    ];
    const metered = meter(shell.table);
    for (const ask of floods) {
      expect((await statuses(16, ask)).at(-1)).toBe(429);
      metered.start();
      expect(await statuses(20, ask)).toEqual(all(429, 20));
      expect(metered.stop().calls).toBe(0);
    }
    shell.clock.advance("PT1S");
    for (const ask of floods) expect((await ask()).status).toBe(200);
  });

  test("an address whose credentials don't reach what they are for", async () => {
    const shell = await limited();
    const body = { name: "Second", role: "viewer" };
    const viewer = caller(shell.deps, (await shell.call("POST", "/v1/api-keys", body)).body.key);
    const visitor = await loggedIn(shell, shell, await aContact(shell));
    shell.clock.advance("PT1M");
    const ask = () => viewer("POST", "/v1/api-keys", body);
    expect(await statuses(7, ask)).toEqual([...all(403, 6), 429]);
    const without = { "x-portal": "" };
    expect((await visitor.call("POST", "/portal/pay", {}, without)).status).toBe(429);
  });

  test("an agency's keys together; another agency doesn't feel it", async () => {
    const shell = await limited();
    const other = await shell.anotherAgency();
    const body = { name: "Second", role: "viewer" };
    const second = (await shell.call("POST", "/v1/api-keys", body)).body.key;
    await statuses(14, () => shell.call("GET", "/v1/agency"));
    const ask = () => caller(shell.deps, second)("GET", "/v1/agency");
    expect(await statuses(6, ask)).toEqual([...all(200, 5), 429]);
    expect(await statuses(15, () => other.call("GET", "/v1/agency"))).toEqual(all(200, 15));
  });

  test("a portal session, without a cost to the agency's own calls", async () => {
    const shell = await limited();
    const person = await aContact(shell);
    const visitor = await loggedIn(shell, shell, person);
    const ask = () => visitor.call("GET", "/portal/me");
    expect(await statuses(7, ask)).toEqual([...all(200, 6), 429]);
    expect((await shell.call("GET", "/v1/agency")).status).toBe(200);
  });

  test("an address that tries keys", async () => {
    const shell = await limited();
    const guess = caller(shell.deps, `dd_${"A".repeat(43)}`);
    const ask = () => guess("GET", "/v1/agency");
    expect(await statuses(7, ask)).toEqual([...all(401, 6), 429]);
    expect((await shell.call("GET", "/v1/agency")).status).toBe(200);
  });

  test("an address behind the content network, and nobody else who comes through it", async () => {
    const shell = await limited();
    const { guess, edge } = guessing(shell);
    const from = (sent: string) => () => guess({ ...edge, "x-forwarded-for": hops(sent) });
    expect(await statuses(7, from("198.51.100.7"))).toEqual([...all(401, 6), 429]);
    expect((await from("198.51.100.8")()).status).toBe(401);
    // What a caller writes there itself stands before what the network appends.
    expect((await from("203.0.113.9, 198.51.100.7")()).status).toBe(429);
  });

  test("an address past the content network, whomever it claims to speak for", async () => {
    const shell = await limited();
    const { guess } = guessing(shell);
    let asked = 0;
    const ask = () => {
      asked += 1;
      return guess({ "x-forwarded-for": hops(`203.0.113.${asked}`) });
    };
    expect(await statuses(7, ask)).toEqual([...all(401, 6), 429]);
  });

  test("a home with all its addresses of the sixth version", async () => {
    const shell = await limited();
    const { guess, edge } = guessing(shell);
    const from = (home: string, host: number) => () =>
      guess({ ...edge, "x-forwarded-for": hops(`${home}::${host.toString(16)}`) });
    let host = 0;
    const ask = () => {
      host += 1;
      return from("2001:db8:0:7", host)();
    };
    expect(await statuses(7, ask)).toEqual([...all(401, 6), 429]);
    expect((await from("2001:db8:0:8", 1)()).status).toBe(401);
  });

  test("an address that asks for links to many mailboxes", async () => {
    const shell = await limited();
    const visitor = aVisitor(shell);
    let asked = 0;
    const ask = () => {
      asked += 1;
      const email = `person-${asked}@acme.test`;
      return visitor.call("POST", "/portal/session/link", { agency: shell.agency.slug, email });
    };
    expect(await statuses(7, ask)).toEqual([...all(202, 6), 429]);
  });

  test("a mailbox, whichever address asks, and however the mailbox is written", async () => {
    const shell = await aShell();
    await settings(shell, { portal: { registration: true } });
    const visitor = aVisitor(shell);
    const { slug, id } = shell.agency;
    const person = { firstName: "Ann", lastName: "Lee" };
    const asked = [
      ["session/link", { agency: slug, email: "ann@acme.test" }],
      ["session/link", { agency: id, email: "Ann@ACME.test" }],
      ["session/link", { agency: slug, email: "ann+1@acme.test" }],
      ["register", { agency: slug, ...person, email: "ann+two+2@acme.test" }],
      ["register", { agency: id, ...person, email: "ann+@acme.test" }],
      ["register", { agency: slug, ...person, email: "ann+3@acme.test" }],
    ] as const;
    const turns = asked.values();
    const ask = () => {
      const [path, body] = turns.next().value ?? asked[0];
      return visitor.call("POST", `/portal/${path}`, body);
    };
    expect(await statuses(5, ask)).toEqual(all(202, 5));
    const accepted = countWrites(shell.table);
    const refused = await ask();
    expect(refused).toMatchObject(tooMany);
    expect(refused.headers["retry-after"]).toBe("600");
    expect(accepted()).toBe(0);
  });

  test("but never Stripe", async () => {
    const shell = await limited();
    const ask = () => caller(shell.deps, "")("POST", "/webhooks/stripe", {});
    expect(await statuses(20, ask)).toEqual(all(400, 20));
  });
});

describe("functions that run side by side", () => {
  const nowOf = ({ clock }: Shell) => Date.parse(clock.now());
  const isAdmitted = (limiter: Limiter, shell: Shell): boolean => {
    try {
      limiter.pay([["agency", shell.agency.id]], nowOf(shell));
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
      expect(Number((error as Refused).headers["retry-after"])).toBeLessThanOrEqual(10);
      return false;
    }
  };

  test("find out together that an agency asks too often, until the window is over", async () => {
    const shell = await aShell();
    const functions = Array.from({ length: 20 }, () => createLimiter());
    let admitted = 0;
    for (let n = 0; n < 60; n += 1) {
      for (const one of functions) {
        if (!isAdmitted(one, shell)) continue;
        admitted += 1;
        await one.share(shell.tenant, nowOf(shell));
      }
    }
    expect(admitted).toBeGreaterThanOrEqual(700);
    // Each may be ten requests further before it hears of it.
    expect(admitted).toBeLessThanOrEqual(700 + 20 * 10);
    shell.clock.advance("PT10S");
    expect(functions.every((one) => isAdmitted(one, shell))).toBe(true);
  });

  const generous = () => aShell({ deps: { limiter: createLimiter() } });

  test("write nothing for an agency that asks now and then", async () => {
    const shell = await generous();
    const accepted = countWrites(shell.table);
    for (let n = 0; n < 27; n += 1) {
      if (n % 9 === 0) shell.clock.advance("PT10S");
      await shell.call("GET", "/v1/agency");
    }
    expect(accepted()).toBe(0);
  });

  test("write once for ten requests of one that asks often", async () => {
    const shell = await generous();
    const accepted = countWrites(shell.table);
    await statuses(40, () => shell.call("GET", "/v1/agency"));
    expect(accepted()).toBe(4);
    expect(await loadRate(shell.tenant, nowOf(shell))).toBe(40);
  });

  test("answer also when they can't count", async () => {
    const shell = await aShell();
    const broken = { ...shell.tenant, table: "nowhere" };
    const limiter = createLimiter();
    for (let n = 0; n < 10; n += 1) await limiter.share(broken, nowOf(shell));
    expect(isAdmitted(limiter, shell)).toBe(true);
  });
});
