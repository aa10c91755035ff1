const prefixes = {
  agency: "agy",
  key: "key",
  staff: "stf",
  customer: "cus",
  contact: "con",
  quote: "quo",
  invoice: "inv",
  payment: "pay",
  application: "apl",
  refund: "rfd",
  credit: "crd",
  recurring: "rec",
  prepayment: "pre",
  topUp: "top",
  document: "doc",
  event: "evt",
  journal: "jrn",
  webhook: "whk",
  link: "lnk",
  subscription: "sub",
  delivery: "dlv",
  session: "ses",
  request: "req",
  zip: "zip",
} as const satisfies Record<string, string>;

export type Kind = keyof typeof prefixes;
export type Id<K extends Kind> = `${(typeof prefixes)[K]}_${string}`;

/** Crockford's base 32: no I, L, O and U, so that an id can be read aloud. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const timeMaxMs = 2 ** 48 - 1;
const randomBytes = 10;

const kinds = new Map<string, Kind>(
  (Object.keys(prefixes) as Kind[]).map((kind) => [prefixes[kind], kind]),
);

/** 48-bit millisecond time followed by 80 random bits, so ids sort by creation time as text. */
export function newId<K extends Kind>(kind: K, nowMs: number, random: Uint8Array): Id<K> {
  if (!Number.isSafeInteger(nowMs) || nowMs < 0 || nowMs > timeMaxMs) {
    throw new RangeError(`not a time in milliseconds: ${nowMs}`);
  }
  if (random.length !== randomBytes) throw new RangeError(`not ${randomBytes} random bytes`);
  const bits = random.reduce((acc, byte) => (acc << 8n) | BigInt(byte), BigInt(nowMs));
  const text = Array.from(
    { length: 26 },
    (_, index) => alphabet[Number((bits >> BigInt(5 * (25 - index))) & 31n)],
  );
  return `${prefixes[kind]}_${text.join("")}` as Id<K>;
}

export function isId<K extends Kind>(kind: K, text: string): text is Id<K> {
  return kindOf(text) === kind;
}

export function kindOf(text: string): Kind | undefined {
  if (text[3] !== "_" || !ulid.test(text.slice(4))) return undefined;
  return kinds.get(text.slice(0, 3));
}
