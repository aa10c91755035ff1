import type * as z from "zod";
import { loadAgencyWithLogo } from "../../../domain/agencies/agency.store.ts";
import type { Customer } from "../../../domain/customers/customer.ts";
import { type PdfFile, pdfHeaders } from "../../documents/document-pdf.ts";
import type { Call, Outcome } from "../../kit/operation.ts";
import { renderStatementPdf } from "../../pdf/render-statement.ts";
import { loadStatement } from "./load-statement.ts";
import type { statementQuery } from "./schemas.ts";
import { type StatementSource, statementReplyOf, statementView } from "./statement-view.ts";

/** The same statement for staff and for the contact. */
export async function statementAnswer(
  { tenant }: Pick<Call, "tenant">,
  asked: {
    readonly customer: Customer;
    readonly query: z.output<typeof statementQuery>;
    readonly lang: string | null;
  },
): Promise<Outcome> {
  const { customer, query, lang } = asked;
  const { from, to, format } = query;
  const agency = await loadAgencyWithLogo(tenant);
  const { settings } = agency;
  const currency = query.currency ?? customer.currency ?? settings.currency;
  const range = { currency, from, to, zone: settings.timeZone };
  const statement = await loadStatement(tenant, { customer: customer.id, ...range });
  const source = { agency, customer, currency, from, to, statement };
  if (format !== "pdf") return { status: 200, body: statementReplyOf(source, lang) };
  const { filename, bytes } = await statementPdf(source, lang);
  return { status: 200, headers: pdfHeaders(filename), bytes };
}

export const statementPdf = async (
  source: StatementSource,
  lang: string | null,
): Promise<PdfFile> => ({
  filename: `statement-${source.from}-${source.to}.pdf`,
  bytes: await renderStatementPdf(statementView(source, lang)),
});
