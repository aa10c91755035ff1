/** Whole minor units of the view's currency. Below zero only where a field says so. */
export type Minor = number;

/** A calendar day (YYYY-MM-DD), or an instant, which is shown as the day it is in the view's zone. */
export type When = string;

export type Paper = "A4" | "Letter";

export type AgencyView = {
  name: string;
  addressLines: readonly string[];
  email?: string;
  taxId?: string;
  /** A PNG or JPEG file. One that can't be read gives way to the agency's name. */
  logo?: Uint8Array;
  /** `#rrggbb`; darkened here until it reads on white. */
  accentColor?: string;
};

/** What every paper needs: from whom, to whom, and how numbers and words are written. */
export type PaperView = {
  agency: AgencyView;
  customer: { lines: readonly string[] };
  locale: string;
  currency: string;
  zone: string;
  paper: Paper;
};

/** The numbers and texts of a line are final: nothing is computed while drawing. */
export type LineView = {
  name: string;
  description?: string;
  /** A decimal with up to 6 places, as text, so that nothing is lost. */
  quantity: string;
  price: Minor;
  discount?: string;
  taxes?: string;
  total: Minor;
};

export type NamedAmount = { name: string; amount: Minor };

export type RetainerMoneyView = {
  funded: Minor;
  drawn: Minor;
  refunded: Minor;
  remaining: Minor;
};

export type DocumentKind = "invoice" | "retainer" | "quote" | "credit";

/** The words of the API; the ones that say something to a customer are stamped on the paper. */
export type DocumentStatus =
  | "Draft"
  | "Unpaid"
  | "Pending"
  | "Partial"
  | "Paid"
  | "Refunded"
  | "Canceled"
  | "Sent"
  | "Approved"
  | "Declined"
  | "Expired"
  | "Converted"
  | "Issued"
  | "PartiallyApplied"
  | "Applied"
  | "Void";

export type DocumentView = PaperView & {
  kind: DocumentKind;
  status: DocumentStatus;
  /** A draft has none. */
  number: string | null;
  date: When;
  dueDate?: When;
  /** Of a quote: the last day it can be approved. Of a credit: its expiry. */
  validUntil?: When;
  period?: { from: string; to: string };
  poNumber?: string;
  extraFields?: readonly { name: string; value: string }[];
  shipTo?: { lines: readonly string[] };
  header?: string;
  lines: readonly LineView[];
  subTotal: Minor;
  discountTotal: Minor;
  taxes: readonly NamedAmount[];
  /** The taxes are within the prices, so they are told, not added. */
  taxIncluded?: boolean;
  extraCharges: readonly NamedAmount[];
  total: Minor;
  retainersDrawn: readonly { number: string; date: When; amount: Minor }[];
  paymentsReceived: readonly { date: When; method: string; amount: Minor }[];
  creditsApplied: readonly { number: string; date: When; amount: Minor }[];
  /** Of an invoice or retainer: still to pay. Of a credit: what is left of it. */
  balance: Minor;
  /** On a retainer, and on a quote that becomes one when approved. */
  retainer?: RetainerMoneyView;
  terms?: string;
  notes?: string;
  paymentInstructions?: string;
};

export type ReceiptView = PaperView & {
  number: string;
  date: When;
  method: string;
  amount: Minor;
  /** The retainer that this payment funded. */
  retainer?: { number: string };
  paid: readonly { number: string; date: When; amount: Minor }[];
  refunds: readonly { date: When; amount: Minor }[];
  /** What no invoice has used of this payment. */
  unapplied: Minor;
  /** All that waits on the customer's retainer, this payment's rest included. */
  retainerBalance?: Minor;
  notes?: string;
};

export type BalancesView = { outstanding: Minor; unapplied: Minor; credit: Minor };

export type StatementLineView = BalancesView & {
  day: When;
  text: string;
  number?: string;
  /** Signed: what the movement added to or took from what it touched. */
  amount: Minor;
};

export type AgingView = {
  current: Minor;
  days1to30: Minor;
  days31to60: Minor;
  days61to90: Minor;
  over90: Minor;
};

export type StatementView = PaperView & {
  from: string;
  to: string;
  opening: BalancesView;
  lines: readonly StatementLineView[];
  closing: BalancesView;
  retainers: readonly ({ number: string; date: When } & RetainerMoneyView)[];
  aging: AgingView;
};
