import { beforeAll, describe, expect, test } from "vitest";
import { fileSizeMax } from "../../../domain/documents/file-types.ts";
import { documentKey } from "../../../domain/documents/object-key.ts";
import { build as buildConsumers } from "../../../functions/areas/consumers.ts";
import type { AnAgency } from "../../support/shell.ts";
import {
  type AFile,
  aDocument,
  announce,
  aStoringShell,
  inspected,
  pdfBytes,
  type StoringShell,
  send,
} from "../../support/storage.ts";
import { countWrites } from "../../support/writes.ts";

let shell: StoringShell;
let other: AnAgency;
let accepted: () => number;
let customer: string;
let invoice: string;

const items = [{ name: "Work", quantity: 1, price: 100 }];

beforeAll(async () => {
  shell = await aStoringShell();
  other = await shell.anotherAgency();
  const made = await shell.call("POST", "/v1/invoices", {
    customer: { billTo: { company: "Acme" } },
    items,
  });
  customer = made.body.customer;
  invoice = made.body.id;
  accepted = countWrites(shell.table);
});

const listed = async (query = ""): Promise<string[]> => {
  const { status, body } = await shell.call("GET", `/v1/documents${query}`);
  expect(status).toBe(200);
  return body.docs.map(({ id }: { id: string }) => id);
};

const inStorage = async (id: string) => inspected(await shell.files.files(), keyOf(id));
const keyOf = (id: string): string => documentKey(shell.agency.id, id as never);

