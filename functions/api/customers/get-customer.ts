import { operation } from "../../kit/operation.ts";
import { requirePathCustomer } from "./required.ts";
import { customersRoutes } from "./routes.ts";
import { customerView } from "./view.ts";

export const getCustomer = operation(customersRoutes.getCustomer, async (call) => ({
  status: 200,
  body: customerView(await requirePathCustomer(call)),
}));
