/** Made by `npm run gen` from docs/openapi.json. */

export interface PortalGetBrand {
  name: string;
  slug: string;
  logo: string | null;
  color: string;
  locale: string;
  registration: boolean;
}

export interface PortalMe {
  contact: {
    id: string;
    firstName: string | null;
    lastName: string | null;
    name: string;
    email: string;
    lang: string | null;
  };
  customer: {
    id: string;
    name: string;
    currency: string;
    lang: string | null;
  };
  agency: {
    id: string;
    name: string;
    slug: string;
    logo: string | null;
    color: string;
    locale: string;
    email: string;
    address: string | null;
    currency: string;
    timeZone: string;
    today: string;
  };
  modules: {
    invoices: boolean;
    recurringInvoices: boolean;
    payments: boolean;
    quotes: boolean;
    credits: boolean;
    paymentMethods: boolean;
    documents: boolean;
    statement: boolean;
    subscriptions: boolean;
    prePayment: boolean;
  };
  payment: {
    online: boolean;
    instructions: string | null;
    overPayment: boolean;
    underPayment: {
      allowed: boolean;
      /**
       * Major units of the object's currency
       */
      minimum: number;
    };
  };
  prePayment: {
    enabled: boolean;
    /**
     * Major units of the object's currency
     */
    minimum: number;
    recurring: boolean;
  };
  quote: {
    autoConvert: boolean;
    requireSignature: boolean;
    requireTerms: boolean;
    requirePoNumber: boolean;
  };
  others: {
    contact: string;
    customer: string;
    name: string;
  }[];
  session: {
    document: string | null;
    staff: boolean;
  };
}

export interface PortalHome {
  balances: {
    currency: string;
    /**
     * Major units of the object's currency
     */
    due: number;
    /**
     * Major units of the object's currency
     */
    overdue: number;
    /**
     * Major units of the object's currency
     */
    outstanding: number;
    /**
     * Major units of the object's currency
     */
    unapplied: number;
    /**
     * Major units of the object's currency
     */
    credit: number;
  }[];
  retainers: {
    currency: string;
    /**
     * Major units of the object's currency
     */
    remaining: number;
    /**
     * Major units of the object's currency
     */
    drawn: number;
    lowBalance: number | null;
    lastsUntil: string | null;
    series: {
      at: string;
      /**
       * Major units of the object's currency
       */
      balance: number;
      kind: "opening" | "payment" | "invoice" | "returned" | "refund" | "other";
      number: string | null;
      /**
       * Major units of the object's currency
       */
      amount: number;
    }[];
    retainers: {
      id: string;
      number: string | null;
      date: string;
      period: {
        from: string;
        to: string;
      } | null;
      /**
       * Major units of the object's currency
       */
      funded: number;
      /**
       * Major units of the object's currency
       */
      drawn: number;
      /**
       * Major units of the object's currency
       */
      refunded: number;
      /**
       * Major units of the object's currency
       */
      remaining: number;
      drawStatus: "Unfunded" | "Undrawn" | "PartiallyDrawn" | "Drawn";
    }[];
  }[];
  toPay: {
    id: string;
    number: string | null;
    isRetainer: boolean;
    about: string | null;
    currency: string;
    /**
     * Major units of the object's currency
     */
    total: number;
    /**
     * Major units of the object's currency
     */
    balance: number;
    date: string;
    dueDate: string;
    isOverdue: boolean;
    status: string;
  }[];
  comingUp: {
    kind: "prepayment" | "recurring";
    id: string;
    on: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
    currency: string;
    note: string | null;
  }[];
  recent: {
    at: string;
    type: string;
    subject: string;
    number: string | null;
    amount: number | null;
    currency: string | null;
  }[];
}

