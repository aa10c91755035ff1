import * as z from "zod";
import { autoApplyModes } from "../../../domain/shared/terms.ts";
import {
  clearable,
  currencyText,
  dayText,
  email,
  langText,
  longText,
  nameText,
  tags,
  text,
} from "../../kit/fields.ts";
import { address, billTo, listQuery, queryFlag } from "../billing/schemas.ts";

const flag = z.boolean("must be true or false");

/** Copies of mails go to a few more addresses. */
const copies = z
  .array(email)
  .max(3, "must have at most 3 entries")
  .transform((values) => [...new Set(values)]);

const customerFields = {
  shipTo: clearable(address),
  internalId: clearable(text(100)),
  currency: clearable(currencyText),
  lang: clearable(langText),
  taxId: clearable(text(50)),
  cc: clearable(copies),
  bcc: clearable(copies),
  notes: clearable(longText),
  tags: clearable(tags),
  attachPdf: clearable(flag),
  autoApply: clearable(z.enum(autoApplyModes)),
};

export const customerBody = z.strictObject({ billTo, ...customerFields });
export type CustomerBody = z.output<typeof customerBody>;

/** Parts of an address may be sent alone; the whole is checked when both are known. */
export const customerPatch = z.strictObject({
  billTo: address.optional(),
  archived: flag.optional(),
  ...customerFields,
});
export type CustomerPatch = z.output<typeof customerPatch>;

export const customerListQuery = z.strictObject({ ...listQuery, archived: queryFlag.optional() });

const { search: _search, ...paging } = listQuery;

export const journalQuery = z.strictObject({
  ...paging,
  from: dayText.optional(),
  to: dayText.optional(),
  currency: currencyText.optional(),
});

const contactFields = {
  firstName: clearable(nameText),
  lastName: clearable(nameText),
  lang: clearable(langText),
  primary: flag.optional(),
  receivesMail: flag.optional(),
  portal: flag.optional(),
};

export const contactBody = z.strictObject({ email, ...contactFields });
export type ContactBody = z.output<typeof contactBody>;

export const contactPatch = z.strictObject({ email: email.optional(), ...contactFields });
export type ContactPatch = z.output<typeof contactPatch>;

export const contactListQuery = z.strictObject(paging);
