import type { Books } from "../../../domain/payments/ledger.ts";
import { refuse } from "../../../domain/shared/refusals.ts";
import { Refused } from "../../kit/refused.ts";

/** The books, if they hold every invoice that a body names; another agency's is as unknown as none. */
export function withNamedInvoices(books: Books, ids: readonly string[]): Books {
  if (ids.every((asked) => books.invoices.some(({ id }) => id === asked))) return books;
  throw new Refused(refuse("invoice.not-found", "There is no such invoice."));
}
