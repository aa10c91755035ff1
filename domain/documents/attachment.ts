/** For readers that don't know the second form: no quotes, nothing beyond ASCII. */
const plain = (name: string): string => name.replace(/[^\x20-\x7e]|["\\]/g, "_");

/** RFC 5987 allows fewer characters than encodeURIComponent leaves. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Makes a browser keep an answer as a file of this name instead of showing it (RFC 6266). */
export const attachmentNamed = (name: string): string =>
  `attachment; filename="${plain(name)}"; filename*=UTF-8''${extended(name)}`;
