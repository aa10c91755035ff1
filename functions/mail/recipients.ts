import type { Contact } from "../../domain/customers/contact.ts";
import type { Customer } from "../../domain/customers/customer.ts";

/** One reader, who gets a mail of their own: in their language, with a link of their own. */
export interface Recipient {
  readonly email: string;
  readonly contact: Contact | null;
}

export interface Recipients {
  readonly to: readonly Recipient[];
  /** Get the first mail only. */
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** Would get it, but for mails that came back. */
  readonly failed?: readonly string[];
}

interface Known {
  readonly customer: Pick<Customer, "billTo" | "cc" | "bcc">;
  readonly contacts: readonly Contact[];
}

/**
 * The contacts who get mails, the primary one first; where there is none, the firm's own address,
 * unless it is one that failed or wants no mail. An address of the caller's replaces everybody.
 */
export function recipientsOf({ customer, contacts }: Known, email: string | null): Recipients {
  const contactAt = (address: string) => contacts.find((one) => isSame(one.email, address)) ?? null;
  if (email !== null) return { to: [{ email, contact: contactAt(email) }], cc: [], bcc: [] };
  const asking = contacts.filter(({ receivesMail }) => receivesMail);
  const reached = asking.filter(({ mailFailure }) => !mailFailure);
  const failed = asking.flatMap(({ email: one, mailFailure }) => (mailFailure ? [one] : []));
  const sorted = [...reached].sort((a, b) => Number(b.primary) - Number(a.primary));
  const to = sorted.map((contact) => ({ email: contact.email, contact }));
  const { email: own } = customer.billTo;
  const isFirms = to.length === 0 && own && !contactAt(own);
  const readers = isFirms ? [{ email: own, contact: null }] : to;
  return { ...withCopies(customer, readers), ...(failed.length > 0 ? { failed } : {}) };
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Nobody gets the same mail twice; and where nobody is written to, nobody gets a copy. */
function withCopies(
  { cc, bcc }: Pick<Customer, "cc" | "bcc">,
  to: readonly Recipient[],
): Recipients {
  if (to.length === 0) return { to, cc: [], bcc: [] };
  const isNew = (known: readonly string[]) => (address: string, index: number, all: string[]) =>
    !known.some((one) => isSame(one, address)) &&
    all.findIndex((one) => isSame(one, address)) === index;
  const direct = to.map(({ email }) => email);
  const copies = cc.filter(isNew(direct));
  return { to, cc: copies, bcc: bcc.filter(isNew([...direct, ...copies])) };
}
