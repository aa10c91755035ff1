import type { Api } from "./seed.ts";

const agreement = [
  "Northwind Studio and Acme Ltd",
  "1. Northwind designs and looks after Acme's brand and website.",
  "2. Acme pays ahead, quarter by quarter. Every invoice draws on what is left.",
  "3. What is left at the end is paid back within 14 days.",
];

const notes = [
  "Kick-off with Ann Lee",
  "- wants one invoice a month, with the hours in it",
  "- budget for print isn't decided; ask again in spring",
];

/** Two files of the first customer: one that its contacts see, one that stays inside. */
export async function demoDocuments(api: Api, customer: string): Promise<void> {
  await upload(
    api,
    { customer, name: "Retainer agreement.pdf", contentType: "application/pdf", visible: true },
    plainPdf(agreement),
  );
  await upload(
    api,
    { customer, name: "Kick-off notes.txt", contentType: "text/plain" },
    Buffer.from(`${notes.join("\n")}\n`),
  );
}

async function upload(api: Api, terms: object, bytes: Buffer): Promise<void> {
  const { upload } = await api("POST", "/v1/documents", { ...terms, size: bytes.length });
  const { url, method, headers } = upload;
  const answer = await fetch(url, { method, headers, body: new Uint8Array(bytes) });
  if (!answer.ok) throw new Error(`seeding: an upload: ${answer.status} ${await answer.text()}`);
}

/** One page of ASCII lines in a font that every reader brings along. */
function plainPdf(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => `(${line.replace(/[()\\]/g, "\\$&")}) Tj T*`).join("\n");
  const text = `BT /F 12 Tf 72 770 Td 24 TL\n${shown}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R" +
      " /Resources << /Font << /F 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${places.join("")}`;
  const trailer = `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(`${body}${table}${trailer}`, "latin1");
}