export interface PortalListInvoices {
  docs: {
    id: string;
    number: string | null;
    isRetainer: boolean;
    status: "Draft" | "Unpaid" | "Pending" | "Partial" | "Paid" | "Refunded" | "Canceled";
    date: string;
    dueDate: string;
    currency: string;
    /**
     * Major units of the object's currency
     */
    total: number;
    /**
     * Major units of the object's currency
     */
    paid: number;
    /**
     * Major units of the object's currency
     */
    balance: number;
    isOverdue: boolean;
    tags: string[];
    drawStatus: ("Unfunded" | "Undrawn" | "PartiallyDrawn" | "Drawn") | null;
    retainer: {
      /**
       * Major units of the object's currency
       */
      funded: number;
      /**
       * Major units of the object's currency
       */
      drawn: number;
      /**
       * Major units of the object's currency
       */
      refunded: number;
      /**
       * Major units of the object's currency
       */
      remaining: number;
    } | null;
  }[];
  page: number;
  limit: number;
  total: number;
  pages: number;
  next: string | null;
}

export interface PortalGetInvoice {
  id: string;
  number: string | null;
  isRetainer: boolean;
  status: "Draft" | "Unpaid" | "Pending" | "Partial" | "Paid" | "Refunded" | "Canceled";
  date: string;
  dueDate: string;
  currency: string;
  /**
   * Major units of the object's currency
   */
  total: number;
  /**
   * Major units of the object's currency
   */
  paid: number;
  /**
   * Major units of the object's currency
   */
  balance: number;
  isOverdue: boolean;
  tags: string[];
  drawStatus: ("Unfunded" | "Undrawn" | "PartiallyDrawn" | "Drawn") | null;
  retainer: {
    /**
     * Major units of the object's currency
     */
    funded: number;
    /**
     * Major units of the object's currency
     */
    drawn: number;
    /**
     * Major units of the object's currency
     */
    refunded: number;
    /**
     * Major units of the object's currency
     */
    remaining: number;
  } | null;
  billTo: Address | null;
  shipTo: Address | null;
  items: {
    name: string;
    description: string | null;
    quantity: number;
    /**
     * Major units of the object's currency
     */
    price: number;
    discount: {
      type: "amount" | "percent";
      value: number;
    } | null;
    taxes: {
      name: string;
      rate: number;
    }[];
    /**
     * Major units of the object's currency
     */
    total: number;
  }[];
  discount: {
    type: "amount" | "percent";
    value: number;
  } | null;
  taxes: {
    name: string;
    rate: number;
  }[];
  /**
   * Major units of the object's currency
   */
  subTotal: number;
  /**
   * Major units of the object's currency
   */
  discountTotal: number;
  /**
   * Major units of the object's currency
   */
  netTotal: number;
  /**
   * Major units of the object's currency
   */
  tax: number;
  taxIncluded: boolean;
  taxTotals: {
    name: string;
    rate: number;
    /**
     * Major units of the object's currency
     */
    amount: number;
  }[];
  extraCharges: {
    name: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
  }[];
  /**
   * Major units of the object's currency
   */
  extraTotal: number;
  extraFields: {
    name: string;
    value: string;
  }[];
  header: string | null;
  terms: string | null;
  notes: string | null;
  poNumber: string | null;
  period: {
    from: string;
    to: string;
  } | null;
  scope: string[];
  sentAt: string | null;
  canceledAt: string | null;
  fromRetainers: {
    id: string;
    number: string;
    date: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
  }[];
  fromPayments: {
    id: string;
    number: string;
    method: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
    at: string;
  }[];
  fromCredits: {
    id: string;
    number: string | null;
    /**
     * Major units of the object's currency
     */
    amount: number;
    at: string;
  }[];
  fundedBy: {
    id: string;
    number: string;
    method: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
    at: string;
  }[];
  drawnBy: {
    invoice: {
      id: string;
      number: string | null;
    };
    /**
     * Major units of the object's currency
     */
    amount: number;
    at: string;
  }[];
  pay: {
    /**
     * Major units of the object's currency
     */
    amount: number;
    minimum: number | null;
    mayOverpay: boolean;
  } | null;
  quote: string | null;
  recurring: string | null;
  trail: PortalTrail;
}
export interface Address {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  legal: string | null;
}
export interface PortalTrail {
  quotes: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  retainers: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  payments: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  invoices: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
}

