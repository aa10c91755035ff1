/** One line of printable text, whatever people put into a name or a number of their own. */
export const plainLine = (text: string): string =>
  text.replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
