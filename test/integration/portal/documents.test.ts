import { beforeAll, describe, expect, test } from "vitest";
import {
  aDocument as aFile,
  announce,
  aStoringShell,
  type StoringShell,
} from "../../support/storage.ts";
import {
  aContact,
  aDocument,
  aPortalOf,
  aVisitor,
  type Json,
  lastMail,
  type PortalWorld,
  settings,
  tokenIn,
} from "./world.ts";

let shell: StoringShell;
let world: PortalWorld;
let customer: string;

beforeAll(async () => {
  shell = await aStoringShell();
  world = await aPortalOf(shell);
  customer = world.person.customer;
});

const listed = async (): Promise<Json[]> => (await world.visitor.get("/portal/documents")).docs;
const idsListed = async (): Promise<string[]> => (await listed()).map(({ id }) => id);
const unknown = "/portal/documents/doc_00000000000000000000000000";

const withoutRequest = ({ status, body }: { status: number; body: object }) => ({
  ...{ status, ...body },
  instance: undefined,
});

/** Not in the list, and as unknown as what doesn't exist. */
async function requireHidden(id: string): Promise<void> {
  expect(await idsListed()).not.toContain(id);
  const asked = await world.visitor.call("GET", `/portal/documents/${id}`);
  expect(asked).toMatchObject({ status: 404, body: { code: "document.not-found" } });
  expect(withoutRequest(asked)).toEqual(withoutRequest(await world.visitor.call("GET", unknown)));
}

describe("a contact", () => {
  test("sees a visible document, what it belongs to, and fetches it as a file", async () => {
    const invoice = await aDocument(shell, { customer, amount: 100 });
    const file = await aFile(shell, { name: "Work.pdf", invoice: invoice.id, visible: true });
    const own = await aFile(shell, { name: "Terms.pdf", customer, visible: true });
    const docs = await listed();
    expect(docs.find(({ id }) => id === own.id)).toEqual({
      id: own.id,
      ...{ name: "Terms.pdf", contentType: "application/pdf", size: 2_000 },
      createdAt: own.createdAt,
      attachedTo: null,
    });
    const attachedTo = { kind: "invoice", id: invoice.id, number: invoice.number };
    expect(docs.find(({ id }) => id === file.id)).toMatchObject({ attachedTo });

    const { url, expiresAt, ...row } = await world.visitor.get(`/portal/documents/${file.id}`);
    expect(row).toMatchObject({ name: "Work.pdf", attachedTo });
    expect(Date.parse(expiresAt) - Date.parse(shell.clock.now())).toBe(5 * 60_000);
    const fetched = await fetch(url);
    expect(fetched.headers.get("content-disposition")).toContain('attachment; filename="Work.pdf"');
    expect((await fetched.arrayBuffer()).byteLength).toBe(2_000);
  });

  test("doesn't see an internal one, until it is shown, nor after it is hidden again", async () => {
    const { id } = await aFile(shell, { customer });
    await requireHidden(id);
    await shell.call("PATCH", `/v1/documents/${id}`, { visible: true });
    expect(await idsListed()).toContain(id);
    await shell.call("PATCH", `/v1/documents/${id}`, { visible: false });
    await requireHidden(id);
  });

  test("doesn't see what was announced and not uploaded, or refused", async () => {
    const { id } = (await announce(shell.call, { customer, visible: true })).body;
    await requireHidden(id);
  });

  test("sees what is attached to a draft only when the draft is sent", async () => {
    const draft = await aDocument(shell, { customer, amount: 100, status: "Draft" });
    const items = [{ name: "Work", quantity: 1, price: 100 }];
    const quote = (await shell.call("POST", "/v1/quotes", { customer, items })).body.id;
    const ofDraft = await aFile(shell, { invoice: draft.id, visible: true });
    const ofQuote = await aFile(shell, { quote, visible: true });
    await requireHidden(ofDraft.id);
    await requireHidden(ofQuote.id);
    await shell.call("POST", `/v1/invoices/${draft.id}/mark-sent`);
    await shell.call("POST", `/v1/quotes/${quote}/mark-sent`);
    expect(await idsListed()).toEqual(expect.arrayContaining([ofDraft.id, ofQuote.id]));
  });

  test("doesn't see another customer's, nor a deleted one", async () => {
    const other = await aContact(shell, { company: "Beta", email: "bo@beta.test" });
    const theirs = await aFile(shell, { customer: other.customer, visible: true });
    await requireHidden(theirs.id);
    const { id } = await aFile(shell, { customer, visible: true });
    await shell.call("DELETE", `/v1/documents/${id}`);
    await requireHidden(id);
  });

  test("who came by a document's own link sees that document only", async () => {
    const { id } = await aFile(shell, { customer, visible: true });
    const invoice = await aDocument(shell, { customer, amount: 100 });
    await shell.call("POST", `/v1/invoices/${invoice.id}/send`, {});
    await shell.deliver();
    const visitor = aVisitor(shell);
    const token = tokenIn((await lastMail(shell)).link);
    const entered = await visitor.call("POST", "/portal/session", { token });
    expect(entered.status).toBe(204);
    for (const path of ["/portal/documents", `/portal/documents/${id}`]) {
      expect(await visitor.call("GET", path)).toMatchObject({
        status: 403,
        body: { code: "portal.document-only" },
      });
    }
    const zip = await visitor.call("POST", "/portal/invoices/zip", { invoices: [invoice.id] });
    expect(zip).toMatchObject({ status: 403, body: { code: "portal.document-only" } });
  });
});

test("a switched-off tab answers 404, for the list and for each document", async () => {
  const { id } = await aFile(shell, { customer, visible: true });
  await settings(shell, { portal: { modules: { documents: false } } });
  for (const path of ["/portal/documents", `/portal/documents/${id}`]) {
    expect(await world.visitor.call("GET", path)).toMatchObject({
      status: 404,
      body: { code: "request.not-found" },
    });
  }
  expect((await world.visitor.get("/portal/me")).modules.documents).toBe(false);
  await settings(shell, { portal: { modules: { documents: true } } });
  expect(await idsListed()).toContain(id);
});