export interface PortalPayInvoice {
  url: string;
  expiresAt: string | null;
}

export interface PortalPayInvoices {
  url: string;
  expiresAt: string | null;
}

export interface PortalGetInvoiceZip {
  id: string;
  status: "Pending" | "Ready";
  url: string;
  expiresAt: string;
}

export interface PortalListDocuments {
  docs: {
    id: string;
    name: string;
    contentType:
      | "application/pdf"
      | "image/png"
      | "image/jpeg"
      | "image/webp"
      | "text/plain"
      | "text/csv"
      | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
      | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      | "application/vnd.openxmlformats-officedocument.presentationml.presentation"
      | "application/zip";
    size: number;
    createdAt: string;
    attachedTo: {
      kind: "invoice" | "quote" | "payment";
      id: string;
      number: string | null;
    } | null;
  }[];
  page: number;
  limit: number;
  total: number;
  pages: number;
  next: string | null;
}

export interface PortalGetDocument {
  id: string;
  name: string;
  contentType:
    | "application/pdf"
    | "image/png"
    | "image/jpeg"
    | "image/webp"
    | "text/plain"
    | "text/csv"
    | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    | "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    | "application/zip";
  size: number;
  createdAt: string;
  attachedTo: {
    kind: "invoice" | "quote" | "payment";
    id: string;
    number: string | null;
  } | null;
  url: string;
  expiresAt: string;
}

export interface PortalListQuotes {
  docs: {
    id: string;
    number: string | null;
    isRetainer: boolean;
    status: "Draft" | "Sent" | "Approved" | "Declined" | "Expired" | "Canceled" | "Converted";
    date: string;
    validUntil: string;
    currency: string;
    /**
     * Major units of the object's currency
     */
    total: number;
  }[];
  page: number;
  limit: number;
  total: number;
  pages: number;
  next: string | null;
}

export interface PortalGetQuote {
  id: string;
  number: string | null;
  isRetainer: boolean;
  status: "Draft" | "Sent" | "Approved" | "Declined" | "Expired" | "Canceled" | "Converted";
  date: string;
  validUntil: string;
  currency: string;
  /**
   * Major units of the object's currency
   */
  total: number;
  billTo: Address | null;
  shipTo: Address | null;
  items: {
    name: string;
    description: string | null;
    quantity: number;
    /**
     * Major units of the object's currency
     */
    price: number;
    discount: {
      type: "amount" | "percent";
      value: number;
    } | null;
    taxes: {
      name: string;
      rate: number;
    }[];
    /**
     * Major units of the object's currency
     */
    total: number;
  }[];
  discount: {
    type: "amount" | "percent";
    value: number;
  } | null;
  taxes: {
    name: string;
    rate: number;
  }[];
  /**
   * Major units of the object's currency
   */
  subTotal: number;
  /**
   * Major units of the object's currency
   */
  discountTotal: number;
  /**
   * Major units of the object's currency
   */
  netTotal: number;
  /**
   * Major units of the object's currency
   */
  tax: number;
  taxIncluded: boolean;
  taxTotals: {
    name: string;
    rate: number;
    /**
     * Major units of the object's currency
     */
    amount: number;
  }[];
  extraCharges: {
    name: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
  }[];
  /**
   * Major units of the object's currency
   */
  extraTotal: number;
  extraFields: {
    name: string;
    value: string;
  }[];
  header: string | null;
  terms: string | null;
  notes: string | null;
  poNumber: string | null;
  period: {
    from: string;
    to: string;
  } | null;
  scope: string[];
  sentAt: string | null;
  approvedAt: string | null;
  approvedBy: string | null;
  declinedAt: string | null;
  declineReason: string | null;
  invoice: string | null;
  trail: PortalTrail;
}
export interface Address {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  legal: string | null;
}
export interface PortalTrail {
  quotes: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  retainers: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  payments: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  invoices: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
}

export interface PortalApproveQuote {
  quote: string;
  invoice: string | null;
  payUrl: string | null;
}

