import { expect, test } from "vitest";
import {
  askForZip,
  finishZip,
  forgottenAt,
  isForgotten,
  zipName,
} from "../../../../domain/documents/invoice-zip.ts";
import { aCustomerId, anId } from "../../../support/builders.ts";

const now = "2027-03-01T22:00:00.000Z";
const asked = askForZip(
  { id: anId("zip"), customer: aCustomerId, invoices: [anId("invoice")] },
  now,
);

test("a zip waits, is ready once it is made, and keeps its name", () => {
  expect(asked).toMatchObject({ status: "Pending", version: 1 });
  const ready = finishZip(asked, "2027-03-02T00:01:00.000Z");
  expect(ready).toMatchObject({ status: "Ready", version: 2, invoices: asked.invoices });
  expect(ready.createdAt).toBe(now);
  expect(zipName(ready)).toBe("invoices-2027-03-01.zip");
});

test("it is forgotten a day after it was asked for, to the millisecond", () => {
  expect(forgottenAt(asked)).toBe("2027-03-02T22:00:00.000Z");
  expect(isForgotten(asked, "2027-03-02T21:59:59.999Z")).toBe(false);
  expect(isForgotten(asked, "2027-03-02T22:00:00.000Z")).toBe(true);
});
