export const slugMax = 60;

/** Lower case letters, digits and single dashes: it stands in addresses that people type. */
export const isSlug = (text: string): boolean =>
  text.length <= slugMax && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);

const spareLetters = 10;

/** A name as it may stand in an address; "agency" for one without any usable letter. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, slugMax - spareLetters)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? "agency" : slug;
}