export interface PortalDeclineQuote {
  id: string;
  number: string | null;
  isRetainer: boolean;
  status: "Draft" | "Sent" | "Approved" | "Declined" | "Expired" | "Canceled" | "Converted";
  date: string;
  validUntil: string;
  currency: string;
  /**
   * Major units of the object's currency
   */
  total: number;
  billTo: Address | null;
  shipTo: Address | null;
  items: {
    name: string;
    description: string | null;
    quantity: number;
    /**
     * Major units of the object's currency
     */
    price: number;
    discount: {
      type: "amount" | "percent";
      value: number;
    } | null;
    taxes: {
      name: string;
      rate: number;
    }[];
    /**
     * Major units of the object's currency
     */
    total: number;
  }[];
  discount: {
    type: "amount" | "percent";
    value: number;
  } | null;
  taxes: {
    name: string;
    rate: number;
  }[];
  /**
   * Major units of the object's currency
   */
  subTotal: number;
  /**
   * Major units of the object's currency
   */
  discountTotal: number;
  /**
   * Major units of the object's currency
   */
  netTotal: number;
  /**
   * Major units of the object's currency
   */
  tax: number;
  taxIncluded: boolean;
  taxTotals: {
    name: string;
    rate: number;
    /**
     * Major units of the object's currency
     */
    amount: number;
  }[];
  extraCharges: {
    name: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
  }[];
  /**
   * Major units of the object's currency
   */
  extraTotal: number;
  extraFields: {
    name: string;
    value: string;
  }[];
  header: string | null;
  terms: string | null;
  notes: string | null;
  poNumber: string | null;
  period: {
    from: string;
    to: string;
  } | null;
  scope: string[];
  sentAt: string | null;
  approvedAt: string | null;
  approvedBy: string | null;
  declinedAt: string | null;
  declineReason: string | null;
  invoice: string | null;
  trail: PortalTrail;
}
export interface Address {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  legal: string | null;
}
export interface PortalTrail {
  quotes: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  retainers: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  payments: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  invoices: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
}

export interface PortalListPayments {
  docs: {
    id: string;
    number: string;
    currency: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
    /**
     * Major units of the object's currency
     */
    applied: number;
    /**
     * Major units of the object's currency
     */
    refunded: number;
    /**
     * Major units of the object's currency
     */
    unapplied: number;
    status: "Pending" | "Succeeded" | "Failed" | "PartiallyRefunded" | "Refunded" | "Disputed" | "Void";
    method: string;
    receivedAt: string;
    reference: string | null;
    retainer: {
      id: string;
      number: string | null;
    } | null;
  }[];
  page: number;
  limit: number;
  total: number;
  pages: number;
  next: string | null;
}

export interface PortalGetPayment {
  id: string;
  number: string;
  currency: string;
  /**
   * Major units of the object's currency
   */
  amount: number;
  /**
   * Major units of the object's currency
   */
  applied: number;
  /**
   * Major units of the object's currency
   */
  refunded: number;
  /**
   * Major units of the object's currency
   */
  unapplied: number;
  status: "Pending" | "Succeeded" | "Failed" | "PartiallyRefunded" | "Refunded" | "Disputed" | "Void";
  method: string;
  receivedAt: string;
  reference: string | null;
  retainer: {
    id: string;
    number: string | null;
  } | null;
  failure: string | null;
  applications: {
    invoice: {
      id: string;
      number: string | null;
    };
    /**
     * Major units of the object's currency
     */
    amount: number;
    at: string;
  }[];
  refunds: {
    /**
     * Major units of the object's currency
     */
    amount: number;
    at: string;
    status: "Pending" | "Succeeded" | "Failed";
  }[];
  trail: PortalTrail;
}
export interface PortalTrail {
  quotes: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  retainers: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  payments: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
  invoices: {
    id: string;
    number: string | null;
    amount: number | null;
    opens: boolean;
  }[];
}

