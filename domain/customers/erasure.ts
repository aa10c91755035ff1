import { type Contact, contactName } from "./contact.ts";

/** What is taken out of a customer's records when one of its contacts is erased. */
export interface Erasure {
  readonly contact: string;
  /** The contact stands for the customer: nobody else is there whom addresses and notes could be about. */
  readonly isWhole: boolean;
  /** The contact's names and addresses, today's and former ones, wherever a text has them. */
  readonly texts: readonly string[];
}

export const erasedText = "[erased]";

/** A name alone is taken out of texts, too: it is only looked for in the customer's own records. */
export function erasureOf(contact: Contact, others: readonly Contact[]): Erasure {
  const { id, firstName, lastName, email } = contact;
  // An address that it gave up may be a colleague's by now.
  const taken = new Set(others.map((other) => other.email.toLowerCase()));
  const formerly = contact.formerly.filter((text) => !taken.has(text.toLowerCase()));
  const known = [email, contactName(contact), firstName, lastName, ...formerly];
  const texts = known.filter((text): text is string => text !== null && text.length > 1);
  const longestFirst = [...new Set(texts)].sort((a, b) => b.length - a.length);
  return { contact: id, isWhole: others.length === 0, texts: longestFirst };
}

/** Texts that people write about people. Descriptions of work, numbers and amounts stay. */
const written = new Set([
  ...["header", "terms", "reference", "body", "detail", "extraFields"],
  ...[
    "phone",
    "email",
    "emails",
    "address",
    "legal",
    "taxId",
    "cc",
    "bcc",
    "approvedBy",
    "poNumber",
  ],
  ...["firstName", "lastName"],
]);
const isNote = (name: string): boolean => written.has(name) || /(note|notes|reason)$/i.test(name);
/** A line is about work, a tax or a charge about money, a payment about a document, an error about a charge. */
const named = /^(items|lines|taxes|extraCharges|for|lastError)$/;
const addresses = new Set(["billTo", "shipTo"]);
/** Where a name or an address stands alone, nothing is better than a word in its place. */
const own = new Set(["firstName", "lastName", "email"]);
/** Keys, and what the journal's hash covers. */
const fixed =
  /^(pk|sk|id|ttl|\w+Key|dueShard|hash|previousHash|memo|version|actor|postings|balances|also)$/;

type Fields = Readonly<Record<string, unknown>>;

/** The record without the person: the same object where nothing was about them. */
export function erased(record: Fields, erasure: Erasure): Fields {
  const next = fieldsWithout(record, erasure, { isData: false, isKept: false });
  const { actor, origin, ...rest } = next;
  const isByThem = (actor as Fields | undefined)?.contact === erasure.contact;
  if (!isByThem || origin === undefined) return next;
  return { ...rest, actor };
}

interface Place {
  readonly isData: boolean;
  /** Within lines, whose names stay. */
  readonly isKept: boolean;
}

function fieldsWithout(record: Fields, erasure: Erasure, { isData, isKept }: Place): Fields {
  const { isWhole } = erasure;
  const fields = Object.entries(record).flatMap(([name, value]) => {
    if (fixed.test(name)) return [[name, value]];
    if (addresses.has(name)) return [[name, addressWithout(value, erasure)]];
    if (own.has(name) && isTheirs(value, erasure)) return [];
    if (isWhole && !isKept && isNote(name)) return [];
    // A record's subject is an id, a mail's is a text.
    if (isWhole && name === "subject" && isData) return [];
    const place = { isData: name === "data", isKept: isKept || named.test(name) };
    return [[name, without(value, erasure, place)]];
  });
  return Object.fromEntries(fields);
}

/** Whoever is billed has a name, also when it was the person's. */
function addressWithout(value: unknown, erasure: Erasure): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { company } = value as Fields;
  if (erasure.isWhole) return { company: company ?? erasedText };
  const left = fieldsWithout(value as Fields, erasure, { isData: false, isKept: true });
  return company || left.firstName || left.lastName ? left : { ...left, company: erasedText };
}

const isTheirs = (value: unknown, { texts }: Erasure): boolean =>
  typeof value === "string" && texts.some((one) => one.toLowerCase() === value.toLowerCase());

function without(value: unknown, erasure: Erasure, place: Place): unknown {
  if (typeof value === "string") return textWithout(value, erasure);
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const others = value.filter((one) => !isTheirs(one, erasure));
    return others.map((one) => without(one, erasure, place));
  }
  return fieldsWithout(value as Fields, erasure, place);
}

/** Whole words only, so that nothing but the name goes. */
export function textWithout(text: string, { texts }: Pick<Erasure, "texts">): string {
  return texts.reduce((left, one) => {
    const quoted = one.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, "giu");
    return left.replace(whole, erasedText);
  }, text);
}
