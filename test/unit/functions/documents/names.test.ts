import { describe, expect, it } from "vitest";
import { pdfHeaders } from "../../../../functions/documents/document-pdf.ts";
import { pdfName } from "../../../../functions/documents/file-name.ts";
import { methodName } from "../../../../functions/documents/method-name.ts";

describe("the name of a paper's file", () => {
  it.each([
    ["INV-0002", "INV-0002.pdf"],
    ["INV/2027 #7", "INV-2027-7.pdf"],
    ["../../etc/passwd", "etc-passwd.pdf"],
    ["Rechnung-Ü1", "Rechnung-Ü1.pdf"],
    ['a"b\r\nc', "a-b-c.pdf"],
    [null, "draft-89ABCDEF.pdf"],
    ["###", "inv_0123456789ABCDEF.pdf"],
  ])("is the number %s as %s", (number, expected) => {
    expect(pdfName(number, "inv_0123456789ABCDEF")).toBe(expected);
  });

  it("stands in a header that any client reads", () => {
    expect(pdfHeaders("Ü 1.pdf")["content-disposition"]).toBe(
      `attachment; filename="_ 1.pdf"; filename*=UTF-8''%C3%9C%201.pdf`,
    );
  });
});

describe("the way that money came", () => {
  const stripe = { account: "acct_1" };
  it.each([
    ["by hand", { method: "Cheque", reference: "77", stripe: null }, "en-US", "cheque"],
    ["in German", { method: "BankDebit", reference: null, stripe }, "de-AT", "Lastschrift"],
    ["by card", { method: "Card", reference: "visa ending in 4242", stripe }, "fr", "Visa …4242"],
    [
      "by an unnamed card",
      { method: "Card", reference: "ending in 4242", stripe },
      "en",
      "Card …4242",
    ],
    [
      "by what we don't know",
      { method: "Shells", reference: null, stripe: null },
      "en",
      "other means",
    ],
  ])("is told %s", (_name, how, locale, expected) => {
    expect(methodName(how, locale)).toBe(expected);
  });
});
