import { sha256Hex } from "./canonical.ts";

/**
 * An e-mail address in a key: the same for the same address of one agency, and told to nobody who reads the
 * key. So an address stands in its contact's record alone, where it can be erased.
 */
export const mailboxOf = (agency: string, email: string): string =>
  sha256Hex(`${agency} ${email.toLowerCase()}`).slice(0, 40);

/** Whose inbox it is, for limits: what stands after a plus is the owner's own mark, and there is no end of those. */
export const inboxOf = (email: string): string =>
  email.toLowerCase().replace(/^([^+@]+)\+[^@]*@/, "$1@");
