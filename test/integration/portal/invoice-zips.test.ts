import { unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { invoicesPerZipMax } from "../../../functions/portal/schemas.ts";
import { aStoringShell, type StoringShell } from "../../support/storage.ts";
import { countWrites } from "../../support/writes.ts";
import { aContact, aDocument, aPortalOf, loggedIn, type PortalWorld, settings } from "./world.ts";

let shell: StoringShell;
let world: PortalWorld;
let customer: string;
let accepted: () => number;

beforeAll(async () => {
  shell = await aStoringShell();
  world = await aPortalOf(shell);
  customer = world.person.customer;
  accepted = countWrites(shell.table);
});

const ask = (invoices: readonly string[], headers = {}) =>
  world.visitor.call("POST", "/portal/invoices/zip", { invoices }, headers);

describe("a zip of papers", () => {
  test("is made after the answer, and its link brings each invoice's PDF under its number", async () => {
    const one = await aDocument(shell, { customer, amount: 100 });
    const two = await aDocument(shell, { customer, amount: 200, isRetainer: true });
    const asked = await ask([one.id, two.id]);
    expect(asked).toMatchObject({ status: 202, body: { status: "Pending" } });
    expect((await fetch(asked.body.url)).status).toBe(403);
    await shell.deliver({ copies: 2 });

    const ready = await world.visitor.get(`/portal/invoices/zip/${asked.body.id}`);
    expect(ready).toMatchObject({ id: asked.body.id, status: "Ready" });
    for (const { url } of [asked.body, ready]) {
      const fetched = await fetch(url);
      expect(fetched.headers.get("content-disposition")).toContain('"invoices-2027-03-01.zip"');
      expect(fetched.headers.get("content-type")).toBe("application/zip");
      const files = unzipSync(new Uint8Array(await fetched.arrayBuffer()));
      expect(Object.keys(files)).toEqual([`${one.number}.pdf`, `${two.number}.pdf`]);
      const pdf = await world.visitor.call("GET", `/portal/invoices/${one.id}/pdf`);
      expect(Buffer.from(files[`${one.number}.pdf`]!).toString("base64")).toBe(pdf.body);
    }
    expect(shell.errors).toEqual([]);
  });

  test("is asked for once however often the same request comes", async () => {
    const { id } = await aDocument(shell, { customer, amount: 100 });
    const headers = { "idempotency-key": "zip once" };
    const first = await ask([id], headers);
    const before = accepted();
    const again = await ask([id], headers);
    expect(again.body).toEqual(first.body);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect(accepted()).toBe(before);
  });

  test("is forgotten after a day", async () => {
    const { id } = await aDocument(shell, { customer, amount: 100 });
    const zip = (await ask([id])).body.id;
    await shell.deliver();
    const visitor = await loggedIn(shell, shell, world.person);
    shell.clock.advance("P1D");
    expect(await visitor.call("GET", `/portal/invoices/zip/${zip}`)).toMatchObject({
      status: 404,
      body: { code: "zip.not-found" },
    });
  });

  test("is the customer's own: a colleague gets it, another customer doesn't", async () => {
    const { id } = await aDocument(shell, { customer, amount: 100 });
    const zip = (await ask([id])).body.id;
    const colleague = await aContact(shell, { customer, email: "cy@acme.test" });
    const other = await aContact(shell, { company: "Beta", email: "bo@beta.test" });
    const path = `/portal/invoices/zip/${zip}`;
    expect((await (await loggedIn(shell, shell, colleague)).call("GET", path)).status).toBe(200);
    expect((await (await loggedIn(shell, shell, other)).call("GET", path)).status).toBe(404);
  });
});

describe("refuses, and changes nothing", () => {
  test.each([
    ["none", async () => [], 400],
    ["one twice", async () => Array(2).fill((await issued()).id), 400],
    [
      "too many",
      async () => Array.from({ length: invoicesPerZipMax + 1 }, (_, n) => `inv_${n}`),
      400,
    ],
    ["a draft", async () => [(await aDocument(shell, draft())).id], 404],
    ["what is no id", async () => ["x' OR 1=1"], 404],
  ])("%s", async (_case, invoices, status) => {
    const chosen = await invoices();
    const before = accepted();
    expect((await ask(chosen)).status).toBe(status);
    expect(accepted()).toBe(before);
  });

  test("where the agency switched the tab off", async () => {
    const { id } = await issued();
    await settings(shell, { portal: { modules: { invoices: false } } });
    const before = accepted();
    expect((await ask([id])).status).toBe(404);
    expect(accepted()).toBe(before);
    await settings(shell, { portal: { modules: { invoices: true } } });
  });

  const issued = () => aDocument(shell, { customer, amount: 100 });
  const draft = () => ({ customer, amount: 100, status: "Draft" });
});