describe("a document", () => {
  test("is announced, uploaded by the link, listed, fetched under its name, and deleted with its file", async () => {
    const bytes = pdfBytes();
    const announced = await announce(shell.call, {
      ...{ name: "Rahmenvertrag (2027) – Ädler's.pdf", bytes, customer },
    });
    expect(announced).toMatchObject({
      status: 201,
      body: { status: "Announced", size: bytes.length, visible: false, customer, invoice: null },
    });
    const { id, upload } = announced.body;
    expect(announced.body.download).toBeNull();
    expect(Date.parse(upload.expiresAt) - Date.parse(shell.clock.now())).toBe(15 * 60_000);

    await shell.deliver();
    expect(await listed()).not.toContain(id);
    expect((await send(upload, bytes)).status).toBe(200);
    expect(await listed()).not.toContain(id);
    const events = await shell.deliver();
    expect(events).toContainEqual(
      expect.objectContaining({
        ...{ type: "document.created", subject: id, customer },
        actor: { apiKey: expect.stringMatching(/^key_/) },
      }),
    );
    expect(await listed(`?customer=${customer}`)).toContain(id);

    const { body } = await shell.call("GET", `/v1/documents/${id}`);
    expect(body).toMatchObject({ status: "Available", upload: null, refusal: null });
    const file = await fetch(body.download.url);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(bytes));
    expect(file.headers.get("content-type")).toBe("application/pdf");
    expect(file.headers.get("content-disposition")).toBe(
      `attachment; filename="Rahmenvertrag (2027) _ _dler's.pdf"; filename*=UTF-8''Rahmenvertrag%20%282027%29%20%E2%80%93%20%C3%84dler%27s.pdf`,
    );

    expect((await shell.call("DELETE", `/v1/documents/${id}`)).status).toBe(204);
    expect(await listed()).not.toContain(id);
    expect((await shell.call("GET", `/v1/documents/${id}`)).status).toBe(404);
    expect(await inStorage(id)).toBeDefined();
    await shell.deliver({ copies: 2 });
    expect(await inStorage(id)).toBeUndefined();
    expect((await fetch(body.download.url)).status).toBe(403);
    expect(shell.errors).toEqual([]);
  });

  test("belongs to an invoice, a quote or a payment as well, and is found by it", async () => {
    const quote = (await shell.call("POST", "/v1/quotes", { customer, items })).body.id;
    const money = { customer, amount: 10, currency: "USD", method: "Cash" };
    const payment = (await shell.call("POST", "/v1/payments", money)).body.id;
    const ofInvoice = await aDocument(shell, { invoice, visible: true });
    const ofQuote = await aDocument(shell, { quote });
    const ofPayment = await aDocument(shell, { payment });
    expect(ofInvoice).toMatchObject({ customer, invoice, quote: null, payment: null });
    expect(ofQuote).toMatchObject({ customer, invoice: null, quote, payment: null });
    expect(ofPayment).toMatchObject({ customer, invoice: null, quote: null, payment });
    expect(await listed(`?invoice=${invoice}`)).toEqual([ofInvoice.id]);
    expect(await listed(`?quote=${quote}`)).toEqual([ofQuote.id]);
    expect(await listed(`?payment=${payment}`)).toEqual([ofPayment.id]);
    expect(await listed(`?customer=${customer}&visible=true`)).toEqual([ofInvoice.id]);
    expect(await listed(`?customer=${customer}&visible=false`)).not.toContain(ofInvoice.id);
    expect((await listed("?limit=1")).length).toBe(1);
    expect(await listed("?from=2027-03-02")).toEqual([]);
    expect(await listed("?to=2027-03-01")).toContain(ofPayment.id);
  });

  test("is renamed and shown later; its content stays", async () => {
    const { id, version } = await aDocument(shell, { customer });
    const changed = await shell.call("PATCH", `/v1/documents/${id}`, {
      ...{ name: "terms.pdf", visible: true },
    });
    expect(changed).toMatchObject({ status: 200, body: { name: "terms.pdf", visible: true } });
    const file = await fetch(changed.body.download.url);
    expect(file.headers.get("content-disposition")).toContain('filename="terms.pdf"');
    const before = accepted();
    const late = await shell.call(
      "PATCH",
      `/v1/documents/${id}`,
      {},
      { "if-match": String(version) },
    );
    expect(late.status).toBe(412);
    const wrong = await shell.call("PATCH", `/v1/documents/${id}`, { name: "terms.exe" });
    expect(wrong.body.errors).toEqual([
      { pointer: "#/name", detail: "must end with .pdf, as files of its type do" },
    ]);
    expect(accepted()).toBe(before);
    expect((await shell.deliver()).map(({ type }) => type)).toContain("document.updated");
  });

  test("of a draft goes with the draft, its file, too", async () => {
    const draft = (await shell.call("POST", "/v1/invoices", { customer, items })).body.id;
    const { id } = await aDocument(shell, { invoice: draft });
    const kept = await aDocument(shell, { invoice });
    expect((await shell.call("DELETE", `/v1/invoices/${draft}`)).status).toBe(204);
    await shell.deliver({ copies: 2, shuffled: true });
    expect((await shell.call("GET", `/v1/documents/${id}`)).status).toBe(404);
    expect(await inStorage(id)).toBeUndefined();
    expect(await inStorage(kept.id)).toBeDefined();
  });

  test("keeps its customer from being deleted", async () => {
    const billTo = { company: "Beta" };
    const { id } = (await shell.call("POST", "/v1/customers", { billTo })).body;
    await aDocument(shell, { customer: id });
    const before = accepted();
    const refused = await shell.call("DELETE", `/v1/customers/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: "customer.has-documents" } });
    expect(accepted()).toBe(before);
  });
});

describe("an upload", () => {
  const bytes = pdfBytes();
  const refusedBy = async (answer: Response) => [
    answer.status,
    /<Code>(\w+)/.exec(await answer.text())?.[1],
  ];

  test.each([
    ["of another size", () => ({ bytes: pdfBytes(1_999) })],
    ["that is longer", () => ({ bytes: pdfBytes(fileSizeMax) })],
    ["as another type", () => ({ headers: { "content-type": "text/html" } })],
    ["that may replace", () => ({ headers: { "if-none-match": "" } })],
  ])("%s is refused by the storage, and nothing is there", async (_case, wrong) => {
    const { id, upload } = (await announce(shell.call, { bytes, customer })).body;
    const sent: { bytes?: Uint8Array; headers?: Record<string, string> } = wrong();
    const answer = await send(upload, sent.bytes ?? bytes, sent.headers);
    expect(await refusedBy(answer)).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await shell.deliver()).toEqual([]);
    expect(await inStorage(id)).toBeUndefined();
    expect((await shell.call("GET", `/v1/documents/${id}`)).body.status).toBe("Announced");
  });

  test("to another key by the same signature is refused", async () => {
    const one = (await announce(shell.call, { bytes, customer })).body;
    const two = (await announce(shell.call, { bytes, customer })).body;
    const url = one.upload.url.replace(one.id, two.id);
    expect(url).not.toBe(one.upload.url);
    const answer = await send({ ...one.upload, url }, bytes);
    expect(await refusedBy(answer)).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await inStorage(two.id)).toBeUndefined();
  });

  test("comes too late after a quarter of an hour", async () => {
    const { id, upload } = (await announce(shell.call, { bytes, customer })).body;
    shell.clock.advance("PT15M1S");
    expect(await refusedBy(await send(upload, bytes))).toEqual([403, "AccessDenied"]);
    expect(await inStorage(id)).toBeUndefined();
  });

  test("can't replace what was received, while its link still lives", async () => {
    const { id, upload } = (await announce(shell.call, { bytes, customer })).body;
    expect((await send(upload, bytes)).status).toBe(200);
    await shell.deliver();
    const evil = Buffer.from(bytes).fill("y", 10);
    expect(await refusedBy(await send(upload, evil))).toEqual([412, "PreconditionFailed"]);
    const { download } = (await shell.call("GET", `/v1/documents/${id}`)).body;
    const fetched = await (await fetch(download.url)).arrayBuffer();
    expect(new Uint8Array(fetched)).toEqual(new Uint8Array(bytes));
  });

  test("whose content is of another type is refused, told, and removed", async () => {
    const page = Buffer.from("<script>alert(1)</script>");
    const { id, upload } = (await announce(shell.call, { bytes: page, customer })).body;
    expect((await send(upload, page)).status).toBe(200);
    const events = await shell.deliver({ copies: 2 });
    expect(events.filter(({ type }) => type === "document.refused")).toMatchObject([
      { subject: id, data: { reason: "The content is not application/pdf." } },
    ]);
    expect(await inStorage(id)).toBeUndefined();
    expect(shell.errors).toEqual([]);
    expect((await shell.call("GET", `/v1/documents/${id}`)).body).toMatchObject({
      status: "Refused",
      refusal: "The content is not application/pdf.",
      download: null,
    });
    expect(await listed()).not.toContain(id);
  });

  test("that is not what its record says is refused even past the signature", async () => {
    const { id } = (await announce(shell.call, { bytes, customer })).body;
    const key = documentKey(shell.agency.id, id);
    const store = await shell.files.files();
    await store.put({ key, contentType: "application/pdf", bytes: pdfBytes(3_000) });
    await shell.deliver();
    expect((await shell.call("GET", `/v1/documents/${id}`)).body).toMatchObject({
      status: "Refused",
      refusal: "3000 bytes were uploaded, 2000 were announced.",
    });
    expect(await inStorage(id)).toBeUndefined();
  });

  test("is received as S3 tells of it, through the queue", async () => {
    const { id, upload } = (await announce(shell.call, { bytes, customer })).body;
    await send(upload, bytes);
    const told = {
      ...{ version: "0", id: "17793124-05d4-b198-2fde-7ededc63b103", account: "111122223333" },
      ...{ source: "aws.s3", "detail-type": "Object Created", time: "2027-03-01T09:00:00Z" },
      detail: {
        ...{ version: "0", bucket: { name: "files" }, reason: "PutObject" },
        object: {
          key: documentKey(shell.agency.id, id),
          size: 2_000,
          sequencer: "617f08299329d189",
        },
      },
    };
    const queue =
      "arn:aws:sqs:eu-central-1:111122223333:drawdown-test-object-created-receive-document";
    const record = { messageId: "1", eventSourceARN: queue, body: JSON.stringify(told) };
    expect(await buildConsumers(shell.deps)({ Records: [record] } as never)).toEqual({
      batchItemFailures: [],
    });
    expect((await shell.call("GET", `/v1/documents/${id}`)).body.status).toBe("Available");
    await shell.deliver();
    expect((await shell.call("GET", `/v1/documents/${id}`)).body.status).toBe("Available");
  });

  test("of a document that was deleted meanwhile leaves nothing", async () => {
    const { id, upload } = (await announce(shell.call, { bytes, customer })).body;
    expect((await shell.call("DELETE", `/v1/documents/${id}`)).status).toBe(204);
    await shell.deliver();
    expect((await send(upload, bytes)).status).toBe(200);
    await shell.deliver();
    expect(await inStorage(id)).toBeUndefined();
  });

  test("that is told twice is received once", async () => {
    const { id, upload } = (await announce(shell.call, { bytes, customer })).body;
    await send(upload, bytes);
    const events = await shell.deliver({ copies: 3, shuffled: true });
    const told = events.filter(({ subject }) => subject === id);
    expect(told.map(({ type }) => type)).toEqual(["document.created"]);
    expect(await inStorage(id)).toBeDefined();
  });
});

describe("a link to fetch", () => {
  test("ends after five minutes, and another key is not under its signature", async () => {
    const one = await aDocument(shell, { customer });
    const two = await aDocument(shell, { customer });
    const other = await fetch(one.download.url.replace(one.id, two.id));
    expect(other.status).toBe(403);
    const renamed = await fetch(one.download.url.replace("contract.pdf", "contract.htm"));
    expect(renamed.status).toBe(403);
    shell.clock.advance("PT5M");
    expect((await fetch(one.download.url)).status).toBe(200);
    shell.clock.advance("PT1S");
    expect((await fetch(one.download.url)).status).toBe(403);
  });
});

describe("refuses to announce, and changes nothing", () => {
  const good = { name: "a.pdf", contentType: "application/pdf", size: 1 };

  test.each([
    ["a page", { ...good, contentType: "text/html", name: "a.html" }, "#/contentType"],
    ["a drawing with scripts", { ...good, contentType: "image/svg+xml" }, "#/contentType"],
    ["an empty file", { ...good, size: 0 }, "#/size"],
    ["a part of a byte", { ...good, size: 1.5 }, "#/size"],
    ["a file that is too large", { ...good, size: fileSizeMax + 1 }, "#/size"],
    ["a name of another type", { ...good, name: "a.exe" }, "#/name"],
    ["a name that is only an ending", { ...good, name: ".pdf" }, "#/name"],
    ["a path", { ...good, name: "../a.pdf" }, "#/name"],
    ["a name that reads backwards", { ...good, name: "a\u202efdp.pdf" }, "#/name"],
    ["a name too long", { ...good, name: `${"a".repeat(200)}.pdf` }, "#/name"],
    ["two records", { ...good, invoice: "inv_1" }, "#/customer"],
    ["an unknown field", { ...good, url: "https://evil.test" }, "#/url"],
  ])("%s", async (_case, body, pointer) => {
    const before = accepted();
    const answer = await shell.call("POST", "/v1/documents", { customer, ...body });
    expect(answer).toMatchObject({ status: 400, body: { code: "request.invalid" } });
    expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
    expect(accepted()).toBe(before);
  });

  test("what belongs to nothing", async () => {
    const before = accepted();
    const answer = await shell.call("POST", "/v1/documents", good);
    expect(answer).toMatchObject({ status: 400, body: { code: "request.invalid" } });
    expect(accepted()).toBe(before);
  });
});

describe("another agency's record", () => {
  const theirs: Record<string, string> = {};
  const unknown: Record<string, string> = {
    customer: "cus_00000000000000000000000000",
    invoice: "inv_00000000000000000000000000",
    quote: "quo_00000000000000000000000000",
    payment: "pay_00000000000000000000000000",
  };
  const withoutRequest = ({ status, body }: { status: number; body: object }) => ({
    ...{ status, ...body },
    instance: undefined,
  });

  beforeAll(async () => {
    const billTo = { company: "Theirs" };
    theirs.customer = (await other.call("POST", "/v1/customers", { billTo })).body.id;
    const terms = { customer: theirs.customer, items };
    theirs.invoice = (await other.call("POST", "/v1/invoices", terms)).body.id;
    theirs.quote = (await other.call("POST", "/v1/quotes", terms)).body.id;
    const money = { customer: theirs.customer, amount: 10, currency: "USD", method: "Cash" };
    theirs.payment = (await other.call("POST", "/v1/payments", money)).body.id;
  });

  test.each(Object.keys(unknown))(
    "as %s is as unknown as none, to attach to and to list by",
    async (kind) => {
      const before = accepted();
      const attach = (id: string | undefined) =>
        announce(shell.call, { [kind]: id } as AFile).then(withoutRequest);
      const list = async (id: string | undefined) =>
        withoutRequest(await shell.call("GET", `/v1/documents?${kind}=${id}`));
      const foreign = await attach(theirs[kind]);
      expect(foreign.status).toBe(404);
      expect(foreign).toEqual(await attach(unknown[kind]));
      expect((await attach("x' OR 1=1")).status).toBe(404);
      expect(await list(theirs[kind])).toEqual(await list(unknown[kind]));
      expect((await list(theirs[kind])).status).toBe(404);
      expect(accepted()).toBe(before);
    },
  );

  test("and its documents are not in the list", async () => {
    const { id } = await aDocument(shell, { customer: theirs.customer! }, other.call);
    expect(await listed()).not.toContain(id);
  });
});
