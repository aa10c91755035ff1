import type { Settings } from "../../../domain/agencies/agency.ts";
import { type Minor, minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { invalid } from "../../kit/refused.ts";
import type { SettingsPatch } from "./schemas.ts";

/** A merge of two levels; undefined means: not said. */
const merged = <T extends object>(before: T, given: object | undefined): T => ({
  ...before,
  ...Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)),
});

/** Throws 400 for an amount that doesn't fit the currency. */
export function mergeSettings(before: Settings, given: SettingsPatch): Settings {
  requireAmountsAnew(before, given);
  const { portal, retainer, lateFee, numbering, branding, quote, payment, ...rest } = given;
  const { underPayment, clientInitiatedPayments, ...plain } = rest;
  const currency = given.currency ?? before.currency;
  const minor = minorUnitsOf(currency);
  const next: Settings = {
    ...merged(before, plain),
    numbering: merged(before.numbering, numbering),
    branding: merged(before.branding, branding),
    quote: merged(before.quote, quote),
    payment: merged(before.payment, payment),
    portal: {
      ...merged(before.portal, { registration: portal?.registration }),
      modules: merged(before.portal.modules, portal?.modules),
    },
    underPayment: merged(before.underPayment, withMinimum(underPayment, "underPayment", minor)),
    clientInitiatedPayments: merged(
      before.clientInitiatedPayments,
      withMinimum(clientInitiatedPayments, "clientInitiatedPayments", minor),
    ),
    lateFee: lateFee === undefined ? before.lateFee : lateFeeOf(lateFee, minor),
    retainer: merged(before.retainer, retainerOf(retainer, minor)),
  };
  throwProblems(minor);
  return next;
}

const withMinimum = (
  given: { readonly minimum?: number | undefined } | undefined,
  name: string,
  minor: Minor,
): object | undefined =>
  given?.minimum === undefined
    ? given
    : { ...given, minimum: minor(given.minimum, `#/settings/${name}/minimum`) };

function lateFeeOf(given: NonNullable<SettingsPatch["lateFee"]> | null, minor: Minor) {
  if (given?.type !== "amount") return given;
  return { ...given, value: minor(given.value, "#/settings/lateFee/value") };
}

function retainerOf(given: SettingsPatch["retainer"], minor: Minor): object | undefined {
  if (!given) return undefined;
  const { lowBalance, topUp } = given;
  const at = "#/settings/retainer";
  return {
    ...(lowBalance === undefined
      ? {}
      : { lowBalance: lowBalance === null ? null : minor(lowBalance, `${at}/lowBalance`) }),
    ...(topUp === undefined
      ? {}
      : {
          topUp: topUp && {
            threshold: minor(topUp.threshold, `${at}/topUp/threshold`),
            amount: minor(topUp.amount, `${at}/topUp/amount`),
          },
        }),
  };
}

/** Amounts are kept in minor units: under another currency they would silently mean something else. */
function requireAmountsAnew(before: Settings, given: SettingsPatch): void {
  if (given.currency === undefined || given.currency === before.currency) return;
  const missing = [
    before.underPayment.minimum > 0 && given.underPayment?.minimum === undefined
      ? "underPayment/minimum"
      : "",
    before.clientInitiatedPayments.minimum > 0 &&
    given.clientInitiatedPayments?.minimum === undefined
      ? "clientInitiatedPayments/minimum"
      : "",
    before.lateFee?.type === "amount" && given.lateFee === undefined ? "lateFee" : "",
    before.retainer.lowBalance !== null && given.retainer?.lowBalance === undefined
      ? "retainer/lowBalance"
      : "",
    before.retainer.topUp !== null && given.retainer?.topUp === undefined ? "retainer/topUp" : "",
  ].filter(Boolean);
  if (missing.length === 0) return;
  throw invalid(
    missing.map((name) => ({
      pointer: `#/settings/${name}`,
      detail: "must be sent again when the currency changes",
    })),
  );
}
