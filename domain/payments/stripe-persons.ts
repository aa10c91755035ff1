/** Fields of Stripe's objects that tell of people. Nothing here reads them, so nothing here keeps them. */
const personal = new Set([
  "billing_details",
  "customer_details",
  "customer_email",
  "receipt_email",
  "collected_information",
  "shipping",
  "shipping_details",
  "email",
  "phone",
  "address",
  "owner",
]);

/** An event without the names and addresses of whoever paid. */
export function withoutPersons(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPersons);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !personal.has(name) && name !== "name");
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutPersons(inner)]));
}
