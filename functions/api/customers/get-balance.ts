import { loadInvoices } from "../../../domain/payments/ledger.store.ts";
import { operation } from "../../kit/operation.ts";
import { requireCustomerAccount } from "./required.ts";
import { customersRoutes } from "./routes.ts";
import { balanceView } from "./view.ts";

export const getBalance = operation(customersRoutes.getBalance, async (call) => {
  const { customer, account } = await requireCustomerAccount(call);
  const [retainers, agency] = await Promise.all([
    loadInvoices(call.tenant, account.retainers),
    call.agency(),
  ]);
  const home = customer.currency ?? agency.settings.currency;
  return { status: 200, body: balanceView(account, { home, retainers }) };
});
