/** A document's name within a sentence: "invoice INV-0002". */
export const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
