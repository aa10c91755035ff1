import { eventOf } from "../../kit/event-record.ts";
import { operation } from "../../kit/operation.ts";
import { requireReachable } from "../../mail/reachable.ts";
import { requireCustomer } from "../billing/party.ts";
import { reportsRoutes } from "./routes.ts";
import { statementAnswer } from "./statement-reply.ts";

export const getStatement = operation(reportsRoutes.getStatement, async (call) => {
  const customer = await requireCustomer(call, call.params.id ?? "");
  return statementAnswer(call, { customer, query: call.query(), lang: null });
});

/** A consumer draws and mails it as it stands then. */
export const sendStatement = operation(reportsRoutes.sendStatement, async (call) => {
  const customer = await requireCustomer(call, call.params.id ?? "");
  const { from, to, currency, email = null } = call.body();
  const { settings } = await call.agency();
  await requireReachable(call.tenant, email);
  const data = { from, to, email, currency: currency ?? customer.currency ?? settings.currency };
  const { id } = customer;
  const event = { type: "statement.sent", subject: id, customer: id, data };
  return { status: 202, writes: [eventOf(call, event)] };
});
