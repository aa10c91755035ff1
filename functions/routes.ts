import { agenciesRoutes } from "./api/agencies/routes.ts";
import { stripeRoutes } from "./api/agencies/stripe-routes.ts";
import { billingRoutes } from "./api/billing/routes.ts";
import { creditsRoutes } from "./api/credits/routes.ts";
import { customersRoutes } from "./api/customers/routes.ts";
import { docsRoutes } from "./api/docs/routes.ts";
import { documentsRoutes } from "./api/documents/routes.ts";
import { paymentsRoutes } from "./api/payments/routes.ts";
import { prepaymentRoutes } from "./api/prepayments/routes.ts";
import { quotesRoutes } from "./api/quotes/routes.ts";
import { recurringRoutes } from "./api/recurring/routes.ts";
import { reportsRoutes } from "./api/reports/routes.ts";
import { topUpRoutes } from "./api/top-ups/routes.ts";
import type { Route } from "./kit/route.ts";
import { portalRoutes } from "./portal/routes.ts";
import { sessionRoutes } from "./session/routes.ts";
import { stripeWebhookRoutes } from "./webhooks/stripe-routes.ts";

/** The one table of routes: the router, the OpenAPI document, the infrastructure and the tests read it. */
export const routes: readonly Route[] = [
  ...Object.values(agenciesRoutes),
  ...Object.values(stripeRoutes),
  ...Object.values(customersRoutes),
  ...Object.values(billingRoutes),
  ...Object.values(quotesRoutes),
  ...Object.values(creditsRoutes),
  ...Object.values(paymentsRoutes),
  ...Object.values(documentsRoutes),
  ...Object.values(recurringRoutes),
  ...Object.values(prepaymentRoutes),
  ...Object.values(topUpRoutes),
  ...Object.values(stripeWebhookRoutes),
  ...Object.values(docsRoutes),
  ...Object.values(sessionRoutes),
  ...Object.values(portalRoutes),
  ...Object.values(reportsRoutes),
];
