import type { Agency } from "../../domain/agencies/agency.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import type { Address } from "../../domain/shared/address.ts";
import { paperOf } from "../pdf/paper.ts";
import { speechOf } from "../pdf/speech.ts";
import type { AgencyView, PaperView } from "../pdf/view.ts";
import { localeOf } from "./locale.ts";

const linesIn = (text: string | null): string[] =>
  (text ?? "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

const imageUrl = /^data:image\/(?:png|jpeg);base64,([A-Za-z0-9+/=\s]+)$/;

function logoOf(url: string | null): Uint8Array | undefined {
  const data = url && imageUrl.exec(url)?.[1];
  return data ? Buffer.from(data, "base64") : undefined;
}

export function agencyView({ name, email, settings }: Agency): AgencyView {
  const { address, logo: url, color, replyTo } = settings.branding;
  const logo = logoOf(url);
  return {
    name,
    addressLines: linesIn(address),
    email: replyTo ?? email,
    accentColor: color,
    ...(logo ? { logo } : {}),
  };
}

/** A person or firm as it stands on a letter: the name, who in it, where. */
export function addressLines(to: Address): string[] {
  const person = [to.firstName, to.lastName].filter(Boolean).join(" ");
  return [to.company ?? "", person, ...linesIn(to.address), ...linesIn(to.legal)].filter(Boolean);
}

export interface PaperSource {
  readonly agency: Agency;
  readonly customer: Customer;
}

export interface Told {
  readonly currency: string;
  /** Asked for by the document itself. */
  readonly lang: string | null;
  /** As it stood when the document was issued. */
  readonly billTo: Address | null;
}

/** What every paper and mail to a customer begins with. */
export function paperView({ agency, customer }: PaperSource, told: Told): PaperView {
  const { locale: agencyLocale, timeZone: zone } = agency.settings;
  const { currency } = told;
  const locale = localeOf([told.lang, customer.lang], agencyLocale);
  const { words } = speechOf({ locale, currency, zone });
  const taxId = customer.taxId ? [words.taxId(customer.taxId)] : [];
  return {
    agency: agencyView(agency),
    customer: { lines: [...addressLines(told.billTo ?? customer.billTo), ...taxId] },
    ...{ locale, currency, zone },
    paper: paperOf(agencyLocale),
  };
}

/** Where nobody can pay online, this says how to pay. */
export function paymentInstructions({ stripe, settings }: Agency): string | undefined {
  return stripe?.chargesEnabled ? undefined : (settings.payment.instructions ?? undefined);
}
