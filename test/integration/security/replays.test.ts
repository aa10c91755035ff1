import { beforeAll, describe, expect, test } from "vitest";
import { aShell, caller, type Shell } from "../../support/shell.ts";
import { countWrites } from "../../support/writes.ts";
import { aContact, loggedIn, type Person } from "../portal/world.ts";

/** The very same request under the very same idempotency key is another's, if another sends it. */
let shell: Shell;
let ann: Person;
let bo: Person;
beforeAll(async () => {
  shell = await aShell();
  ann = await aContact(shell, { company: "Acme", email: "ann@acme.test" });
  bo = await aContact(shell, { company: "Beta", email: "bo@beta.test" });
});

const replayed = "idempotency-replayed";
const change = ["PATCH", "/portal/profile", { firstName: "Chris" }] as const;

test("of two contacts, each changes its own", async () => {
  const headers = { "idempotency-key": "two contacts" };
  for (const person of [ann, bo]) {
    const visitor = await loggedIn(shell, shell, person);
    const { status, body, headers: told } = await visitor.call(...change, headers);
    expect({ status, id: body.id, is: told[replayed] }).toEqual({ status: 200, id: person.id });
    const again = await visitor.call(...change, headers);
    expect(again).toMatchObject({ body: { id: person.id }, headers: { [replayed]: "true" } });
  }
});

describe("of two keys of an agency", () => {
  const key = async (role: string): Promise<{ id: string; key: string }> =>
    (await shell.call("POST", "/v1/api-keys", { name: role, role })).body;
  const billTo = { company: "Once" };
  const headers = { "idempotency-key": "two keys" };

  test("each makes its own; one that is revoked or may not is told nothing", async () => {
    const [first, second, viewer] = [await key("member"), await key("member"), await key("viewer")];
    const ask = ({ key: text }: { readonly key: string }) =>
      caller(shell.deps, text)("POST", "/v1/customers", { billTo }, headers);
    const made = [await ask(first), await ask(second)];
    expect(made.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(2);
    expect((await ask(first)).headers[replayed]).toBe("true");
    await shell.call("DELETE", `/v1/api-keys/${first.id}`);
    const accepted = countWrites(shell.table);
    expect(await ask(first)).toMatchObject({ status: 401, body: { code: "auth.missing" } });
    expect(await ask(viewer)).toMatchObject({ status: 403, body: { code: "role.too-low" } });
    expect(accepted()).toBe(0);
  });
});
