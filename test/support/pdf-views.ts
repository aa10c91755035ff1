import type { DocumentView, ReceiptView, StatementView } from "../../functions/pdf/view.ts";

/** Views that are valid by default: a test names only its point. */
const paper = {
  agency: {
    name: "Northwind Studio",
    addressLines: ["221 Harbor Street", "Portland, OR 97205"],
    email: "billing@northwind.example",
    accentColor: "#0f766e",
  },
  customer: { lines: ["Acme Corporation", "500 Market Street"] },
  locale: "en-US",
  currency: "USD",
  zone: "America/Los_Angeles",
  paper: "Letter",
} as const;

export const aLine = (index = 1, over: Partial<DocumentView["lines"][number]> = {}) => ({
  name: `Line ${index}`,
  quantity: "1",
  price: 10_000,
  total: 10_000,
  ...over,
});

export const someLines = (count: number) => Array.from({ length: count }, (_, i) => aLine(i + 1));

export function aDocumentView(over: Partial<DocumentView> = {}): DocumentView {
  return {
    ...paper,
    kind: "invoice",
    status: "Unpaid",
    number: "INV-0002",
    date: "2027-01-19",
    dueDate: "2027-02-02",
    lines: [aLine()],
    subTotal: 10_000,
    discountTotal: 0,
    taxes: [],
    extraCharges: [],
    total: 10_000,
    retainersDrawn: [],
    paymentsReceived: [],
    creditsApplied: [],
    balance: 10_000,
    ...over,
  };
}

export function aReceiptView(over: Partial<ReceiptView> = {}): ReceiptView {
  return {
    ...paper,
    number: "PAY-7K2M9XQ4",
    date: "2027-01-05T02:00:00.000Z",
    method: "Visa ending 4242",
    amount: 500_000,
    paid: [],
    refunds: [],
    unapplied: 500_000,
    ...over,
  };
}

export function aStatementView(over: Partial<StatementView> = {}): StatementView {
  return {
    ...paper,
    from: "2027-01-01",
    to: "2027-01-31",
    opening: { outstanding: 45_000, unapplied: 0, credit: 0 },
    lines: [],
    closing: { outstanding: 45_000, unapplied: 0, credit: 0 },
    retainers: [],
    aging: { current: 45_000, days1to30: 0, days31to60: 0, days61to90: 0, over90: 0 },
    ...over,
  };
}
