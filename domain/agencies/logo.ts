export const logoBytesMax = 64 * 1_024;

const dataUrl = /^data:image\/(png|jpeg);base64,([A-Za-z0-9+/]+={0,2})$/;
const openings = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpeg: [0xff, 0xd8, 0xff],
} as const;

/** An image small enough to travel in mails and papers, and what it says it is. */
export function isLogo(text: string): boolean {
  const [, type, base64 = ""] = dataUrl.exec(text) ?? [];
  if (type !== "png" && type !== "jpeg") return false;
  const bytes = Buffer.from(base64, "base64");
  return (
    bytes.length <= logoBytesMax && openings[type].every((byte, index) => bytes[index] === byte)
  );
}
