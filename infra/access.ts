/** What of the outside world a function's entry file takes: functions/lambda/parts, one file each. */
export type Part =
  | "tenants"
  | "stripe"
  | "webhook-secret"
  | "mail"
  | "bus"
  | "file-links"
  | "files"
  | "due-queue";

/**
 * What a function may do. Partition keys are patterns, reached with the function's own role; an agency's
 * keys are reached with a session that IAM limits to the one agency.
 */
export interface Access {
  readonly parts: readonly Part[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Indexes that cross agencies, read by these partition keys alone. */
  readonly indexes?: readonly "due"[];
}

export const agencyIdPattern = `agy_${"?".repeat(26)}`;

/** Any agency, but nothing below it: a star would run on over the next `#`. */
const anyAgency = `A#${agencyIdPattern}`;
const answers = `${anyAgency}#IDEM#??`;

const stripeAccounts = ["X#STRIPE#*", "X#STRIPE-ACCOUNTS"];

/** Every API call with a key looks the key up before it knows the agency. */
const withKeys = ["X#KEY#*"];

/**
 * Where a transaction joins an agency's records with the platform's (a key and its hash, an account and
 * its owner), the function's own role writes both; the patterns say which of an agency's records those are.
 */
export const access: Readonly<Record<string, Access>> = {
  agencies: {
    parts: ["tenants", "stripe"],
    reads: withKeys,
    writes: [
      ...["X#KEY#*", "X#SLUG#*", ...stripeAccounts],
      ...[anyAgency, `${anyAgency}#KEY#*`, answers],
    ],
  },
  customers: { parts: ["tenants", "stripe"], reads: withKeys, writes: [] },
  billing: { parts: ["tenants", "stripe"], reads: withKeys, writes: [] },
  payments: { parts: ["tenants"], reads: withKeys, writes: [] },
  portal: { parts: ["tenants", "stripe"], reads: ["X#SESSION#*"], writes: ["X#SESSION#*"] },
  recurring: { parts: ["tenants", "stripe"], reads: withKeys, writes: [] },
  reports: { parts: ["tenants"], reads: [...withKeys, "X#SESSION#*"], writes: ["X#SESSION#*"] },
  documents: {
    parts: ["tenants", "file-links"],
    reads: [...withKeys, "X#SESSION#*"],
    writes: ["X#SESSION#*"],
  },
  pdf: { parts: ["tenants"], reads: [...withKeys, "X#SESSION#*"], writes: ["X#SESSION#*"] },
  session: {
    parts: ["tenants"],
    reads: [...withKeys, "X#SESSION#*", "X#TOKEN#*", "X#LINKS#*", "X#SLUG#*"],
    writes: [
      ...["X#SESSION#*", "X#TOKEN#*", "X#LINKS#*"],
      // A registration: the customer and its first contact come to be with their session.
      ...[`${anyAgency}#CUS#*`, `${anyAgency}#C#*`, `${anyAgency}#EMAIL#*`],
      ...[anyAgency, answers],
    ],
  },
  "stripe-webhook": {
    parts: ["webhook-secret"],
    reads: ["X#STRIPE-EVENT#*"],
    writes: ["X#STRIPE-EVENT#*"],
  },
  publish: { parts: ["bus"], reads: [], writes: [] },
  consumers: {
    parts: ["tenants", "stripe", "mail", "files"],
    reads: ["X#STRIPE-EVENT#*", "X#STRIPE#*"],
    // Stripe says that an account is gone: the agency and the account's record change together. Mails carry
    // links, whose tokens belong to no agency.
    writes: [...stripeAccounts, "X#TOKEN#*", anyAgency],
  },
  // It sees which items are due, by key alone, and nothing that is in them.
  "find-due": { parts: ["due-queue"], reads: ["X#DUE#*"], writes: [], indexes: ["due"] },
  "perform-due": { parts: ["tenants", "stripe"], reads: [], writes: [] },
  "reconcile-stripe": {
    parts: ["tenants", "stripe"],
    reads: ["X#STRIPE-EVENT#*", ...stripeAccounts],
    writes: ["X#STRIPE-EVENT#*", ...stripeAccounts, anyAgency],
  },
};

export function accessOf(name: string): Access {
  const found = access[name];
  if (!found) throw new Error(`infra/access.ts says nothing of ${name}`);
  return found;
}

/** The indexes that list an agency's records; `due` crosses agencies and is for the clock alone. */
export const tenantIndexes = ["byCustomer", "byAgency"] as const;

/** What a session for an agency reaches, with the agency's id in its place. */
export const tenantKeyPatterns = (agency: string): string[] => [`A#${agency}`, `A#${agency}#*`];

export const readActions = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"] as const;

/** Allowed inside a transaction only. */
export const writeActions = [
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:ConditionCheckItem",
] as const;

/** An object of any agency's in a folder of the bucket: as long as a key of ours, not just any. */
export const objectPattern = (folder: string): string =>
  `${folder}/${agencyIdPattern}/${"?".repeat(30)}`;

/**
 * What who makes links may do, and what who handles the files: a link can do no more than the one who signed it.
 * By folders of the bucket.
 */
export const fileRights = {
  "file-links": {
    documents: ["s3:PutObject", "s3:GetObject"],
    zips: ["s3:GetObject"],
  },
  files: {
    documents: ["s3:GetObject", "s3:DeleteObject"],
    zips: ["s3:PutObject"],
  },
} as const satisfies Partial<Record<Part, Readonly<Record<string, readonly string[]>>>>;
