import type { Agency, Settings } from "../../../domain/agencies/agency.ts";
import { formatDecimal } from "../../../domain/shared/decimal.ts";
import { toMajor } from "../../../domain/shared/money.ts";

export function agencyView(agency: Agency) {
  return {
    id: agency.id,
    name: agency.name,
    slug: agency.slug,
    email: agency.email,
    settings: settingsView(agency.settings),
    createdAt: agency.createdAt,
    updatedAt: agency.updatedAt,
    version: agency.version,
  };
}

function settingsView(settings: Settings) {
  const major = (amount: number) => toMajor(amount, settings.currency);
  const { lateFee, retainer, underPayment, clientInitiatedPayments } = settings;
  return {
    ...settings,
    underPayment: { ...underPayment, minimum: major(underPayment.minimum) },
    clientInitiatedPayments: {
      ...clientInitiatedPayments,
      minimum: major(clientInitiatedPayments.minimum),
    },
    lateFee: lateFee && {
      ...lateFee,
      value: lateFee.type === "amount" ? major(lateFee.value) : formatDecimal(lateFee.value, 4),
    },
    retainer: {
      lowBalance: retainer.lowBalance === null ? null : major(retainer.lowBalance),
      topUp: retainer.topUp && {
        threshold: major(retainer.topUp.threshold),
        amount: major(retainer.topUp.amount),
      },
    },
  };
}
