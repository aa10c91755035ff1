interface Named {
  readonly customer: string;
  readonly name: string;
}

/** As people look customers up; two of the same name keep one order. */
export const byName = (a: Named, b: Named): number =>
  a.name.localeCompare(b.name, "en") || a.customer.localeCompare(b.customer);
