import { listContactsByEmail, saveContact } from "../../../domain/customers/contact.store.ts";
import { withMailFailure } from "../../../domain/customers/contact.ts";
import {
  loadMailAddresses,
  saveMailAddress,
} from "../../../domain/customers/mail-address.store.ts";
import { confirmAddress } from "../../../domain/customers/mail-address.ts";
import type { GuardedWrite } from "../../../domain/shared/table.store.ts";
import type { Call } from "../../kit/operation.ts";

/**
 * Staff who name an address vouch for it: mails go there again, whichever of the agency's customers have
 * it. The contact that is written anyway is left out.
 */
export async function trustAddress(
  { tenant, now }: Pick<Call, "tenant" | "now">,
  email: string,
  named: string | null,
): Promise<readonly GuardedWrite[]> {
  const [known] = await loadMailAddresses(tenant, [email]);
  const confirmed = confirmAddress(known, now);
  if (!confirmed) return [];
  const sharing = await listContactsByEmail(tenant, email);
  const others = sharing.filter(({ id, mailFailure }) => id !== named && mailFailure);
  return [
    saveMailAddress(tenant, confirmed),
    ...others.map((contact) => saveContact(tenant, withMailFailure(contact, null, now))),
  ];
}
