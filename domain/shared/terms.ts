/** Words that several contexts share. */
export const autoApplyModes = ["always", "ask", "off"] as const;
export type AutoApply = (typeof autoApplyModes)[number];

/** An address is one block of text, as people write it on an envelope. */
export const textLimits = { name: 200, description: 1_000, long: 2_000 } as const;
