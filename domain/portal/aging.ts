import { daysBetween } from "../shared/calendar.ts";

export interface OpenInvoice {
  readonly id: string;
  readonly dueDate: string;
  readonly balance: number;
}

export interface Aging {
  readonly current: number;
  readonly days1to30: number;
  readonly days31to60: number;
  readonly days61to90: number;
  readonly over90: number;
}

/** How late money is on a day. The day it is due it isn't late. */
export function agingOf(invoices: readonly OpenInvoice[], asOf: string): Aging {
  const aging = { current: 0, days1to30: 0, days31to60: 0, days61to90: 0, over90: 0 };
  for (const { dueDate, balance } of invoices) {
    aging[bucketOf(daysBetween(dueDate, asOf))] += balance;
  }
  return aging;
}

function bucketOf(daysLate: number): keyof Aging {
  if (daysLate <= 0) return "current";
  if (daysLate <= 30) return "days1to30";
  if (daysLate <= 60) return "days31to60";
  return daysLate <= 90 ? "days61to90" : "over90";
}
