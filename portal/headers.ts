/**
 * What every page of the portal is answered with, by the content network and by the local system.
 * Scripts come from files only; styles may stand in the page, as components set sizes there; logos are data.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A link's token stands in the page's address: no other site may learn where its reader came from. */
export const referrerPolicy = "no-referrer";

/** Asked anew every time: a page that is kept would ask for files of a version that is gone. */
export const pageCaching = "no-cache";

/** Their names change with what is in them. */
export const assetCaching = "public, max-age=31536000, immutable";
