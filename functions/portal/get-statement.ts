import { statementAnswer } from "../api/reports/statement-reply.ts";
import { operation } from "../kit/operation.ts";
import { enter } from "./enter.ts";
import { portalRoutes } from "./routes.ts";

export const getStatement = operation(portalRoutes.getStatement, async (call) => {
  const { customer, contact } = await enter(call, "statement");
  return statementAnswer(call, { customer, query: call.query(), lang: contact.lang });
});
