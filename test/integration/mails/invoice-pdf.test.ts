import { expect, test } from "vitest";
import { aShell } from "../../support/shell.ts";
import { aCustomer, askForPdf, pdfText, work } from "./reading.ts";

test("an issued invoice is a PDF that carries its number", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const terms = { ...work(2500), customer, status: "Unpaid" };
  const { body } = await shell.call("POST", "/v1/invoices", terms);
  const { status, headers, bytes } = await askForPdf(shell, body.id);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="INV-0001.pdf"; filename*=UTF-8''INV-0001.pdf`,
  });
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  const text = pdfText(bytes);
  for (const said of ["INV-0001", "Acme", "Studio North", "$2,500.00"]) {
    expect(text).toContain(said);
  }
});

test("a draft says that it is one, and has no number", async () => {
  const shell = await aShell();
  const terms = { ...work(2500), customer: await aCustomer(shell) };
  const { body } = await shell.call("POST", "/v1/invoices", terms);
  const { headers, bytes } = await askForPdf(shell, body.id);
  expect(headers["content-disposition"]).toContain(`filename="draft-${body.id.slice(-8)}.pdf"`);
  expect(pdfText(bytes).toLowerCase()).toContain("draft");
});

test("a funded retainer shows its payments and what was drawn", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const terms = { ...work(5000), customer, isRetainer: true, status: "Unpaid" };
  const { body } = await shell.call("POST", "/v1/invoices", terms);
  await shell.call("POST", `/v1/invoices/${body.id}/payments`, { amount: 2000, method: "Cheque" });
  await shell.call("POST", `/v1/invoices/${body.id}/payments`, { method: "BankTransfer" });
  await shell.call("POST", "/v1/invoices", { ...work(3200), customer, status: "Unpaid" });
  const text = pdfText((await askForPdf(shell, body.id)).bytes);
  for (const said of ["Paid by cheque", "-$2,000.00", "Paid by bank transfer", "-$3,000.00"]) {
    expect(text).toContain(said);
  }
  for (const said of ["$5,000.00 paid in advance", "$3,200.00", "$1,800.00"]) {
    expect(text).toContain(said);
  }
});

test("another agency's invoice is as unknown as none", async () => {
  const shell = await aShell();
  const terms = { ...work(1), customer: await aCustomer(shell) };
  const { body } = await shell.call("POST", "/v1/invoices", terms);
  const other = await shell.anotherAgency();
  const answers = await Promise.all([
    askForPdf({ ...shell, ...other }, body.id),
    askForPdf(shell, "inv_01ARZ3NDEKTSV4RRFFQ69G5FAV"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  expect((await askForPdf({ ...shell, apiKey: "dd_wrong" }, body.id)).status).toBe(401);
});
