import type { PortalListPaymentMethods } from "../api.generated.ts";

export type Method = PortalListPaymentMethods["docs"][number];

/** "Visa ···· 4242" */
export function methodName({
  brand,
  type,
  last4,
}: Pick<Method, "brand" | "type" | "last4">): string {
  const name = brand ?? type;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${last4 ? ` ···· ${last4}` : ""}`;
}