export interface PortalListCredits {
  docs: {
    id: string;
    number: string | null;
    status: "Draft" | "Issued" | "PartiallyApplied" | "Applied" | "Void";
    currency: string;
    /**
     * Major units of the object's currency
     */
    amount: number;
    /**
     * Major units of the object's currency
     */
    applied: number;
    /**
     * Major units of the object's currency
     */
    balance: number;
    date: string;
    expiresOn: string | null;
    isExpired: boolean;
  }[];
  page: number;
  limit: number;
  total: number;
  pages: number;
  next: string | null;
}

export interface PortalListPaymentMethods {
  docs: {
    id: string;
    type: string;
    brand: string | null;
    last4: string | null;
    expMonth: number | null;
    expYear: number | null;
    isExpired: boolean;
    expiresSoon: boolean;
    isDefault: boolean;
  }[];
  canAdd: boolean;
}

export interface PortalAddPaymentMethod {
  url: string;
  expiresAt: string | null;
}

export interface PortalListPrepayments {
  docs: PortalPrepayment[];
  page: number;
  limit: number;
  total: number;
  pages: number;
  next: string | null;
}
export interface PortalPrepayment {
  id: string;
  status: "Pending" | "Active" | "Paused" | "Completed" | "Canceled";
  /**
   * Major units of the object's currency
   */
  amount: number;
  currency: string;
  note: string | null;
  frequency:
    | (
        | "daily"
        | "weekly"
        | "twoWeeks"
        | "fourWeeks"
        | "monthly"
        | "twoMonths"
        | "threeMonths"
        | "fourMonths"
        | "sixMonths"
        | "yearly"
        | "twoYears"
        | "threeYears"
      )
    | null;
  cycles: number | null;
  cyclesLeft: number | null;
  startOn: string | null;
  nextOn: string | null;
  createdAt: string;
}

export interface PortalCreatePrepayment {
  url: string;
  expiresAt: string | null;
}

export interface PortalCancelPrepayment {
  id: string;
  status: "Pending" | "Active" | "Paused" | "Completed" | "Canceled";
  /**
   * Major units of the object's currency
   */
  amount: number;
  currency: string;
  note: string | null;
  frequency:
    | (
        | "daily"
        | "weekly"
        | "twoWeeks"
        | "fourWeeks"
        | "monthly"
        | "twoMonths"
        | "threeMonths"
        | "fourMonths"
        | "sixMonths"
        | "yearly"
        | "twoYears"
        | "threeYears"
      )
    | null;
  cycles: number | null;
  cyclesLeft: number | null;
  startOn: string | null;
  nextOn: string | null;
  createdAt: string;
}

export interface PortalListRecurring {
  docs: PortalRecurringInvoice[];
  page: number;
  limit: number;
  total: number;
  pages: number;
  next: string | null;
}
export interface PortalRecurringInvoice {
  id: string;
  number: string;
  isRetainer: boolean;
  status: "Draft" | "Active" | "Paused" | "Completed";
  /**
   * Major units of the object's currency
   */
  amount: number;
  currency: string;
  frequency:
    | "daily"
    | "weekly"
    | "twoWeeks"
    | "fourWeeks"
    | "monthly"
    | "twoMonths"
    | "threeMonths"
    | "fourMonths"
    | "sixMonths"
    | "yearly"
    | "twoYears"
    | "threeYears";
  startOn: string;
  nextOn: string | null;
  cycles: number | null;
  cyclesLeft: number | null;
  autoBillOn: "issue" | "due";
  autoBillActive: boolean;
  mayChoose: boolean;
}

export interface PortalGetRecurring {
  id: string;
  number: string;
  isRetainer: boolean;
  status: "Draft" | "Active" | "Paused" | "Completed";
  /**
   * Major units of the object's currency
   */
  amount: number;
  currency: string;
  frequency:
    | "daily"
    | "weekly"
    | "twoWeeks"
    | "fourWeeks"
    | "monthly"
    | "twoMonths"
    | "threeMonths"
    | "fourMonths"
    | "sixMonths"
    | "yearly"
    | "twoYears"
    | "threeYears";
  startOn: string;
  nextOn: string | null;
  cycles: number | null;
  cyclesLeft: number | null;
  autoBillOn: "issue" | "due";
  autoBillActive: boolean;
  mayChoose: boolean;
}

