import { loadAgencyWithLogo } from "../../domain/agencies/agency.store.ts";
import { type Agency, portalModules } from "../../domain/agencies/agency.ts";
import { listContactsByMailbox } from "../../domain/customers/contact.store.ts";
import { contactName } from "../../domain/customers/contact.ts";
import { customerKey } from "../../domain/customers/customer.store.ts";
import { customerSchema, nameOf } from "../../domain/customers/customer.ts";
import { toMajor } from "../../domain/shared/money.ts";
import { keyText, loadItems } from "../../domain/shared/table.store.ts";
import { type Call, operation } from "../kit/operation.ts";
import { sessionOf } from "../kit/session-principal.ts";
import { enter, isOn, type Portal } from "./enter.ts";
import { portalRoutes } from "./routes.ts";

/** All that the portal's frame shows on every page. */
export const getMe = operation(portalRoutes.me, async (call) => {
  const [portal, agency, others] = await Promise.all([
    enter(call, null, { isDocument: true }),
    loadAgencyWithLogo(call.tenant),
    othersOf(call),
  ]);
  const { contact, customer } = portal;
  const { id, firstName, lastName, email, lang } = contact;
  return {
    status: 200,
    body: {
      contact: { id, firstName, lastName, name: contactName(contact), email, lang },
      customer: {
        id: customer.id,
        name: nameOf(customer),
        currency: customer.currency ?? agency.settings.currency,
        lang: customer.lang,
      },
      agency: agencyOf(agency, portal),
      ...rulesOf(agency),
      others,
      session: {
        document: call.principal.document ?? null,
        staff: call.principal.isStaff ?? false,
      },
    },
  };
});

function agencyOf({ id, name, slug, email, settings }: Agency, { today }: Portal) {
  const { logo, color, address } = settings.branding;
  const { locale, currency, timeZone } = settings;
  return { id, name, slug, email, logo, color, address, locale, currency, timeZone, today };
}

function rulesOf(agency: Agency) {
  const { settings } = agency;
  const { underPayment, overPayment, clientInitiatedPayments, payment } = settings;
  const major = (amount: number) => toMajor(amount, settings.currency);
  return {
    modules: Object.fromEntries(portalModules.map((name) => [name, isOn(agency, name)])),
    payment: {
      online: agency.stripe?.chargesEnabled ?? false,
      instructions: payment.instructions,
      overPayment,
      underPayment: { allowed: underPayment.allowed, minimum: major(underPayment.minimum) },
    },
    prePayment: {
      enabled: clientInitiatedPayments.enabled,
      minimum: major(clientInitiatedPayments.minimum),
      recurring: clientInitiatedPayments.recurring,
    },
    quote: settings.quote,
  };
}

/** Only what the address that was proven at log-in reaches. */
async function othersOf({ deps, event, tenant, principal }: Call) {
  const held = principal.isStaff || principal.document ? undefined : await sessionOf(deps, event);
  if (!held?.session.mailbox) return [];
  const contacts = await listContactsByMailbox(tenant, held.session.mailbox);
  const others = contacts.filter(({ portal, id }) => portal && id !== principal.contact);
  const keys = others.map(({ customer }) => customerKey(tenant, customer));
  const found = await loadItems(tenant, keys);
  return others.flatMap(({ id: contact, customer }, index) => {
    const key = keys[index];
    const item = key && found.get(keyText(key));
    return item ? [{ contact, customer, name: nameOf(customerSchema.parse(item)) }] : [];
  });
}
