import { defaultSettings, type Settings } from "../../../domain/agencies/agency.ts";
import { namesYear, seriesKinds } from "../../../domain/agencies/numbering.ts";
import { formatDecimal } from "../../../domain/shared/decimal.ts";
import { toMajor } from "../../../domain/shared/money.ts";
import type { FieldProblem } from "../../../domain/shared/refusals.ts";
import { type Minor, minorUnitsOf, throwProblems } from "../../kit/fields.ts";
import { invalid } from "../../kit/refused.ts";
import type { SettingsPatch } from "./schemas.ts";

const percentDecimals = 4;

/** Amounts in major units of the agency's currency. */
export function settingsView(settings: Settings) {
  const major = (amount: number) => toMajor(amount, settings.currency);
  const { underPayment, clientInitiatedPayments, lateFee, retainer } = settings;
  const { lowBalance, topUp } = retainer;
  return {
    ...settings,
    underPayment: { ...underPayment, minimum: major(underPayment.minimum) },
    clientInitiatedPayments: {
      ...clientInitiatedPayments,
      minimum: major(clientInitiatedPayments.minimum),
    },
    lateFee: lateFee && { ...lateFee, value: lateFeeValue(lateFee, major) },
    retainer: {
      lowBalance: lowBalance === null ? null : major(lowBalance),
      topUp: topUp && { threshold: major(topUp.threshold), amount: major(topUp.amount) },
    },
  };
}

const lateFeeValue = (
  { type, value }: NonNullable<Settings["lateFee"]>,
  major: (amount: number) => number,
): number => (type === "amount" ? major(value) : formatDecimal(value, percentDecimals));

/** What isn't said stays, at every depth; null gives a setting its default again. */
export function changeSettings(before: Settings, given: SettingsPatch): Settings {
  const currency = given.currency ?? before.currency;
  requireAmountsAnew(before, given);
  const minor = minorUnitsOf(currency);
  const said = withMinorAmounts(given, minor);
  throwProblems(minor);
  const next = merged(before, said, defaultSettings(currency, before.timeZone)) as Settings;
  requireYears(next);
  return next;
}

const at = (path: string) => `#/settings/${path}`;

function withMinorAmounts(given: SettingsPatch, minor: Minor): SettingsPatch {
  const { underPayment, clientInitiatedPayments, lateFee, retainer } = given;
  const next: SettingsPatch = { ...given };
  const convert = <T extends number | null | undefined>(value: T, path: string) =>
    typeof value === "number" ? minor(value, at(path)) : value;
  if (underPayment) {
    const minimum = convert(underPayment.minimum, "underPayment/minimum");
    next.underPayment = { ...underPayment, minimum };
  }
  if (clientInitiatedPayments) {
    const { minimum } = clientInitiatedPayments;
    next.clientInitiatedPayments = {
      ...clientInitiatedPayments,
      minimum: convert(minimum, "clientInitiatedPayments/minimum"),
    };
  }
  if (lateFee?.type === "amount") {
    next.lateFee = { ...lateFee, value: minor(lateFee.value, at("lateFee/value")) };
  }
  if (retainer) next.retainer = withMinorRetainer(retainer, minor);
  return next;
}

function withMinorRetainer(
  retainer: NonNullable<SettingsPatch["retainer"]>,
  minor: Minor,
): NonNullable<SettingsPatch["retainer"]> {
  const { lowBalance, topUp } = retainer;
  const low =
    typeof lowBalance === "number" ? minor(lowBalance, at("retainer/lowBalance")) : lowBalance;
  return {
    lowBalance: low,
    topUp: topUp && {
      threshold: minor(topUp.threshold, at("retainer/topUp/threshold")),
      amount: minor(topUp.amount, at("retainer/topUp/amount")),
    },
  };
}

/** Stored amounts are minor units of the old currency: they would silently mean something else. */
function requireAmountsAnew(before: Settings, given: SettingsPatch): void {
  if (given.currency === undefined || given.currency === before.currency) return;
  const { underPayment, clientInitiatedPayments, lateFee, retainer } = before;
  const standing: [path: string, isSet: boolean, isSaid: boolean][] = [
    ["underPayment/minimum", underPayment.minimum > 0, isSaid(given, "underPayment", "minimum")],
    [
      "clientInitiatedPayments/minimum",
      clientInitiatedPayments.minimum > 0,
      isSaid(given, "clientInitiatedPayments", "minimum"),
    ],
    ["lateFee", lateFee?.type === "amount", isSaid(given, "lateFee")],
    ["retainer/lowBalance", retainer.lowBalance !== null, isSaid(given, "retainer", "lowBalance")],
    ["retainer/topUp", retainer.topUp !== null, isSaid(given, "retainer", "topUp")],
  ];
  const problems: FieldProblem[] = standing
    .filter(([, isSet, said]) => isSet && !said)
    .map(([path]) => ({
      pointer: at(path),
      detail: "must be sent again when the currency changes",
    }));
  throwProblems({ problems });
}

function isSaid(given: SettingsPatch, group: keyof SettingsPatch, name?: string): boolean {
  const value = given[group] as Record<string, unknown> | null | undefined;
  if (value === undefined || value === null || name === undefined) return value !== undefined;
  return value[name] !== undefined;
}

/** A series that starts anew each year would give the same numbers again. */
function requireYears({ numbering }: Settings): void {
  const without = seriesKinds.filter((kind) => !namesYear(numbering[kind]));
  if (!numbering.yearlyReset || without.length === 0) return;
  throw invalid(
    without.map((kind) => ({
      pointer: at(`numbering/${kind}`),
      detail: "must hold {year} when numbers start anew each year",
    })),
  );
}

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function merged(before: unknown, given: unknown, fallback: unknown): unknown {
  if (given === undefined) return before;
  if (given === null) return fallback;
  if (!isTree(given) || !isTree(before)) return given;
  const defaults = isTree(fallback) ? fallback : {};
  const names = Object.keys({ ...before, ...given });
  return Object.fromEntries(
    names.map((name) => [name, merged(before[name], given[name], defaults[name])]),
  );
}
