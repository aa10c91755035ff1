import { beforeAll, describe, expect, test } from "vitest";
import { writeCursor } from "../../../functions/kit/cursor.ts";
import { type AnAgency, aShell, type Shell } from "../../support/shell.ts";

/** A cursor opens the list that gave it, and nothing that somebody made up opens any. */
let shell: Shell;
let other: AnAgency;
let theirs: string;

beforeAll(async () => {
  shell = await aShell();
  other = await shell.anotherAgency();
  for (const agency of [shell, other]) {
    for (const company of ["One", "Two", "Three"]) {
      await agency.call("POST", "/v1/customers", { billTo: { company } });
    }
  }
  theirs = (await other.call("GET", "/v1/customers?limit=1")).body.next;
});

const list = (after: string) =>
  shell.call("GET", `/v1/customers?limit=1&after=${encodeURIComponent(after)}`);

const refused = {
  status: 400,
  body: { errors: [{ pointer: "#/after", detail: "is not a cursor of this list" }] },
};

describe("a cursor is refused", () => {
  test("that another agency was given", async () => {
    expect(await list(theirs)).toMatchObject(refused);
  });

  test("of another list of the same agency", async () => {
    const own = (await shell.call("GET", "/v1/customers?limit=1")).body.next;
    const events = await shell.call("GET", `/v1/events?after=${own}`);
    expect(events).toMatchObject(refused);
  });

  /** Who knows the code can seal what the table would choke on. */
  test.each([
    ["too few values", []],
    ["values that are no text", [1, { a: 1 }, null]],
    ["empty keys", ["", "", ""]],
    ["a key of another agency", ["A#agy_00000000000000000000000000#CUS#x", "CUS", "2027-03-01#x"]],
  ])("that was forged with %s", async (_case, values) => {
    const scope = { tenant: shell.tenant, list: "CUS " };
    const answer = await list(writeCursor(scope, values));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: "#/after" }] } });
    expect(shell.errors).toEqual([]);
  });
});