export interface PortalListRecurringInvoices {
  docs: {
    id: string;
    number: string | null;
    isRetainer: boolean;
    status: "Draft" | "Unpaid" | "Pending" | "Partial" | "Paid" | "Refunded" | "Canceled";
    date: string;
    dueDate: string;
    currency: string;
    /**
     * Major units of the object's currency
     */
    total: number;
    /**
     * Major units of the object's currency
     */
    paid: number;
    /**
     * Major units of the object's currency
     */
    balance: number;
    isOverdue: boolean;
    tags: string[];
    drawStatus: ("Unfunded" | "Undrawn" | "PartiallyDrawn" | "Drawn") | null;
    retainer: {
      /**
       * Major units of the object's currency
       */
      funded: number;
      /**
       * Major units of the object's currency
       */
      drawn: number;
      /**
       * Major units of the object's currency
       */
      refunded: number;
      /**
       * Major units of the object's currency
       */
      remaining: number;
    } | null;
  }[];
  page: number;
  limit: number;
  total: number;
  pages: number;
  next: string | null;
}

export interface PortalChooseAutoBill {
  id: string;
  number: string;
  isRetainer: boolean;
  status: "Draft" | "Active" | "Paused" | "Completed";
  /**
   * Major units of the object's currency
   */
  amount: number;
  currency: string;
  frequency:
    | "daily"
    | "weekly"
    | "twoWeeks"
    | "fourWeeks"
    | "monthly"
    | "twoMonths"
    | "threeMonths"
    | "fourMonths"
    | "sixMonths"
    | "yearly"
    | "twoYears"
    | "threeYears";
  startOn: string;
  nextOn: string | null;
  cycles: number | null;
  cyclesLeft: number | null;
  autoBillOn: "issue" | "due";
  autoBillActive: boolean;
  mayChoose: boolean;
}

export interface PortalGetStatement {
  customer: string;
  currency: string;
  from: string;
  to: string;
  opening: {
    /**
     * Major units of the object's currency
     */
    outstanding: number;
    /**
     * Major units of the object's currency
     */
    unapplied: number;
    /**
     * Major units of the object's currency
     */
    credit: number;
  };
  lines: {
    at: string;
    type: string;
    subject: string;
    number: string | null;
    memo: string;
    text: string;
    amount: number;
    /**
     * Major units of the object's currency
     */
    outstanding: number;
    /**
     * Major units of the object's currency
     */
    unapplied: number;
    /**
     * Major units of the object's currency
     */
    credit: number;
  }[];
  closing: {
    /**
     * Major units of the object's currency
     */
    outstanding: number;
    /**
     * Major units of the object's currency
     */
    unapplied: number;
    /**
     * Major units of the object's currency
     */
    credit: number;
  };
  retainers: {
    id: string;
    number: string | null;
    date: string;
    /**
     * Major units of the object's currency
     */
    funded: number;
    /**
     * Major units of the object's currency
     */
    drawn: number;
    /**
     * Major units of the object's currency
     */
    refunded: number;
    /**
     * Major units of the object's currency
     */
    remaining: number;
  }[];
  aging: {
    /**
     * Major units of the object's currency
     */
    current: number;
    /**
     * Major units of the object's currency
     */
    days1to30: number;
    /**
     * Major units of the object's currency
     */
    days31to60: number;
    /**
     * Major units of the object's currency
     */
    days61to90: number;
    /**
     * Major units of the object's currency
     */
    over90: number;
  };
}

export interface PortalGetProfile {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string;
  lang: string | null;
  customer: {
    id: string;
    name: string;
    billTo: Address;
    shipTo: Address | null;
    taxId: string | null;
  };
}
export interface Address {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  legal: string | null;
}

export interface PortalPatchProfile {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string;
  lang: string | null;
  customer: {
    id: string;
    name: string;
    billTo: Address;
    shipTo: Address | null;
    taxId: string | null;
  };
}
export interface Address {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  legal: string | null;
}
