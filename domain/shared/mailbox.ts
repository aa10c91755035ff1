import { sha256Hex } from "./canonical.ts";

/**
 * An e-mail address in a key: the same for the same address of one agency, and told to nobody who reads the
 * key. So an address stands in its contact's record alone, where it can be erased.
 */
export const mailboxOf = (agency: string, email: string): string =>
  sha256Hex(`${agency} ${email.toLowerCase()}`).slice(0, 40);
