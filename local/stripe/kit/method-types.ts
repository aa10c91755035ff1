import { badParameter } from "./failure.ts";
import { list, text } from "./params.ts";

const known = new Set(["card", "us_bank_account", "link"]);
/** From this version on `payment_method_types` is no parameter any more. */
const removedSince = "2026-09-30";

/** Both names of the parameter; which one may be used depends on the caller's API version. */
export const methodTypeParams = {
  allowed_payment_method_types: list(text()).optional(),
};
export const formerMethodTypeParams = {
  payment_method_types: list(text()).optional(),
};

interface Given {
  allowed_payment_method_types?: string[] | undefined;
  payment_method_types?: string[] | undefined;
}

export function allowedTypes(given: Given, apiVersion: string): string[] | null {
  const former = given.payment_method_types;
  if (former !== undefined && apiVersion >= removedSince) {
    const param = "payment_method_types";
    throw badParameter("parameter_unknown", param, `Received unknown parameter: ${param}`);
  }
  const named = given.allowed_payment_method_types ?? former;
  if (named === undefined) return null;
  const unknown = named.findIndex((type) => !known.has(type));
  if (unknown >= 0) {
    const param = `allowed_payment_method_types[${unknown}]`;
    const message = `Invalid ${param}: the stand-in has card and us_bank_account`;
    throw badParameter("parameter_invalid_enum", param, message);
  }
  return named;
}
